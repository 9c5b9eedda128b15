import { zlibSync } from "fflate";

export type Bytes = Uint8Array<ArrayBuffer>;

async function collect(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<Bytes | "too-large"> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      // What is left of a bomb stays packed. Its end may be an error, which is nobody's concern.
      await reader.cancel().catch(() => undefined);
      return "too-large";
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const through = (
  bytes: Bytes,
  by: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> => new Blob([bytes]).stream().pipeThrough(by);

/** deflate: with the zlib header and checksum that PNG wants. deflate-raw: without, for links. */
export type Format = "deflate" | "deflate-raw";

export async function deflated(bytes: Bytes, format: Format): Promise<Bytes> {
  const packed = await collect(
    through(bytes, new CompressionStream(format)),
    Number.POSITIVE_INFINITY,
  );
  return packed === "too-large" ? new Uint8Array() : packed;
}

/**
 * With zlib's header and checksum, and the same bytes wherever it is made: browsers and Node each bring a
 * zlib of their own, which pack one text into different bytes. By up to 7 % larger than theirs.
 */
export const deflatedAlike = (bytes: Bytes): Bytes => zlibSync(bytes, { level: 9 });

/** With zlib's header and checksum, of parts that are made when they are asked for. */
export async function deflatedStream(parts: AsyncGenerator<Bytes>): Promise<Bytes> {
  const source = new ReadableStream<Bytes>({
    pull: async (to) => {
      const { done, value } = await parts.next();
      if (done === true) to.close();
      else to.enqueue(value);
    },
  });
  const packed = await collect(
    source.pipeThrough(new CompressionStream("deflate")),
    Number.POSITIVE_INFINITY,
  );
  return packed === "too-large" ? new Uint8Array() : packed;
}

/** At most so many bytes are ever made. broken: it is not of that format, or more follows its end. */
export async function inflated(
  bytes: Bytes,
  format: Format,
  most: number,
): Promise<Bytes | "broken" | "too-large"> {
  try {
    return await collect(through(bytes, new DecompressionStream(format)), most);
  } catch {
    return "broken";
  }
}

const letters = /^[A-Za-z0-9+/]*={0,2}$/;

export function toBase64(bytes: Uint8Array): string {
  const step = 0x8000;
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += step) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + step)));
  }
  return btoa(parts.join(""));
}

/** null: it is no base64. */
export function fromBase64(text: string): Bytes | null {
  if (!letters.test(text)) return null;
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
