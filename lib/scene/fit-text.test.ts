import fc from "fast-check";
import { expect, test } from "vitest";
import { advance } from "./advance";
import { faces } from "./faces";
import { fitted, sizeFitting } from "./fit-text";

test("what fits stays whole, what does not is cut in the middle", () => {
  expect(fitted("web", faces.name, 100)).toBe("web");
  expect(fitted("project-12-web-1234", faces.name, 80)).toMatch(/^proj.*….*234$/);
});

test("a cut text fits, as long as two signs do", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }),
      fc.integer({ min: 40, max: 300 }),
      (text, most) => {
        expect(advance(fitted(text, faces.name, most), faces.name)).toBeLessThanOrEqual(
          Math.max(most, 2 * 12 * 1.35 * 8),
        );
      },
    ),
  );
});

test("letters grow to the room there is, and never below their own size", () => {
  const { bridge } = faces;
  expect(sizeFitting("docker0", bridge, 1000, 19)).toBe(19);
  expect(sizeFitting("br-3f2a9c1d77be", bridge, 130, 19)).toBe(14);
  expect(sizeFitting("br-3f2a9c1d77be", bridge, 10, 19)).toBe(bridge.size);
});
