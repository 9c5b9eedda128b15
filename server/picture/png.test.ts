import { Resvg } from "@resvg/resvg-wasm";
import { beforeAll, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import facts from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import { advance } from "@/lib/scene/advance";
import { faces } from "@/lib/scene/faces";
import { openFile } from "@/lib/share/open-file";
import { freeze, plainlyShown } from "@/lib/share/snapshot";
import { pack, unpack } from "@/lib/wire/wire";
import { pngOf, svgOf } from "./drawn-host";
import { readFonts } from "./picture-files";
import { png } from "./png";

const { snapshot } = freeze(understand(facts as unknown as HostFacts), plainlyShown);
const look = { theme: "light", legend: true, time: true } as const;
const words = wordsIn("en");
const small = { width: 60, height: 20 };

let fonts: readonly Uint8Array[] = [];
const textSvg = (text: string, style = ""): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><text x="2" y="15" font-size="12" ${style}>${text}</text></svg>`;
const bytesOf = async (svg: string): Promise<Uint8Array> => {
  const made = await png(svg, small, 1);
  if (made.status !== "drawn") throw new Error(made.status);
  return made.bytes;
};

beforeAll(async () => {
  fonts = await readFonts();
  await bytesOf(textSvg("a"));
});

test("a PNG of the server opens as the host that it shows", async () => {
  const made = await pngOf(snapshot, look, 2, words);
  if (made.status !== "drawn") throw new Error(made.status);
  const opened = await openFile(made.bytes);
  expect(opened).toEqual({ kind: "topology", snapshot, unknown: 0 });
});

test("one host gives one file, read here, come over the wire or opened again", async () => {
  const { topology } = snapshot;
  const unpacked = unpack(structuredClone(pack(topology)));
  if (unpacked === null) throw new Error("not unpacked");
  const here = svgOf(snapshot, look, words);
  expect(svgOf(freeze(unpacked, plainlyShown).snapshot, look, words)).toBe(here);
  const opened = await openFile(new TextEncoder().encode(here));
  if (opened.kind !== "topology") throw new Error(opened.kind);
  expect(svgOf(opened.snapshot, look, words)).toBe(here);
});

test("its size is that of the SVG, times the scale", async () => {
  const [, width, height] =
    / width="(\d+)" height="(\d+)"/.exec(svgOf(snapshot, look, words)) ?? [];
  const made = await pngOf(snapshot, look, 4, words);
  if (made.status !== "drawn") throw new Error(made.status);
  const header = new DataView(made.bytes.buffer);
  expect(header.getUint32(16)).toBe(4 * Number(width));
  expect(header.getUint32(20)).toBe(4 * Number(height));
});

test("the same host gives the same bytes", async () => {
  expect(await pngOf(snapshot, look, 1, words)).toEqual(await pngOf(snapshot, look, 1, words));
});

const box = () => bytesOf(textSvg("\u{f0000}"));

test.each([
  ["simplified Chinese", "网桥容器"],
  ["traditional Chinese", "繁體鐵路"],
  ["Japanese kana", "かなカナ"],
  ["Korean Hangul", "한글호스트"],
])("%s is drawn, each letter as another and none as a box", async (_, text) => {
  const letters = await Promise.all([...text].map((letter) => bytesOf(textSvg(letter))));
  const seen = new Set(
    [await box(), ...letters].map((bytes) => Buffer.from(bytes).toString("hex")),
  );
  expect(seen.size).toBe(1 + [...text].length);
});

test("the font of simplified Chinese comes before the one that has all ideographs", () => {
  const drawnWith = (buffers: readonly Uint8Array[]): Uint8Array =>
    new Resvg(textSvg("网桥", 'font-family="DejaVu Sans"'), { font: { fontBuffers: [...buffers] } })
      .render()
      .asPng();
  const [last, ...others] = fonts.toReversed();
  expect(drawnWith(fonts)).toEqual(drawnWith(others.toReversed()));
  expect(drawnWith(fonts)).not.toEqual(drawnWith([...fonts.slice(0, 4), last ?? new Uint8Array()]));
});

test("older emoji are drawn in one colour; newer ones are a box, and never nothing", async () => {
  expect(await bytesOf(textSvg("😀"))).not.toEqual(await box());
  expect(await bytesOf(textSvg("🧿"))).toEqual(await box());
  expect(await box()).not.toEqual(await bytesOf(textSvg("")));
});

test("kernel names are drawn in letters of one width, other text is not", async () => {
  const mono =
    'font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, &quot;DejaVu Sans Mono&quot;, &quot;Noto Sans Mono&quot;, monospace"';
  const width = (text: string, style: string): number =>
    new Resvg(textSvg(text, style), { font: { fontBuffers: [...fonts] } }).getBBox()?.width ?? 0;
  expect(await bytesOf(textSvg("mmm", mono))).toEqual(
    await bytesOf(textSvg("mmm", 'font-family="DejaVu Sans Mono"')),
  );
  expect(width("iii", 'font-family="DejaVu Sans Mono"')).toBeGreaterThan(
    2 * width("iii", 'font-family="DejaVu Sans"'),
  );
});

test.each([
  "veth5979c6f@if2",
  "br-bff10d95cc85",
  "Not on a bridge · 1",
  "MMMWWW@%",
  "网桥与容器（容器端）",
  "鐵路かなカナ한글",
])("%s is no wider than the place that lib/scene makes for it", (text) => {
  for (const face of Object.values(faces)) {
    const family = face.font === "mono" ? "DejaVu Sans Mono" : "DejaVu Sans";
    const style = `font-family="${family}" font-weight="${face.bold ? 600 : 400}"`;
    const svg = textSvg(text, style).replace('font-size="12"', `font-size="${face.size}"`);
    const box = new Resvg(svg, { font: { fontBuffers: [...fonts] } }).getBBox();
    expect(box?.width).toBeLessThanOrEqual(advance(text, face) + 1);
  }
});

test("a picture beyond what browsers show is refused with its size", async () => {
  expect(await png(textSvg("a"), { width: 3000, height: 100 }, 4)).toEqual({
    status: "too-large",
    width: 12_000,
    height: 400,
  });
});
