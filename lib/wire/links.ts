import type { Evidence } from "@/lib/facts/model";
import { answerId, type Key, key, linkId, type NetnsId } from "@/lib/net/ids";
import type { Address, Counters, Link, Lower, Remote, Topology, Vlans } from "@/lib/topology/model";
import {
  type Fields,
  type Here,
  isCount,
  isFlag,
  isFlagOrNull,
  isNumber,
  isNumberOrNull,
  oneOf,
  text,
  textOrNull,
} from "./columns";
import type { Draft } from "./drafts";
import { isEvidence, placeInAnswer } from "./evidence";
import { bareMac, rowIn } from "./forms";
import { alike, type HereLink, peerFields } from "./peers";

const sameNetnsBefore = ({ row, before }: HereLink): Draft<Link> | undefined =>
  before?.netns === row.netns ? before : undefined;

/** As ./build-links prints it. */
function labelOf({ row, world }: HereLink): string {
  if (typeof row.iflink !== "number") return `${row.name}`;
  const peer = row.nsid === null && row.netns && world.link(linkId(row.netns, row.iflink));
  return `${row.name}@${peer ? peer.name : `if${row.iflink}`}`;
}

/** As ./build names it: the host end of a pair by its other end. */
function keyOf({ row, world }: HereLink): Key {
  const owner = (netns: NetnsId | undefined) => world.netns(netns)?.key?.replace(/^netns:/, "");
  const other = world.link(row.peer?.link);
  return other !== undefined && row.netns === world.host().netns && other.netns !== row.netns
    ? key(`peer:${owner(other.netns)}/${other.name}`)
    : key(`if:${owner(row.netns)}/${row.name}`);
}

/** Links stand in the order in which ip printed them. */
function evidenceOf(here: HereLink): Evidence | undefined {
  const label = here.world.netns(here.row.netns)?.label;
  if (label === undefined) return undefined;
  const before = sameNetnsBefore(here)?.evidence?.at;
  const [place] = before !== undefined && "path" in before ? before.path : [];
  const at = { path: [typeof place === "number" ? place + 1 : 0] };
  return { answer: answerId("ip-addr", label), at };
}

type HereAddress = Here<Address, HereLink>;

const likeAtPlace = ({ up, place }: HereAddress): readonly string[] =>
  alike(up).map((each) => `${each} ${place}`);

