import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { type Key, key } from "@/lib/net/ids";
import { graph } from "./graph";
import { withTrouble } from "./legend";
import { topologyOf } from "./test-world";
import { problemsIn, troubledRows } from "./trouble";

const words = wordsIn("en");
const topology = topologyOf({
  networks: [{ name: "shop", bridge: "br-shop" }],
  containers: [
    { name: "web", on: ["shop"] },
    { name: "db", on: ["shop"] },
  ],
});
const shown = graph(topology, { orientation: "rails", stopped: false }, words);
const [block] = shown.blocks;
if (block?.kind !== "bridge" || block.bridge.network === null) throw new Error("br-shop is first");
const { bridge } = block;
const network = block.bridge.network;
const about = (...keys: readonly Key[]) => new Map(keys.map((each, nth) => [each, [nth]]));

test("what is wrong with a network is drawn at its bridge", () => {
  const { trouble } = withTrouble(shown, about(network), words);
  expect([...trouble]).toEqual([[bridge.key, [0]]]);
});

test("the legend has the sign of problems where one is drawn, and only there", () => {
  const signs = (trouble: ReadonlyMap<Key, readonly number[]>) =>
    withTrouble(shown, trouble, words).graph.signs.map(({ sign }) => sign);
  expect(signs(about(key("ctr:web")))).toEqual(["problem"]);
  expect(signs(about(key("host:test"), key("ctr:elsewhere")))).toEqual([]);
  expect(signs(new Map())).toEqual([]);
});

test("a problem about several things of a block is one problem", () => {
  const one = new Map([key("ctr:web"), key("ctr:db")].map((each) => [each, [4]]));
  expect(problemsIn(block, one)).toBe(1);
  expect(problemsIn(block, about(key("ctr:web"), network))).toBe(2);
});

test("a row is in trouble by anything that stands on it", () => {
  const [first] = block.rows;
  for (const part of [first?.host, first?.inner, first?.box]) {
    if (!part) throw new Error("A pair has two ends and a box.");
    expect([...troubledRows(shown.blocks, about(part.key))]).toEqual([first?.key]);
  }
});
