import { diagnose, problems } from "@/lib/diagnosis/diagnose";
import { graph } from "@/lib/graph/graph";
import type { Graph, Mark, Marks } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import { type SvgOptions, svg, svgSize } from "@/lib/render/svg";
import type { ThemeName } from "@/lib/render/theme";
import { scene } from "@/lib/scene/scene";
import { drawnTopology } from "@/lib/share/net-names";
import { pngWithData, svgData } from "@/lib/share/pictures";
import type { Snapshot } from "@/lib/share/snapshot";
import type { Topology } from "@/lib/topology/model";
import { type Png, png } from "./png";

export type Look = { readonly theme: ThemeName; readonly legend: boolean; readonly time: boolean };

/** What is shown of a snapshot, as its sender looked at it. */
export const shownGraph = (snapshot: Snapshot, words: Words): Graph => {
  const { orientation, group, stopped } = snapshot.shown;
  return graph(drawnTopology(snapshot), { orientation, group, stopped }, words);
};

const problemMarks = (topology: Topology): Marks =>
  new Map(
    problems(diagnose(topology)).flatMap(({ about }) =>
      about.map((key): [typeof key, Mark] => [key, "problem"]),
    ),
  );

const optionsOf = ({ topology, shown }: Snapshot, look: Look): SvgOptions => ({
  ...look,
  marks: problemMarks(topology),
  ...(shown.title !== null && { heading: visible(shown.title) }),
});

/** The picture as a file that opens again: the bytes that the page makes of the same choices. */
export async function svgOf(snapshot: Snapshot, look: Look, words: Words): Promise<string> {
  const options = optionsOf(snapshot, look);
  return svg(scene(shownGraph(snapshot, words)), { ...options, data: await svgData(snapshot) });
}

/** The same in pixels; `scale` 1, 2, 4. */
export async function pngOf(
  snapshot: Snapshot,
  look: Look,
  scale: number,
  words: Words,
): Promise<Png> {
  const drawn = scene(shownGraph(snapshot, words));
  const options = optionsOf(snapshot, look);
  const pixels = await png(svg(drawn, options), svgSize(drawn, options), scale);
  if (pixels.status !== "drawn") return pixels;
  const bytes = await pngWithData(pixels.bytes, snapshot);
  if (bytes === null) throw new Error("resvg made no whole PNG");
  return { status: "drawn", bytes };
}
