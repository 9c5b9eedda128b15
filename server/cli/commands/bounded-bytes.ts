import type { Bytes } from "@/lib/share/deflate";

/**
 * What comes out of a file, a pipe or a device, at most `most` bytes of it: their sizes are known of files
 * alone. null: more came; whoever sends it is left there.
 */
export async function boundedBytes(
  from: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Bytes | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of from) {
    length += chunk.length;
    if (length > most) return null;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
