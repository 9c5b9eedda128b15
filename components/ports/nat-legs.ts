import type { HomedRule } from "@/components/rules/chain-id";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import type { Firewall, Rule } from "@/lib/topology/firewall/model";
import type { AddressValue } from "@/lib/topology/firewall/values";
import type { Topology } from "@/lib/topology/model";

/**
 * What a rule that changes source addresses is for. out: what leaves gets the host's address. hairpin: a container
 * that calls itself by its published port is answered. local: the host's own calls to containers by loopback.
 */
export type SourceLeg = HomedRule & { readonly use: "out" | "hairpin" | "local" };

const prefixOf = (parts: Rule["parts"], kind: "source" | "destination"): string | null => {
  const found = parts.find((part) => part.kind === kind && !part.negated);
  if (found?.kind !== "source" && found?.kind !== "destination") return null;
  const [only, another]: readonly (AddressValue | undefined)[] = found.addresses;
  return only?.of === "prefix" && another === undefined ? `${only.address}/${only.length}` : null;
};

function useOf({ parts }: Rule): SourceLeg["use"] {
  const source = prefixOf(parts, "source");
  if (source !== null && source === prefixOf(parts, "destination")) return "hairpin";
  const isLocal = parts.some(
    (part) => part.kind === "address-type" && part.of === "source" && part.types.includes("local"),
  );
  return isLocal ? "local" : "out";
}

const changesSource = ({ parts }: Rule): boolean =>
  parts.some(({ kind }) => kind === "masquerade" || kind === "snat");

/** Every rule that gives packets another source, by what it is for. */
export const sourceLegs = (firewall: Firewall): readonly SourceLeg[] =>
  firewall.status !== "read"
    ? []
    : firewall.tables.flatMap((table) =>
        table.chains.flatMap((chain) =>
          chain.rules
            .filter(changesSource)
            .map((rule) => ({ table, chain, rule, use: useOf(rule) })),
        ),
      );

/** Docker keeps one network and one hidden namespace for what comes to the ports that services of a swarm publish. */
export const hasIngress = ({ namespaces, networks }: Topology, firewall: Firewall): boolean =>
  namespaces.some(({ name }) => name.by === "ingress") ||
  networks.some(({ driver, name }) => driver === "overlay" && name === "ingress") ||
  (firewall.status === "read" &&
    firewall.tables.some(({ chains }) =>
      chains.some(({ rules }) =>
        rules.some(
          ({ parts, madeBy }) =>
            madeBy.who === "docker-swarm" && parts.some(({ kind }) => kind === "dnat"),
        ),
      ),
    ));

/** Interfaces of default routes, each with its first address of that family: what a masqueraded packet gets there. */
export function waysOut(
  { topology, linksIn }: TopologyIndex,
  family: "inet" | "inet6",
): readonly { readonly link: string; readonly address: string }[] {
  const { netns } = topology.host;
  if (netns === null) return [];
  const devices = new Set(
    topology.routes
      .filter((route) => route.netns === netns && route.to === "default" && route.family === family)
      .flatMap(({ dev }) => dev ?? []),
  );
  return linksIn(netns)
    .filter(({ name }) => devices.has(name))
    .flatMap(({ name, addresses }) => {
      const own = addresses.find((each) => each.family === family && each.scope === "global");
      return own === undefined ? [] : [{ link: name, address: own.address }];
    });
}
