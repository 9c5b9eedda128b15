import type { Key } from "@/lib/net/ids";
import { shellQuote } from "@/lib/net/shell-quote";
import type { Bridge } from "@/lib/topology/model";
import {
  at,
  chosen,
  engineTool,
  examplePair,
  fileInside,
  homeOf,
  inside,
  looks,
  networkOf,
  where,
} from "./examples";
import type { FindOnHost, ReadHost } from "./model";

const bridgesOf = ({ topology }: ReadHost): readonly Bridge[] =>
  topology.links.flatMap((link) =>
    link.kind === "bridge" && link.netns === topology.host.netns ? [link] : [],
  );

/** The one that is wanted or carries what is wanted, else one with ports, else any. */
const exampleBridge = (host: ReadHost, wanted: Key | null): Bridge | null =>
  bridgesOf(host).find(({ key }) => key === wanted) ??
  examplePair(host, wanted, ({ bridge }) => bridge !== null)?.bridge ??
  chosen(bridgesOf(host), wanted);

export const bridge: FindOnHost = (host, wanted) => {
  const found = exampleBridge(host, wanted);
  if (found === null) return null;
  const fields = ["ifindex", "ifname", "master", "info_kind"];
  return {
    about: found.key,
    looks: looks(
      {
        typed: shellQuote(["ip", "-d", "link", "show", "dev", found.name]),
        place: at(found.evidence, fields),
      },
      {
        typed: shellQuote(["ip", "link", "show", "master", found.name]),
        place: where(
          host,
          "ip-addr",
          homeOf(host.topology),
          ({ master }) => master === found.name,
          ["ifindex", "ifname", "master"],
        ),
      },
    ),
  };
};

const inspectNetwork = (host: ReadHost, found: Bridge, fields: readonly string[]) => {
  const network = networkOf(host.topology, found);
  return {
    typed:
      network === null
        ? null
        : shellQuote([engineTool(host.topology), "network", "inspect", network.name]),
    place: network === null ? null : at(network.evidence, fields),
  };
};

const addressFields = ["ifindex", "ifname", "operstate", "family", "local", "prefixlen"] as const;

export const docker0: FindOnHost = (host) => {
  const found = bridgesOf(host).find(({ name }) => name === "docker0");
  if (found === undefined) return null;
  return {
    about: found.key,
    looks: looks(
      {
        typed: shellQuote(["ip", "addr", "show", "dev", found.name]),
        place: at(found.evidence, addressFields),
      },
      inspectNetwork(host, found, [
        ".Name",
        ".Driver",
        "Subnet",
        "Gateway",
        "com.docker.network.bridge.name",
      ]),
    ),
  };
};

export const gateway: FindOnHost = (host, wanted) => {
  const pair = examplePair(host, wanted, ({ bridge: master }) => master !== null);
  if (pair?.bridge == null) return null;
  const { far, inside: namespace, bridge: master } = pair;
  return {
    about: master.key,
    looks: looks(
      {
        typed: inside(host.topology, far.netns, ["ip", "route"]),
        place: where(
          host,
          "ip-route",
          namespace,
          ({ table, type }) => table === undefined && (type === undefined || type === "unicast"),
          ["dst", "gateway", "dev", "prefsrc"],
        ),
      },
      {
        typed: shellQuote(["ip", "addr", "show", "dev", master.name]),
        place: at(master.evidence, addressFields),
      },
      inspectNetwork(host, master, [".Name", "Subnet", "Gateway"]),
    ),
  };
};

export const fdb: FindOnHost = (host, wanted) => {
  const pair = examplePair(
    host,
    wanted,
    ({ near, far, bridge: master }) => master !== null && learnt(host, near.name, far.mac) !== null,
  );
  if (pair?.bridge == null) return null;
  const { near, far, bridge: master } = pair;
  const show = shellQuote(["bridge", "fdb", "show", "br", master.name]);
  return {
    about: near.key,
    looks: looks(
      {
        typed: `${show} | ${shellQuote(["grep", "-F", near.name])}`,
        place: learnt(host, near.name, far.mac),
      },
      {
        typed: fileInside(host.topology, far.netns, `/sys/class/net/${far.name}/address`),
        place: at(far.evidence, ["ifindex", "ifname", "address"]),
      },
    ),
  };
};

const learnt = (host: ReadHost, port: string, mac: string | null) =>
  where(
    host,
    "bridge-fdb",
    homeOf(host.topology),
    (entry) => entry["ifname"] === port && entry["mac"] === mac,
    [],
  );

export const stp: FindOnHost = (host, wanted) => {
  const pair = examplePair(host, wanted, ({ bridge: master }) => master !== null);
  if (pair?.bridge == null) return null;
  const { near, bridge: master } = pair;
  return {
    about: near.key,
    looks: looks(
      {
        typed: shellQuote(["cat", `/sys/class/net/${master.name}/bridge/stp_state`]),
        place: at(master.evidence, ["ifname", "stp_state"]),
      },
      {
        typed: shellQuote(["bridge", "link", "show", "dev", near.name]),
        place: at(near.evidence, ["ifname", "master", "operstate", "info_slave_kind", "state"]),
      },
    ),
  };
};

export const hairpin: FindOnHost = (host, wanted) => {
  const pair = examplePair(host, wanted, ({ bridge: master }) => master !== null);
  if (pair === null) return null;
  return {
    about: pair.near.key,
    looks: looks({
      typed: shellQuote(["bridge", "-d", "link", "show", "dev", pair.near.name]),
      place: at(pair.near.evidence, ["ifname", "master", "info_slave_kind", "hairpin"]),
    }),
  };
};
