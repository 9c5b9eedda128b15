import { afterAll, beforeAll, expect, test } from "vitest";
import { findingWords } from "@/components/diagnose/finding-words";
import { diagnose } from "@/lib/diagnosis/diagnose";
import { wiringFindingIds } from "@/lib/diagnosis/model";
import { quote } from "@/lib/facts/words";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { type ExtraHost, startExtraHost } from "./extra-host";
import { faults, openWard, type Ward } from "./faults";
import { gatherLabHost } from "./lab-facts";

let extra: ExtraHost;
let ward: Ward;

beforeAll(async () => {
  extra = await startExtraHost("ill", "10.99.1.32");
  ward = await openWard(extra.host);
}, 120_000);

afterAll(() => extra?.end());

const look = async () => {
  const facts = await gather(await local({ through: extra.host.pid }), { host: "ill" });
  return { facts, findings: diagnose(understand(facts)) };
};

const inShort = async (): Promise<readonly string[]> =>
  (await look()).findings.map(
    ({ id, about }) => `${id} ${about[0].replace(/^netns:.*/, "netns:")}`,
  );

test("nothing is found on the lab's host, however oddly it is wired", async () => {
  expect(diagnose(understand(await gatherLabHost()))).toEqual([]);
}, 30_000);

test("nothing is found before anything is broken", async () => {
  expect(await inShort()).toEqual([]);
}, 30_000);

test("every fault that is looked for is made here", () => {
  const made = new Set(
    faults.flatMap(({ found }) => found(ward)).map((each) => each.split(" ")[0]),
  );
  expect([...made].toSorted()).toEqual([...wiringFindingIds].toSorted());
});

test.each(faults)(
  "$name: found, and nothing else",
  async ({ make, restore, found }) => {
    await make(ward);
    try {
      const { facts, findings } = await look();
      expect(
        findings.map(({ id, about }) => `${id} ${about[0].replace(/^netns:.*/, "netns:")}`),
      ).toEqual(found(ward));
      for (const locale of locales) {
        const said = findings.flatMap((each) => Object.values(findingWords(wordsIn(locale), each)));
        // A message that lacks a value is shown as its own name.
        for (const text of said) expect(text).not.toMatch(/^finding\.|[{}]|undefined/);
      }
      for (const { evidence } of findings) {
        expect(evidence.length).toBeGreaterThan(0);
        for (const each of evidence)
          expect(quote(facts, each)?.text, JSON.stringify(each)).toBeTruthy();
      }
    } finally {
      await restore(ward);
    }
  },
  60_000,
);

test("nothing is found when all is mended", async () => {
  expect(await inShort()).toEqual([]);
}, 30_000);
