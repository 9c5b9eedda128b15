import type { Badge, Box, Hue, Orientation, Row } from "@/lib/graph/model";
import { faces } from "./faces";
import { lettered, sizeFitting } from "./fit-text";
import { framedBoxes, type Parts, partsOf, rowsOf, titleOf } from "./level-parts";
import { edgeLine, hueRole, restSign } from "./lines";
import type { BoxShape, GlyphName, PlacedPart, Point, Rect, Role, Scene, Shape } from "./model";
import { about, glyph } from "./pen";
import { badgeInk } from "./row-shapes";

const nameSize = 17;
const headSize = 19;
const headPadding = 20;
const dotSize = 9;

/** An interface as a dot on its wire, at the side where lines from the bridge come in. */
const dotAt = (
  { x, y, width, height }: Rect,
  orientation: Orientation,
  wire: Point | undefined,
): Point =>
  orientation === "rails"
    ? { x: x + dotSize / 2, y: wire?.y ?? y + height / 2 }
    : { x: wire?.x ?? x + width / 2, y: y + height - dotSize / 2 };

const dot = (row: Row, chip: Row["host"], at: Point | null, hue: Hue | null): readonly Shape[] =>
  chip === null || at === null
    ? []
    : [
        chip.state === "up"
          ? glyph(about(chip.key, row.key), at, "up", dotSize, hueRole(hue))
          : glyph(about(chip.key, row.key), at, chip.state, dotSize + 2, "down"),
      ];

type Ends = { readonly from: Point | null; readonly to: Point | null };

/** The pair from dot to dot; where an end is not known, to where its line ends, with the sign of why. */
const pairLine = (
  row: Row,
  { from, to }: Ends,
  parts: Parts,
  hue: Hue | null,
): readonly Shape[] => {
  const line = parts.line(row.wire?.key);
  if (row.wire === null || line === null) return [];
  // A line may be written from either end: its loose end is the one farther from the dot.
  const [a, b] = [line.points[0], line.points.at(-1)];
  if (a === undefined || b === undefined) return [];
  const known = from ?? to;
  const far = (each: Point) =>
    known === null ? 0 : Math.hypot(each.x - known.x, each.y - known.y);
  const loose = far(a) > far(b) ? a : b;
  const subject = about(row.wire.key);
  return [
    edgeLine(subject, row.wire, [from ?? loose, to ?? loose], hue),
    ...(row.open === null ? [] : [glyph(subject, loose, row.open, 15, "problem")]),
  ];
};

const wireShapes = (
  row: Row,
  parts: Parts,
  hue: Hue | null,
  orientation: Orientation,
): readonly Shape[] => {
  const dotOf = (chip: Row["host"]): Point | null => {
    const rect = parts.box(chip?.key, row.key);
    return rect === null ? null : dotAt(rect, orientation, parts.line(row.wire?.key)?.points[0]);
  };
  const ends: Ends = { from: dotOf(row.host), to: dotOf(row.inner) };
  return [
    ...pairLine(row, ends, parts, hue),
    ...dot(row, row.host, ends.from, hue),
    ...dot(row, row.inner, ends.to, hue),
  ];
};

const stateSign = (state: Badge["state"]): readonly [GlyphName, Role] | null =>
  state === "running" ? ["up", "up"] : restSign(state);

const portSign = (of: Box): Role | null => {
  if (of.ports.length === 0) return null;
  return of.ports.some(({ reach }) => reach === "open") ? "port-open" : "ink-soft";
};

const namesOf = ({ badges }: Box): string => {
  const [first, ...others] = badges;
  return `${first?.name ?? ""}${others.length > 0 ? ` +${others.length}` : ""}`;
};

/** A box with its first name, large, the state before it and a dot for its ports after it. */
const boxShapes = (
  of: Box,
  row: Row | null,
  frame: BoxShape,
  orientation: Orientation,
): readonly Shape[] => {
  const subject = about(of.key, row?.key ?? null);
  const rails = orientation === "rails" || row === null;
  const chip = rails && row?.inner ? dotSize + 6 : 0;
  const y = rails ? frame.y + frame.height / 2 : frame.y + 15;
  // A box in a list is as wide as its names.
  const [first] = of.badges;
  const sign = row === null || first === undefined ? null : stateSign(first.state);
  const port = portSign(of);
  const left = frame.x + 7 + chip;
  const right = frame.x + frame.width - 4 - (port === null ? 0 : 14);
  const start = left + (sign === null ? 0 : 14);
  return [
    frame,
    ...(sign === null ? [] : [glyph(subject, { x: left + 4, y }, sign[0], dotSize, sign[1])]),
    lettered(subject, { x: start, y }, namesOf(of), right - start, {
      ...faces.name,
      size: sizeFitting(namesOf(of), faces.name, right - start, nameSize),
      fill: first === undefined ? "ink" : badgeInk(first),
    }),
    ...(port === null
      ? []
      : [glyph(subject, { x: frame.x + frame.width - 11, y }, "up", dotSize, port)]),
  ];
};

