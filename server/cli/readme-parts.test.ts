import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withGeneratedParts } from "./readme-parts";
import { unlistedRooms } from "./readme-rooms";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

test("the README lists the commands and rooms that the code has (npm run fix)", () => {
  expect(readme).toContain("<!-- generated: commands -->");
  expect(readme).toContain("<!-- generated: map -->");
  expect(withGeneratedParts(readme)).toBe(readme);
});

test("every room of the code is on the map", () => {
  expect(unlistedRooms()).toEqual([]);
});
