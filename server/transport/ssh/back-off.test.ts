import fc from "fast-check";
import { expect, test } from "vitest";
import { backOff, waitAfter } from "./back-off";

const random = fc.double({ min: 0, max: 1, noNaN: true });

test("waiting doubles until it is as long as it gets", () => {
  expect([0, 1, 2, 3, 4, 8, 50].map((failures) => waitAfter(failures, 0, backOff))).toEqual([
    0, 500, 1000, 2000, 4000, 60_000, 60_000,
  ]);
});

test("jitter takes away at most half, and never adds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), random, (failures, luck) => {
      const whole = waitAfter(failures, 0, backOff);
      const wait = waitAfter(failures, luck, backOff);
      expect(wait).toBeLessThanOrEqual(whole);
      expect(wait).toBeGreaterThanOrEqual(Math.floor(whole / 2));
    }),
  );
});
