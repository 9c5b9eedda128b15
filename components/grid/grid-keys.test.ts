import { describe, expect, test } from "vitest";
import { rowAfter } from "./grid-keys";

/** Rows that have something to press are `x`. */
const grid = (rows: string) => ({
  count: rows.length,
  isPassed: (place: number) => rows[place] !== "x",
});

describe("where a key leads among the rows", () => {
  test.each([
    { what: "down is the next", rows: "xxx", from: 0, steps: 1, to: 1 },
    { what: "a page is cut off at the end", rows: "xxx", from: 0, steps: 20, to: 2 },
    { what: "nothing is beyond the last", rows: "xxx", from: 2, steps: 1, to: 2 },
    { what: "a row without a cell is passed over", rows: "xx--x", from: 1, steps: 1, to: 4 },
    { what: "upwards too", rows: "x--xx", from: 3, steps: -1, to: 0 },
    {
      what: "the first is the first that has a cell",
      rows: "-xxx",
      from: 3,
      steps: Number.NEGATIVE_INFINITY,
      to: 1,
    },
    {
      what: "the last is the last that has a cell",
      rows: "xxx--",
      from: 0,
      steps: Number.POSITIVE_INFINITY,
      to: 2,
    },
    { what: "where no other has one it stays", rows: "-x-", from: 1, steps: 1, to: 1 },
  ])("$what", ({ rows, from, steps, to }) => {
    expect(rowAfter(from, steps, grid(rows))).toBe(to);
  });
});
