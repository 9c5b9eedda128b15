import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { graph } from "./graph";
import { withTrouble } from "./legend";
import { legendMarks } from "./legend-keys";
import { topologyOf } from "./test-world";

const words = wordsIn("en");
const topology = topologyOf({
  networks: [
    { name: "bridge", bridge: "docker0" },
    { name: "vault", bridge: "br-vault", internal: true },
  ],
  containers: [
    { name: "web", on: ["bridge", "vault"] },
    { name: "far", on: ["bridge"], peer: "nsid" },
    { name: "alike", on: ["bridge"], peer: "consistent" },
    { name: "old", on: ["bridge"], is: "stopped" },
    { name: "dark", on: ["bridge"], is: "unread" },
  ],
});
const trouble = new Map([[key("ctr:alike"), [0]]]);
const { graph: shown } = withTrouble(
  graph(topology, { orientation: "rails", stopped: true }, words),
  trouble,
  words,
);

test("every entry of a legend lights something, and no two light the same", () => {
  const entries = [...shown.legend, ...shown.signs];
  expect(entries.length).toBeGreaterThan(8);
  const lit = entries.map((entry) =>
    [...legendMarks(shown, entry, trouble)]
      .filter(([, mark]) => mark === "path")
      .map(([each]) => each)
      .sort()
      .join(),
  );
  expect(lit.filter((keys) => keys === "")).toEqual([]);
  // A pair whose peer is unseen has one line and one sign: these are the same thing.
  const alike = lit.filter((keys, nth) => lit.indexOf(keys) !== nth);
  expect(alike).toHaveLength(1);
});

test("of a container in two networks only the ghost is lit, in its row", () => {
  const entry = shown.legend.find((each) => each.kind === "glyph" && each.glyph === "ghost");
  if (entry === undefined) throw new Error("web is a ghost in one of its networks.");
  const marks = legendMarks(shown, entry, trouble);
  const rows = [...marks].filter(([, mark]) => mark === "row");
  expect(marks.get(key("ctr:web"))).toBe("path");
  expect(rows).toHaveLength(1);
});
