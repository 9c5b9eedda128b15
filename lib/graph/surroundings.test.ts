import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import type { Topology } from "@/lib/topology/model";
import { graph } from "./graph";
import type { Graph, Row } from "./model";
import { pathOf } from "./path";
import { say } from "./said";
import { type Surroundings, surrounded } from "./test-surroundings";
import { topologyOf } from "./test-world";

const words = wordsIn("en");
const none: Surroundings = {
  tunnels: [],
  vlans: [],
  overlays: [],
  macvlans: [],
  between: [],
  shared: 1,
};
const world = topologyOf({ networks: [{ name: "bridge", bridge: "docker0" }], containers: [] });
const drawn = (topology: Topology): Graph =>
  graph(topology, { orientation: "rails", stopped: true }, words);
const around = (some: Partial<Surroundings>): Graph =>
  drawn(surrounded(world, { ...none, ...some }));

const rows = ({ blocks }: Graph): readonly Row[] =>
  blocks.flatMap((block) => (block.kind === "list" ? [] : block.rows));
const listed = ({ blocks }: Graph) =>
  blocks.flatMap((block) =>
    block.kind === "list"
      ? block.boxes.map(({ badges }) => `${block.what} ${badges[0]?.full}`)
      : [],
  );

test("a namespace that holds the left end of a pair is not listed among those without a veth", () => {
  const shown = around({ between: [["blue", "green"]] });
  expect(rows(shown).map(({ owner, box }) => [owner?.full, box?.badges[0]?.full])).toEqual([
    ["blue", "green"],
  ]);
  expect(listed(shown)).toEqual([]);
});

test("an overlay's namespace stands at its bridge, not among those without a veth", () => {
  const shown = around({ overlays: ["mesh"] });
  const bridges = shown.blocks.flatMap((block) => (block.kind === "bridge" ? [block.bridge] : []));
  const lines = bridges.flatMap((bridge) => bridge.lines);
  expect(lines.flatMap(({ text, of }) => (of === undefined ? [] : [[text, of.full]]))).toEqual([
    ["inside mesh", "mesh"],
  ]);
  expect(listed(shown)).toEqual([]);
});

test("who selects the namespace of a bridge sees the bridge and all that hangs on it", () => {
  const shown = around({ overlays: ["mesh"] });
  const block = shown.blocks.find((each) => each.kind === "bridge" && each.bridge.label === "br0");
  if (block?.kind !== "bridge") throw new Error("The overlay has no bridge.");
  const of = block.bridge.lines.flatMap((line) => line.of ?? [])[0];
  const path = pathOf(shown, of?.key ?? block.bridge.key);
  expect(path).toContain(of?.key);
  expect(path).toContain(block.bridge.key);
  for (const { key } of block.rows) expect(path).toContain(key);
});

const engineOnly = (driver: "host" | "null", mode: "host" | "none"): Graph => {
  const one = topologyOf({
    networks: [{ name: mode, bridge: null }],
    containers: [{ name: "app", on: [mode], is: "unread" }],
  });
  return drawn({
    ...one,
    networks: one.networks.map((each) => ({ ...each, driver, subnets: [] })),
    containers: one.containers.map((each) => ({ ...each, mode: { kind: mode } })),
  });
};

test("the networks host and none have no bridge that could have been missed", () => {
  expect(listed(engineOnly("host", "host"))).toEqual(["host-network app"]);
  // What somebody wired by hand into a container of none, the engine does not know.
  expect(listed(engineOnly("null", "none"))).toEqual(["none app"]);
  for (const shown of [engineOnly("host", "host"), engineOnly("null", "none")]) {
    expect(rows(shown)).toEqual([]);
    expect(shown.blocks.filter(({ kind }) => kind === "bridge")).toEqual([]);
  }
});

test("a tunnel of an overlay is heard with where it leads", () => {
  const said = rows(around({ overlays: ["mesh"] })).map((row) => say(words, row.said));
  expect(said).toContain(
    "vxlan0, a port of br0, a tunnel: VNI 16777215 → 10.99.1.12 → fd00:77:99:aabb:ccdd:eeff:1122:3344",
  );
});
