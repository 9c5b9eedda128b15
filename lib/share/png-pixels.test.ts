import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { pngOfPixels } from "./png-pixels";

const width = 3;
const height = 700;
const shade = (x: number, y: number): readonly [number, number, number] => [
  (x * 90) & 255,
  y & 255,
  (x * y) & 255,
];

const rows = (first: number, count: number): Uint8ClampedArray =>
  Uint8ClampedArray.from(
    Array.from({ length: count * width }, (_, at) => [
      ...shade(at % width, first + Math.floor(at / width)),
      255,
    ]).flat(),
  );

test("every pixel is in the file, over more than one strip", async () => {
  const png = Buffer.from(await pngOfPixels(width, height, rows));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height]);
  const at = png.indexOf("IDAT");
  const length = png.readUInt32BE(at - 4);
  const pixels = inflateSync(png.subarray(at + 4, at + 4 + length));
  for (const y of [0, 255, 256, 511, 512, 699])
    for (const x of [0, 1, 2]) {
      const from = y * (3 * width + 1) + 1 + 3 * x;
      expect([...pixels.subarray(from, from + 3)]).toEqual(shade(x, y));
    }
});
