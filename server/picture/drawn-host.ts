import { diagnose } from "@/lib/diagnosis/diagnose";
import { ruledBy } from "@/lib/diagnosis/rules/ruled-by";
import { troubleOf } from "@/lib/diagnosis/trouble";
import { graph } from "@/lib/graph/graph";
import { withTrouble } from "@/lib/graph/legend";
import type { Graph, Trouble } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import { type SvgOptions, svg, svgSize } from "@/lib/render/svg";
import type { ThemeName } from "@/lib/render/theme";
import { scene } from "@/lib/scene/scene";
import { drawnTopology } from "@/lib/share/net-names";
import { pngWithData, svgData } from "@/lib/share/pictures";
import type { Snapshot } from "@/lib/share/snapshot";
import { type Png, png } from "./png";

export type Look = { readonly theme: ThemeName; readonly legend: boolean; readonly time: boolean };

/** What is shown of a snapshot, as its sender looked at it. */
export const shownGraph = (snapshot: Snapshot, words: Words): Graph => {
  const { orientation, group, stopped } = snapshot.shown;
  return graph(drawnTopology(snapshot), { orientation, group, stopped }, words);
};

/** What is wrong there: problems are told of addresses as they are, not as they are printed, and of rules where it holds them. */
export const troubleIn = ({ topology, ruling }: Snapshot): Trouble =>
  troubleOf(diagnose(topology, ruling && ruledBy(topology, ruling)));

const pictureOf = (snapshot: Snapshot, look: Look, words: Words, known: Trouble) => {
  const { shown } = snapshot;
  const { graph: told, trouble } = withTrouble(shownGraph(snapshot, words), known, words);
  const options: SvgOptions = {
    ...look,
    trouble,
    ...(shown.title !== null && { heading: visible(shown.title) }),
    ...(shown.part && { note: words("share.partOf") }),
  };
  return { drawn: scene(told), options };
};

/**
 * The picture as a file that opens again: the bytes that the page makes of the same choices. `known`: what is wrong
 * there, where that follows from more than the snapshot.
 */
export function svgOf(
  snapshot: Snapshot,
  look: Look,
  words: Words,
  known: Trouble = troubleIn(snapshot),
): string {
  const { drawn, options } = pictureOf(snapshot, look, words, known);
  return svg(drawn, { ...options, data: svgData(snapshot) });
}

/** The same in pixels; `scale` 1, 2, 4. */
export async function pngOf(
  snapshot: Snapshot,
  look: Look,
  scale: number,
  words: Words,
  known: Trouble = troubleIn(snapshot),
): Promise<Png> {
  const { drawn, options } = pictureOf(snapshot, look, words, known);
  const pixels = await png(svg(drawn, options), svgSize(drawn, options), scale);
  if (pixels.status !== "drawn") return pixels;
  const bytes = pngWithData(pixels.bytes, snapshot);
  if (bytes === null) throw new Error("resvg made no whole PNG");
  return { status: "drawn", bytes };
}
