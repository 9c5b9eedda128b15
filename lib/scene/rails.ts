import { columns as columnNames, type Graph } from "@/lib/graph/model";
import { type PlacedBlock, placeBlock } from "./block-shapes";
import { blockGap, type Columns, columnsOf, headingHeight, margin } from "./columns";
import type { Placed, SceneRow, Shape, Stop } from "./model";
import { natHeight, natPiece } from "./nat-shapes";
import { decoration, text } from "./pen";
import { outsidePiece, outsideY, placeUplinks, uplinkPiece, wayPieces } from "./way-shapes";

const stack = (graph: Graph, columns: Columns): readonly PlacedBlock[] => {
  const placed: PlacedBlock[] = [];
  let y = headingHeight;
  for (const block of graph.blocks) {
    const next = placeBlock(block, columns, y);
    placed.push(next);
    y += next.rect.height + blockGap;
  }
  return placed;
};

/** A heading over nothing would say that something is missing. */
const isFilled = ({ uplinks, nat, blocks }: Graph, name: (typeof columnNames)[number]): boolean => {
  const rows = blocks.flatMap((block) => (block.kind === "list" ? [] : block.rows));
  // Opened, they have ends of pairs.
  const isClosed = blocks.some(({ kind, closed = 0 }) => kind !== "list" && closed > 0);
  switch (name) {
    case "outside":
      return true;
    case "uplink":
      return uplinks.length > 0;
    case "nat":
      return nat !== null;
    case "bridge":
      return blocks.some(({ kind }) => kind === "bridge");
    case "veth":
      return rows.some(({ host }) => host !== null) || isClosed;
    case "eth":
      return (
        blocks.some(({ kind }) => kind === "list") ||
        rows.some(({ inner, box }) => inner !== null || box !== null)
      );
  }
};

const headings = (graph: Graph, columns: Columns): readonly Shape[] =>
  columnNames
    .filter((name) => isFilled(graph, name))
    .map((name) =>
      text(decoration, { x: columns[name].x, y: 22 }, graph.headings[name], "heading", {
        fill: "ink-soft",
      }),
    );

/** Rows begin outside: the way to them is part of what the keyboard walks along. */
const withWay = (
  { block, rows }: PlacedBlock,
  stops: ReadonlyMap<string, readonly Stop[]>,
  outside: Stop,
): readonly SceneRow[] => {
  if (block.kind === "list") return rows;
  const [first] = block.ways;
  const way = first === undefined ? [] : [outside, ...(stops.get(first.uplink) ?? [])];
  return rows.map((row) => ({ ...row, stops: [...way, ...row.stops] }));
};

const bottomOf = (shapes: readonly Shape[]): number =>
  shapes.reduce((most, shape) => {
    if (shape.kind === "box") return Math.max(most, shape.y + shape.height);
    if (shape.kind === "line") return Math.max(most, ...shape.points.map(({ y }) => y));
    return Math.max(most, shape.y + shape.size);
  }, 0);

/** On the way from the NIC, around what leads outside: packets go through it. */
const natOf = (graph: Graph, gate: number, columns: Columns) => {
  if (graph.nat === null) return { shapes: [], rows: [] };
  const top = Math.max(headingHeight + 6, Math.round(gate - natHeight(graph.nat) / 2) + 0.5);
  return natPiece(graph.nat, { x: columns.nat.x, y: top });
};

/** From left to right: outside, NIC, bridge, host end, container; one line for each attachment. */
export const rails = (graph: Graph): Placed => {
  const columns = columnsOf(graph);
  const blocks = stack(graph, columns);
  const uplinks = placeUplinks(graph.uplinks, columns, blocks);
  const uplinkPieces = uplinks.map((each) => ({
    key: each.uplink.chip.key,
    ...uplinkPiece(each, columns),
  }));
  const outside = outsidePiece(graph, uplinks, columns);
  const stops = new Map<string, readonly Stop[]>(
    uplinkPieces.map((each) => [each.key, each.stops]),
  );
  const nat = natOf(graph, outsideY(uplinks), columns);
  const around = [
    ...wayPieces(blocks, uplinks, columns),
    ...nat.shapes,
    ...outside.shapes,
    ...headings(graph, columns),
    ...uplinkPieces.flatMap((each) => each.shapes),
  ];
  const shapes = [
    ...blocks.flatMap(({ ground }) => ground),
    ...around,
    ...blocks.flatMap((each) => each.shapes),
  ];
  return {
    width: Math.ceil(columns.width),
    height: Math.ceil(bottomOf(shapes) + margin),
    shapes,
    blocks,
    around,
    rows: [
      ...uplinkPieces.map((each) => ({
        key: each.key,
        said: each.stops.map(({ name }) => name).join(", "),
        stops: [outside.stop, ...each.stops],
      })),
      ...nat.rows,
      ...blocks.flatMap((each) => withWay(each, stops, outside.stop)),
    ],
  };
};
