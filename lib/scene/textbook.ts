import type { Block, Graph, Way } from "@/lib/graph/model";
import { margin } from "./columns";
import { edgeLine } from "./lines";
import type { Placed, Point, Rect, SceneRow, Shape, Stop } from "./model";
import { natTag, tagWidth } from "./nat-shapes";
import { about, box, decoration, text, widthOf } from "./pen";
import { type Measured, measured, type PlacedColumns, placeColumns } from "./textbook-blocks";
import { listsWidth, placeLists } from "./textbook-lists";
import {
  belowPiece,
  entryPoints,
  gateX,
  leaningShapes,
  moveUplinks,
  type StandingUplink,
  standingPiece,
  standUplinks,
} from "./textbook-uplinks";

/** Blocks beside each other up to this width: what a wide window or a page shows at once. */
const shelfWidth = 1180;
const shelfGap = 40;
// Stripes of networks that share a hue stand left of their block.
const blockGap = 36;
const framePadding = 30;
const titleHeight = 40;
const trunkRoom = 24;
const bandGap = 48;
const leastLists = 380;
/** Between the bars and the NIC, where what is routed goes through it. */
const roomFor = (nat: Graph["nat"]): number => (nat === null ? 0 : 34);

type Shelf = {
  readonly blocks: readonly Measured[];
  readonly width: number;
  readonly height: number;
};

const shelvesOf = (blocks: readonly Measured[]): readonly Shelf[] => {
  const shelves: { blocks: Measured[]; width: number; height: number }[] = [];
  for (const block of blocks) {
    const last = shelves.at(-1);
    if (last === undefined || last.width + blockGap + block.width > shelfWidth) {
      shelves.push({ blocks: [block], width: block.width, height: block.height });
    } else {
      last.blocks.push(block);
      last.width += blockGap + block.width;
      last.height = Math.max(last.height, block.height);
    }
  }
  return shelves;
};

/** Bars of one shelf stand on one line. */
const placeShelf = ({ blocks, height }: Shelf, at: Point): readonly PlacedColumns[] => {
  let { x } = at;
  return blocks.map((block) => {
    const placed = placeColumns(block, { x, y: at.y + height - block.height });
    x += block.width + blockGap;
    return placed;
  });
};

type Standing = {
  readonly blocks: readonly PlacedColumns[];
  /** Under each block: where its line turns towards the trunk. */
  readonly bottoms: readonly number[];
  readonly bottom: number;
};

const stand = (shelves: readonly Shelf[], at: Point): Standing => {
  const blocks: PlacedColumns[] = [];
  const bottoms: number[] = [];
  let { y } = at;
  for (const shelf of shelves) {
    blocks.push(...placeShelf(shelf, { x: at.x, y }));
    bottoms.push(...shelf.blocks.map(() => y + shelf.height));
    y += shelf.height + shelfGap;
  }
  return { blocks, bottoms, bottom: shelves.length === 0 ? at.y : y - shelfGap };
};

type Lane = { readonly trunk: number; readonly bottom: number };

/** Down from the bar; from an upper shelf to the left and down the trunk; then along to the `nth` uplink. */
const wayPoints = (
  from: Point,
  turn: number,
  { to, nth, stacked }: { to: StandingUplink; nth: number; stacked: boolean },
  { trunk, bottom }: Lane,
): readonly Point[] => {
  // What is stacked on a device goes its own way beside what is routed through it.
  const lane = Math.min(nth, 3) * 8 + (stacked ? 5 : 0);
  const last = bottom + 12 + lane;
  const end = entryPoints(to, nth, last, stacked);
  if (turn === bottom) return [from, { x: from.x, y: last }, ...end];
  const first = turn + 12 + lane;
  const x = trunk - lane;
  return [from, { x: from.x, y: first }, { x, y: first }, { x, y: last }, ...end];
};

const wayShapes = (
  { block, exit }: PlacedColumns,
  turn: number,
  uplinks: readonly StandingUplink[],
  lane: Lane,
): readonly Shape[] =>
  block.ways.flatMap(({ uplink, edge }: Way) => {
    const nth = uplinks.findIndex((each) => each.uplink.chip.key === uplink);
    const to = uplinks[nth];
    if (to === undefined) return [];
    const stacked = block.kind === "rows" && block.what === "stacked";
    const points = wayPoints(exit, turn, { to, nth, stacked }, lane);
    return [edgeLine(about(edge.key), edge, points, stacked ? block.hue : null)];
  });

const withWay = (
  { block, rows }: PlacedColumns,
  stops: ReadonlyMap<string, readonly Stop[]>,
  outside: Stop,
): readonly SceneRow[] => {
  const [first] = block.ways;
  const way = first === undefined ? [] : [outside, ...(stops.get(first.uplink) ?? [])];
  return rows.map((row) => ({ ...row, stops: [...way, ...row.stops] }));
};

