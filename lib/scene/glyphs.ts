import type { GlyphName } from "./model";

/** Points in a square from -1 to 1, y downwards; closed. Outlines are stroked, not filled. */
export type GlyphOutline = {
  readonly points: readonly (readonly [number, number])[];
  readonly filled: boolean;
};

const arc = (
  from: number,
  to: number,
  radius: number,
  steps: number,
): readonly [number, number][] =>
  Array.from({ length: steps + 1 }, (_, step) => {
    const angle = from + ((to - from) * step) / steps;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });

const moved = (
  points: readonly [number, number][],
  x: number,
  y: number,
): readonly [number, number][] => points.map(([dx, dy]) => [x + dx, y + dy]);

const cloud: readonly (readonly [number, number])[] = [
  ...moved(arc(Math.PI / 2, 1.908 * Math.PI, 0.7, 30), -0.3, 0),
  ...moved(arc(-Math.PI / 2, Math.PI / 2, 0.45, 20), 0.55, 0.25),
];

const eighth = Math.PI / 4;

const around = arc(-eighth, 4.6 * eighth, 0.8, 20);
const turning: readonly (readonly [number, number])[] = [
  ...around.toReversed(),
  [0.62, -1.05],
  [0.57, -0.57],
  [0.08, -0.55],
  [0.57, -0.57],
  ...around,
];

// What goes around the other way is cut out of what is filled: the sign in the triangle.
const warning: readonly (readonly [number, number])[] = [
  [0, -0.95],
  [1, 0.85],
  [-1, 0.85],
  [0, -0.95],
  [-0.14, -0.3],
  [-0.14, 0.22],
  [-0.14, 0.42],
  [-0.14, 0.66],
  [0.14, 0.66],
  [0.14, 0.42],
  [-0.14, 0.42],
  [-0.14, 0.22],
  [0.14, 0.22],
  [0.14, -0.3],
  [-0.14, -0.3],
];

/** Signs differ in shape, so that they are told apart without their colour. */
export const glyphOutlines: Readonly<Record<GlyphName, GlyphOutline>> = {
  up: { filled: true, points: arc(0, 2 * Math.PI, 0.85, 24).slice(1) },
  down: {
    filled: false,
    points: [
      [-0.95, -0.75],
      [0.95, -0.75],
      [0, 0.9],
    ],
  },
  unknown: { filled: false, points: arc(0, 2 * Math.PI, 0.8, 24).slice(1) },
  // Once around, and closed through the middle: ⊘.
  internal: {
    filled: false,
    points: [
      ...arc(eighth, eighth + 2 * Math.PI, 0.85, 24),
      ...arc(5 * eighth, 5 * eighth, 0.85, 1),
    ],
  },
  // There and back again: ↗ as one closed line.
  ghost: {
    filled: false,
    points: [
      [-0.7, 0.7],
      [0.7, -0.7],
      [-0.2, -0.7],
      [0.7, -0.7],
      [0.7, 0.2],
      [0.7, -0.7],
    ],
  },
  // Not closed: what would close it was not seen.
  unseen: {
    filled: false,
    points: [...arc(eighth, 7 * eighth, 0.8, 18), ...arc(7 * eighth, eighth, 0.8, 18)],
  },
  // One end, two ways on.
  ambiguous: {
    filled: false,
    points: [
      [-0.9, 0],
      [0, 0],
      [0.8, -0.75],
      [0, 0],
      [0.8, 0.75],
      [0, 0],
    ],
  },
  // ✕ as one closed line through the middle.
  contradictory: {
    filled: false,
    points: [
      [-0.75, -0.75],
      [0.75, 0.75],
      [0, 0],
      [0.75, -0.75],
      [-0.75, 0.75],
      [0, 0],
    ],
  },
  cloud: { filled: false, points: cloud },
  // Two bars, joined by a line of no width.
  paused: {
    filled: true,
    points: [
      [-0.75, 0.85],
      [-0.75, -0.85],
      [-0.2, -0.85],
      [-0.2, 0],
      [0.2, 0],
      [0.2, -0.85],
      [0.75, -0.85],
      [0.75, 0.85],
      [0.2, 0.85],
      [0.2, 0],
      [-0.2, 0],
      [-0.2, 0.85],
    ],
  },
  // Around, and the head of an arrow at its end; the same way back.
  restarting: { filled: false, points: turning },
  created: {
    filled: false,
    points: [
      [0, -0.9],
      [0.9, 0],
      [0, 0.9],
      [-0.9, 0],
    ],
  },
  stopped: {
    filled: true,
    points: [
      [-0.75, -0.75],
      [0.75, -0.75],
      [0.75, 0.75],
      [-0.75, 0.75],
    ],
  },
  problem: { filled: true, points: warning },
};
