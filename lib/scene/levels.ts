import { rowHeight } from "./columns";
import { blockLevel, hostLevel } from "./level-blocks";
import { compactLevel } from "./level-compact";
import type { Scene, Shape } from "./model";

/**
 * How much of a row is drawn, by how near it is. Positions never change.
 * full: everything. compact: names, states, and the pair as two joined dots.
 * blocks: bridges with a cell for each container. host: bridges as patches; what is said of the host stands beside.
 */
export type LevelName = "full" | "compact" | "blocks" | "host";

/** `unit`: px of the scene for one of the screen, in steps: letters that keep their size on the screen are made of it. */
export type Level = { readonly name: LevelName; readonly unit: number };

// Rows of 16 px can still be read whole; names of half that size cannot, and are drawn larger instead.
const leastHeights: readonly (readonly [LevelName, number])[] = [
  ["full", 16],
  ["compact", 9],
  ["blocks", 3],
];

// Steps of a half octave: while one zooms, shapes are made anew every third turn of the wheel.
const unitAt = (zoom: number): number => 2 ** (Math.round(-2 * Math.log2(zoom)) / 2);

export const levelAt = (zoom: number): Level => {
  const height = rowHeight * zoom;
  const name = leastHeights.find(([, least]) => height >= least)?.[0] ?? "host";
  return { name, unit: name === "full" || name === "compact" ? 1 : unitAt(zoom) };
};

/** What is drawn of a scene at a level, in painting order. */
export const atLevel = (scene: Scene, { name, unit }: Level): readonly Shape[] => {
  switch (name) {
    case "full":
      return scene.shapes;
    case "compact":
      return compactLevel(scene);
    case "blocks":
      return blockLevel(scene, unit);
    case "host":
      return hostLevel(scene, unit);
  }
};
