import { initWasm, Resvg } from "@resvg/resvg-wasm";
import { pngSize, type Size } from "@/lib/render/picture-file";
import { fonts } from "@/lib/render/theme";
import { escaped } from "@/lib/render/xml";
import { readFonts, readResvg } from "./picture-files";

export type Png =
  | { readonly status: "drawn"; readonly bytes: Uint8Array<ArrayBuffer> }
  /** Larger than what any browser would show; SVG has no such end. Size in px. */
  | ({ readonly status: "too-large" } & Size);

let loading: Promise<readonly Uint8Array[]> | null = null;

/** Once in a process: the module refuses to be loaded twice. */
const load = async (): Promise<readonly Uint8Array[]> => {
  const [fonts] = await Promise.all([readFonts(), readResvg().then((bytes) => initWasm(bytes))]);
  return fonts;
};

const sans = "DejaVu Sans";
const mono = "DejaVu Sans Mono";

/**
 * resvg 2.6 for WebAssembly knows no generic families, and looks at the first name of a list only. Text of
 * a host cannot look like these attributes: its quotes are escaped.
 */
const withOurFonts = (svg: string): string =>
  svg
    .replaceAll(`font-family="${escaped(fonts.sans)}"`, `font-family="${sans}"`)
    .replaceAll(`font-family="${escaped(fonts.mono)}"`, `font-family="${mono}"`);

/**
 * The pixels of an SVG of lib/render, by resvg with our own fonts: the same bytes on every machine, whatever
 * fonts it has. `size` is that of the SVG; `scale` 1, 2, 4. Blocks its thread while it draws.
 */
export async function png(svg: string, size: Size, scale: number): Promise<Png> {
  const { width, height, fits } = pngSize(size, scale);
  if (!fits) return { status: "too-large", width, height };
  loading ??= load();
  const picture = new Resvg(withOurFonts(svg), {
    fitTo: { mode: "zoom", value: scale },
    font: { fontBuffers: [...(await loading)], defaultFontFamily: sans },
  });
  const drawn = picture.render();
  // The copy is ours; what the module made would stay in its memory.
  const bytes = Uint8Array.from(drawn.asPng());
  drawn.free();
  picture.free();
  return { status: "drawn", bytes };
}
