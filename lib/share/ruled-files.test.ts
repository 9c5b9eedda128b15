import { describe, expect, test } from "vitest";
import { enlarge } from "@/e2e/bench/enlarge";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import { coverage, diagnose } from "@/lib/diagnosis/diagnose";
import { ruledBy } from "@/lib/diagnosis/rules/ruled-by";
import { portsOf, survey } from "@/lib/pipeline";
import type { PortRow } from "@/lib/ports/model";
import { ports } from "@/lib/ports/ports";
import { worldOf } from "@/lib/ports/world";
import { packRuling, unpackRuling } from "@/lib/wire/ruling";
import { openFile } from "./open-file";
import { pngWithData } from "./pictures";
import { presets } from "./redact";
import { withKeys } from "./ruled-keys";
import { freeze, plainlyShown, type Snapshot } from "./snapshot";
import { smallPng } from "./test-png";
import { topologyJson } from "./topology-file";

const utf8 = new TextEncoder();

async function opened(snapshot: Snapshot): Promise<Snapshot> {
  const file = await openFile(utf8.encode(topologyJson(snapshot)));
  if (file.kind !== "topology") throw new Error("not opened");
  return file.snapshot;
}

const ruledIn = ({ topology, ruling }: Snapshot) => ruling && ruledBy(topology, ruling);

const rowsIn = ({ topology, ruling }: Snapshot): readonly PortRow[] =>
  ruling === null ? [] : ports(worldOf(topology, ruling.rules, ruling.listening)).rows;

describe.each(recordedHosts)("of %s", (name) => {
  const facts = recordedFacts(name);
  const { topology, ruling } = survey(facts);

  test("a file that is opened has the ports, the findings and the coverage of its facts", async () => {
    const again = await opened(freeze(topology, plainlyShown, null, ruling).snapshot);
    const { rows } = portsOf(facts, again.topology);
    expect(rows.length).toBeGreaterThan(3);
    expect(rowsIn(again)).toEqual(rows);
    const ruled = ruledBy(topology, ruling);
    expect(ruledIn(again)).toEqual(ruled);
    expect(coverage(again.topology, ruledIn(again))).toEqual(coverage(topology, ruled));
  });

  test("keys made anew of what was not changed are the same", () => {
    expect(withKeys(ruling, topology)).toEqual(ruling);
  });

  test("nothing is lost on the way from the server", () => {
    expect(unpackRuling(JSON.parse(JSON.stringify(packRuling(ruling))))).toEqual(ruling);
  });

  test.each(presets)("whatever is replaced (%s), the same follows from its rules", (preset) => {
    const { snapshot, keyOf } = freeze(
      topology,
      { ...plainlyShown, redaction: preset },
      null,
      ruling,
    );
    const told = (rows: readonly PortRow[]): readonly string[] =>
      rows
        .map(({ kind, protocol, family, host, target, listener, rules, scope, asked }) => [
          ...[kind, protocol, family, host?.port, target?.port, listener.status, rules.length],
          ...[scope, asked.map(({ from, reach }) => `${from} ${reach.answer}`)],
        ])
        .map((row) => JSON.stringify(row))
        .toSorted();
    expect(told(rowsIn(snapshot))).toEqual(told(portsOf(facts, topology).rows));
    const before = diagnose(topology, ruledBy(topology, ruling));
    const after = diagnose(snapshot.topology, ruledIn(snapshot));
    const brief = (id: string, about: readonly (string | null)[]) => `${id} ${about.join(" ")}`;
    expect(after.map(({ id, about }) => brief(id, about)).toSorted()).toEqual(
      before.map(({ id, about }) => brief(id, about.map(keyOf))).toSorted(),
    );
  });
});

test("a file of 100 containers with all its rules stays small, and opens in no time", async () => {
  const facts = enlarge(recordedFacts("docker-28.5-debian-sid"), 100);
  const { topology, ruling } = survey(facts);
  for (const redaction of presets) {
    const { snapshot } = freeze(topology, { ...plainlyShown, redaction }, null, ruling);
    const png = await pngWithData(smallPng, snapshot);
    expect(png?.length).toBeLessThan(200_000);
    const from = performance.now();
    expect((await openFile(png ?? new Uint8Array())).kind).toBe("topology");
    expect(performance.now() - from).toBeLessThan(2000);
  }
});

test("an older file has no rules, and says so of every fault that they would show", async () => {
  const { topology } = survey(recordedFacts("docker-28.5-debian-sid"));
  const old = await opened(freeze(topology, plainlyShown).snapshot);
  expect(old.ruling).toBeNull();
  const all = coverage(old.topology, ruledIn(old));
  const unsaid = all.filter(({ missing }) => missing.includes("in-file"));
  expect(unsaid).toHaveLength(27);
  expect(unsaid.every(({ missing }) => missing.length === 1)).toBe(true);
});
