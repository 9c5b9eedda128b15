import fc from "fast-check";
import { expect, test } from "vitest";
import { key } from "@/lib/net/ids";
import { readUrl, sortColumns, type UrlState, writeUrl } from "./url-state";

const states: fc.Arbitrary<UrlState> = fc.record({
  view: fc.constantFrom("graph", "table", null),
  selected: fc.option(fc.string({ minLength: 1, unit: "grapheme" }).map(key)),
  stopped: fc.boolean(),
  locale: fc.constantFrom("en", "zh-CN", null),
  sort: fc.option(fc.record({ column: fc.constantFrom(...sortColumns), descending: fc.boolean() })),
});

const read = (query: string) => readUrl(new URLSearchParams(query));

test("what is written to the URL is read back the same, whatever a name holds", () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(read(writeUrl(state))).toEqual(state);
    }),
  );
});

test("defaults leave no trace in the URL", () => {
  expect(writeUrl(read(""))).toBe("");
});

test("keys stay readable in the URL", () => {
  const state: UrlState = { ...read(""), view: "table", selected: key("if:ctr:web/eth0") };
  expect(writeUrl(state)).toBe("?view=table&sel=if:ctr:web/eth0");
});

test("nonsense in the URL is passed over", () => {
  expect(read("?view=3d&sort=-shoe&lang=tlh&stopped=yes&sel=")).toEqual(read(""));
});
