import { expect, test } from "vitest";
import { key } from "@/lib/net/ids";
import { hueCount, huesFor } from "./hues";

const keys = (count: number) => Array.from({ length: count }, (_, nth) => key(`net:${nth}`));

test("eight networks have eight hues", () => {
  const hues = [...huesFor(keys(8), null).values()].map(({ index }) => index);
  expect(new Set(hues).size).toBe(hueCount);
});

test("the ninth network repeats a hue and says so by a stripe", () => {
  const hues = huesFor(keys(20), key("net:0"));
  expect(hues.get(key("net:0"))).toEqual({ index: 0, stripe: 0 });
  expect([...hues.values()].map(({ index, stripe }) => `${index}/${stripe}`)).toSatisfy(
    (names: readonly string[]) => new Set(names).size === 20,
  );
});

test("the order in which networks are listed does not matter", () => {
  expect([...huesFor(keys(5).toReversed(), null)].sort()).toEqual(
    [...huesFor(keys(5), null)].sort(),
  );
});
