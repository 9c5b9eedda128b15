import type { Key } from "@/lib/net/ids";
import { shellQuote } from "@/lib/net/shell-quote";
import type { Bridge, Container } from "@/lib/topology/model";
import {
  at,
  chosen,
  engineTool,
  examplePair,
  fileInside,
  homeOf,
  linesWhere,
  looks,
  networkOf,
  where,
  whole,
} from "./examples";
import type { FindOnHost, Look, ReadHost } from "./model";

/** The iptables of old and those that are kept by nftables stand beside each other. */
const rulesProbes = ["iptables-save", "iptables-legacy-save"] as const;

/** Rules of a chain; those that were read, as `iptables-save` prints them. */
const rules = (host: ReadHost, chain: string, fits: (rule: string) => boolean): Look => {
  const home = homeOf(host.topology);
  const found = rulesProbes.flatMap((probe) => linesWhere(host, probe, fits, home) ?? []);
  const asked = rulesProbes.some((probe) => whole(host, probe, home) !== null);
  return {
    typed: shellQuote(["iptables", "-t", "nat", "-S", chain]),
    place: found[0] ?? (asked ? "none" : null),
  };
};

export const masquerade: FindOnHost = (host, wanted) => {
  const { topology } = host;
  const pair = examplePair(host, wanted, ({ bridge }) => subnetKnown(host, bridge));
  const network = networkOf(topology, pair?.bridge ?? null);
  if (pair === null || network === null) return null;
  return {
    about: pair.container?.key ?? pair.near.key,
    looks: looks(
      rules(
        host,
        "POSTROUTING",
        (rule) =>
          rule.includes("-A POSTROUTING ") &&
          /-j (MASQUERADE|SNAT)\b/.test(rule) &&
          network.subnets.some(({ subnet }) => rule.includes(` ${subnet} `)),
      ),
      {
        typed: shellQuote([engineTool(topology), "network", "inspect", network.name]),
        place: at(network.evidence, [
          ".Name",
          "Subnet",
          "com.docker.network.bridge.enable_ip_masquerade",
        ]),
      },
      {
        typed: shellQuote(["ip", "route", "show", "default"]),
        place: where(
          host,
          "ip-route",
          homeOf(topology),
          ({ dst, table }) => dst === "default" && table === undefined,
          ["dst", "gateway", "dev"],
        ),
      },
    ),
  };
};

const subnetKnown = ({ topology }: ReadHost, bridge: Bridge | null): boolean =>
  (networkOf(topology, bridge)?.subnets.length ?? 0) > 0;

const publishing = ({ topology }: ReadHost, wanted: Key | null): Container | null =>
  chosen(
    topology.containers.filter(({ ports }) => ports.some(({ hostPort }) => hostPort !== null)),
    wanted,
  );

const portsOf = ({ topology }: ReadHost, { name, evidence }: Container) => ({
  typed: shellQuote([engineTool(topology), "port", name]),
  place:
    evidence === null
      ? null
      : at(evidence, ["Names", "IP", "PrivatePort", "PublicPort", "Ports.Type"]),
});

export const dnat: FindOnHost = (host, wanted) => {
  const container = publishing(host, wanted);
  if (container === null) return null;
  return {
    about: container.key,
    looks: looks(
      portsOf(host, container),
      rules(
        host,
        "DOCKER",
        (rule) =>
          rule.includes(" -j DNAT ") &&
          container.ports.some(({ hostPort }) => rule.includes(` --dport ${hostPort} `)),
      ),
    ),
  };
};

export const dockerProxy: FindOnHost = (host, wanted) => {
  const container = publishing(host, wanted);
  const running =
    linesWhere(host, "docker-proxies", (line) => line !== "") ??
    linesWhere(host, "process-names", (line) => line.endsWith(":docker-proxy"));
  if (container === null && running === null) return null;
  return {
    about: container?.key ?? null,
    looks: looks(
      {
        typed: shellQuote(["ps", "-C", "docker-proxy", "-o", "pid,args"]),
        place: running ?? (whole(host, "process-names", null) === null ? null : "none"),
      },
      ...(container === null ? [] : [portsOf(host, container)]),
    ),
  };
};

const withoutNames = ["bridge", "host", "none"];

export const dns: FindOnHost = (host, wanted) => {
  const { topology } = host;
  const container = chosen(
    topology.containers.filter(
      ({ attachments, netns }) =>
        netns !== null &&
        attachments.some(({ networkName }) => !withoutNames.includes(networkName)),
    ),
    wanted,
  );
  if (container?.netns == null) return null;
  const { attachments, evidence } = container;
  return {
    about: container.key,
    looks: looks(
      { typed: fileInside(topology, container.netns, "/etc/resolv.conf"), place: null },
      {
        typed: shellQuote([
          engineTool(topology),
          "inspect",
          "-f",
          "{{json .NetworkSettings.Networks}}",
          container.name,
        ]),
        place:
          evidence === null
            ? null
            : at(evidence, [
                "Names",
                "Networks",
                ...attachments.map(({ networkName }) => networkName),
                "IPAddress",
                "Aliases",
                "DNSNames",
              ]),
      },
    ),
  };
};
