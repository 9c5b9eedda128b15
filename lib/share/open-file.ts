import { isJsonObject } from "@/lib/facts/json-object";
import type { HostFacts } from "@/lib/facts/model";
import type { Bytes } from "./deflate";
import { factsShape } from "./facts-shape";
import { mostFileBytes } from "./limits";
import { openPng, openSvg } from "./pictures";
import { isPng } from "./png-chunks";
import { type Refused, refused } from "./refusal";
import { type Opened, openTopology, parsedJson, readAs } from "./topology-file";
import { isTopologyFormat } from "./versions";

type OpenedFacts = { readonly kind: "facts"; readonly facts: HostFacts };
export type OpenedFile = Opened | OpenedFacts | Refused;

/** Before a file is read at all. null: it may be. */
export const tooLarge = (bytes: number): Refused | null =>
  bytes > mostFileBytes
    ? refused({ why: "too-large", megabytes: Math.ceil(bytes / 1_000_000) })
    : null;

function openFacts(value: unknown): OpenedFile {
  const facts = readAs(factsShape, value, "facts");
  if ("kind" in facts) return facts;
  return { kind: "facts", facts: { ...facts.value, source: "recorded" } };
}

function openJson(text: string): OpenedFile {
  const json = parsedJson(text, "json");
  if ("kind" in json) return json;
  if (!isJsonObject(json.value)) return refused({ why: "not-ours" });
  const format = json.value["format"];
  if (isTopologyFormat(format)) return openTopology(json.value, "json");
  if (format === "vethscope-facts/1") return openFacts(json.value);
  // What is no text may not even be made one: `{"toString":false}`.
  return typeof format === "string" && /^vethscope-facts\/\d{1,4}$/.test(format)
    ? refused({ why: "newer", format, known: "vethscope-facts/1" })
    : refused({ why: "not-ours" });
}

// XML may say its version, and hold comments, before the picture begins.
const startsSvg = /^\s*(?:<\?xml|<!--|<!DOCTYPE svg|<svg)/;

const ascii = (bytes: Bytes, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/**
 * JPEG, GIF, WebP, AVIF and HEIC, by their first bytes: what chat apps and image hosts make of a picture. None of them
 * ever held data of ours. (ISO 14496-12 names the brand of the last two after `ftyp`.)
 */
function isOtherPicture(bytes: Bytes): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return true;
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return true;
  if (ascii(bytes, 0, 4) === "RIFF") return ascii(bytes, 8, 12) === "WEBP";
  return (
    ascii(bytes, 4, 8) === "ftyp" &&
    /^(?:avi[fs]|hei[cxms]|hev[cx]|mif1|msf1)$/.test(ascii(bytes, 8, 12))
  );
}

/** A file as text: Windows' own tools write it in two bytes, and say so first. */
export const textIn = (bytes: Bytes): string =>
  new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);

/**
 * What a file holds, told by its bytes and never by its name. Nothing in it is drawn, fetched or run;
 * what it makes in memory is bounded. Text that is none of ours is `not-ours`: maybe it was pasted.
 */
export async function openFile(bytes: Bytes): Promise<OpenedFile> {
  const beyond = tooLarge(bytes.length);
  if (beyond !== null) return beyond;
  if (isPng(bytes)) return openPng(bytes);
  if (isOtherPicture(bytes)) return refused({ why: "no-data", kind: "photo" });
  const text = textIn(bytes);
  if (/^\s*\{/.test(text)) return openJson(text);
  return startsSvg.test(text) && text.includes("<svg")
    ? openSvg(text)
    : refused({ why: "not-ours" });
}
