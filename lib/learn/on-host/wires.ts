import { answerId } from "@/lib/net/ids";
import { shellQuote } from "@/lib/net/shell-quote";
import {
  at,
  type ExamplePair,
  examplePair,
  fileInside,
  homeOf,
  inside,
  looks,
  placedByInode,
  whole,
} from "./examples";
import type { FindOnHost, Look, ReadHost } from "./model";

const showLink = (name: string): readonly string[] => ["ip", "-o", "link", "show", "dev", name];

/** Who is where, as `lsns` prints it; null: it was not asked. */
const namespaceTable = (host: ReadHost): Look => ({
  typed: shellQuote(["lsns", "-t", "net", "-o", "NS,PID,NETNSID"]),
  place: whole(host, "lsns", null),
});

export const netns: FindOnHost = (host, wanted) => {
  const { topology } = host;
  const pair = examplePair(host, wanted, ({ container }) => container !== null);
  if (pair?.container == null) return null;
  const { container, inside: namespace } = pair;
  return {
    about: namespace.key,
    looks: looks(
      {
        typed:
          container.pid === null ? null : shellQuote(["readlink", `/proc/${container.pid}/ns/net`]),
        place: at(placedByInode(container)),
      },
      namespaceTable(host),
      {
        typed: inside(topology, namespace.id, ["ip", "-br", "link"]),
        place: whole(host, "ip-addr", namespace, ["ifindex", "ifname", "operstate"]),
      },
    ),
  };
};

const bothEnds = (
  { topology }: ReadHost,
  { near, far }: ExamplePair,
  fields: readonly string[],
): readonly Look[] =>
  looks(
    { typed: shellQuote(showLink(near.name)), place: at(near.evidence, fields) },
    {
      typed: inside(topology, far.netns, showLink(far.name)),
      place: at(far.evidence, fields),
    },
  );

export const veth: FindOnHost = (host, wanted) => {
  const pair = examplePair(host, wanted);
  if (pair === null) return null;
  const fields = ["ifindex", "ifname", "link_index", "link_netnsid", "master", "info_kind"];
  return { about: pair.near.key, looks: bothEnds(host, pair, fields) };
};

export const ifindex: FindOnHost = (host, wanted) => {
  const pair = examplePair(host, wanted);
  if (pair === null) return null;
  const { near, far } = pair;
  const fields = ["ifindex", "link_index", "ifname"];
  return {
    about: near.key,
    looks: looks(
      {
        typed: fileInside(host.topology, far.netns, `/sys/class/net/${far.name}/iflink`),
        place: at(far.evidence, fields),
      },
      {
        typed: `${shellQuote(["ip", "-o", "link"])} | ${shellQuote(["grep", `^${near.ifindex}:`])}`,
        place: at(near.evidence, fields),
      },
    ),
  };
};

export const nsid: FindOnHost = (host, wanted) => {
  const pair = examplePair(host, wanted, ({ near }) => near.nsid !== null);
  if (pair === null) return null;
  const { near } = pair;
  const map = (near.peer.by.find(({ check }) => check === "nsid")?.evidence ?? []).filter(
    ({ answer }) => answer === answerId("lsns", null),
  );
  return {
    about: near.key,
    looks: looks(
      {
        typed: shellQuote(["ip", "-d", "link", "show", "dev", near.name]),
        place: at(near.evidence, ["ifindex", "link_index", "ifname", "link_netnsid"]),
      },
      { ...namespaceTable(host), place: at(map) ?? whole(host, "lsns", null) },
    ),
  };
};

export const mtu: FindOnHost = (host, wanted) => {
  const { topology } = host;
  const pair = examplePair(host, wanted);
  const nic = topology.links.find(
    ({ kind, netns, addresses }) =>
      kind !== "loopback" &&
      kind !== "bridge" &&
      netns === homeOf(topology)?.id &&
      addresses.length > 0,
  );
  const way = [pair?.far, pair?.near, pair?.bridge, nic].flatMap((link) => link ?? []);
  if (way.length === 0) return null;
  return {
    about: pair?.container?.key ?? pair?.near.key ?? null,
    looks: looks(
      ...way.map((link) => ({
        typed: inside(topology, link.netns, ["ip", "link", "show", "dev", link.name]),
        place: at(link.evidence, ["ifindex", "ifname", "mtu"]),
      })),
    ),
  };
};
