import type { ContainerId, Key, LinkId, NetnsId } from "@/lib/net/ids";
import type { Said } from "./said";

/** rails: from left to right, one attachment in a line. textbook: containers on top, the NIC at the bottom. */
export const orientations = ["rails", "textbook"] as const;
export type Orientation = (typeof orientations)[number];

/**
 * How the rows of one bridge are put together; bridges stay where they are.
 * network: by project, then by name. project: the same, and told by a bracket. none: by name alone.
 */
export const groupings = ["network", "project", "none"] as const;
export type Grouping = (typeof groupings)[number];

/** What the reader asked to see. `stopped`: containers that do not run are listed too. */
export type View = {
  readonly orientation: Orientation;
  readonly stopped: boolean;
  /** By network where not given. */
  readonly group?: Grouping;
};

/**
 * Why something is lit. Whoever lights it (selection, search, diff) is not known here.
 * row: something on it is, in that place; the row itself is not
 */
export type Mark = "selected" | "path" | "row" | "match" | "added" | "removed" | "changed";
export type Marks = ReadonlyMap<Key, Mark>;

/** What things have wrong with them: each problem of the host has a number, and may be about several things. */
export type Trouble = ReadonlyMap<Key, readonly number[]>;

/** How sure a drawn connection is: solid, dashed, dotted. */
export type Proof = "exact" | "consistent" | "unproven";

/**
 * What a line means.
 * wired: the two ends of one veth pair
 * attached: a port and its bridge, by the kernel's own word
 * stacked: a link and the device that it sits on (macvlan, ipvlan, vlan)
 * tunnelled: frames travel in packets to other hosts (vxlan)
 * reaches: packets are routed that way; no wire is claimed
 */
export type Edge =
  | { readonly key: Key; readonly means: "wired"; readonly proof: Proof }
  | { readonly key: Key; readonly means: "stacked"; readonly proof: Proof }
  | { readonly key: Key; readonly means: "attached" }
  | { readonly key: Key; readonly means: "tunnelled" }
  | { readonly key: Key; readonly means: "reaches"; readonly proof: Proof };

export type State = "up" | "down" | "unknown";

/** An interface. `label` is what `ip link` prints, whole. */
export type Chip = {
  readonly key: Key;
  readonly link: LinkId;
  readonly label: string;
  readonly state: State;
};

/** How far a container is from running. Engines have more words for it, which are said where there is room. */
export const restStates = ["paused", "restarting", "created", "stopped"] as const;
export type RestState = (typeof restStates)[number];

/** A name on a box. `name` may be cut in the middle, `full` never is. `none`: of no container. */
export type Badge = {
  readonly key: Key;
  readonly name: string;
  readonly full: string;
  readonly state: "running" | RestState | "none";
  /** What the engine calls its state; null: it is of no container. */
  readonly word: string | null;
  readonly container: ContainerId | null;
};

/** A network namespace with everything that lives in it; several badges where it is shared. */
export type Box = {
  readonly key: Key;
  /** fold: stands for rows that are not drawn, or closes them. */
  readonly kind: "container" | "namespace" | "host" | "fold";
  readonly netns: NetnsId | null;
  /** At least one. */
  readonly badges: readonly Badge[];
  /** Its main row is elsewhere: this is another of its networks. */
  readonly ghost: boolean;
  /** What is inside could not be read. */
  readonly unread: boolean;
  readonly ports: readonly PortTag[];
};

/** open: reachable from other machines, as far as the address it is bound to says. */
export type PortTag = { readonly text: string; readonly reach: "open" | "loopback" };

/** Why the other end of a pair is not drawn: each is another answer, and another sign. */
export type OpenEnd = "unseen" | "ambiguous" | "contradictory";

/** One attachment: everything on it stands on one line of the picture, left to right. */
export type Row = {
  /** Unique in one graph; of the pair where there is one. */
  readonly key: Key;
  /** Whose end `host` is, where that is neither the host nor told by the block. */
  readonly owner: Badge | null;
  /** Line from the bridge to the host end, or from the lower device to a stacked link. */
  readonly port: Edge | null;
  readonly host: Chip | null;
  /** To the other end of a pair; of a tunnel in a bridge, to where it leads. */
  readonly wire: Edge | null;
  readonly inner: Chip | null;
  readonly box: Box | null;
  /** Why an end is missing; or what a port leads to that is no pair. */
  readonly note: string | null;
  /** Set where `note` tells of a pair. */
  readonly open: OpenEnd | null;
  /** The row as a sentence, for those who do not see the picture. */
  readonly said: Said;
};

/** Identity of a network: one of eight hues, and how many times the eight were used up before. */
export type Hue = { readonly index: number; readonly stripe: number };

