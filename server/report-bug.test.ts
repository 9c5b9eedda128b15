import { expect, test } from "vitest";
import { bugLines } from "./report-bug";

test("a bug is told by its kind and its place, never by what a host may have printed", () => {
  const lines = bugLines(new RangeError("SECRET=1\n    at evil\u001b[2J"));
  expect(lines[0]).toBe("bug: RangeError");
  expect(lines.some((line) => line.includes("report-bug.test.ts"))).toBe(true);
  expect(lines.some((line) => line.includes("SECRET") || line.includes("\u001b"))).toBe(false);
});

test("what is thrown and no error is told too", () => {
  expect(bugLines("SECRET")).toEqual(["bug: string thrown"]);
});