/** A title keeps its place and grows as far as what stands beside it. */
const titleShapes = ({ block, shapes, rect }: PlacedPart): readonly Shape[] => {
  if (block.kind === "bridge") return [];
  const title = shapes.find((each) => each.kind === "text" && each.text === block.title);
  if (title?.kind !== "text") return [];
  const beside = shapes.flatMap((each) =>
    each.kind === "box" && each.x > title.x && Math.abs(each.y + each.height / 2 - title.y) < 22
      ? [each.x]
      : [],
  );
  const most = Math.min(rect.x + rect.width, ...beside) - title.x - 14;
  return [{ ...title, size: sizeFitting(title.text, faces.title, most, 17) }];
};

/** The frame of a bridge with its name, and what is said of it as far as there is room. */
const headShapes = (part: PlacedPart, parts: Parts, size: number): readonly Shape[] => {
  const { block } = part;
  const { name, more } = titleOf(block);
  if (block.kind !== "bridge") return titleShapes(part);
  const frame = parts.box(block.bridge.key, null);
  if (frame === null) return [];
  const subject = about(block.bridge.key);
  const lines = frame.height < 44 ? [] : more.slice(0, frame.height < 70 ? 1 : 2);
  const middle = frame.y + Math.min(130, frame.height / 2) - (lines.length * 20) / 2;
  const most = frame.width - headPadding;
  return [
    frame,
    lettered(subject, { x: frame.x + 10, y: middle }, name, most, {
      ...faces.bridge,
      size,
      fill: "ink",
    }),
    ...lines.map((each, nth) =>
      lettered(subject, { x: frame.x + 10, y: middle + 21 + nth * 19 }, each, most, {
        ...faces.plain,
        size: 16,
        fill: "ink-soft",
      }),
    ),
  ];
};

const ownerShapes = (row: Row, parts: Parts): readonly Shape[] => {
  const frame = row.owner === null ? null : parts.box(row.owner.key, row.key);
  return row.owner === null || frame === null
    ? []
    : [
        frame,
        lettered(
          about(row.owner.key, row.key),
          { x: frame.x + 8, y: frame.y + frame.height / 2 },
          row.owner.name,
          frame.width / 2,
          { ...faces.name, size: 15, fill: "ink" },
        ),
      ];
};

/** All bridges are written in one size: that of the longest name that has the least room. */
const headSizeOf = ({ blocks }: Scene): number =>
  Math.min(
    headSize,
    ...blocks.flatMap(({ block, shapes }) => {
      if (block.kind !== "bridge") return [];
      const frame = shapes.find((each) => each.kind === "box" && each.key === block.bridge.key);
      return frame?.kind === "box"
        ? [sizeFitting(block.bridge.label, faces.bridge, frame.width - headPadding, headSize)]
        : [];
    }),
  );

const partShapes = (part: PlacedPart, orientation: Orientation, size: number): readonly Shape[] => {
  const parts = partsOf(part.shapes);
  const hue = part.block.kind === "list" ? null : part.block.hue;
  return [
    ...rowsOf(part.block).flatMap((row) => {
      const port = parts.line(row.port?.key);
      return port === null ? [] : [port];
    }),
    ...headShapes(part, parts, size),
    ...rowsOf(part.block).flatMap((row) => ownerShapes(row, parts)),
    ...framedBoxes(part, parts).flatMap(({ of, row, frame }) =>
      boxShapes(of, row, frame, orientation),
    ),
    ...rowsOf(part.block).flatMap((row) => wireShapes(row, parts, hue, orientation)),
  ];
};

/** Rows from 9 px: container, state, ports; the pair as two joined dots. */
export const compactLevel = (scene: Scene): readonly Shape[] => {
  const size = headSizeOf(scene);
  return [
    ...scene.blocks.flatMap(({ ground }) => ground),
    ...scene.around,
    ...scene.blocks.flatMap((part) => partShapes(part, scene.orientation, size)),
  ];
};