export type BridgeNode = {
  /** Of the bridge; of the network where its bridge was not seen. */
  readonly key: Key;
  readonly link: LinkId | null;
  /** The network's key, which means the same place. */
  readonly network: Key | null;
  readonly label: string;
  readonly state: State;
  readonly internal: boolean;
  /** What the engine calls it, where it is not in the host's namespace, its subnet. */
  readonly lines: readonly BridgeLine[];
};

/** `of`: what it names, where that is something else than the bridge: the namespace that the bridge is in. */
export type BridgeLine = {
  readonly text: string;
  readonly font: "sans" | "mono";
  readonly of?: Badge;
};

/** Neighbouring rows of one compose project: `count` of them, beginning with `first`. */
export type ProjectSpan = { readonly name: string; readonly first: number; readonly count: number };

/** How many of its rows are not drawn, since it is closed; not given: it never was. */
type Closed = { readonly closed?: number };

/** How a block is reached from an uplink. */
export type Way = { readonly uplink: Key; readonly edge: Edge };

export type Block =
  | (Closed & {
      readonly kind: "bridge";
      readonly bridge: BridgeNode;
      readonly hue: Hue;
      readonly ways: readonly Way[];
      readonly rows: readonly Row[];
      readonly projects: readonly ProjectSpan[];
    })
  | (Closed & {
      readonly kind: "rows";
      /** stacked: macvlan and the like; direct: no bridge; host: both ends on the host; between: of two namespaces. */
      readonly what: "stacked" | "direct" | "host" | "between" | "dangling";
      readonly key: Key | null;
      readonly title: string;
      readonly hue: Hue | null;
      readonly ways: readonly Way[];
      readonly rows: readonly Row[];
      readonly projects: readonly ProjectSpan[];
    })
  | (Closed & {
      readonly kind: "list";
      readonly what:
        | "host-network"
        | "isolated"
        | "other-links"
        | "unread"
        | "unplaced"
        | "none"
        | "stopped";
      readonly title: string;
      readonly boxes: readonly Box[];
    });

/** A way out of the host: a NIC, what is stacked on it, a tunnel. */
export type Uplink = {
  readonly chip: Chip;
  /** Of a tunnel: its number and where it leads. */
  readonly addresses: readonly string[];
  /** To the outside; null: no default route leads through it. */
  readonly out: Edge | null;
  /** What it is stacked on. */
  readonly over: { readonly uplink: Key; readonly edge: Edge } | null;
};

/** A port of the host that leads to a container. */
export type NatPort = {
  /** Of the port, as the list of ports calls it. */
  readonly key: Key;
  readonly container: Key;
  /** `0.0.0.0:8080 → web`; names may be cut. */
  readonly text: string;
  readonly full: string;
  readonly reach: PortTag["reach"];
};

/** Where addresses are changed on their way through the host, and what is known of the rules that do. */
export type Nat = {
  readonly key: Key;
  /** One for each backend that has such rules, or of which that cannot be told. */
  readonly backends: readonly {
    readonly name: string;
    readonly counts: string;
    /** What it holds could not be read: not "none". */
    readonly unread: boolean;
  }[];
  readonly listed: string;
  readonly ports: readonly NatPort[];
  /** How many more there are; empty: none. */
  readonly more: string;
};

export type LegendEntry = { readonly text: string } & (
  | {
      readonly kind: "line";
      readonly edge: "wired" | "stacked" | "reaches" | "tunnelled";
      readonly proof: Proof;
    }
  | { readonly kind: "glyph"; readonly glyph: LegendGlyph }
);

export const legendGlyphs = ["up", "down", "unknown", "internal", "ghost", ...restStates] as const;
export type LegendGlyph = (typeof legendGlyphs)[number];

export const signNames = ["unseen", "ambiguous", "contradictory", "unread", "problem"] as const;
export type SignEntry = {
  readonly kind: "sign";
  readonly sign: (typeof signNames)[number];
  readonly text: string;
};

export const columns = ["outside", "uplink", "nat", "bridge", "veth", "eth"] as const;
type Column = (typeof columns)[number];

/** What is shown of one host, in the reader's language; says nothing about where or in which colour. */
export type Graph = {
  readonly orientation: Orientation;
  readonly host: {
    readonly key: Key;
    readonly name: string;
    /** ISO 8601. */
    readonly at: string;
    readonly source: "live" | "recorded";
  };
  readonly headings: Readonly<Record<Column, string>>;
  readonly outside: { readonly key: Key; readonly label: string };
  readonly uplinks: readonly Uplink[];
  /** null: nothing is translated, as far as rules were read; or nobody asked. */
  readonly nat: Nat | null;
  readonly blocks: readonly Block[];
  /** How many containers do not run, shown or not. */
  readonly stopped: number;
  readonly legend: readonly LegendEntry[];
  /** The signs of open ends, of what was not read and of problems, as far as they are on the picture. */
  readonly signs: readonly SignEntry[];
  /** One sentence: what is on this host. */
  readonly summary: string;
};
