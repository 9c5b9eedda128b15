import { type Endpoint, type Ground, groundOf } from "@/lib/diagnosis/ground";
import type { Key, NetnsId, NetworkId } from "@/lib/net/ids";
import { type IpAddress, ipAddress } from "@/lib/net/ip-address";
import { familyOf, type Place } from "@/lib/netfilter/packet";
import { groundOf as addressesOf } from "@/lib/ports/ground";
import { type Family, type World, worldOf } from "@/lib/ports/world";
import type { Chain, Firewall, NetnsRules, Rule, Table } from "@/lib/topology/firewall/model";
import type { Listening, Settings } from "@/lib/topology/listening";
import type { Bridge, Container, Link, Network, Topology } from "@/lib/topology/model";

/** One reading of one host, with what does not cross to the browser. `rules`: of its own namespace. */
export type RuleFacts = {
  readonly topology: Topology;
  readonly rules: NetnsRules;
  readonly listening: Listening;
  /** `com.docker.network.*` and the like, as the engine has them. */
  readonly options: ReadonlyMap<NetworkId, Readonly<Record<string, string>>>;
};

/** One file below /proc/sys. */
export type Setting = Extract<Settings, { readonly status: "read" }>["settings"][number];

type ReadFirewall = Extract<Firewall, { readonly status: "read" }>;

export type PlacedRule = { readonly table: Table; readonly chain: Chain; readonly rule: Rule };

/** A bridge network of the engine whose bridge is in the host's namespace, with its running containers. */
export type BridgedNetwork = {
  readonly network: Network;
  readonly bridge: Bridge;
  readonly endpoints: readonly Endpoint[];
  readonly option: (name: string) => string | null;
};

/** A host port that the engine says leads to a running container. */
export type Binding = {
  readonly container: Container;
  /** On bridge networks of this host; at least one. */
  readonly endpoints: readonly [Endpoint, ...Endpoint[]];
  readonly family: Family;
  readonly protocol: string;
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly containerPort: number;
};

/** What the checks of this folder ask. Built once. */
export type RuleGround = Ground & {
  readonly world: World;
  readonly listening: Listening;
  /** The host's own namespace. */
  readonly home: NetnsId;
  readonly firewall: ReadFirewall | null;
  /** For questions about packets; null: rules were not read. */
  readonly place: Place | null;
  /** All kinds of rules for this family were read: what is not among them is not there. */
  readonly isWhole: (family: Family) => boolean;
  readonly rules: readonly PlacedRule[];
  readonly ruleAt: (key: Key) => PlacedRule | null;
  /** null: not read, or the kernel has no such file. */
  readonly setting: (name: string) => Setting | null;
  readonly hasSettings: boolean;
  /** Where the default route of the main table leads; null: there is none. */
  readonly uplink: (family: Family) => Link | null;
  /** All interfaces, of every namespace, that have this address. */
  readonly holdersOf: (address: string) => readonly Link[];
  readonly bridged: readonly BridgedNetwork[];
  readonly bindings: readonly Binding[];
  /** The engine is Docker, and no other engine is known beside it. */
  readonly isDockerAlone: boolean;
};

const anyAddress = new Set(["0.0.0.0", "::", ""]);
export const isAnyAddress = (address: string): boolean => anyAddress.has(address);

export const bytesOf = (address: string | null): IpAddress | null =>
  address === null ? null : ipAddress(address);

const placed = (firewall: ReadFirewall | null): readonly PlacedRule[] =>
  (firewall?.tables ?? []).flatMap((table) =>
    table.chains.flatMap((chain) => chain.rules.map((rule) => ({ table, chain, rule }))),
  );

/** nft holds tables of both families, so it has to be known as well as iptables is. */
const wholeFor =
  (firewall: ReadFirewall | null) =>
  (family: Family): boolean => {
    const asked = (firewall?.sources ?? []).filter(
      (source) =>
        source.backend !== "ipset" && (source.family === null || source.family === family),
    );
    return (
      asked.some(({ backend }) => backend === "nft") &&
      asked.some((source) => source.family === family) &&
      asked.every(({ state }) => state.status !== "unreadable")
    );
  };

