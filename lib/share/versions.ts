import type { Topology } from "@/lib/topology/model";
import { type Refused, refused } from "./refusal";

type Json = Readonly<Record<string, unknown>>;

/** From one version to the next. Takes what it finds: what is wrong with it is found when it is read. */
export type Step = (file: Json) => Json;

/**
 * The first turns version 1 into 2, and so on: as many as there are versions before this one. A field
 * that is added with a meaning for its absence (`since`) makes no new version; a field that is renamed,
 * removed or means something else does.
 */
export const steps: readonly Step[] = [];

const name = "vethscope-topology";
const versioned = new RegExp(`^${name}/([1-9]\\d{0,3})$`);

/** The format that this version writes. */
export const currentFormat: Topology["format"] = "vethscope-topology/1";

/** Is this a topology of any version? */
export const isTopologyFormat = (format: unknown): format is string =>
  typeof format === "string" && versioned.test(format);

/** The file as a file of this version; refused where a newer one wrote it, or nobody. */
export function upgraded(file: Json, ladder: readonly Step[]): { readonly file: Json } | Refused {
  const format = file["format"];
  const [, digits] = typeof format === "string" ? (versioned.exec(format) ?? []) : [];
  if (digits === undefined) return refused({ why: "not-ours" });
  const [version, newest] = [Number(digits), ladder.length + 1];
  if (version > newest) {
    return refused({ why: "newer", format: `${format}`, known: `${name}/${newest}` });
  }
  const now = ladder.slice(version - 1).reduce((older, step) => step(older), file);
  return { file: { ...now, format: `${name}/${newest}` } };
}
