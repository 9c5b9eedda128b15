import { keepFile } from "@/components/ui/keep-file";
import { pictureName, textName } from "@/lib/render/picture-file";
import type { Snapshot } from "@/lib/share/snapshot";
import type { Choices, Format } from "./choices";
import { pngFile, svgFile } from "./picture-bytes";
import type { Prepared } from "./use-prepared";

const types = {
  json: "application/json",
  dot: "text/vnd.graphviz;charset=utf-8",
  mmd: "text/plain;charset=utf-8",
  md: "text/markdown;charset=utf-8",
  csv: "text/csv;charset=utf-8",
  facts: "application/json",
} as const satisfies Partial<Record<Format, string>>;

const nameOf = (host: string, kind: keyof typeof types): string => {
  if (kind === "json") return pictureName(host, kind);
  return textName(host, kind === "facts" ? "facts.json" : kind);
};

const pictureFile = async (
  { content, host }: Prepared,
  { format, scale }: Choices,
  carried: Snapshot | null,
): Promise<readonly [file: Blob, name: string] | null> => {
  if (content.kind !== "picture" || (format !== "png" && format !== "svg")) return null;
  const file =
    format === "svg"
      ? svgFile(content.picture, carried)
      : await pngFile(content.picture, scale, carried);
  const name = carried === null ? textName(host, format) : pictureName(host, format);
  return file === null ? null : [file, name];
};

/** Keeps what is previewed as a file. false: this browser could not make it. */
export async function save(prepared: Prepared, choices: Choices): Promise<boolean> {
  const { content, host, snapshot } = prepared;
  const { format } = choices;
  if (content.kind === "text" && format in types) {
    const kind = format as keyof typeof types;
    keepFile(new Blob([content.text], { type: types[kind] }), nameOf(host, kind));
    return true;
  }
  const made = await pictureFile(prepared, choices, choices.data ? snapshot : null);
  if (made !== null) keepFile(...made);
  return made !== null;
}

/** The picture as pixels alone: a clipboard passes on nothing else. */
export const pixels = async ({ content }: Prepared, { scale }: Choices): Promise<Blob | null> =>
  content.kind === "picture" ? pngFile(content.picture, scale, null) : null;
