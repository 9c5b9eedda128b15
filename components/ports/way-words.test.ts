import { describe, expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import type { HostFacts } from "@/lib/facts/model";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { portsOf, understand, wayInto, wayOutOf } from "@/lib/pipeline";
import recorded20 from "@/lib/recorded-hosts/docker-20.10-debian-12.json" with { type: "json" };
import { doubtWords, stopWords } from "./reason-words";
import { stepWords } from "./way-words";

const facts = recorded20 as unknown as HostFacts;
const topology = understand(facts);
const index = topologyIndex(topology);
const { rows } = portsOf(facts, topology);

const ways = [
  ...rows.map((row) => wayInto(facts, topology, row)),
  ...topology.containers.flatMap(({ netns }) =>
    netns === null ? [] : [wayOutOf(facts, topology, netns)],
  ),
].flatMap((way) => way ?? []);

describe.each(locales)("the ways of a recorded host in %s", (locale) => {
  const saying = { words: wordsIn(locale), index };
  const steps = new Set(
    ways.flatMap(({ lines }) => lines.map(({ step }) => stepWords(saying, step))),
  );
  const reasons = [
    ...ways.flatMap(({ stop }) => (stop === null ? [] : [stopWords(saying, stop.at)])),
    ...ways.flatMap(({ doubts }) => doubts.map((doubt) => doubtWords(saying, doubt))),
  ];

  test("are told in sentences, and none begins with a small letter of our own", () => {
    expect(steps.size).toBeGreaterThan(20);
    for (const step of steps) expect(step).not.toMatch(/^(?:the|a|an|nobody|it) /);
  });

  test("have no space between Chinese characters, nor before what ends a sentence", () => {
    for (const text of [...steps, ...reasons])
      expect(text).not.toMatch(/\p{Script=Han} (?=[\p{Script=Han}。，：（])| [。，：]/u);
  });
});
