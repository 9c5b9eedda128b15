import { afterAll, beforeAll, expect, test } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose";
import { wiringFindingIds } from "@/lib/diagnosis/model";
import { understand } from "@/lib/pipeline";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { type ExtraHost, startExtraHost } from "./extra-host";
import { faults, openWard, type Ward } from "./faults";
import { gatherLabHost } from "./lab-facts";
import { mustBeTold } from "./told-findings";

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
      mustBeTold(findings, facts);
    } finally {
      await restore(ward);
    }
  },
  60_000,
);

test("nothing is found when all is mended", async () => {
  expect(await inShort()).toEqual([]);
}, 30_000);
