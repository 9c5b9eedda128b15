import type { Evidence } from "@/lib/facts/model";
import type { AnswerId, NetnsLabel } from "@/lib/net/ids";
import { numberByPeer, pastedNumbers } from "@/lib/net/pasted-ends";
import type { BrctlRow } from "./brctl";
import type { BridgePort } from "./bridge-link";
import type { ReadAnswer as Read } from "./define";
import type { PeerIfindex } from "./ethtool-stats";
import type { IfconfigLink } from "./ifconfig";
import type { OnelineAddress } from "./ip-addr-oneline";
import type { BriefLink } from "./ip-brief";
import { bareLink, type IpAddress, type IpLink } from "./ip-link";
import type { SysfsValue } from "./sysfs-net";

/** A row that names the link it is about, though its command alone did (`ethtool -S LINK`). */
export type OfLink<Row> = Row & { readonly link: string };

/** All that tells of links in pasted text, answer by answer. */
export type PastedLinkReads = {
  readonly links: readonly Read<IpLink>[];
  readonly addresses: readonly Read<OnelineAddress>[];
  readonly brief: readonly Read<BriefLink>[];
  readonly ports: readonly Read<BridgePort>[];
  readonly numbers: readonly Read<SysfsValue>[];
  readonly peers: readonly Read<OfLink<PeerIfindex>>[];
  readonly plain: readonly Read<IfconfigLink>[];
  readonly bridges: readonly Read<BrctlRow>[];
};

/** What is known of a link so far, and which answer told of it first. */
type Draft = { link: IpLink; readonly answer: AnswerId };

/** The links of one namespace, by name: unique there. */
type Drafts = { readonly byName: Map<string, Draft>; unnumbered: number };

const addressWords = ({ address, prefix }: IpAddress): string => `${address}/${prefix}`;

const withAddresses = (link: IpLink, more: readonly IpAddress[]): IpLink => ({
  ...link,
  addresses: [
    ...new Map([...link.addresses, ...more].map((each) => [addressWords(each), each])).values(),
  ],
});

/** What each printing of a link may leave out: null. */
const optional = [
  ...(["linkIndex", "linkName", "nsid", "mtu", "operstate", "master", "linkType", "mac"] as const),
  ...(["infoKind", "portState", "counters"] as const),
] as const;

const filled = (old: IpLink, more: IpLink): Partial<IpLink> =>
  Object.fromEntries(optional.map((field) => [field, old[field] ?? more[field]]));

/** Of two printings of one link each may tell what the other leaves out. */
function merged(old: IpLink, more: IpLink): IpLink {
  const { untold, ...told } = { ...old, ...filled(old, more) };
  const isTold = untold === undefined || more.untold === undefined;
  return withAddresses(
    {
      ...told,
      ...(isTold ? {} : { untold }),
      ifindex: old.ifindex < 0 && more.ifindex > 0 ? more.ifindex : old.ifindex,
      flags: old.flags.length > 0 ? old.flags : more.flags,
    },
    more.addresses,
  );
}

/** Takes in what one more answer says of a link. `by`: that answer, and its line. */
function tell(
  drafts: Drafts,
  name: string,
  by: { readonly answer: AnswerId; readonly at: number },
  more: Partial<IpLink>,
): void {
  const known = drafts.byName.get(name);
  if (known !== undefined) {
    known.link = merged(known.link, { ...bareLink(name, -1, by.at), ...more });
    return;
  }
  if (more.ifindex === undefined) drafts.unnumbered += 1;
  const linkType = name === "lo" ? "loopback" : "ether";
  const link = { ...bareLink(name, -drafts.unnumbered, by.at), linkType, ...more };
  drafts.byName.set(name, { link, answer: by.answer });
}

/** Takes in a link that an answer prints whole. */
function tellWhole(drafts: Drafts, answer: AnswerId, link: IpLink): void {
  const known = drafts.byName.get(link.name);
  if (known === undefined) drafts.byName.set(link.name, { link, answer });
  else known.link = merged(known.link, link);
}