const isWired = (block: Block) => block.kind !== "list";
const isList = (block: Block) => block.kind === "list";

/** The host as a frame around all that is its own; its name at the upper left. */
const frameShapes = (graph: Graph, rect: Rect): readonly Shape[] => [
  box(decoration, rect, { layer: "block", radius: 12, fill: null, stroke: "border" }),
  text(decoration, { x: rect.x + 16, y: rect.y + 20 }, graph.host.name, "title", {
    fill: "ink-soft",
  }),
];

/**
 * Over the NIC that leads outside, on the lines that come down to its middle; what is stacked on the NIC comes down
 * left of them, and is not translated.
 */
const natOver = (nat: Graph["nat"], gate: number, bandTop: number) =>
  nat === null
    ? { shapes: [], rows: [] }
    : natTag(nat, { x: gate + tagWidth(nat) / 2 - 5, y: bandTop - 24.5 });

/** The drawing of the articles: containers on top, veth pairs under them, bridges as bars, the NIC at the bottom, outside below. */
export const textbook = (graph: Graph): Placed => {
  const lists = graph.blocks.filter(isList);
  const shelves = shelvesOf(
    graph.blocks.filter(isWired).map((block) => measured(block, shelfWidth)),
  );
  const left = margin + framePadding + (shelves.length > 1 ? trunkRoom : 0);
  const { blocks, bottoms, bottom } = stand(shelves, { x: left, y: margin + titleHeight });
  const shelved = Math.max(0, ...shelves.map(({ width }) => width));

  const row = standUplinks(graph.uplinks, lists.length > 0 ? shelfWidth / 2 : shelfWidth);
  const listed = Math.max(leastLists, listsWidth(lists), shelved - row.width - bandGap);
  // Alone at the bottom the first NIC stands under the middle of the bars.
  const indent =
    lists.length > 0 ? 0 : Math.max(0, Math.floor(shelved / 2) - (row.standing[0]?.x ?? 0));
  const inside = Math.max(
    lists.length > 0 ? row.width + bandGap + listed : indent + row.width,
    shelved,
    indent + Math.max(0, ...row.standing.map(({ x }) => x)) + tagWidth(graph.nat),
    widthOf(graph.host.name, "title"),
  );
  const bandTop =
    bottom + (blocks.some(({ block }) => block.ways.length > 0) ? 58 : 24) + roomFor(graph.nat);
  const uplinks = moveUplinks(row.standing, { x: left + indent, y: bandTop });
  const beside = placeLists(lists, { x: left + row.width + bandGap, y: bandTop - 6 }, listed);
  const bandBottom = Math.max(
    bandTop + row.height,
    ...beside.map(({ rect }) => rect.y + rect.height),
  );
  const frame: Rect = {
    x: margin,
    y: margin,
    width: left - margin + inside + framePadding,
    height: bandBottom + 26 - margin,
  };
  const leading = uplinks.findIndex(({ uplink }) => uplink.out !== null);
  const gate = uplinks[Math.max(0, leading)];
  const gated = gate === undefined ? left : gateX(gate, Math.max(0, leading));
  const nat = natOver(graph.nat, gated, bandTop);
  const outside = belowPiece(graph, uplinks, {
    x: gate?.x ?? left + Math.floor(inside / 2),
    y: frame.y + frame.height + 44,
  });

  const lane: Lane = { trunk: left - blockGap + 6, bottom };
  const pieces = uplinks.map((each) => ({ key: each.uplink.chip.key, ...standingPiece(each) }));
  const stops = new Map<string, readonly Stop[]>(pieces.map((each) => [each.key, each.stops]));
  const around = [
    ...blocks.flatMap((each, nth) => wayShapes(each, bottoms[nth] ?? bottom, uplinks, lane)),
    ...leaningShapes(uplinks),
    ...nat.shapes,
    ...outside.shapes,
    ...pieces.flatMap(({ shapes }) => shapes),
  ];
  return {
    width: Math.ceil(frame.x + frame.width + margin),
    height: Math.ceil(frame.y + frame.height + 44 + 42),
    shapes: [
      ...frameShapes(graph, frame),
      ...blocks.flatMap(({ ground }) => ground),
      ...beside.flatMap(({ ground }) => ground),
      ...around,
      ...blocks.flatMap(({ shapes }) => shapes),
      ...beside.flatMap(({ shapes }) => shapes),
    ],
    blocks: [...blocks, ...beside],
    around: [...frameShapes(graph, frame), ...around],
    rows: [
      ...pieces.map((each) => ({
        key: each.key,
        said: each.stops.map(({ name }) => name).join(", "),
        stops: [outside.stop, ...each.stops],
      })),
      ...nat.rows,
      ...blocks.flatMap((each) => withWay(each, stops, outside.stop)),
      ...beside.flatMap(({ rows }) => rows),
    ],
  };
};
