import { expect, test } from "vitest";
import { advance } from "./advance";

const mono = { font: "mono", size: 10, bold: false } as const;
const sans = { font: "sans", size: 10, bold: false } as const;

test("mono is as wide as it is long", () => {
  expect(advance("veth9a1c2d3@if4", mono)).toBeCloseTo(15 * 6.1);
});

test("an ideograph is one em, whatever the font", () => {
  expect(advance("网桥", sans)).toBe(20);
  expect(advance("网桥", mono)).toBe(20);
});

test("narrow and wide letters differ, and bold is wider", () => {
  expect(advance("iii", sans)).toBeLessThan(advance("WWW", sans) / 3);
  expect(advance("web", { ...sans, bold: true })).toBeGreaterThan(advance("web", sans));
});

test("what lies outside the basic plane counts once", () => {
  expect(advance("🐳", sans)).toBeCloseTo(13.5);
});
