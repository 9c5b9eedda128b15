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

test("letters that are wider than an em are given their room, and Hebrew no more than it takes", () => {
  const bold = { ...sans, bold: true };
  // As DejaVu Sans Bold draws them, in hundredths of an em.
  for (const [letter, width] of Object.entries({ Щ: 132.6, س: 138, Œ: 116.7, ש: 75.9 })) {
    expect(advance(letter, bold)).toBeGreaterThanOrEqual(width / 10 - 0.01);
  }
  expect(advance("שלום", bold)).toBeLessThan(4 * 10);
});

test("what lies outside the basic plane counts once", () => {
  expect(advance("🐳", sans)).toBeCloseTo(13.5);
});
