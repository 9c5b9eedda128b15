import type { Block, Box } from "@/lib/graph/model";
import { labelShapes } from "./level-labels";
import { framedBoxes, type Parts, partsOf } from "./level-parts";
import { hueRole, restSign } from "./lines";
import type { BoxShape, PlacedPart, Rect, Role, Scene, Shape } from "./model";
import { about, box, decoration, type Subject } from "./pen";

/** A cell says that there is one, not how long its name is. */
const widest = 90;

const hueOf = (block: Block): Role =>
  block.kind === "bridge" || block.kind === "rows" ? hueRole(block.hue) : "line";

/** Running: filled; what is not running or elsewhere in the first place: an outline; trouble: in its colour. */
const cell = (
  subject: Subject,
  rect: Rect,
  of: Box | null,
  { role, open, unit }: { readonly role: Role; readonly open: boolean; readonly unit: number },
): BoxShape => {
  const hollow = of !== null && (of.ghost || restSign(of.badges[0]?.state ?? "none") !== null);
  const stroke = open ? "problem" : role;
  return box(subject, rect, {
    radius: Math.min(3 * unit, rect.height / 3),
    fill: hollow || of?.unread === true ? "chip" : stroke,
    stroke,
    strokeWidth: hollow ? 1.2 * unit : 0,
    hatched: false,
  });
};

/** As many equal squares as there are, in lines, as large as they fit. */
const strip = (area: Rect, count: number, role: Role, unit: number): readonly Shape[] => {
  if (count === 0 || area.width < 8 || area.height < 8) return [];
  let pitch = Math.min(26, area.height);
  const fits = (each: number) => Math.floor(area.width / each) * Math.floor(area.height / each);
  while (pitch > 4 && fits(pitch) < count) pitch -= 1;
  const across = Math.max(1, Math.floor(area.width / pitch));
  const shown = Math.min(count, fits(pitch));
  return Array.from({ length: shown }, (_, nth) =>
    cell(
      decoration,
      {
        x: area.x + (nth % across) * pitch,
        y: area.y + Math.floor(nth / across) * pitch,
        width: pitch * 0.8,
        height: pitch * 0.8,
      },
      null,
      { role, open: false, unit },
    ),
  );
};

/** Where the cells of closed rows stand: right of the bridge and of what is drawn; over the bar of a textbook. */
const closedArea = ({ block, rect }: PlacedPart, parts: Parts, across: boolean): Rect => {
  const pad = 8;
  const head = block.kind === "bridge" ? parts.box(block.bridge.key, null) : null;
  if (head === null) {
    return {
      x: rect.x + pad,
      y: rect.y + 24,
      width: rect.width - 2 * pad,
      height: rect.height - 28,
    };
  }
  if (!across) {
    const height = head.y - rect.y - 2 * pad;
    return { x: rect.x + pad, y: rect.y + pad, width: rect.width - 2 * pad, height };
  }
  const x = head.x + head.width + pad;
  return {
    x,
    y: rect.y + pad,
    width: rect.x + rect.width - pad - x,
    height: rect.height - 2 * pad,
  };
};

const isFold = (of: Box): boolean => of.kind === "fold";

const cellShapes = (
  part: PlacedPart,
  parts: Parts,
  unit: number,
  across: boolean,
): readonly Shape[] => {
  const role = hueOf(part.block);
  const drawn = framedBoxes(part, parts).filter(({ of }) => !isFold(of));
  const closed = part.block.closed ?? 0;
  return [
    ...(closed === 0 ? [] : strip(closedArea(part, parts, across), closed, role, unit)),
    ...drawn.map(({ of, row, frame }) =>
      cell(
        about(of.key, row?.key ?? null),
        { ...frame, width: Math.min(frame.width, widest) },
        of,
        { role, open: row?.open != null, unit },
      ),
    ),
    ...(part.block.kind === "list"
      ? []
      : part.block.rows.flatMap((row) => {
          const chip =
            row.box === null && row.open !== null ? parts.box(row.host?.key, row.key) : null;
          return chip === null
            ? []
            : [
                cell(about(row.host?.key ?? row.key, row.key), chip, null, {
                  role,
                  open: true,
                  unit,
                }),
              ];
        })),
  ];
};

const groundShapes = (part: PlacedPart, unit: number): readonly Shape[] => {
  const { block, rect, ground } = part;
  const [first] = ground;
  return [
    ...(first === undefined ? [] : [first]),
    ...(block.kind !== "list" && block.hue !== null
      ? [
          box(
            decoration,
            { ...rect, width: 3 * unit, x: rect.x - 3 * unit },
            {
              layer: "block",
              radius: 0,
              fill: hueOf(block),
              stroke: null,
            },
          ),
        ]
      : []),
  ];
};

const headShapes = (part: PlacedPart, parts: Parts, unit: number): readonly Shape[] => {
  const frame = part.block.kind === "bridge" ? parts.box(part.block.bridge.key, null) : null;
  return frame === null ? [] : [{ ...frame, strokeWidth: Math.max(1.5, unit) }];
};

/** Lines as wide on the screen as they are near by; words that nobody could read are left out. */
const aroundShapes = ({ around }: Scene, unit: number): readonly Shape[] =>
  around.flatMap((shape): readonly Shape[] => {
    if (shape.kind === "text") return [];
    if (shape.kind === "line") return [{ ...shape, width: Math.max(shape.width, 0.8 * unit) }];
    return [shape];
  });

/** Rows from 3 px: each bridge with its name, its subnet and a cell for each container. */
export const blockLevel = (scene: Scene, unit: number): readonly Shape[] => {
  const across = scene.orientation === "rails";
  const parts = scene.blocks.map((part) => ({ part, parts: partsOf(part.shapes) }));
  return [
    ...scene.blocks.flatMap((part) => groundShapes(part, unit)),
    ...aroundShapes(scene, unit),
    ...parts.flatMap(({ part, parts: of }) => [
      ...headShapes(part, of, unit),
      ...cellShapes(part, of, unit, across),
    ]),
    ...labelShapes(scene, unit),
  ];
};

/** Farther still: bridges as patches of their hue, and what is in trouble. */
export const hostLevel = (scene: Scene, unit: number): readonly Shape[] => [
  ...scene.blocks.flatMap((part) => groundShapes(part, 2 * unit)),
  ...aroundShapes(scene, unit),
  ...scene.blocks.flatMap((part) => {
    const parts = partsOf(part.shapes);
    return [
      ...headShapes(part, parts, unit),
      ...cellShapes(part, parts, unit, scene.orientation === "rails").filter(
        ({ key }) => key !== null,
      ),
    ];
  }),
];
