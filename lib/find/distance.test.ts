import fc from "fast-check";
import { expect, test } from "vitest";
import { distance, nearest } from "./distance";

test.each([
  ["ngnix", "nginx", 1],
  ["web", "web", 0],
  ["wb", "web", 1],
  ["webb", "web", 1],
  ["wab", "web", 1],
  ["", "ab", 2],
  ["kitten", "sitting", null],
])("%s and %s are %s apart", (a, b, apart) => {
  expect(distance(a, b, 2)).toBe(apart);
});

test("it is the same both ways, and 0 only for the same word", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[ab]{0,6}$/), fc.stringMatching(/^[ab]{0,6}$/), (a, b) => {
      expect(distance(a, b, 6)).toBe(distance(b, a, 6));
      expect(distance(a, b, 6) === 0).toBe(a === b);
    }),
  );
});

test("the nearest of several, and none where a short word could be anything", () => {
  expect(nearest("stat", ["name", "state", "port"])).toBe("state");
  expect(nearest("ab", ["ac"])).toBeNull();
  expect(nearest("nginx", ["web", "db"])).toBeNull();
});
