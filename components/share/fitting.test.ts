import { expect, test } from "vitest";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import { linkFragment } from "@/lib/share/link";
import type { Choices, Frozen } from "./choices";
import { fitting } from "./fitting";
import { chosen, redacted, snapshotOf } from "./prepare";
import { bytesOf, mostCodeBytes } from "./shared-link";

const words = wordsIn("en");
const topology = understand(recordedFacts("docker-28.5-debian-sid"));

const frozen = (of: Partial<Frozen> = {}): Frozen => ({
  reading: { host: "sample", snapshot: "1" },
  from: { part: false, redaction: "none" },
  topology,
  ruled: null,
  orientation: "rails",
  group: "network",
  stopped: false,
  selected: null,
  onScreen: null,
  stale: false,
  ...of,
});

const choices: Choices = {
  format: "png",
  part: "whole",
  orientation: "rails",
  theme: "light",
  scale: 2,
  title: "",
  alias: "",
  redaction: "none",
  legend: true,
  time: true,
  lit: true,
  data: true,
  rules: true,
  code: true,
  base: "http://127.0.0.1:4780/open",
};

const lengthOf = async (from: Frozen, how: Choices): Promise<number> => {
  const sent = chosen(redacted(from, how.redaction), from, how.part, words);
  return bytesOf(`${how.base}#${await linkFragment(snapshotOf(sent, from, how))}`);
};

test("every change that is offered makes the link short enough for a code, and none adds to another", async () => {
  const from = frozen({ selected: key("ctr:web"), onScreen: new Set([key("ctr:web")]) });
  expect(await lengthOf(from, choices)).toBeGreaterThan(mostCodeBytes);
  const changes = await fitting(from, choices, words);
  expect(changes).toContainEqual({ part: "selection" });
  for (const change of changes)
    expect(await lengthOf(from, { ...choices, ...change })).toBeLessThanOrEqual(mostCodeBytes);
  expect(changes).not.toContainEqual({ part: "selection", redaction: "names" });
});

test("a part is offered where there is one, and nothing where nothing helps", async () => {
  for (const change of await fitting(frozen(), choices, words)) expect(change.part).toBeUndefined();
  const far = { ...choices, base: `https://${"a".repeat(mostCodeBytes)}.example/open` };
  expect(await fitting(frozen({ selected: key("ctr:web") }), far, words)).toEqual([]);
});

test("names that are replaced already are not offered", async () => {
  const from = frozen({ selected: key("ctr:web") });
  expect(await fitting(from, { ...choices, redaction: "names" }, words)).toEqual([
    { part: "selection" },
  ]);
});
