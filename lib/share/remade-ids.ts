import {
  containerId,
  type Key,
  key,
  linkId,
  type NetnsId,
  netnsId,
  netnsLabel,
  networkId,
} from "@/lib/net/ids";
import type { Link, Topology } from "@/lib/topology/model";
import { keyring } from "@/lib/topology/naming";
import { pseudonyms } from "./names";
import type { Visitor } from "./shape";
import { namespaceName } from "./topology-shape";
import type { Remade, Treatment, Treatments } from "./treatments";

/** By what it was called; `other` for what no row is called. */
const from = (
  rows: readonly (readonly [string, string])[],
  other: (text: string) => string,
): Treatment => {
  const known = new Map(rows);
  return (text) => known.get(text) ?? other(text);
};

/** Ids of all rows, of what their parts are called now. */
function remadeIds(
  { host, namespaces, links, containers, networks }: Topology,
  treatments: Treatments,
  label: Treatment,
): Omit<Remade, "key" | "netns-label"> {
  const home = treatments["host-id"](host.id, host);
  const strays = pseudonyms();
  const stray = (id: string): string => `${home}/${strays.name("unknown", id)}`;
  const netns = new Map<string, NetnsId>(
    namespaces.map((row) => [row.id, netnsId(home, netnsLabel(label(row.label, row)))]),
  );
  const netnsOf = (id: NetnsId): NetnsId => netns.get(id) ?? netnsId(home, netnsLabel(stray(id)));
  const digits = treatments["engine-id"];
  return {
    "netns-id": from([...netns], stray),
    "link-id": from(
      links.map((row) => [row.id, linkId(netnsOf(row.netns), row.ifindex)]),
      stray,
    ),
    "container-id": from(
      containers.map(({ id }, place) => [id, containerId(home, place)]),
      stray,
    ),
    "network-id": from(
      networks.map((row) => [row.id, networkId(home, digits(row.engineId, row))]),
      stray,
    ),
  };
}

/** The words that the keys of what is in a namespace begin with (lib/topology/naming). */
const kinds = /^(?:ctr|pod|overlay|lb|ingress|ns|unit|proc|inode)(?=:)/;

/** What namespaces are called in the keys of what is in them: `host`, `ctr:ctr-1`. */
function ownersOf({ namespaces }: Topology, visitor: Visitor): ReadonlyMap<NetnsId, string> {
  const ring = keyring();
  return new Map(
    namespaces.map((row) => {
      const { by, text } = namespaceName.map(row.name, visitor, row);
      const kind = kinds.exec(row.key.replace(/^netns:/, ""))?.[0] ?? "ns";
      return [row.id, ring(by === "host" ? "host" : `${kind}:${text}`)] as const;
    }),
  );
}

/** As lib/topology/build makes them. */
function remadeKeys(topology: Topology, treatments: Treatments, visitor: Visitor): Treatment {
  const { host, namespaces, links, networks, containers } = topology;
  const owners = ownersOf(topology, visitor);
  const byId = new Map(links.map((link) => [link.id, link]));
  const place = (word: string, link: Link): string =>
    `${word}:${owners.get(link.netns) ?? "ns"}/${treatments.interface(link.name, link)}`;
  const linkKey = (link: Link): string => {
    const peer = link.kind === "veth" && link.peer.status === "found" ? link.peer.link : undefined;
    const other = peer && byId.get(peer);
    return link.key.startsWith("peer:") && other !== undefined
      ? place("peer", other)
      : place("if", link);
  };
  const ring = keyring();
  const rows: readonly (readonly [Key, string])[] = [
    [host.key, `host:${treatments["host-id"](host.id, host)}`],
    ...namespaces.map((row) => [row.key, `netns:${owners.get(row.id) ?? "ns"}`] as const),
    ...links.map((link) => [link.key, linkKey(link)] as const),
    ...networks.map(
      (row) => [row.key, `net:${treatments["network-name"](row.name, row)}`] as const,
    ),
    ...containers.map(
      (row) => [row.key, `ctr:${treatments["container-name"](row.name, row)}`] as const,
    ),
  ];
  const strays = pseudonyms();
  return from(
    rows.map(([was, wanted]) => [was, ring(wanted)]),
    (text) => strays.name("key", text),
  );
}

/** Ids, labels and keys for a topology whose texts are treated so. */
export function remadeFor(topology: Topology, treatments: Treatments, label: Treatment): Remade {
  const visitor: Visitor = {
    text: (kind, text, row) => treatments[kind](text, row),
    own: (_, text) => text,
    inode: (inode) => inode,
  };
  return {
    ...remadeIds(topology, treatments, label),
    "netns-label": label,
    key: remadeKeys(topology, treatments, visitor),
  };
}

/** Rows stay in their places: the row of a key then is the row of its key now. */
export function keysBetween(before: Topology, now: Topology): (original: Key) => Key | null {
  const keys = ({ host, namespaces, links, networks, containers }: Topology): readonly Key[] => [
    host.key,
    ...[...namespaces, ...links, ...networks, ...containers].map((row) => row.key),
  ];
  const after = keys(now);
  const known = new Map(keys(before).map((was, place) => [was, after[place] ?? key("")]));
  return (original) => known.get(original) ?? null;
}
