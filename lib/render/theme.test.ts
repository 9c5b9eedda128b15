import { expect, test } from "vitest";
import { hueRoles, type Role } from "@/lib/scene/model";
import { cssVariables, themes } from "./theme";

const channel = (hex: string): number => {
  const value = Number.parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

/** Relative luminance of #rrggbb (WCAG 2). */
const luminance = (colour: string): number =>
  0.2126 * channel(colour.slice(1, 3)) +
  0.7152 * channel(colour.slice(3, 5)) +
  0.0722 * channel(colour.slice(5, 7));

const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const grounds: readonly Role[] = ["canvas", "block", "chip"];
const written: readonly Role[] = ["ink", "ink-soft", "port-open", "problem"];
const lines: readonly Role[] = [
  "line",
  "up",
  "down",
  "resting",
  "problem",
  "accent",
  "match",
  "added",
  "removed",
  "changed",
  ...hueRoles,
];

for (const [name, theme] of Object.entries(themes)) {
  test.each(
    written.flatMap((role) =>
      [...grounds, "accent-fill" as const].map((on) => [role, on] as const),
    ),
  )(`${name}: text in %s on %s can be read`, (role, on) => {
    expect(contrast(theme[role], theme[on])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(lines.flatMap((role) => grounds.map((on) => [role, on] as const)))(
    `${name}: lines and signs in %s on %s can be seen`,
    (role, on) => {
      expect(contrast(theme[role], theme[on])).toBeGreaterThanOrEqual(3);
    },
  );

  test(`${name}: no hue looks like the accent or like another hue`, () => {
    const colours = [theme.accent, ...hueRoles.map((role) => theme[role])];
    for (const [nth, a] of colours.entries()) {
      for (const b of colours.slice(nth + 1)) expect(distance(a, b)).toBeGreaterThan(0.09);
    }
  });
}

/** Distance of two colours in OKLab, as people with full colour vision see them; 0.02 is just noticeable. */
const distance = (a: string, b: string): number =>
  Math.hypot(...lab(a).map((each, nth) => each - (lab(b)[nth] ?? 0)));

const lab = (colour: string): readonly number[] => {
  const [r, g, b] = [1, 3, 5].map((at) => channel(colour.slice(at, at + 2))) as [
    number,
    number,
    number,
  ];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};

test("every colour is a custom property", () => {
  expect(cssVariables("dark")).toContain(`--color-ink: ${themes.dark.ink};`);
});
