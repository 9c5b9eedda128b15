import { expect, test } from "vitest";
import { graph } from "@/lib/graph/graph";
import { namedBy } from "@/lib/graph/peer";
import { topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { pointers } from "./pointers";
import { scene } from "./scene";

const topology = topologyOf({
  networks: [{ name: "bridge", bridge: "docker0" }],
  containers: [{ name: "odd", on: ["bridge"], peer: "ambiguous" }],
});
const from = key("if:ctr:odd/eth0");

test.each(["rails", "textbook"] as const)(
  "in %s a line leads from an open end to the interface that its number could mean",
  (orientation) => {
    const shown = scene(graph(topology, { orientation, stopped: false }, wordsIn("en")));
    const [line, tip] = pointers(shown, from, namedBy(topology, from));
    expect(line).toMatchObject({ kind: "line", stroke: "accent", dash: "dashed" });
    expect(tip).toMatchObject({ kind: "glyph", fill: "accent" });
    const target = shown.rows
      .flatMap(({ stops }) => stops)
      .find((stop) => stop.key === key("peer:ctr:odd/eth0"))?.rect;
    if (target === undefined || tip?.kind !== "glyph") throw new Error("it is drawn");
    expect(tip.x).toBeGreaterThanOrEqual(target.x);
    expect(tip.x).toBeLessThanOrEqual(target.x + target.width);
    expect(tip.y).toBeGreaterThanOrEqual(target.y);
    expect(tip.y).toBeLessThanOrEqual(target.y + target.height);
  },
);

test("what is not drawn is not pointed at", () => {
  const shown = scene(graph(topology, { orientation: "rails", stopped: false }, wordsIn("en")));
  expect(pointers(shown, from, [key("if:host/gone")])).toEqual([]);
  expect(pointers(shown, key("if:host/gone"), [from])).toEqual([]);
});
