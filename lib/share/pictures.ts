import { type Bytes, deflatedAlike, fromBase64, inflated, toBase64 } from "./deflate";
import { mostInflatedBytes } from "./limits";
import { textIn, withText } from "./png-chunks";
import { type Refused, refused } from "./refusal";
import type { Snapshot } from "./snapshot";
import { type Opened, openCarried } from "./topology-file";

/** Its name in SVG; the keyword in PNG. */
const name = "vethscope";

/** What was read, what came over the wire and what was opened hold the same fields in other orders. */
const inOneOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOneOrder);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, each]) => [name, inOneOrder(each)] as const);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Plain JSON, so that pictures outlive the version that made them; packed by zlib alone. */
const carried = ({ topology, ruling, shown }: Snapshot): Bytes => {
  const text = JSON.stringify(inOneOrder({ ...topology, ...(ruling && { ruling }), shown }));
  return deflatedAlike(new TextEncoder().encode(text));
};

/** What `svg` of lib/render takes as `data`: deflated JSON in base64. */
export const svgData = (snapshot: Snapshot): string => toBase64(carried(snapshot));

/** The picture with the snapshot in it. null: `png` is no whole PNG. */
export const pngWithData = (png: Bytes, snapshot: Snapshot): Bytes | null =>
  withText(png, carried(snapshot));

async function openPacked(packed: Bytes, kind: "png" | "svg"): Promise<Opened | Refused> {
  const bytes = await inflated(packed, "deflate", mostInflatedBytes);
  if (bytes === "too-large") return refused({ why: "bomb", kind });
  if (bytes === "broken") return refused({ why: "damaged", kind, at: "" });
  return openCarried(new TextDecoder().decode(bytes), kind);
}

/** Of the picture only the data is looked at, never its pixels. */
export async function openPng(bytes: Bytes): Promise<Opened | Refused> {
  const packed = textIn(bytes);
  if (packed === "none") return refused({ why: "no-data", kind: "png" });
  if (packed === "broken") return refused({ why: "damaged", kind: "png", at: "" });
  return openPacked(packed, "png");
}

// A drawing program may write more attributes, in its own order.
const metadata = new RegExp(`<metadata\\b[^<>]{0,500}?\\bid=["']${name}["'][^<>]{0,500}>`);

/**
 * Only the letters of our own element are looked at: nothing is parsed as XML, so nothing in it is
 * fetched, expanded or run.
 */
export async function openSvg(text: string): Promise<Opened | Refused> {
  const found = metadata.exec(text);
  if (found === null) return refused({ why: "no-data", kind: "svg" });
  const from = found.index + found[0].length;
  const to = text.indexOf("<", from);
  const packed = to < 0 ? null : fromBase64(text.slice(from, to).replace(/\s+/g, ""));
  return packed === null || packed.length === 0
    ? refused({ why: "damaged", kind: "svg", at: name })
    : openPacked(packed, "svg");
}
