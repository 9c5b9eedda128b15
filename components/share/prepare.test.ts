import { expect, test } from "vitest";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { wordsIn } from "@/lib/messages/words";
import { type Key, key } from "@/lib/net/ids";
import { examine } from "@/lib/pipeline";
import { svg } from "@/lib/render/svg";
import { topologyJson } from "@/lib/share/topology-file";
import { type Choices, type Frozen, holdsRules } from "./choices";
import { chosen, graphOf, pictureOf, redacted, snapshotOf } from "./prepare";

const words = wordsIn("en");
const { topology, ruled } = examine(recordedFacts("docker-28.5-debian-sid"));

const frozen = (of: Partial<Frozen> = {}): Frozen => ({
  reading: { host: "sample", snapshot: "1" },
  from: { part: false, redaction: "none" },
  topology,
  ruled,
  orientation: "rails",
  group: "network",
  stopped: false,
  selected: null,
  onScreen: null,
  stale: false,
  ...of,
});

const choices = (of: Partial<Choices> = {}): Choices => ({
  format: "svg",
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
  code: false,
  base: "http://127.0.0.1:4780/open",
  ...of,
});

const drawn = (from: Frozen, how: Choices): string => {
  const sent = chosen(redacted(from, how.redaction), from, how.part, words);
  const { scene, options } = pictureOf(sent, from, how, words);
  return svg(scene, options);
};

const linkOf = (container: string, name: string): Key | undefined =>
  topology.links.find(({ key: each }) => each === key(`if:ctr:${container}/${name}`))?.key;

test("a selection is drawn without the rows that are none of it", () => {
  const from = frozen({ selected: key("ctr:q1") });
  const text = drawn(from, choices({ part: "selection" }));
  expect(text).toContain(">q1<");
  expect(text).not.toContain(">q2<");
  // Whoever sees it without its data has to know that there is more.
  expect(text).toContain(`${topology.host.name} · a part of the host · `);
  expect(drawn(from, choices())).toContain(">q2<");
  expect(drawn(from, choices())).not.toContain("a part of the host");
});

test("what stood on the screen is found again under its other name", () => {
  const seen = linkOf("q1", "eth0");
  expect(seen).toBeDefined();
  const from = frozen({ onScreen: new Set(seen === undefined ? [] : [seen]) });
  const sent = chosen(redacted(from, "names"), from, "visible", words);
  const graph = graphOf(sent, from, choices({ part: "visible", redaction: "names" }), words);
  const rows = graph.blocks.flatMap((block) => (block.kind === "list" ? [] : block.rows));
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain("q1");
});

test("a title stands above the picture, another name under it, as text and nothing else", () => {
  const text = drawn(frozen(), choices({ title: "<b>Ours</b>\u202e", alias: "our-host" }));
  expect(text).toContain("&lt;b&gt;Ours&lt;/b&gt;");
  expect(text).not.toContain("\u202e");
  expect(text).toContain("our-host · ");
  expect(text).not.toContain(`${topology.host.name} · `);
});

test("what is sent says how it was looked at, and where its selection is now", () => {
  const from = frozen({ selected: key("ctr:web") });
  const redaction = redacted(from, "names");
  const how = choices({ orientation: "textbook", title: "Ours", redaction: "names" });
  const { shown, topology: sent } = snapshotOf(redaction, from, how);
  expect(shown).toMatchObject({ orientation: "textbook", title: "Ours", redaction: "names" });
  expect(sent.containers.map(({ key: each }) => each)).toContain(shown.selected);
  expect(JSON.stringify(sent)).not.toContain('"web"');
});

test("a part carries itself alone, under its other names too; the whole is the whole", () => {
  const seen = linkOf("q1", "eth0");
  const onScreen = new Set(seen === undefined ? [] : [seen]);
  const from = frozen({ selected: key("ctr:q2"), onScreen });
  const carried = (how: Choices): string => {
    const sent = chosen(redacted(from, how.redaction), from, how.part, words);
    return topologyJson(snapshotOf(sent, from, how));
  };
  expect(carried(choices())).toContain('"ctr:q2"');
  const visible = carried(choices({ part: "visible" }));
  expect(visible).toContain('"ctr:q1"');
  expect(visible).not.toContain('"ctr:q2"');
  expect(visible).toContain('"part":true');
  const renamed = carried(choices({ part: "visible", redaction: "names" }));
  expect(JSON.parse(renamed)).toMatchObject({
    containers: [{ key: expect.stringMatching(/^ctr:ctr-\d+$/) }],
  });
});

test("ports of the host that lead to what is not drawn are not drawn either", () => {
  const from = frozen({ selected: key("ctr:q1") });
  expect(drawn(from, choices())).toMatch(/:\d+ → /);
  expect(drawn(from, choices({ part: "selection" }))).not.toMatch(/:\d+ → /);
});

const old = examine(recordedFacts("docker-20.10-debian-12"));
const troubled = (of: Partial<Frozen> = {}) =>
  frozen({ topology: old.topology, ruled: old.ruled, ...of });

test("what rules show to be wrong is marked as on the screen, by its other name too", () => {
  const { trouble } = redacted(troubled(), "none");
  const byWiring = redacted(troubled({ ruled: null }), "none").trouble;
  expect(trouble.size).toBeGreaterThan(byWiring.size);
  for (const preset of ["public", "addresses", "names"] as const) {
    const { trouble: renamed, keyOf, snapshot } = redacted(troubled(), preset, old.ruling);
    expect([...renamed.keys()]).toEqual([...trouble.keys()].map(keyOf));
    expect(snapshot.ruling).not.toBeNull();
  }
});

test("rules go along with the whole host, where that is wanted, and never with a part", () => {
  const from = troubled({ selected: key("ctr:web") });
  const ruling = (how: Choices) =>
    snapshotOf(
      chosen(redacted(from, "none", holdsRules(how) ? old.ruling : null), from, how.part, words),
      from,
      how,
    ).ruling;
  expect(ruling(choices())).toEqual(old.ruling);
  expect(ruling(choices({ format: "json", data: false }))).toEqual(old.ruling);
  for (const without of [
    { rules: false },
    { data: false },
    { format: "link" },
    { part: "selection" },
  ] as const)
    expect(ruling(choices(without)), JSON.stringify(without)).toBeNull();
});

test("an old reading says so across its picture", () => {
  expect(drawn(frozen({ stale: true }), choices())).toContain("rotate(-12");
  expect(drawn(frozen(), choices())).not.toContain("rotate(-12");
});

test("what is made of an opened file says of itself what that one said", () => {
  const told = (from: Frozen["from"], redaction: Choices["redaction"]) => {
    const { part, redaction: now } = redacted(frozen({ from }), redaction).snapshot.shown;
    return { part, redaction: now };
  };
  expect(told({ part: true, redaction: "names" }, "none")).toEqual({
    part: true,
    redaction: "names",
  });
  expect(told({ part: false, redaction: "public" }, "addresses")).toEqual({
    part: false,
    redaction: "addresses",
  });
});