/** By whom the number of the other end was told, where that is not the line of the link itself. */
const farBy = (answer: AnswerId, at: number): { readonly farAt: Evidence } => ({
  farAt: { answer, at: { line: at } },
});

/** A NIC has its own number there; of a veth pair with equal numbers nothing is lost, as nobody else has it. */
function tellNumber(drafts: Drafts, answer: AnswerId, { link, attribute, value, at }: SysfsValue) {
  const known = drafts.byName.get(link)?.link;
  if (attribute === "ifindex") return tell(drafts, link, { answer, at }, { ifindex: value });
  if (known?.ifindex === value || known?.linkName) return;
  tell(drafts, link, { answer, at }, { linkIndex: value });
  const draft = drafts.byName.get(link);
  if (draft !== undefined && known?.linkIndex == null)
    draft.link = { ...draft.link, ...farBy(answer, at) };
}

function tellPeer(drafts: Drafts, answer: AnswerId, { link, peer, at }: OfLink<PeerIfindex>) {
  tell(drafts, link, { answer, at }, { linkIndex: peer, infoKind: "veth" });
  const draft = drafts.byName.get(link);
  if (draft !== undefined) draft.link = { ...draft.link, infoKind: "veth", ...farBy(answer, at) };
}

function tellBridge(drafts: Drafts, answer: AnswerId, { bridge, port, at }: BrctlRow) {
  tell(drafts, bridge, { answer, at }, { infoKind: "bridge" });
  if (port !== null) tell(drafts, port, { answer, at }, { master: bridge });
}

const of = <Row>(reads: readonly Read<Row>[], netns: NetnsLabel) =>
  reads
    .filter((read) => read.netns === netns)
    .flatMap(({ answer, rows }) => rows.map((row) => [answer, row] as const));

/** ifconfig prints no state: RUNNING is the kernel's IFF_RUNNING, which follows it. */
const stateOf = ({ flags }: IfconfigLink): string =>
  flags.includes("UP") && flags.includes("RUNNING") ? "UP" : "DOWN";

/** Names that engines give to bridges of their own: plain `ip addr` prints no kinds. */
const bridgeName =
  /^(?:docker0|docker_gwbridge|br-[0-9a-f]{12}|virbr\d+|lxcbr\d+|lxdbr\d+|cni0|podman\d+)$/;

/** All links of one namespace, as the last look at each needs them. */
type Neighbours = {
  readonly named: ReadonlyMap<string, IpLink>;
  readonly ports: ReadonlyMap<string | null, readonly IpLink[]>;
};

const neighboursOf = (links: readonly IpLink[]): Neighbours => ({
  named: new Map(links.map((link) => [link.name, link])),
  ports: Map.groupBy(links, ({ master }) => master),
});

/** Its ports tell a bridge, its name an empty one. Ports of a bond say that they are such. */
function isBridge({ name }: IpLink, all: Neighbours): boolean {
  const ports = all.ports.get(name) ?? [];
  if (ports.some(({ flags }) => flags.includes("SLAVE"))) return false;
  return ports.length > 0 || bridgeName.test(name);
}

/** Two that print each other's name are a pair: of what lies on top of another only one prints a name. */
const namesBack = ({ name, linkName }: IpLink, { named }: Neighbours): boolean =>
  linkName !== null && named.get(linkName)?.linkName === name;

const crosses = ({ infoKind, linkIndex, linkName }: IpLink): boolean =>
  linkIndex !== null && linkName === null && (infoKind === null || infoKind === "veth");

/** Engines and the kernel call host ends so; ifconfig and brctl tell nothing but the name, and old kernels no peer. */
const isNamedVeth = ({ infoKind, linkIndex, linkName, name, untold }: IpLink): boolean =>
  infoKind === null &&
  linkIndex === null &&
  linkName === null &&
  untold !== undefined &&
  /^veth/.test(name);

