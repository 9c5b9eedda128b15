import { expect, test } from "vitest";
import { graph } from "@/lib/graph/graph";
import type { Mark } from "@/lib/graph/model";
import { orientations } from "@/lib/graph/model";
import { topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import { atLevel } from "./levels";
import { lit } from "./lit";
import { scene } from "./scene";
import { boxesOf } from "./test-problems";

const topology = topologyOf({
  networks: [{ name: "bridge", bridge: "docker0" }],
  containers: ["a", "b", "c"].map((name) => ({ name, on: ["bridge"] })),
});

const outer = ({ x, y, width, height, strokeWidth }: ReturnType<typeof boxesOf>[number]) => ({
  left: x - strokeWidth / 2,
  top: y - strokeWidth / 2,
  right: x + width + strokeWidth / 2,
  bottom: y + height + strokeWidth / 2,
});

test("rings around neighbours do not touch", () => {
  for (const orientation of orientations) {
    const shown = scene(graph(topology, { orientation, stopped: false }, wordsIn("en")));
    const marks = new Map<Key, Mark>(topology.containers.map(({ key }) => [key, "match"]));
    const rings = boxesOf(lit(shown, marks)).map(outer);
    expect(rings).toHaveLength(3);
    for (const [nth, a] of rings.entries()) {
      for (const b of rings.slice(nth + 1)) {
        const apart = a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
        expect(apart, `${JSON.stringify(a)} ${JSON.stringify(b)}`).toBe(true);
      }
    }
  }
});

test("what is marked is seen from afar: its cell is filled, and longer than the others", () => {
  const shown = scene(graph(topology, { orientation: "rails", stopped: false }, wordsIn("en")));
  const unit = 4;
  const shapes = atLevel(shown, { name: "blocks", unit });
  const [a, b, c] = topology.containers.map(({ key }) => key);
  if (a === undefined || b === undefined || c === undefined) throw new Error("Three are needed.");
  const marks = new Map<Key, Mark>([
    [a, "match"],
    [b, "added"],
  ]);
  const added = boxesOf(lit({ shapes }, marks, unit));
  expect(added.map(({ key, fill }) => [key, fill])).toEqual([
    [a, "match"],
    [b, "added"],
  ]);
  const plain = boxesOf({ shapes }).find(({ key }) => key === c);
  for (const { width } of added) expect(width).toBeGreaterThan(plain?.width ?? 1e9);
});
