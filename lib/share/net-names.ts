import { cidr, type IpAddress, ipAddress } from "@/lib/net/ip-address";
import type { Topology } from "@/lib/topology/model";
import { asNumber, bitsOf, isRenumbered, isSinglePublic } from "./addresses";
import type { Visitor } from "./shape";
import type { Snapshot } from "./snapshot";
import { topologyShape } from "./topology-shape";

type Net = { readonly base: bigint; readonly bits: number; readonly prefix: number };

const netOf = (address: IpAddress, prefix: number): Net => {
  const bits = bitsOf(address);
  const rest = BigInt(bits - prefix);
  return { base: (asNumber(address) >> rest) << rest, bits, prefix };
};

const nameOf = ({ base, bits, prefix }: Net): string => `${bits} ${base}/${prefix}`;

/** IPv4 first, in order of their numbers; a network before those inside it. */
const inOrder = (a: Net, b: Net): number =>
  a.bits - b.bits || (a.base === b.base ? a.prefix - b.prefix : a.base < b.base ? -1 : 1);

const prefixOf = (row: object): number | null => {
  const prefix: unknown = "prefix" in row ? row.prefix : null;
  return typeof prefix === "number" ? prefix : null;
};

/** The networks of a redacted topology, numbered: by the prefixes of links, networks and routes. */
function netsOf(topology: Topology): ReadonlyMap<string, number> {
  const found = new Map<string, Net>();
  const add = (address: IpAddress | undefined, prefix: number | null): void => {
    if (address === undefined || prefix === null || !isRenumbered(address)) return;
    if (prefix >= bitsOf(address)) return;
    const net = netOf(address, prefix);
    found.set(nameOf(net), net);
  };
  const text: Visitor["text"] = (kind, given, row) => {
    if (kind === "address") add(ipAddress(given) ?? undefined, prefixOf(row));
    if (kind === "range") add(cidr(given)?.address, cidr(given)?.prefix ?? null);
    return given;
  };
  topologyShape.map(topology, { text, own: (_, id) => id, inode: (inode) => inode }, topology);
  return new Map([...found.values()].sort(inOrder).map((net, nth) => [nameOf(net), nth + 1]));
}

/** `net1.2`, `pub-1`: by the smallest network that holds it; net0 where none is known to. */
function shortName(address: IpAddress, nets: ReadonlyMap<string, number>): string {
  for (let prefix = bitsOf(address) - 1; prefix > 0; prefix--) {
    const net = netOf(address, prefix);
    const number = nets.get(nameOf(net));
    if (number !== undefined) return `net${number}.${asNumber(address) - net.base}`;
  }
  const family = bitsOf(address) === 32 ? 9 : 48;
  const offset = asNumber(address) - netOf(address, family).base;
  return isSinglePublic(address) ? `pub-${offset}` : `net0.${offset}`;
}

/**
 * The topology as it is drawn and printed: where addresses were renumbered they are shown as `net1.2`,
 * so that nobody takes them for real ones. For pictures and text only: what a file carries keeps the numbers.
 */
export function drawnTopology({ topology, shown }: Snapshot): Topology {
  if (shown.redaction === "none") return topology;
  const nets = netsOf(topology);
  const named = (text: string): string => {
    const address = ipAddress(text);
    if (address === null || !isRenumbered(address)) return text;
    const [, zone] = text.split("%");
    return shortName(address, nets) + (zone === undefined ? "" : `%${zone}`);
  };
  const ranged = (text: string): string => {
    const [address = "", ...prefix] = text.split("/");
    return [named(address), ...prefix].join("/");
  };
  const text: Visitor["text"] = (kind, given) => {
    if (kind === "address" || kind === "mac") return named(given);
    return kind === "range" ? ranged(given) : given;
  };
  return topologyShape.map(
    topology,
    { text, own: (_, id) => id, inode: (inode) => inode },
    topology,
  );
}
