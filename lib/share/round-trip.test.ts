import { describe, expect, test } from "vitest";
import { z } from "zod";
import { enlarge } from "@/e2e/bench/enlarge";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import { wordsIn } from "@/lib/messages/words";
import { survey, understand } from "@/lib/pipeline";
import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";
import { droppedByLink, forLink, linkFragment, openLink } from "./link";
import { type OpenedFile, openFile } from "./open-file";
import { pngWithData, svgData } from "./pictures";
import { presets } from "./redact";
import { schemaPath, topologySchema, topologySchemaText } from "./schema";
import { secretWorld } from "./secret-world";
import { freeze, plainlyShown, type Shown, type Snapshot } from "./snapshot";
import { smallPng } from "./test-png";
import { topologyJson } from "./topology-file";

const utf8 = new TextEncoder();
const emptySvg = (data: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg"><title>x</title>\n<metadata id="vethscope">${data}</metadata></svg>`;

const shownOf = (topology: Topology, nth: number): Shown => ({
  orientation: nth % 2 === 0 ? "rails" : "textbook",
  stopped: nth % 3 === 0,
  group: nth % 5 === 0 ? "project" : "network",
  selected: topology.links[nth % topology.links.length]?.key ?? null,
  title: nth % 4 === 0 ? `容器 <b>"${nth}" \u202e` : null,
  redaction: presets[nth % presets.length] ?? "none",
  part: nth % 7 === 0,
});

type Given = { readonly topology: Topology; readonly ruling: Ruling };

const snapshotOf = ({ topology, ruling }: Given, nth: number): Snapshot => {
  const alias = nth % 2 === 0 ? "our host" : null;
  return freeze(topology, shownOf(topology, nth), alias, nth % 11 === 0 ? null : ruling).snapshot;
};

const expectOpened = (opened: OpenedFile, snapshot: Snapshot): void =>
  expect(opened).toStrictEqual({ kind: "topology", snapshot, unknown: 0 });

/** What comes out of every format is what went in; of a link, without what links drop. */
async function expectRoundTrip(snapshot: Snapshot, formats = ["json", "svg", "png", "link"]) {
  const png = formats.includes("png") ? pngWithData(smallPng, snapshot) : null;
  if (formats.includes("json"))
    expectOpened(await openFile(utf8.encode(topologyJson(snapshot))), snapshot);
  if (png !== null) expectOpened(await openFile(png), snapshot);
  if (formats.includes("svg"))
    expectOpened(await openFile(utf8.encode(emptySvg(svgData(snapshot)))), snapshot);
  if (formats.includes("link"))
    expectOpened(await openLink(await linkFragment(snapshot)), {
      ...snapshot,
      ruling: null,
      topology: forLink(snapshot.topology),
    });
}

describe("what is opened is what was saved", () => {
  test.each(recordedHosts)("of %s, by every preset", async (name) => {
    for (const nth of presets.keys())
      await expectRoundTrip(snapshotOf(survey(recordedFacts(name)), nth));
  });

  test("of 1,000 generated hosts", { timeout: 300_000 }, async () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const formats = [["json"], ["png"], ["svg"], ["link"]][seed % 4];
      await expectRoundTrip(snapshotOf(secretWorld(seed), seed), formats);
    }
  });

  test("of a host whose answers are missing, one question after the other", async () => {
    const facts = recordedFacts("docker-28.5-debian-sid");
    const probes = [...new Set(facts.answers.map(({ probe }) => probe))];
    for (const [nth, missing] of probes.entries()) {
      const answers = facts.answers.filter(({ probe }) => probe !== missing);
      await expectRoundTrip(snapshotOf(survey({ ...facts, answers }), nth));
    }
  });
});

test("60 containers and all their wiring fit into a link of 8,000 letters", async () => {
  const facts = recordedFacts("docker-28.5-debian-sid");
  const own = understand(facts).containers.length;
  const topology = understand(enlarge(facts, 60 - own));
  expect(topology.containers).toHaveLength(60);
  for (const redaction of presets) {
    const { snapshot } = freeze(topology, { ...plainlyShown, redaction });
    expect((await linkFragment(snapshot)).length).toBeLessThanOrEqual(8000);
  }
});

test("what a link does without is said, and is not in it", async () => {
  expect(droppedByLink(wordsIn("zh-CN"))).toContain("接口计数器");
  expect(droppedByLink(wordsIn("en"))).toHaveLength(4);
  const { topology } = snapshotOf(secretWorld(4), 4);
  const kept = JSON.stringify(forLink(topology));
  expect(kept).not.toMatch(/rxBytes|\/proc\/|"paths":\["/);
  expect(JSON.stringify(topology)).toMatch(/rxBytes/);
});

test("a picture that is saved again carries the newer data alone", async () => {
  const [older, newer] = [1, 2].map((seed) => snapshotOf(secretWorld(seed), seed));
  if (older === undefined || newer === undefined) throw new Error("no snapshots");
  const once = pngWithData(smallPng, older);
  const twice = once && pngWithData(once, newer);
  expect(twice && (await openFile(twice))).toMatchObject({ snapshot: newer });
  const png = pngWithData(smallPng, newer);
  expect(twice).toEqual(png);
});

test("a picture that a drawing program saved again still opens", async () => {
  const snapshot = snapshotOf(secretWorld(3), 3);
  const data = svgData(snapshot).replace(/(.{76})/g, "$1\n");
  const text = `<?xml version="1.0"?>\n<!-- made by x -->\n<svg><metadata\n   xml:space="preserve"\n id='vethscope' class="x">\n${data}\n</metadata></svg>`;
  expectOpened(await openFile(utf8.encode(text)), snapshot);
});

describe("the published schema", () => {
  test("is what the code reads and writes (npm run fix writes it)", async () => {
    const file = new URL(`../../public/${schemaPath}`, import.meta.url);
    const { readFileSync } = await import("node:fs");
    expect(readFileSync(file, "utf8")).toBe(topologySchemaText());
  });

  /** zod's reading of it, so not our own. */
  const validator = z.fromJSONSchema(topologySchema() as Parameters<typeof z.fromJSONSchema>[0]);

  test("every file is valid by it", () => {
    for (const name of recordedHosts)
      expect(
        validator.safeParse(JSON.parse(topologyJson(snapshotOf(survey(recordedFacts(name)), 0))))
          .error,
      ).toBeUndefined();
    for (let seed = 1; seed <= 60; seed++) {
      const file: unknown = JSON.parse(topologyJson(snapshotOf(secretWorld(seed), seed)));
      expect(validator.safeParse(file).error).toBeUndefined();
    }
  });

  test("what is none is not", () => {
    const file = JSON.parse(topologyJson(snapshotOf(secretWorld(1), 1)));
    expect(
      validator.safeParse({ ...file, links: [{ ...file.links[0], mtu: "1500" }] }).success,
    ).toBe(false);
    expect(validator.safeParse({ ...file, host: {} }).success).toBe(false);
    expect(validator.safeParse({ ...file, format: "vethscope-topology/2" }).success).toBe(false);
  });
});
