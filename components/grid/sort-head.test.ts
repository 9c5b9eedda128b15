import { expect, test } from "vitest";
import { nextSort } from "./sort-head";

test("a head sorts up, then down, then not at all", () => {
  const up = nextSort("name", null);
  expect(up).toEqual({ column: "name", descending: false });
  const down = nextSort("name", up);
  expect(down).toEqual({ column: "name", descending: true });
  expect(nextSort("name", down)).toBeNull();
});

test("another head begins with up, however the list was sorted", () => {
  expect(nextSort<"name" | "size">("size", { column: "name", descending: true })).toEqual({
    column: "size",
    descending: false,
  });
});