/** The kernel makes the address of a link from its MAC, unless told otherwise (EUI-64, RFC 4291 appendix A). */
function linkLocal({ row, up }: HereAddress): string | undefined {
  if (row.family !== "inet6" || row.scope !== "link" || !up.row.mac) return undefined;
  const bytes = up.row.mac.split(":").map((each) => Number.parseInt(each, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const groups = [((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f];
  return `fe80::${groups.map((each) => each.toString(16)).join(":")}`;
}

const addressFields: Fields<Address, HereAddress> = {
  family: { is: oneOf<Address["family"]>({ inet: true, inet6: true }), like: likeAtPlace },
  scope: { is: text(), like: likeAtPlace },
  prefix: { is: isNumber, like: likeAtPlace },
  address: { is: text(), predict: linkLocal, like: likeAtPlace },
};

type HereCounters = Here<Counters, HereLink>;

/** What goes into one end of a pair comes out of the other. */
const otherEnd = ({ up, world }: HereCounters): Draft<Counters> | null | undefined =>
  world.link(up.row.peer?.link)?.counters;

const counterFields: Fields<Counters, HereCounters> = {
  rxBytes: { is: isNumber, predict: () => 0 },
  rxPackets: { is: isNumber, predict: () => 0 },
  txBytes: { is: isNumber, predict: (here) => otherEnd(here)?.rxBytes ?? 0 },
  txPackets: { is: isNumber, predict: (here) => otherEnd(here)?.rxPackets ?? 0 },
};

const vlanFields: Fields<Vlans, Here<Vlans, HereLink>> = {
  pvid: { is: isNumberOrNull },
  ranges: { count: { is: isCount }, each: { from: { is: isNumber }, to: { is: isNumber } } },
  evidence: { is: isEvidence, form: placeInAnswer },
};

type HereLower = Here<Lower, HereLink>;
const isFound = ({ row }: HereLower): boolean => row.status === "found";

const lowerFields: Fields<Lower, HereLower> = {
  status: { is: oneOf<Lower["status"]>({ found: true, unseen: true }) },
  link: { is: text(), when: isFound, form: rowIn("links") },
  proof: {
    is: oneOf<Extract<Lower, { status: "found" }>["proof"]>({ exact: true, consistent: true }),
    when: isFound,
  },
};

const isVeth = ({ row }: HereLink): boolean => row.kind === "veth";
const isBridge = ({ row }: HereLink): boolean => row.kind === "bridge";
const isStacked = ({ row }: HereLink): boolean =>
  row.kind === "macvlan" || row.kind === "ipvlan" || row.kind === "vlan";
const hasIflink = (here: HereLink): boolean => isVeth(here) || isStacked(here);
const isVxlan = ({ row }: HereLink): boolean => row.kind === "vxlan";
const isPlain = ({ row }: HereLink): boolean =>
  row.kind === "nic" || row.kind === "loopback" || row.kind === "other";

const remoteFields: Fields<Remote, Here<Remote, HereLink>> = {
  address: { is: text() },
  macs: { count: { is: isCount }, items: { is: text(), form: bareMac } },
  evidence: { count: { is: isCount }, items: { is: isEvidence, form: placeInAnswer } },
};

/** Those of one namespace follow each other. */
export const linkFields: Fields<Link, Here<Link, Here<Topology>>> = {
  netns: { is: text(), form: rowIn("namespaces") },
  ifindex: { is: isNumber, predict: (here) => (sameNetnsBefore(here)?.ifindex ?? 0) + 1 },
  id: {
    is: text(),
    predict: ({ row }) => row.netns && linkId(row.netns, row.ifindex ?? 0),
  },
  name: { is: text(), like: (here) => [`after ${sameNetnsBefore(here)?.name}`] },
  kind: {
    is: oneOf<Link["kind"]>({
      veth: true,
      bridge: true,
      macvlan: true,
      ipvlan: true,
      vlan: true,
      vxlan: true,
      nic: true,
      loopback: true,
      other: true,
    }),
    like: ({ row }) => [`${row.name}`, `${row.name?.slice(0, 4)}`],
  },
  iflink: { is: isNumberOrNull, when: hasIflink, like: alike },
  nsid: { is: isNumberOrNull, when: hasIflink, like: alike },
  label: { is: text(), predict: labelOf },
  mac: { is: textOrNull(), form: bareMac, like: alike },
  mtu: { is: isNumberOrNull, like: alike },
  state: {
    is: oneOf<Link["state"]>({ up: true, down: true, unknown: true }),
    like: alike,
  },
  adminUp: { is: isFlag, like: alike },
  master: { is: textOrNull(), form: rowIn("links"), like: alike },
  portState: { is: textOrNull(), like: alike },
  isolated: {
    is: isFlagOrNull,
    predict: ({ row }) => (row.portState === null ? null : false),
  },
  hairpin: { is: isFlagOrNull, predict: ({ row }) => (row.isolated === null ? null : false) },
  infoKind: { is: textOrNull(), when: isPlain, like: alike },
  evidence: { is: isEvidence, form: placeInAnswer, predict: evidenceOf },
  peer: { when: isVeth, fields: peerFields },
  lower: { when: isStacked, fields: lowerFields },
  network: {
    is: textOrNull(),
    when: isBridge,
    predict: ({ row, world }) => world.networkOfBridge(row.id)?.id ?? null,
  },
  filtersVlans: { is: isFlagOrNull, when: isBridge, predict: () => false },
  vlans: { given: { is: isFlag, predict: () => false }, fields: vlanFields },
  vni: { is: isNumberOrNull, when: isVxlan },
  port: { is: isNumberOrNull, when: isVxlan },
  local: { is: textOrNull(), when: isVxlan },
  underlay: { is: textOrNull(), when: isVxlan, form: rowIn("namespaces") },
  remotes: {
    when: isVxlan,
    given: { is: isFlag },
    count: { is: isCount },
    each: remoteFields,
  },
  key: { is: text(), predict: keyOf },
  addresses: { count: { is: isCount, like: alike }, each: addressFields },
  counters: { given: { is: isFlag, like: alike }, fields: counterFields },
};
