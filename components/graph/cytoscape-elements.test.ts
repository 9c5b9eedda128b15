import { expect, test } from "vitest";
import { key } from "@/lib/net/ids";
import type { LineShape } from "@/lib/scene/model";
import { about, box, decoration, line, text } from "@/lib/scene/pen";
import { elementsOf } from "./cytoscape-elements";

const window = { x: 0, y: 0, width: 100, height: 100 };
const rect = { x: 10, y: 10, width: 20, height: 20 };
const way = line(
  about(key("way:a>b")),
  [
    { x: 50, y: 50 },
    { x: 50, y: 900 },
    { x: 80, y: 900 },
  ],
  { width: 1, stroke: "line", dash: "solid" },
) as LineShape;

test("what has a key can be pointed at; ground, decoration and letters cannot", () => {
  const found = elementsOf(
    [
      box(decoration, rect, {}),
      box(about(key("ctr:web")), rect, {}),
      box(about(key("ctr:web")), rect, { layer: "block" }),
      text(about(key("ctr:web")), rect, "web", "name"),
    ],
    window,
  );
  expect(found.map(({ data }) => data["key"])).toEqual(["ctr:web"]);
});

test("of a long line the stretches in the window are there, with points at their ends", () => {
  const found = elementsOf([way], window);
  expect(found.filter(({ group }) => group === "edges")).toHaveLength(1);
  expect(found.filter(({ classes }) => classes === "anchor")).toHaveLength(2);
});

test("what is painted later is found first", () => {
  const over = box(about(key("if:web/eth0")), rect, { layer: "inset" });
  const [below, above] = elementsOf([box(about(key("ctr:web")), rect, {}), over], window);
  expect(above?.data["z"]).toBeGreaterThan(below?.data["z"]);
});
