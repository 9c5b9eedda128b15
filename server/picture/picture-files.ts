import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/**
 * DejaVu is what lib/scene measured its advances on. Noto Sans SC has the ideographs that it lacks (one
 * weight, the characters of simplified Chinese: fontsource's subset, unpacked from WOFF). Droid Sans
 * Fallback has those that this one lacks, and Hangul. None has Thai, the scripts of India, or emoji of after 2010.
 */
const fontFiles = [
  "DejaVuSans.ttf",
  "DejaVuSans-Bold.ttf",
  "DejaVuSansMono.ttf",
  "DejaVuSansMono-Bold.ttf",
  "NotoSansSC-Simplified.ttf",
  "DroidSansFallback.ttf",
] as const;

/** The fonts of pictures that no browser draws, in the order in which they are looked through. */
export const readFonts = (): Promise<readonly Uint8Array[]> =>
  Promise.all(fontFiles.map((name) => readFile(new URL(`./fonts/${name}`, import.meta.url))));

/** The packed command line has it beside itself; a checkout where npm put it. */
export const readResvg = (): Promise<Uint8Array<ArrayBuffer>> => {
  const beside = new URL("./resvg.wasm", import.meta.url);
  const inPackage = (): string => import.meta.resolve("@resvg/resvg-wasm/index_bg.wasm");
  return readFile(fileURLToPath(existsSync(beside) ? beside : inPackage()));
};
