import fc from "fast-check";
import { expect, test } from "vitest";
import { filterOf, withFilter } from "./column-filter";
import type { fields } from "./fields";
import { parse } from "./parse";

const set = (text: string, field: (typeof fields)[number], value: string) =>
  withFilter(text, parse(text), field, value);

test("a filter under a column is a condition of the search, and the other way round", () => {
  expect(set("web", "net", "shop")).toBe("web net:shop");
  expect(set("web net:shop", "net", "vault")).toBe("web net:vault");
  expect(set("web net:vault -net:x", "net", "")).toBe("web -net:x");
  expect(filterOf("net:a,b", parse("net:a,b"), "net")).toBe("a,b");
  expect(filterOf("web", parse("web"), "net")).toBe("");
});

test("what makes no sense yet stays where it is typed, and is not doubled by the next letter", () => {
  const first = set("", "ip", "9999");
  expect(filterOf(first, parse(first), "ip")).toBe("9999");
  expect(set(first, "ip", "99991")).toBe("ip:99991");
});

test("what is typed under a column is read back from there", () => {
  const plain = fc.stringMatching(/^[a-z0-9 "“.-]{1,12}$/).filter((text) => text.trim() !== "");
  fc.assert(
    fc.property(fc.constantFrom("net" as const, "container" as const), plain, (field, value) => {
      const text = set("web -if:lo", field, value);
      expect(filterOf(text, parse(text), field)).toBe(value);
    }),
  );
});
