import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { rulesOf } from "@/lib/pipeline";
import { readIptablesSave } from "@/lib/probes/iptables-save-text";
import { nftRuleset } from "@/lib/probes/nft-ruleset";
import { printRule } from "./print-rule";
import { allRules, askedNetns, factsOfRules, mustBeRead, type SaidOfRules } from "./test-firewall";

const readFirewall = (...said: readonly SaidOfRules[]) =>
  mustBeRead(rulesOf(factsOfRules(...said), askedNetns).firewall);

const fixtures = new URL("./fixtures/", import.meta.url);
const fixture = (name: string): string => readFileSync(new URL(name, fixtures), "utf8");
const saves = readdirSync(fixtures).filter(
  (name) => name.endsWith(".save") && !name.startsWith("ipset"),
);
const hosts = ["docker-20.10-debian-12", "docker-26.1-debian-13", "docker-28.5-debian-sid"];

const hostFacts = (name: string): HostFacts =>
  JSON.parse(readFileSync(new URL(`../../recorded-hosts/${name}.json`, import.meta.url), "utf8"));

const probeOf = (name: string): string =>
  name.startsWith("ip6") ? "ip6tables-save" : "iptables-save";

const texts = (stdout: string): readonly string[] =>
  readIptablesSave(stdout).rows.flatMap((row) => (row.kind === "rule" ? [row.text] : []));

const inOrder = (all: readonly string[]): readonly string[] => all.toSorted();

test.each(saves)("iptables' rules print back to the letter: %s", (name) => {
  const stdout = fixture(name);
  const firewall = readFirewall({ probe: probeOf(name), stdout });
  const printed = allRules(firewall).map(({ table, rule }) => printRule(table.backend, rule));
  expect(inOrder(printed)).toEqual(inOrder(texts(stdout)));
  expect(printed.length).toBeGreaterThan(0);
});

test.each(hosts)(
  "those of a recorded host are all understood, and need no words but their own: %s",
  (name) => {
    for (const { probe, stdout } of hostFacts(name).answers) {
      if (probe !== "iptables-save" && probe !== "ip6tables-save") continue;
      if (stdout === "") continue;
      const firewall = readFirewall({ probe, stdout });
      const rules = allRules(firewall);
      expect(firewall.opaque).toBe(0);
      expect(rules.filter(({ rule }) => rule.verbatim !== null)).toEqual([]);
      expect(inOrder(rules.map(({ table, rule }) => printRule(table.backend, rule)))).toEqual(
        inOrder(texts(stdout)),
      );
    }
  },
);

/** Lines of rules, without what nft adds with -a. */
const nftLines = (name: string): readonly string[] =>
  fixture(name)
    .split("\n")
    .map((line) => line.trim().replace(/ # handle \d+$/, ""));

test.each(
  readdirSync(fixtures).filter(
    (name) => name.startsWith("docker-29-nftables") && name.endsWith(".json"),
  ),
)("Docker 29's own tables print back as nft prints them: %s", (name) => {
  const firewall = readFirewall({ probe: "nft-ruleset", stdout: fixture(name) });
  const lines = nftLines(name.replace(".json", ".nft"));
  const printed = allRules(firewall).map(({ table, rule }) => printRule(table.backend, rule));
  expect(firewall.opaque).toBe(0);
  expect(printed.filter((text) => !lines.includes(text))).toEqual([]);
  expect(printed.length).toBeGreaterThan(10);
});

/** What nft writes in several ways: less and more as a range, a burst that it takes for granted, flags. */
const inOtherWords = [
  'tcp flags & (syn | ack) == syn limit rate 5/minute burst 5 packets log prefix "x y " group 2',
  "tcp dport 0-1023 reject with tcp reset",
  "udp dport 1024-65535 reject with icmpx admin-prohibited",
  '{"quota":{"val":25,"val_unit":"mbytes","inv":true}} drop',
];

test("rules made by hand print back as nft prints them, or in other words of the same meaning", () => {
  const firewall = readFirewall({
    probe: "nft-ruleset",
    stdout: fixture("nft-1.0.6--by-hand.json"),
  });
  const lines = nftLines("nft-1.0.6--by-hand.nft");
  const printed = allRules(firewall).map(({ table, rule }) => printRule(table.backend, rule));
  expect(printed.filter((text) => !lines.includes(text))).toEqual(inOtherWords);
  expect(printed.length).toBe(34);
});

test("nft's text is read as the same rules as its JSON", () => {
  const parts = (stdout: string) =>
    allRules(readFirewall({ probe: "nft-ruleset", stdout })).map(({ rule }) => rule.parts);
  const ofJson = parts(fixture("nft-1.0.6--by-hand.json"));
  const ofText = parts(fixture("nft-1.0.6--by-hand.nft"));
  const differing = ofJson.filter(
    (each, at) => JSON.stringify(each) !== JSON.stringify(ofText[at]),
  );
  // A burst that is not printed, and a quota, of which only JSON says where its words end.
  expect(differing.map((each) => each.map(({ kind }) => kind))).toEqual([
    ["tcp-flags", "limit", "log"],
    ["opaque", "drop"],
  ]);
});

test("iptables' own tables lose their targets in nft's JSON, which is why iptables-save is asked", () => {
  const xt = '{"xt": {"type": "target", "name": "DNAT"}}';
  const stdout = `{"nftables": [{"rule": {"family": "ip", "table": "nat", "chain": "DOCKER", "expr": [${xt}]}}]}`;
  expect(
    nftRuleset.parse(factsOfRules({ probe: "nft-ruleset", stdout }).answers[0] as never).rows,
  ).toHaveLength(1);
  const [found] = allRules(readFirewall({ probe: "nft-ruleset", stdout }));
  expect(found?.rule.parts).toMatchObject([{ kind: "opaque", name: "DNAT", flow: "unknown" }]);
});

test.each([
  [
    "iptables-save",
    "-p tcp -m tcp --dport 2000:2010 -j DNAT --to-destination 172.17.0.2:3000-3010/2000",
  ],
  [
    "ip6tables-save",
    "-p tcp -m tcp --dport 2000:2010 -j DNAT --to-destination [fd00::2]:3000-3010/2000",
  ],
])("a shifted range of ports is understood, and prints back: %s", (probe, rule) => {
  const chain = "*nat\n:PREROUTING ACCEPT [0:0]\n";
  const firewall = readFirewall({ probe, stdout: `${chain}-A PREROUTING ${rule}\nCOMMIT\n` });
  const [found] = allRules(firewall);
  expect(firewall.opaque).toBe(0);
  expect(found?.rule.parts.at(-1)).toMatchObject({
    kind: "dnat",
    ports: { first: 3000, last: 3010, base: 2000 },
  });
  expect(found && printRule(found.table.backend, { ...found.rule, verbatim: null })).toBe(rule);
});
