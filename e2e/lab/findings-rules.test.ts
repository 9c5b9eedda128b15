import { afterAll, beforeAll, expect, test } from "vitest";
import { ruleFindingIds } from "@/lib/diagnosis/model";
import { examine } from "@/lib/pipeline";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { type ExtraHost, startExtraHost } from "./extra-host";
import { gatherLabHost } from "./lab-facts";
import { ruleFaults } from "./rule-faults";
import { openRuledWard, type RuledWard } from "./rule-ward";
import { mustBeTold } from "./told-findings";

let extra: ExtraHost;
let ward: RuledWard;

beforeAll(async () => {
  extra = await startExtraHost("ruled", "10.99.1.33");
  ward = await openRuledWard(extra.host);
}, 120_000);

afterAll(() => extra?.end());

const look = async () => {
  const facts = await gather(await local({ through: extra.host.pid }), { host: "ruled" });
  const { ruled } = examine(facts);
  const inShort = ruled.findings.map(({ id, about }) => `${id} ${about[0]}`).toSorted();
  return { facts, ruled, inShort };
};

test("what is found on the lab's host is true of it", async () => {
  const { ruled } = examine(await gatherLabHost());
  expect(ruled.lacks).toEqual([]);
  expect(ruled.findings.map(({ id, about }) => `${id} ${about[0]}`).toSorted()).toEqual([
    // Its containers publish ports on which nobody listens: 443 and 53 of web2, 9001 and 9002 of api.
    "D27 ctr:api",
    "D27 ctr:api",
    "D27 ctr:web2",
    "D27 ctr:web2",
    // Docker 20.10: 127.0.0.1:8443 of web2.
    "D38 ctr:web2",
    "D63 if:host/eth0",
  ]);
}, 30_000);

test("nothing is found before anything is broken, and the world reaches what is published", async () => {
  const { inShort, ruled } = await look();
  expect(inShort).toEqual([]);
  expect(ruled.lacks).toEqual([]);
  expect(ruled.exposure.families[0]).toMatchObject({
    family: "ip",
    status: "told",
    doors: [{ address: "10.99.1.33" }],
    open: 0,
  });
  const answering = ruled.exposure.rows.filter(({ family }) => family === "ip");
  expect(answering.map(({ port, name }) => `${port} ${name}`)).toEqual([
    "22 sshd",
    "8080 web",
    "9000 api",
  ]);
}, 30_000);

/**
 * Not to be made here: the limit of connections is the machine's, no namespace may lower it; Docker leaves the ports of a
 * container without a network of its own out of its list. Both are held by lib/diagnosis/rules/diagnose-rules.test.ts.
 */
const elsewhere = ["D58", "D80"];

test("every fault that is looked for is made here", () => {
  const made = new Set(ruleFaults.flatMap(({ found }) => found).map((each) => each.split(" ")[0]));
  expect([...made, ...elsewhere].toSorted()).toEqual([...ruleFindingIds].toSorted());
});

test.each(ruleFaults)(
  "$name",
  async ({ make, restore, found }) => {
    await make(ward);
    try {
      const { facts, ruled, inShort } = await look();
      expect(inShort).toEqual([...found].toSorted());
      mustBeTold(ruled.findings, facts);
    } finally {
      await restore(ward);
    }
  },
  60_000,
);

test("nothing is found when all is mended", async () => {
  expect((await look()).inShort).toEqual([]);
}, 30_000);