/** What is left open is settled by its pair, which needs no word of the namespace. */
function finished(link: IpLink, all: Neighbours): IpLink {
  if (link.infoKind === null && isBridge(link, all)) {
    const { untold: _, ...told } = link;
    return { ...told, infoKind: "bridge" };
  }
  if (isNamedVeth(link)) return { ...link, infoKind: "veth", untold: "netns" };
  if (crosses(link)) return { ...link, untold: "netns" };
  if (link.infoKind === null && namesBack(link, all)) {
    const { untold: _, ...told } = link;
    return { ...told, infoKind: "veth" };
  }
  return link;
}

function linksIn(reads: PastedLinkReads, netns: NetnsLabel): readonly Draft[] {
  const drafts: Drafts = { byName: new Map(), unnumbered: 0 };
  for (const [answer, row] of of(reads.links, netns)) tellWhole(drafts, answer, row);
  for (const [answer, { name, ifindex, address, at }] of of(reads.addresses, netns))
    tell(drafts, name, { answer, at }, { ifindex, addresses: [address] });
  for (const [answer, row] of of(reads.brief, netns))
    tell(drafts, row.name, { answer, at: row.at }, row);
  for (const [answer, { name, ifindex, iflink, bridge, state, at }] of of(reads.ports, netns))
    tell(
      drafts,
      name,
      { answer, at },
      { ifindex, linkIndex: iflink, master: bridge, portState: state },
    );
  for (const [answer, row] of of(reads.plain, netns))
    tell(drafts, row.name, { answer, at: row.at }, { ...row, operstate: stateOf(row) });
  for (const [answer, row] of of(reads.bridges, netns)) tellBridge(drafts, answer, row);
  for (const [answer, row] of of(reads.numbers, netns)) tellNumber(drafts, answer, row);
  for (const [answer, row] of of(reads.peers, netns)) tellPeer(drafts, answer, row);
  for (const { master } of [...drafts.byName.values()].map(({ link }) => link))
    if (master !== null && !drafts.byName.has(master)) namedBridge(drafts, master);
  const all = [...drafts.byName.values()];
  const neighbours = neighboursOf(all.map(({ link }) => link));
  return all.map(({ link, answer }) => ({ link: finished(link, neighbours), answer }));
}

/** A bridge that only its ports tell of, where the text was cut down to them. */
function namedBridge(drafts: Drafts, name: string): void {
  const port = [...drafts.byName.values()].find(({ link }) => link.master === name);
  if (port === undefined) return;
  tell(drafts, name, { answer: port.answer, at: port.link.line ?? port.link.at }, {});
}

/** No number is printed twice in one namespace: where it is, two namespaces were taken for one. */
function onceNumbered(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Set<number>();
  return drafts.filter(({ link }) => {
    const isFirst = !seen.has(link.ifindex);
    seen.add(link.ifindex);
    return isFirst;
  });
}

/** A link whose own number was not printed gets the one that its only possible other end prints. */
function numberedByPeers(all: readonly InNetns[]): readonly InNetns[] {
  const open = all.map(({ netns, link }) => ({ ...link, netns }));
  const numbers = pastedNumbers(open);
  return all.map((each, at) => {
    const placed = open[at];
    const ifindex = placed === undefined ? null : numberByPeer(placed, numbers);
    if (ifindex === null) return each;
    return { ...each, link: { ...each.link, ifindex, numberBy: "peer" as const } };
  });
}

type InNetns = Draft & { readonly netns: NetnsLabel };

/**
 * Puts together what several pasted answers tell of each link. A link whose number nobody printed
 * (`ifconfig`, `brctl show`) has a negative one, unless the only link that can be its other end prints it.
 */
export function pastedLinks(reads: PastedLinkReads): readonly Read<IpLink>[] {
  const every: readonly Read<unknown>[] = Object.values(reads).flat();
  const labels = new Set(every.flatMap(({ netns }) => netns ?? []));
  const drafts = [...labels].flatMap((netns) =>
    onceNumbered(linksIn(reads, netns)).map((draft) => ({ ...draft, netns })),
  );
  return numberedByPeers(drafts).map(({ link, answer, netns }) => ({
    answer,
    netns,
    rows: [link],
    complete: true,
  }));
}
