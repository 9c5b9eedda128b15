import { type Bytes, deflatedStream } from "./deflate";
import { pngOfRows } from "./png-chunks";

/** Pixels of `count` rows from `first` on, as a canvas gives them: red, green, blue, alpha. */
export type ReadRows = (first: number, count: number) => Uint8ClampedArray;

/** So many rows are in memory at once beside the picture itself. */
const strip = 256;

const unfiltered = 0;

/** Without alpha, each row after the number of its filter. */
function rowsOf(pixels: Uint8ClampedArray, width: number): Bytes {
  const rows = pixels.length / (4 * width);
  const bytes = new Uint8Array(rows * (3 * width + 1));
  let to = 0;
  let from = 0;
  for (let row = 0; row < rows; row += 1) {
    bytes[to++] = unfiltered;
    for (const end = from + 4 * width; from < end; from += 4) {
      bytes[to++] = pixels[from] ?? 0;
      bytes[to++] = pixels[from + 1] ?? 0;
      bytes[to++] = pixels[from + 2] ?? 0;
    }
  }
  return bytes;
}

/**
 * A PNG of an opaque picture. Flat colours and repeated letters deflate best without filters, by a third
 * better than what Chromium's own `toBlob` makes of them (it filters each row and deflates in haste).
 */
export async function pngOfPixels(width: number, height: number, read: ReadRows): Promise<Bytes> {
  async function* strips() {
    for (let first = 0; first < height; first += strip)
      yield rowsOf(read(first, Math.min(strip, height - first)), width);
  }
  return pngOfRows(width, height, await deflatedStream(strips()));
}
