import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { rulesOf, understand } from "@/lib/pipeline";
import { factsOfRules } from "@/lib/topology/firewall/test-firewall";
import { packRules, unpackRules } from "./rules";

const recorded = (name: string): HostFacts =>
  JSON.parse(readFileSync(new URL(`../recorded-hosts/${name}.json`, import.meta.url), "utf8"));
const fixture = (name: string): string =>
  readFileSync(new URL(`../topology/firewall/fixtures/${name}`, import.meta.url), "utf8");

const across = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.each(["docker-20.10-debian-12", "docker-26.1-debian-13", "docker-28.5-debian-sid"])(
  "the rules of every namespace of %s come out as they went in",
  (name) => {
    const facts = recorded(name);
    for (const { label } of understand(facts).namespaces) {
      const rules = rulesOf(facts, label);
      expect(unpackRules(across(packRules(rules)))).toEqual(rules);
    }
  },
);

const native = factsOfRules(
  { probe: "nft-ruleset", stdout: fixture("nft-1.0.6--by-hand.json") },
  { probe: "ipset-save", stdout: fixture("ipset-7.17--every-type.save") },
  { probe: "iptables-save", stdout: fixture("iptables-1.8.9--every-module.save") },
  { probe: "sysctls", stdout: "/proc/sys/net/ipv4/ip_forward:1\n" },
);
const [{ netns } = { netns: null }] = native.answers;
if (netns === null) throw new Error("no answer");
const everything = rulesOf(native, netns);

test("so do native tables, sets, maps, and rules that no reader understood", () => {
  expect(unpackRules(across(packRules(everything)))).toEqual(everything);
});

test("parts that rules share are written once", () => {
  const rules = Array.from(
    { length: 500 },
    (_, at) => `-A OWN ! -i docker0 -p tcp -m tcp --dport ${at} -j ACCEPT`,
  );
  const stdout = ["*filter", ":OWN - [0:0]", ...rules, "COMMIT"].join("\n");
  const facts = factsOfRules({ probe: "iptables-save", stdout });
  const whole = rulesOf(facts, netns);
  const packed = JSON.stringify(packRules(whole));
  expect(packed.length).toBeLessThan(JSON.stringify(whole).length / 4);
});

test("what was altered on its way is nothing, or rules: never a throw", () => {
  const text = JSON.stringify(packRules(everything));
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 4 }), (at, cut, put) => {
      let value: unknown;
      try {
        value = JSON.parse(text.slice(0, at) + put + text.slice(at + cut));
      } catch {
        return;
      }
      const rules = unpackRules(value);
      expect(rules === null || typeof rules === "object").toBe(true);
    }),
    { numRuns: 300 },
  );
  expect(unpackRules({ format: "vethscope-rules/1" })).toBeNull();
  const packed = packRules(everything);
  expect(unpackRules({ ...packed, rows: packed.rows.slice(1) })).toBeNull();
  expect(unpackRules({ ...packed, values: [] })).toBeNull();
});
