import type { Key } from "@/lib/net/ids";
import { type IpAddress, ipAddress } from "@/lib/net/ip-address";
import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";
import { type Collected, collectAddresses, type Renumbering } from "./addresses";
import { type AddressScope, type Hider, hider, hidingNets, macNumbers } from "./hidden-addresses";
import { type Pseudonyms, pseudonyms } from "./names";
import { keysBetween, remadeFor } from "./remade-ids";
import { isCommonBeginning } from "./rule-words";
import { ruledKeysBetween, withKeys } from "./ruled-keys";
import { rulingShape } from "./ruling-shape";
import type { Shape, Visitor } from "./shape";
import type { TextKind } from "./text-kinds";
import { topologyShape } from "./topology-shape";
import {
  hidingAddresses,
  hidingNames,
  type Remade,
  type Treatment,
  type Treatments,
} from "./treatments";
import { type StaysTrue, trueRules } from "./true-rules";

/**
 * How much is left out before anything leaves. none: nothing. public: addresses of the internet, and all
 * MACs. addresses: private ones too. names: also whatever anybody gave a name.
 */
export const presets = ["none", "public", "addresses", "names"] as const;
export type Preset = (typeof presets)[number];

/** Of two, the one that replaces more. */
export const stronger = (one: Preset, other: Preset): Preset =>
  presets.indexOf(one) > presets.indexOf(other) ? one : other;

const replacedKinds = ["addresses", "macs", "names", "images", "ids", "texts"] as const;
type ReplacedKind = (typeof replacedKinds)[number];

export type Redacted = {
  readonly topology: Topology;
  readonly ruling: Ruling | null;
  /** How many different ones were replaced. */
  readonly replaced: Readonly<Record<ReplacedKind, number>>;
  /** What a thing of the original is called now; null: it is no longer called anything. */
  readonly keyOf: (original: Key) => Key | null;
};

/** Ids and keys follow from names: they are counted with those. */
const countedAs: Readonly<Record<TextKind, ReplacedKind | null>> = {
  "netns-id": null,
  "link-id": null,
  "container-id": null,
  "network-id": null,
  key: null,
  "netns-label": null,
  "answer-id": null,
  "evidence-path": null,
  address: "addresses",
  range: "addresses",
  mac: "macs",
  "host-id": "names",
  "host-name": "names",
  "namespace-name": "names",
  interface: "names",
  "interface-label": null,
  "network-name": "names",
  "container-name": "names",
  "engine-id": "ids",
  pod: "names",
  image: "images",
  project: "names",
  service: "names",
  path: "names",
  comment: "texts",
  "rule-key": null,
  "socket-key": null,
  "net-address": "addresses",
  "rule-table": "names",
  chain: "names",
  set: "names",
  "rule-object": "names",
  "rule-comment": "texts",
  user: "names",
  process: "names",
  "ip-protocol": "texts",
  "rule-word": "texts",
  "rule-module": "texts",
  "set-type": "texts",
  "rule-text": "texts",
  element: "texts",
  opaque: "texts",
  sysctl: null,
  "sysctl-value": null,
  "option-name": null,
  "option-value": null,
  "kernel-version": "texts",
  os: "texts",
  engine: "texts",
  version: "texts",
  driver: "names",
  state: "names",
  scope: "names",
  table: "names",
  protocol: "names",
  words: "texts",
  command: "texts",
  socket: "texts",
  "engine-path": "texts",
  "engine-address": "addresses",
  "boot-id": "ids",
  "kernel-word": null,
  "our-word": null,
  time: null,
};

const scopes: Readonly<Record<Exclude<Preset, "none">, AddressScope>> = {
  public: "public",
  addresses: "all",
  names: "all",
};

const visitorOf = (treatments: Treatments, inode: (inode: number) => number): Visitor => ({
  text: (kind, text, row) => treatments[kind](text, row),
  own: (kind, text, row) => treatments[kind](text, row),
  inode,
});

const same: Treatment = (text) => text;
const sameIds: Remade = {
  "netns-id": same,
  "link-id": same,
  "container-id": same,
  "network-id": same,
  key: same,
  "netns-label": same,
};

/** What is replaced in together: one thing is called one and the same in both. */
type Whole = { readonly topology: Topology; readonly ruling: Ruling | null };

const visited = <T extends object>(shape: Shape<T>, value: T, visitor: Visitor): T =>
  shape.map(value, visitor, value);

/** Every address and MAC there is, found by the same treatments that replace them later. */
function collected(
  { topology, ruling }: Whole,
  scope: AddressScope,
): { readonly numbering: ReturnType<Collected["renumber"]>; readonly macs: ReadonlySet<string> } {
  const addresses = collectAddresses();
  const macs = new Set<string>();
  const looking = (prefix: Collected["add"]): Renumbering => ({
    address: (address) => {
      addresses.add(address, address.length * 8);
      return address;
    },
    prefix: (address, length) => {
      prefix(address, length);
      return address;
    },
  });
  const renamed = (digits: string): string => {
    macs.add(digits.toLowerCase());
    return digits;
  };
  const visitorWith = (prefix: Collected["add"]): Visitor =>
    visitorOf(
      hidingAddresses(hider(scope, looking(prefix), { renamed, known: macs }), sameIds),
      (inode) => inode,
    );
  visited(topologyShape, topology, visitorWith(addresses.add));
  if (ruling !== null) visited(rulingShape, ruling, visitorWith(addresses.addNamed));
  return { numbering: addresses.renumber(), macs };
}

