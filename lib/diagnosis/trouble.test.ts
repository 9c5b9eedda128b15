import { expect, test } from "vitest";
import { key } from "@/lib/net/ids";
import { problems } from "./diagnose";
import type { Finding } from "./model";
import { troubleOf } from "./trouble";

const orphan: Finding = {
  id: "D13",
  severity: "high",
  about: [key("peer:ctr:web/eth0"), key("if:ctr:web/eth0")],
  values: {},
  evidence: [],
  remedy: [],
};
const note: Finding = { ...orphan, severity: "low", about: [key("if:host/br-1")] };
const second: Finding = { ...orphan, severity: "medium", about: [key("if:ctr:web/eth0")] };

test("what is of medium weight or worse is marked, a note is not", () => {
  const findings = [note, orphan, second];
  const trouble = troubleOf(findings);
  expect([...trouble]).toEqual([
    ["peer:ctr:web/eth0", [0]],
    ["if:ctr:web/eth0", [0, 1]],
  ]);
  expect(problems(findings)[1]).toBe(second);
});
