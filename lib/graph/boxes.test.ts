import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { wordedState } from "./boxes";
import { graph } from "./graph";
import { restStates } from "./model";
import { topologyOf } from "./test-world";

const words = wordsIn("en");
const plain = topologyOf({
  networks: [{ name: "bridge", bridge: "docker0" }],
  containers: [{ name: "web", on: ["bridge"] }],
});
const being = (state: string) =>
  graph(
    { ...plain, containers: plain.containers.map((each) => ({ ...each, state })) },
    { orientation: "rails", stopped: true },
    words,
  );
const badge = (state: string) => {
  const [block] = being(state).blocks;
  return block?.kind === "bridge" ? block.rows[0]?.box?.badges[0]?.state : undefined;
};

test("every state of a container but running has a sign, which the legend explains", () => {
  for (const state of restStates) {
    const glyphs = being(state).legend.flatMap((each) => (each.kind === "glyph" ? each.glyph : []));
    expect(badge(state)).toBe(state);
    expect(glyphs).toContain(state);
  }
  const running = being("running").legend.flatMap((each) =>
    each.kind === "glyph" ? each.glyph : [],
  );
  expect(running.filter((each) => restStates.some((state) => state === each))).toEqual([]);
});

test("the words of Docker and of Podman mean the same states", () => {
  expect(["exited", "dead", "removing", "stopped", "stopping"].map(wordedState)).toEqual(
    Array.from({ length: 5 }, () => "stopped"),
  );
  expect(["created", "configured", "initialized"].map(wordedState)).toEqual(
    Array.from({ length: 3 }, () => "created"),
  );
});

test("a word that nobody knows says nothing: whether it has a namespace does", () => {
  expect(["toString", "", "degraded"].map(wordedState)).toEqual([null, null, null]);
  expect(badge("degraded")).toBe("running");
});
