import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { type Key, key } from "@/lib/net/ids";
import { folded, hasRowOf, isFold, mostDrawn } from "./fold";
import { graph } from "./graph";
import type { Graph } from "./model";
import { manyContainers, topologyOf } from "./test-world";

const words = wordsIn("en");
const shown = (count: number): Graph =>
  graph(
    topologyOf(manyContainers(count)),
    { orientation: "rails", stopped: true, group: "project" },
    words,
  );
const keys = (...texts: readonly string[]): ReadonlySet<Key> => new Set(texts.map(key));
const none = keys();
const names = ({ blocks }: Graph) =>
  blocks.flatMap((block) =>
    block.kind === "list" ? [] : block.rows.flatMap(({ box }) => box?.badges[0]?.full ?? []),
  );

test("a picture that can be taken in stays as it is, however many rows its containers have", () => {
  const small = shown(mostDrawn);
  expect(names(small).length).toBeGreaterThan(mostDrawn);
  expect(folded(small, { open: none, always: none }, words)).toEqual({
    graph: small,
    drawn: mostDrawn,
    all: mostDrawn,
  });
  expect(folded(shown(mostDrawn + 1), { open: none, always: none }, words).drawn).toBe(0);
});

test("above that all blocks are closed, each says its network and how many rows it holds", () => {
  const { graph: closed, drawn, all } = folded(shown(1000), { open: none, always: none }, words);
  expect(all).toBeGreaterThan(mostDrawn);
  expect(drawn).toBe(0);
  const told = closed.blocks.flatMap((block) =>
    block.kind === "bridge" ? (block.rows[0]?.box?.badges[0] ?? []) : [],
  );
  expect(told[0]).toMatchObject({ name: "▸ bridge · 25", full: "Show 25 more, bridge" });
  expect(new Set(told.map(({ name }) => / · \d+$/.exec(name)?.[0]))).toEqual(
    new Set([" · 50", " · 25"]),
  );
  expect(closed.blocks).toHaveLength(40);
});

test("a block opens with all of its rows and can be closed again", () => {
  const large = shown(1000);
  const fold = "fold:if:host/docker0";
  const { graph: opened, drawn } = folded(large, { open: keys(fold), always: none }, words);
  const [first] = opened.blocks;
  const [before] = large.blocks;
  if (first?.kind !== "bridge" || before?.kind !== "bridge") throw new Error("docker0 is first");
  expect(first.rows.slice(1)).toEqual(before.rows);
  expect(first.rows[0]?.box?.badges[0]?.full).toBe("▾ Show fewer");
  expect(drawn).toBe(before.rows.length);
});

test("what is selected or in trouble is drawn in a closed block, with its project", () => {
  const always = keys("ctr:project-0-web-40");
  const { graph: closed, drawn } = folded(shown(1000), { open: none, always }, words);
  const [first] = closed.blocks;
  expect(names(closed).filter((name) => name === "project-0-web-40")).toHaveLength(2);
  expect(drawn).toBe(1);
  expect(first).toMatchObject({ projects: [{ name: "project-0", first: 1, count: 1 }] });
});

test("a closed block counts each problem in it once, its bridge's and its network's too", () => {
  const large = shown(1000);
  const [first] = large.blocks;
  if (first?.kind !== "bridge") throw new Error("docker0 is first");
  const { network } = first.bridge;
  if (network === null) throw new Error("It is Docker's own.");
  const [one, two] = first.rows;
  const found = [one?.box?.key, one?.inner?.key, two?.host?.key].flatMap((each) => each ?? []);
  expect(found).toHaveLength(3);
  const trouble = new Map<Key, readonly number[]>([
    ...found.map((each): [Key, readonly number[]] => [each, [7]]),
    [network, [8]],
  ]);
  const told = (of: typeof trouble, locale: "en" | "zh-CN" = "en") => {
    const folding = { open: none, always: new Set(of.keys()), trouble: of };
    const [block] = folded(large, folding, wordsIn(locale)).graph.blocks;
    return block?.kind === "bridge" ? block.rows[0]?.box?.badges[0] : undefined;
  };
  expect(told(trouble)?.name).toBe("▸ bridge · 25 · 2 problems");
  expect(told(trouble)?.full).toBe("Show 23 more, bridge, 2 problems");
  expect(told(trouble, "zh-CN")?.name).toBe("▸ bridge · 25 · 2 个问题");
  expect(told(new Map([[first.bridge.key, [3]]]))?.name).toBe("▸ bridge · 25 · 1 problem");
});

test("an end without a peer is drawn in a closed block", () => {
  const world = manyContainers(1000);
  const [first, ...rest] = world.containers;
  if (first === undefined) throw new Error("there are 1,000");
  const topology = topologyOf({ ...world, containers: [{ ...first, peer: "nsid" }, ...rest] });
  const large = graph(topology, { orientation: "rails", stopped: true }, words);
  const { graph: closed } = folded(large, { open: none, always: none }, words);
  const open = closed.blocks.flatMap((block) =>
    block.kind === "list" ? [] : block.rows.filter((row) => row.open !== null),
  );
  expect(open.length).toBeGreaterThan(2);
});

test("a fold is known by its key", () => {
  expect(isFold(key("fold:if:host/docker0"))).toBe(true);
  expect(isFold(key("if:host/docker0"))).toBe(false);
});

test("a closed block hides the rows of its containers, not the bridge's own place", () => {
  const large = shown(1000);
  const { graph: closed } = folded(large, { open: none, always: none }, words);
  expect(hasRowOf(large, key("if:ctr:project-0-web-40/eth0"))).toBe(true);
  expect(hasRowOf(closed, key("if:ctr:project-0-web-40/eth0"))).toBe(false);
  expect(hasRowOf(large, key("if:host/docker0"))).toBe(false);
});
