import { expect, test } from "vitest";
import { isName, matchesList } from "./patterns";

test.each([
  ["*", "", true],
  ["*", "web", true],
  ["web-?", "web-1", true],
  ["web-?", "web-12", false],
  ["*.example.org", "a.b.example.org", true],
  ["*.example.org", "example.org", false],
  ["a*b*c", "aXbYbZc", true],
  ["a*b*c", "aXbYbZ", false],
  ["web", "WEB", false],
  ["10.0.0.*", "10.0.0.7", true],
  ["a.c", "abc", false],
])("%s fits %s: %s", (pattern, text, fits) => {
  expect(matchesList([pattern], text)).toBe(fits);
});

test("a negated pattern takes back what another one gave, wherever it stands", () => {
  expect(matchesList(["!web-1", "web-*"], "web-1")).toBe(false);
  expect(matchesList(["web-*", "!web-1"], "web-1")).toBe(false);
  expect(matchesList(["web-*", "!web-1"], "web-2")).toBe(true);
  expect(matchesList(["!web-1"], "web-2")).toBe(false);
});

test("many stars take no long time", () => {
  expect(matchesList([`${"*a".repeat(200)}b`], "a".repeat(10_000))).toBe(false);
});

test("a pattern over names is no name", () => {
  expect(["web", "web-*", "!web", "w?b", ""].filter(isName)).toEqual(["web"]);
});
