import fc from "fast-check";
import { expect, test } from "vitest";
import { packetKinds } from "@/components/rules/hook-lines";
import { groupings, orientations } from "@/lib/graph/model";
import { key } from "@/lib/net/ids";
import { portColumns, readUrl, tableColumns, type UrlState, writeUrl } from "./url-state";

const states: fc.Arbitrary<UrlState> = fc.record({
  view: fc.constantFrom("graph", "table", "ports", "rules", null),
  selected: fc.option(fc.string({ minLength: 1, unit: "grapheme" }).map(key)),
  stopped: fc.boolean(),
  orientation: fc.constantFrom(...orientations),
  group: fc.constantFrom(...groupings),
  locale: fc.constantFrom("en", "zh-CN", null),
  sort: fc.option(
    fc.record({ column: fc.constantFrom(...tableColumns), descending: fc.boolean() }),
  ),
  columns: fc.subarray([...tableColumns], { minLength: 1 }),
  query: fc.string({ unit: "grapheme" }),
  hide: fc.boolean(),
  filter: fc.string({ unit: "grapheme" }),
  portSort: fc.option(
    fc.record({ column: fc.constantFrom(...portColumns), descending: fc.boolean() }),
  ),
  packets: fc.option(fc.constantFrom(...packetKinds)),
  touch: fc.option(fc.string({ minLength: 1, unit: "grapheme" }).map(key)),
  inside: fc.option(fc.string({ minLength: 1, unit: "grapheme" }).map(key)),
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

test("orientation and grouping have names in the URL", () => {
  const state: UrlState = { ...read(""), orientation: "textbook", group: "project" };
  expect(writeUrl(state)).toBe("?orient=textbook&grp=project");
});

test("a search stays readable in the URL", () => {
  const state: UrlState = { ...read(""), query: "net:shop ip:172.30.0.0/24 -name:a,b", hide: true };
  expect(writeUrl(state)).toBe("?q=net:shop%20ip:172.30.0.0/24%20-name:a,b&hide=1");
});

test("nonsense in the URL is passed over", () => {
  expect(
    read(
      "?view=3d&sort=-shoe&lang=tlh&stopped=yes&orient=up&grp=colour&sel=&cols=shoe,,&hide=maybe&psort=shoe&packets=7&touch=&in=",
    ),
  ).toEqual(read(""));
});
