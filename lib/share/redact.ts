import type { Key } from "@/lib/net/ids";
import type { Topology } from "@/lib/topology/model";
import { collectAddresses, type Renumbering } from "./addresses";
import { type AddressScope, hider, macNumbers } from "./hidden-addresses";
import { type Pseudonyms, pseudonyms } from "./names";
import { keysBetween, remadeFor } from "./remade-ids";
import type { Visitor } from "./shape";
import type { TextKind } from "./text-kinds";
import { topologyShape } from "./topology-shape";
import {
  hidingAddresses,
  hidingNames,
  type Remade,
  type Treatment,
  type Treatments,
} from "./treatments";

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

/** Every address and MAC there is, found by the same treatments that replace them later. */
function collected(
  topology: Topology,
  scope: AddressScope,
): { readonly numbering: Renumbering; readonly macs: ReadonlySet<string> } {
  const addresses = collectAddresses();
  const macs = new Set<string>();
  const looking: Renumbering = {
    address: (address) => {
      addresses.add(address, address.length * 8);
      return address;
    },
    prefix: (address, length) => {
      addresses.add(address, length);
      return address;
    },
  };
  const renamed = (digits: string): string => {
    macs.add(digits.toLowerCase());
    return digits;
  };
  const found = hider(scope, looking, { renamed, known: macs });
  const treatments = hidingAddresses(found, sameIds);
  topologyShape.map(
    topology,
    visitorOf(treatments, (inode) => inode),
    topology,
  );
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

/**
 * The topology as it may leave: one and the same thing is called one and the same everywhere, addresses
 * of one network stay in one network, and the wiring is untouched. Nothing of it is drawn or written
 * before. Facts do not come along.
 */
export function redact(topology: Topology, preset: Preset): Redacted {
  if (preset === "none") {
    const nothing = { addresses: 0, macs: 0, names: 0, images: 0, ids: 0, texts: 0 };
    return { topology, replaced: nothing, keyOf: (key) => key };
  }
  const { numbering, macs } = collected(topology, scopes[preset]);
  const hiding = hider(scopes[preset], numbering, macNumbers(macs));
  const names = pseudonyms();
  const isNamed = preset === "names";
  const label = isNamed ? labelled(names) : same;
  const treatmentsWith = (remade: Remade): Treatments =>
    isNamed ? hidingNames(hiding, names, remade) : hidingAddresses(hiding, remade);
  const remade = remadeFor(topology, treatmentsWith({ ...sameIds, "netns-label": label }), label);
  const visitor = visitorOf(treatmentsWith(remade), isNamed ? names.inode : (inode) => inode);
  const { all, replaced } = counting(visitor);
  const now = topologyShape.map(topology, all, topology);
  return { topology: now, replaced: replaced(), keyOf: keysBetween(topology, now) };
}
