import type { Block, Box, Graph, ProjectSpan, Row } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";

type Rows = ReadonlySet<Key>;

const boxIs = ({ key, badges }: Box, rows: Rows): boolean =>
  rows.has(key) || badges.some((badge) => rows.has(badge.key));

/** A container in two networks has a row in each: by the interface they are told apart. */
const rowIs = ({ host, inner, box }: Row, rows: Rows): boolean =>
  host === null && inner === null
    ? box !== null && boxIs(box, rows)
    : [host, inner].some((chip) => chip !== null && rows.has(chip.key));

const spansOf = (projects: readonly ProjectSpan[], kept: readonly number[]): ProjectSpan[] =>
  projects.flatMap(({ name, first, count }) => {
    const places = kept.flatMap((nth, place) =>
      nth >= first && nth < first + count ? [place] : [],
    );
    const [start] = places;
    return start === undefined ? [] : [{ name, first: start, count: places.length }];
  });

const isNamed = (block: Block, rows: Rows): boolean => {
  if (block.kind === "list") return false;
  if (block.kind === "rows") return block.key !== null && rows.has(block.key);
  return (
    rows.has(block.bridge.key) || (block.bridge.network !== null && rows.has(block.bridge.network))
  );
};

const blockWith = (block: Block, rows: Rows): readonly Block[] => {
  if (block.kind === "list") {
    const boxes = block.boxes.filter((box) => boxIs(box, rows));
    return boxes.length === 0 ? [] : [{ ...block, boxes }];
  }
  const kept = block.rows.flatMap((row, nth) => (rowIs(row, rows) ? [nth] : []));
  if (kept.length === 0 && !isNamed(block, rows)) return [];
  return [
    {
      ...block,
      rows: kept.flatMap((nth) => block.rows[nth] ?? []),
      projects: spansOf(block.projects, kept),
    },
  ];
};

/** The picture with the rows that were found and what they hang on; the ways out stay. */
export const hideRest = (graph: Graph, rows: Rows): Graph => ({
  ...graph,
  blocks: graph.blocks.flatMap((block) => blockWith(block, rows)),
});
