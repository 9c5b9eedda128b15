import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import decodeQR from "qr/decode.js";
import { beforeAll, expect, test } from "vitest";
import { graph } from "@/lib/graph/graph";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import { svg } from "@/lib/render/svg";
import { scene } from "@/lib/scene/scene";
import { linkFragment } from "@/lib/share/link";
import { freeze, plainlyShown } from "@/lib/share/snapshot";
import { codeOf, mostCodeBytes } from "./shared-link";

const words = wordsIn("en");
const base = "http://127.0.0.1:4780/open";

const linkTo = async (containers: number): Promise<string> => {
  const { snapshot } = freeze(topologyOf(manyContainers(containers)), plainlyShown);
  return `${base}#${await linkFragment(snapshot)}`;
};

/** The finished file of a small picture with a code under it. */
const fileWith = (link: string, theme: "light" | "dark", scale: number): Uint8Array => {
  const code = codeOf(link, "Scan");
  if (code === null) throw new Error(`${link.length} letters make no code`);
  const view = { orientation: "rails", stopped: false } as const;
  const drawn = scene(graph(topologyOf(manyContainers(2)), view, words));
  const fitTo = { mode: "zoom", value: scale } as const;
  return new Resvg(svg(drawn, { theme, code }), { fitTo }).render().asPng();
};

/** What a reader of codes that shares nothing with their maker sees in a PNG. */
const readIn = (bytes: Uint8Array): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const href = `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
  const image = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}"><image width="${width}" height="${height}" xlink:href="${href}"/></svg>`;
  const data = new Resvg(image).render().pixels;
  return decodeQR({ width, height, data }, { effort: Infinity, timeLimit: Infinity });
};

beforeAll(async () => {
  const file = fileURLToPath(import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm"));
  await initWasm(await readFile(file));
});

test.each([
  [3, "light", 1],
  [3, "dark", 2],
  [20, "light", 1],
  [50, "dark", 1],
  [50, "light", 2],
] as const)(
  "the code of %i containers, %s, %i×, is read back from the finished PNG as its link",
  async (containers, theme, scale) => {
    const link = await linkTo(containers);
    expect(readIn(fileWith(link, theme, scale))).toBe(link);
  },
);

test("the longest link that a code holds is read back, a longer one makes none", () => {
  const longest = `${base}#${"aZ9-_".repeat(600)}`.slice(0, mostCodeBytes);
  expect(readIn(fileWith(longest, "light", 1))).toBe(longest);
  expect(codeOf(`${longest}a`, "Scan")).toBeNull();
  expect(codeOf(`${longest.slice(1)}主`, "Scan")).toBeNull();
});
