import type { Block, LegendEntry, Orientation, SignEntry } from "@/lib/graph/model";
import type { Said } from "@/lib/graph/said";
import type { Key } from "@/lib/net/ids";

export const hueRoles = [
  "hue-0",
  "hue-1",
  "hue-2",
  "hue-3",
  "hue-4",
  "hue-5",
  "hue-6",
  "hue-7",
] as const;

/** What a colour is for. Which colour that is, the theme says. */
const roles = [
  "canvas",
  "block",
  "chip",
  "border",
  "line",
  "ink",
  "ink-soft",
  "up",
  "down",
  "port-open",
  "resting",
  "problem",
  "accent",
  "accent-fill",
  "match",
  "added",
  "removed",
  "changed",
  ...hueRoles,
] as const;
export type Role = (typeof roles)[number];

export type Dash = "solid" | "dashed" | "dotted" | "dash-dot";
export type GlyphName =
  | "up"
  | "down"
  | "unknown"
  | "internal"
  | "ghost"
  | "cloud"
  | "unseen"
  | "ambiguous"
  | "contradictory"
  | "paused"
  | "restarting"
  | "created"
  | "stopped"
  | "problem";

/** All lengths in px at 100 %; y grows downwards. */
export type Point = { readonly x: number; readonly y: number };
export type Rect = Point & { readonly width: number; readonly height: number };

type Drawn = {
  /** What one points at when one points at it. null: decoration. */
  readonly key: Key | null;
  /**
   * The row that it stands on, for things that stand on several: a container is lit on a row only
   * where that row is on the path.
   */
  readonly within: Key | null;
};

/** x, y: the upper left corner. */
export type BoxShape = Drawn &
  Rect & {
    readonly kind: "box";
    /** block: the ground under others. */
    readonly layer: "block" | "thing" | "inset";
    readonly radius: number;
    readonly fill: Role | null;
    readonly stroke: Role | null;
    readonly strokeWidth: number;
    readonly dash: Dash;
    /** Drawn over with slanted lines: what is inside was not read. */
    readonly hatched: boolean;
  };

/** Straight from point to point; at least two. */
export type LineShape = Drawn & {
  readonly kind: "line";
  readonly points: readonly Point[];
  readonly width: number;
  readonly stroke: Role;
  readonly dash: Dash;
};

/** y: the middle of the line; x: where it starts, ends or has its middle, by `anchor`. */
export type TextShape = Drawn &
  Point & {
    readonly kind: "text";
    readonly text: string;
    readonly font: "sans" | "mono";
    readonly size: number;
    readonly bold: boolean;
    readonly anchor: "start" | "middle" | "end";
    /** By the table of advances: no common font is wider. */
    readonly width: number;
    readonly fill: Role;
  };

/** x, y: its middle. */
export type GlyphShape = Drawn &
  Point & {
    readonly kind: "glyph";
    readonly glyph: GlyphName;
    readonly size: number;
    readonly fill: Role;
  };

export type Shape = BoxShape | LineShape | TextShape | GlyphShape;

/** Something that the keyboard can reach: where it is, and what it is called. */
export type Stop = { readonly key: Key; readonly name: string; readonly rect: Rect };
/** A row of the picture, with its stops from the outside to the container. */
export type SceneRow = {
  readonly key: Key;
  readonly said: Said;
  readonly stops: readonly Stop[];
};

/** A block at its place: what coarser levels are made from. */
export type PlacedPart = {
  readonly block: Block;
  readonly rect: Rect;
  /** Ground and frame: drawn before any line. */
  readonly ground: readonly Shape[];
  readonly shapes: readonly Shape[];
};

/** What an arrangement says: where each thing stands, and how to walk along them. */
export type Placed = {
  readonly width: number;
  readonly height: number;
  /** In painting order. */
  readonly shapes: readonly Shape[];
  readonly rows: readonly SceneRow[];
  /** The same shapes again, by the block that they belong to; and those that belong to none. */
  readonly blocks: readonly PlacedPart[];
  readonly around: readonly Shape[];
};

/** Where everything is. The canvas and the file renderers draw the same scene. */
export type Scene = Placed & {
  /** Its rows go from left to right (rails) or from the bottom to the top (textbook). */
  readonly orientation: Orientation;
  readonly legend: readonly (LegendEntry | SignEntry)[];
  readonly host: string;
  /** ISO 8601: when the host was read. */
  readonly at: string;
  readonly summary: string;
};
