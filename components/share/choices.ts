import type { RuleDiagnosis } from "@/lib/diagnosis/model";
import type { Grouping, Orientation } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import type { ThemeName } from "@/lib/render/theme";
import type { Preset } from "@/lib/share/redact";
import type { Shown } from "@/lib/share/snapshot";
import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";

export const formats = ["png", "svg", "json", "link", "mmd", "dot", "md", "csv", "facts"] as const;
export type Format = (typeof formats)[number];

export const parts = ["whole", "visible", "selection"] as const;
export type Part = (typeof parts)[number];

export const scales = [1, 2, 4] as const;
type Scale = (typeof scales)[number];

/** What was there when sharing began. It stays so, whatever the host does meanwhile. */
export type Frozen = {
  readonly topology: Topology;
  /** Of which host and reading: who keeps the host's own words knows them by these. */
  readonly reading: { readonly host: string; readonly snapshot: string };
  /** What its rules show; null: they did not come with it. */
  readonly ruled: RuleDiagnosis | null;
  readonly orientation: Orientation;
  readonly group: Grouping;
  readonly stopped: boolean;
  readonly selected: Key | null;
  /** Things whose rows stood in the window; null: no picture was shown. */
  readonly onScreen: ReadonlySet<Key> | null;
  /** The host could not be read again since; a picture says so. */
  readonly stale: boolean;
  /** What the file that it was opened from says of itself: a part of a host is one in the next file too. */
  readonly from: Pick<Shown, "part" | "redaction">;
};

/** How it is to be sent. */
export type Choices = {
  readonly format: Format;
  readonly part: Part;
  readonly orientation: Orientation;
  readonly theme: ThemeName;
  readonly scale: Scale;
  /** Empty: none. */
  readonly title: string;
  /** What the host is called there; empty: as it calls itself. */
  readonly alias: string;
  readonly redaction: Preset;
  readonly legend: boolean;
  readonly time: boolean;
  /** The selection is lit, the rest faded. */
  readonly lit: boolean;
  /** The picture carries what it shows as data, so that it opens again. */
  readonly data: boolean;
  /** Rules, settings and sockets go along with the data. */
  readonly rules: boolean;
  /** A code with the link is drawn under the picture. */
  readonly code: boolean;
  /** The page where the link opens, of a Vethscope that its reader can reach. */
  readonly base: string;
};

type Picture = Extract<Format, "png" | "svg">;
export const isPicture = (format: Format): format is Picture =>
  format === "png" || format === "svg";

/**
 * What decides on that host besides its wiring, as far as it can go along.
 * asked: it is on its way; absent: whatever is open does not hold it, or it could no longer be had
 */
export type Ruled =
  | { readonly status: "asked" }
  | { readonly status: "there"; readonly ruling: Ruling }
  | { readonly status: "absent" };

/** Text for people and links do without. */
export const canHoldRules = ({ format, data }: Choices): boolean =>
  format === "json" || (isPicture(format) && data);

/** They are of the host as a whole. */
export const holdsRules = (choices: Choices): boolean =>
  choices.rules && choices.part === "whole" && canHoldRules(choices);
