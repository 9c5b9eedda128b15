import { shellQuote } from "@/lib/net/shell-quote";
import type { Container, Link, Namespace, Topology } from "@/lib/topology/model";
import {
  at,
  chosen,
  engineTool,
  homeOf,
  inside,
  linesWhere,
  looks,
  placedByInode,
  where,
  whole,
} from "./examples";
import type { FindOnHost, Look, Place, ReadHost } from "./model";

const networkList = (host: ReadHost): Look => ({
  typed: shellQuote([engineTool(host.topology), "network", "ls"]),
  place: whole(host, "engine-networks", null, [".Name", ".Driver", ".Scope"]),
});

export const drivers: FindOnHost = (host) => {
  const list = networkList(host);
  return list.place === null ? null : { about: null, looks: [list] };
};

export const scope: FindOnHost = (host) => {
  const { topology } = host;
  const list = networkList(host);
  const link = topology.links.find(
    ({ netns, kind, addresses }) =>
      netns === topology.host.netns && kind !== "loopback" && addresses.length > 1,
  );
  const found = looks(
    { ...list, typed: list.place === null ? null : list.typed },
    {
      typed: link === undefined ? null : shellQuote(["ip", "-o", "addr", "show", "dev", link.name]),
      place:
        link === undefined
          ? null
          : at(link.evidence, ["ifname", "family", "local", "prefixlen", "scope"]),
    },
  );
  return found.length === 0 ? null : { about: link?.key ?? null, looks: found };
};

const ofMode = ({ containers }: Topology, kind: Container["mode"]["kind"]): readonly Container[] =>
  containers.filter(({ mode, netns }) => mode.kind === kind && netns !== null);

/** What the engine was told to do, by its own list. */
const networkMode = (topology: Topology, { name, evidence }: Container) => ({
  typed: shellQuote([engineTool(topology), "inspect", "-f", "{{.HostConfig.NetworkMode}}", name]),
  place: evidence === null ? null : at(evidence, ["Names", "NetworkMode"]),
});

/** Both lines of the one answer that tells all inodes. */
const inodes = (container: Container, other: Place | null): Place | null => {
  const own = at(placedByInode(container));
  if (own === null) return null;
  return { ...own, at: [...own.at, ...(other?.answer === own.answer ? other.at : [])] };
};

const readlinks = (...pids: readonly (number | null)[]): string | null =>
  pids.includes(null)
    ? null
    : shellQuote(["readlink", ...pids.map((pid) => `/proc/${pid}/ns/net`)]);

const homeLine = (host: ReadHost, home: Namespace | null): Place | null =>
  linesWhere(host, "netns-paths", (line) =>
    line.endsWith(` ${home?.label ?? ""} /proc/${home?.pid ?? ""}/ns/net`),
  );

export const hostNetwork: FindOnHost = (host, wanted) => {
  const { topology } = host;
  const container = chosen(ofMode(topology, "host"), wanted);
  if (container === null) return null;
  const home = homeOf(topology);
  return {
    about: container.key,
    looks: looks(networkMode(topology, container), {
      typed: readlinks(container.pid, home?.pid ?? null),
      place: inodes(container, homeLine(host, home)),
    }),
  };
};

export const noneNetwork: FindOnHost = (host, wanted) => {
  const { topology } = host;
  const container = chosen(ofMode(topology, "none"), wanted);
  const namespace = topology.namespaces.find(({ id }) => id === container?.netns);
  if (container === null || namespace === undefined) return null;
  return {
    about: container.key,
    looks: looks(networkMode(topology, container), {
      typed: inside(topology, namespace.id, ["ip", "link"]),
      place: whole(host, "ip-addr", namespace, ["ifindex", "ifname", "operstate"]),
    }),
  };
};

export const sharedNetns: FindOnHost = (host, wanted) => {
  const { topology } = host;
  const container = chosen(ofMode(topology, "container"), wanted);
  if (container?.mode.kind !== "container") return null;
  const { of } = container.mode;
  const owner = topology.containers.find(({ id }) => id === of) ?? null;
  return {
    about: container.key,
    looks: looks(networkMode(topology, container), {
      typed: readlinks(container.pid, owner?.pid ?? null),
      place: inodes(container, owner === null ? null : at(placedByInode(owner))),
    }),
  };
};

/** A link as `ip` shows it in its namespace; nothing where there is no such link. */
const shown = (
  { topology }: ReadHost,
  link: Link | null | undefined,
  fields: readonly string[],
): readonly Look[] =>
  link === null || link === undefined
    ? []
    : looks({
        typed: inside(topology, link.netns, ["ip", "-d", "link", "show", "dev", link.name]),
        place: at(link.evidence, fields),
      });

const stackedFields = [
  "ifindex",
  "link_index",
  "ifname",
  "link_netnsid",
  "address",
  "info_kind",
  "mode",
];

const stacked =
  (kind: "macvlan" | "ipvlan"): FindOnHost =>
  (host, wanted) => {
    const { links } = host.topology;
    const all = links.flatMap((each) => (each.kind === kind ? [each] : []));
    const link = chosen(all, wanted);
    const parent = link?.lower.status === "found" ? link.lower.link : null;
    const found = [
      ...shown(host, link, stackedFields),
      ...shown(
        host,
        links.find(({ id }) => id === parent),
        ["ifindex", "ifname", "address"],
      ),
      ...networkOfDriver(host, kind),
    ];
    return found.length === 0 ? null : { about: link?.key ?? null, looks: found };
  };

/** The first network of a driver, where the engine has one. */
const networkOfDriver = ({ topology }: ReadHost, driver: string): readonly Look[] => {
  const networks = topology.networks.filter((each) => each.driver === driver);
  const network = chosen(networks, null);
  return network === null
    ? []
    : looks({
        typed: shellQuote([engineTool(topology), "network", "inspect", network.name]),
        place: at(network.evidence, [".Name", ".Driver", ".Scope", "Subnet", "parent"]),
      });
};

export const macvlan = stacked("macvlan");
export const ipvlan = stacked("ipvlan");

/** Where its tunnel leads, as the fdb of its namespace says. */
const tunnelEntries = (host: ReadHost, link: Link): readonly Look[] => {
  const { topology } = host;
  const namespace = topology.namespaces.find(({ id }) => id === link.netns) ?? null;
  const probe = link.netns === topology.host.netns ? "bridge-fdb" : "tunnel-fdb";
  return looks({
    typed: inside(topology, link.netns, ["bridge", "fdb", "show", "dev", link.name]),
    place: where(
      host,
      probe,
      namespace,
      ({ ifname, dst }) => ifname === link.name && dst !== undefined,
      [],
    ),
  });
};

export const overlay: FindOnHost = (host, wanted) => {
  const tunnels = host.topology.links.filter(({ kind }) => kind === "vxlan");
  const link = chosen(tunnels, wanted);
  const found = [
    ...shown(host, link, ["ifindex", "ifname", "mtu", "master", "info_kind", "id", "port"]),
    ...(link === null ? [] : tunnelEntries(host, link)),
    ...networkOfDriver(host, "overlay"),
  ];
  return found.length === 0 ? null : { about: link?.key ?? null, looks: found };
};