/** Counts what became another text. */
function counting(visitor: Visitor) {
  const seen = new Map<ReplacedKind, Set<string>>(replacedKinds.map((kind) => [kind, new Set()]));
  const counted = (kind: TextKind, text: string, now: string): string => {
    const as = countedAs[kind];
    if (as !== null && now !== text) seen.get(as)?.add(text);
    return now;
  };
  const all: Visitor = {
    text: (kind, text, row) => counted(kind, text, visitor.text(kind, text, row)),
    own: (kind, text, row) => counted(kind, text, visitor.own(kind, text, row)),
    inode: (inode) => {
      const now = visitor.inode(inode);
      if (now !== inode) seen.get("ids")?.add(`inode ${inode}`);
      return now;
    },
  };
  const count = (kind: ReplacedKind): number => seen.get(kind)?.size ?? 0;
  const replaced = (): Redacted["replaced"] => ({
    addresses: count("addresses"),
    macs: count("macs"),
    names: count("names"),
    images: count("images"),
    ids: count("ids"),
    texts: count("texts"),
  });
  return { all, replaced };
}

const pasted = /^pasted \d{1,4}$/;

/** An inode in decimal, or what stands for one. */
const labelled =
  (names: Pseudonyms): Treatment =>
  (text) => {
    if (pasted.test(text)) return text;
    return /^\d{1,16}$/.test(text) ? `${names.inode(Number(text))}` : names.name("ns", text);
  };

const nothing = { addresses: 0, macs: 0, names: 0, images: 0, ids: 0, texts: 0 };

type IsNet = (address: IpAddress, length: number) => boolean;

/** What of rules still holds by new numbers and names. `beginning`: of a name, that is no longer a name. */
function staysTrue(
  scope: AddressScope,
  keeps: IsNet,
  beginning: StaysTrue["beginning"],
): StaysTrue {
  const nets = hidingNets(scope);
  return {
    prefix: (text, length) => {
      const address = ipAddress(text);
      const fate = address === null ? "torn" : nets.prefix(address, length);
      return fate === "whole" || (fate === "moved" && address !== null && keeps(address, length));
    },
    range: (first, last) => {
      const [from, to] = [ipAddress(first), ipAddress(last)];
      return from !== null && to !== null && nets.range(from, to);
    },
    beginning,
  };
}

/** A beginning stays where it tells nothing, and where the same links begin so by their new names. */
const beginningsOf = (
  { links }: Topology,
  { inText }: Hider,
  names: Pseudonyms | null,
): StaysTrue["beginning"] => {
  const known = new Map(
    links.map(({ name }) => [name, names === null ? inText(name) : names.interface(name)]),
  );
  const isHarmless = (text: string): boolean =>
    names === null ? inText(text) === text : isCommonBeginning(text);
  return (text) =>
    isHarmless(text) &&
    [...known].every(([was, now]) => was.startsWith(text) === now.startsWith(text));
};

const isAny = () => true;

/**
 * The topology and its rules as they may leave: one and the same thing is called one and the same everywhere,
 * addresses of one network stay in one network, and the wiring is untouched. Nothing of it is drawn or written
 * before. Facts do not come along, nor what no reader understood of a rule, nor what would no longer be true of it.
 */
export function redact(topology: Topology, preset: Preset, given: Ruling | null = null): Redacted {
  if (preset === "none") {
    return { topology, ruling: given, replaced: nothing, keyOf: (key) => key };
  }
  const scope = scopes[preset];
  const tellable = given && trueRules(given, staysTrue(scope, isAny, isAny));
  const { numbering, macs } = collected({ topology, ruling: tellable }, scope);
  const hiding = hider(scope, numbering, macNumbers(macs));
  const names = pseudonyms();
  const isNamed = preset === "names";
  const label = isNamed ? labelled(names) : same;
  const treatmentsWith = (remade: Remade): Treatments =>
    isNamed ? hidingNames(hiding, names, remade) : hidingAddresses(hiding, remade);
  const remade = remadeFor(topology, treatmentsWith({ ...sameIds, "netns-label": label }), label);
  const visitor = visitorOf(treatmentsWith(remade), isNamed ? names.inode : (inode) => inode);
  const { all, replaced } = counting(visitor);
  const now = visited(topologyShape, topology, all);
  const begins = beginningsOf(topology, hiding, isNamed ? names : null);
  const kept = tellable && trueRules(tellable, staysTrue(scope, numbering.keeps, begins));
  const ruling = kept && withKeys(visited(rulingShape, kept, all), now);
  const keys = [keysBetween(topology, now), ruledKeysBetween(given, ruling)] as const;
  return {
    topology: now,
    ruling,
    replaced: replaced(),
    keyOf: (key) => keys[0](key) ?? keys[1](key),
  };
}
