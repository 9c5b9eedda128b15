import { expect, test } from "vitest";
import { graph } from "@/lib/graph/graph";
import { orientations } from "@/lib/graph/model";
import { pathMarks } from "@/lib/graph/path";
import { topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import { type Key, key } from "@/lib/net/ids";
import { atLevel, type Level, levelAt } from "./levels";
import { lit } from "./lit";
import type { Shape } from "./model";
import { problemShapes } from "./problem-shapes";
import { scene } from "./scene";
import { boxesOf } from "./test-problems";

const topology = topologyOf({
  networks: [{ name: "bridge", bridge: "docker0" }],
  containers: ["a", "b", "c"].map((name) => ({ name, on: ["bridge"] })),
});
const graphed = (orientation: (typeof orientations)[number]) =>
  graph(topology, { orientation, stopped: false }, wordsIn("en"));
const a = key("ctr:a");
const docker0 = key("if:host/docker0");
const eth = key("if:ctr:a/eth0");
const about = (...keys: readonly Key[]) => new Map(keys.map((each, nth) => [each, [nth]]));
const signs = (shapes: readonly Shape[]) =>
  shapes.filter((each) => each.kind === "glyph" && each.glyph === "problem");
const levels: readonly Level[] = [1, 0.5, 0.2, 0.08].map(levelAt);

test("a problem has a sign of its own besides its ring, wherever it is", () => {
  for (const orientation of orientations) {
    const shown = scene(graphed(orientation));
    const { under, over } = problemShapes(shown, about(a, docker0, eth));
    expect(signs(over).map((each) => each.key)).toEqual(expect.arrayContaining([a, docker0, eth]));
    expect(signs(over)).toHaveLength(3);
    expect(boxesOf({ shapes: under }).map(({ stroke }) => stroke)).toEqual([
      "problem",
      "problem",
      "problem",
    ]);
  }
});

test("what is selected or found keeps its sign, which is drawn over what lights it", () => {
  const drawn = graphed("rails");
  const shown = scene(drawn);
  const marked = lit(shown, pathMarks(drawn, a, null)).shapes;
  const { over } = problemShapes(shown, about(a));
  expect(marked.some((each) => each.key === a)).toBe(true);
  expect(signs([...marked, ...over])).toHaveLength(1);
});

test("from every distance a problem is seen, also one of an interface that is not drawn there", () => {
  expect(levels.map(({ name }) => name)).toEqual(["full", "compact", "blocks", "host"]);
  for (const orientation of orientations) {
    const shown = scene(graphed(orientation));
    for (const level of levels) {
      const drawn = { shapes: atLevel(shown, level), blocks: shown.blocks };
      for (const troubled of [a, eth, docker0]) {
        const { over } = problemShapes(drawn, about(troubled), level.unit);
        expect(signs(over).length, `${orientation} ${level.name} ${troubled}`).toBe(1);
      }
    }
  }
});

test("nothing is added where nothing is wrong", () => {
  expect(problemShapes(scene(graphed("rails")), new Map())).toEqual({ under: [], over: [] });
});
