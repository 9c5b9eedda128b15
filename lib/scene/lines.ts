import type { Badge, Edge, Hue, OpenEnd, RestState, State } from "@/lib/graph/model";
import { type Dash, type GlyphName, hueRoles, type Point, type Role, type Shape } from "./model";
import { glyph, line, type Subject } from "./pen";

const dashes = { exact: "solid", consistent: "dashed", unproven: "dotted" } as const;

const dashOf = (edge: Edge): Dash => {
  switch (edge.means) {
    case "attached":
      return "solid";
    case "tunnelled":
      return "dashed";
    case "stacked":
      return "dash-dot";
    case "wired":
    case "reaches":
      return dashes[edge.proof];
  }
};

export const hueRole = (hue: Hue | null): Role =>
  hue === null ? "line" : (hueRoles[hue.index] ?? "line");

/** A pair is thick and in its network's hue; all else is thin. What has no known end is in the colour of problems. */
export const edgeLine = (
  subject: Subject,
  edge: Edge,
  points: readonly Point[],
  hue: Hue | null,
): Shape => {
  const dash = dashOf(edge);
  if (edge.means === "wired" && edge.proof === "unproven") {
    return line(subject, points, { width: 2, stroke: "problem", dash });
  }
  if (edge.means === "wired")
    return line(subject, points, { width: 3, stroke: hueRole(hue), dash });
  const stroke = edge.means === "stacked" ? hueRole(hue) : "line";
  return line(subject, points, { width: edge.means === "stacked" ? 1.5 : 1, stroke, dash });
};

const stateSigns: Readonly<Record<State, readonly [GlyphName, Role]>> = {
  up: ["up", "up"],
  down: ["down", "down"],
  unknown: ["unknown", "ink-soft"],
};

/** At the loose end of a pair, by why it is loose. */
export const openGlyph = (subject: Subject, at: Point, open: OpenEnd): Shape =>
  glyph(subject, at, open, 11, "problem");

const restRoles: Readonly<Record<RestState, Role>> = {
  paused: "resting",
  restarting: "resting",
  created: "ink-soft",
  stopped: "ink-soft",
};

/** Of a container, with the colour that goes with its shape; null: it has none. Near by a running one needs no sign. */
export const restSign = (state: Badge["state"]): readonly [RestState, Role] | null =>
  state === "running" || state === "none" ? null : [state, restRoles[state]];

export const stateGlyph = (subject: Subject, at: Point, state: State): Shape => {
  const [name, role] = stateSigns[state];
  return glyph(subject, at, name, 8, role);
};
