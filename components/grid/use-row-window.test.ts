import { expect, test } from "vitest";
import { withFocused } from "./use-row-window";

const seen = { startIndex: 10, endIndex: 12, overscan: 1, count: 100 };

test("the row that the keyboard is on is drawn among those that are seen, in order", () => {
  expect(withFocused(seen, 3)).toEqual([3, 9, 10, 11, 12, 13]);
  expect(withFocused(seen, 70)).toEqual([9, 10, 11, 12, 13, 70]);
});

test("a row is drawn once, and one that is gone not at all", () => {
  expect(withFocused(seen, 11)).toEqual([9, 10, 11, 12, 13]);
  expect(withFocused(seen, 100)).toEqual([9, 10, 11, 12, 13]);
  expect(withFocused(seen, null)).toEqual([9, 10, 11, 12, 13]);
});
