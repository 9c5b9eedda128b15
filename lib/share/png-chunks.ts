import type { Bytes } from "./deflate";
import { mostPngChunks } from "./limits";

/** PNG, ISO/IEC 15948: a signature, then chunks of length, type, data and CRC. */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const around = 12;

export const isPng = (bytes: Uint8Array): boolean =>
  signature.every((byte, at) => bytes[at] === byte);

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

const crcOf = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};

type Chunk = { readonly type: string; readonly from: number; readonly data: Bytes };

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** Where the next chunk ends; null: it does not fit, so its length lies. */
function chunkAt(bytes: Bytes, from: number): Chunk | null {
  if (from + around > bytes.length) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset + from, 4).getUint32(0);
  const end = from + 8 + length;
  if (end + 4 > bytes.length) return null;
  const type = latin1(bytes.subarray(from + 4, from + 8));
  return /^[A-Za-z]{4}$/.test(type) ? { type, from, data: bytes.subarray(from + 8, end) } : null;
}

const endOf = ({ from, data }: Chunk): number => from + around + data.length;

/** Every chunk up to IEND; null: this is no whole PNG, or one of crumbs. */
function chunksOf(bytes: Bytes): readonly Chunk[] | null {
  if (!isPng(bytes)) return null;
  const chunks: Chunk[] = [];
  for (let at: number = signature.length; chunks.length < mostPngChunks; ) {
    const chunk = chunkAt(bytes, at);
    if (chunk === null) return null;
    chunks.push(chunk);
    if (chunk.type === "IEND") return chunks[0]?.type === "IHDR" ? chunks : null;
    at = endOf(chunk);
  }
  return null;
}

const keyword = "vethscope";
/** Keyword, NUL, compressed, method zlib, no language, no translation: then the deflated text. */
const head = Uint8Array.from(
  [...keyword].map((letter) => letter.charCodeAt(0)).concat(0, 1, 0, 0, 0),
);

const isOurs = ({ type, data }: Chunk): boolean =>
  type === "iTXt" && head.every((byte, at) => data[at] === byte);

const joined = (parts: readonly Uint8Array[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

function framed(type: string, ...parts: readonly Uint8Array[]): Bytes {
  const body = joined([Uint8Array.from([...type].map((each) => each.charCodeAt(0))), ...parts]);
  const frame = new Uint8Array(8);
  const view = new DataView(frame.buffer);
  view.setUint32(0, body.length - 4);
  view.setUint32(4, crcOf(body));
  return joined([frame.subarray(0, 4), body, frame.subarray(4)]);
}

const iTXt = (packed: Uint8Array): Bytes => framed("iTXt", head, packed);

/** A PNG of 8 bits for each of red, green and blue. `rows`: zlib-deflated, each after its filter byte. */
export function pngOfRows(width: number, height: number, rows: Uint8Array): Bytes {
  const size = new Uint8Array(13);
  const view = new DataView(size.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  size.set([8, 2], 8);
  const start = Uint8Array.from(signature);
  return joined([start, framed("IHDR", size), framed("IDAT", rows), framed("IEND")]);
}

/**
 * The picture with a text in it, zlib-deflated UTF-8, before its pixels; one that was there is replaced.
 * null: `png` is no whole PNG.
 */
export function withText(png: Bytes, packed: Uint8Array): Bytes | null {
  const [first, ...others] = chunksOf(png) ?? [];
  if (first === undefined) return null;
  const bytesOf = (chunk: Chunk) => png.subarray(chunk.from, endOf(chunk));
  return joined([
    png.subarray(0, endOf(first)),
    iTXt(packed),
    ...others.filter((chunk) => !isOurs(chunk)).map(bytesOf),
  ]);
}

/** The deflated text in a picture. broken: chunks that lie about their length or their data. */
export function textIn(png: Bytes): Bytes | "none" | "broken" {
  const chunks = chunksOf(png);
  if (chunks === null) return "broken";
  const ours = chunks.find(isOurs);
  if (ours === undefined) return "none";
  const { from, data } = ours;
  const crc = new DataView(png.buffer, png.byteOffset + from + 8 + data.length, 4).getUint32(0);
  const covered = png.subarray(from + 4, from + 8 + data.length);
  return crcOf(covered) === crc ? data.subarray(head.length) : "broken";
}