/** By bytes, since one address has several spellings. */
function holders(links: readonly Link[]): ReadonlyMap<string, readonly Link[]> {
  const all = links.flatMap((link) =>
    link.addresses.map(({ address }) => ({ link, bytes: `${bytesOf(address) ?? address}` })),
  );
  return new Map(
    [...Map.groupBy(all, ({ bytes }) => bytes)].map(([bytes, own]) => [
      bytes,
      own.map(({ link }) => link),
    ]),
  );
}

function uplinkOf(ground: Ground, home: NetnsId, family: Family): Link | null {
  const route = ground
    .routesIn(home)
    .find(
      ({ to, table, family: of, dev }) =>
        to === "default" &&
        table === "main" &&
        dev !== null &&
        of === (family === "ip" ? "inet" : "inet6"),
    );
  return ground.linksIn(home).find(({ name }) => name === route?.dev) ?? null;
}

function bridgedNetworks(
  ground: Ground,
  home: NetnsId,
  facts: RuleFacts,
): readonly BridgedNetwork[] {
  const byNetwork = Map.groupBy(ground.endpoints, ({ network }) => network.id);
  return facts.topology.networks.flatMap((network): readonly BridgedNetwork[] => {
    const bridge = ground.bridge(network.bridge);
    if (network.driver !== "bridge" || bridge?.netns !== home) return [];
    const options = facts.options.get(network.id) ?? {};
    const endpoints = byNetwork.get(network.id) ?? [];
    return [{ network, bridge, endpoints, option: (name) => options[name] ?? null }];
  });
}

function bindingsOf(ground: Ground, bridged: readonly BridgedNetwork[]): readonly Binding[] {
  const byContainer = Map.groupBy(
    bridged.flatMap(({ endpoints }) => endpoints),
    ({ container }) => container.id,
  );
  return ground.topology.containers.flatMap((container) => {
    const [first, ...more] = byContainer.get(container.id) ?? [];
    const isOwn = container.mode.kind === "own" || container.mode.kind === "unknown";
    if (first === undefined || !isOwn) return [];
    return container.ports.flatMap(({ hostAddress, hostPort, containerPort, protocol }) =>
      hostAddress === null || hostPort === null
        ? []
        : [
            {
              container,
              endpoints: [first, ...more] as const,
              family: familyOf(hostAddress),
              protocol,
              hostAddress,
              hostPort,
              containerPort,
            },
          ],
    );
  });
}

/** Of a host whose own namespace was not read nothing here can be looked for: null. */
export function ruleGroundOf(facts: RuleFacts): RuleGround | null {
  const { topology, listening } = facts;
  const home = topology.host.netns;
  if (home === null) return null;
  const ground = groundOf(topology);
  const world = worldOf(topology, [facts.rules], listening);
  const firewall = facts.rules.firewall.status === "read" ? facts.rules.firewall : null;
  const rules = placed(firewall);
  const byKey = new Map(rules.map((each) => [each.rule.key, each]));
  const { settings } = facts.rules;
  const byName = new Map(
    settings.status === "read" ? settings.settings.map((each) => [each.name, each]) : [],
  );
  const held = holders(topology.links);
  const bridged = bridgedNetworks(ground, home, facts);
  const { engine } = topology.host;
  return {
    ...ground,
    world,
    listening,
    home,
    firewall,
    place: firewall && { firewall, ground: addressesOf(world, home) },
    isWhole: wholeFor(firewall),
    rules,
    ruleAt: (key) => byKey.get(key) ?? null,
    setting: (name) => byName.get(name) ?? null,
    hasSettings: byName.size > 0,
    holdersOf: (address) => held.get(`${bytesOf(address) ?? address}`) ?? [],
    uplink: (family) => uplinkOf(ground, home, family),
    bridged,
    bindings: bindingsOf(ground, bridged),
    isDockerAlone:
      engine.status === "read" &&
      engine.name === "Docker" &&
      !topology.gaps.some(({ reason }) => reason === "engine-not-asked"),
  };
}
