import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { rulesOf } from "@/lib/pipeline";
import { printRule } from "./print-rule";
import { summarise } from "./summarise";
import {
  allRules,
  askedNetns,
  factsOfRules,
  mustBeRead,
  rulesIn,
  type SaidOfRules,
} from "./test-firewall";

const firewallOf = (...said: readonly SaidOfRules[]) =>
  rulesOf(factsOfRules(...said), askedNetns).firewall;
const readFirewall = (...said: readonly SaidOfRules[]) => mustBeRead(firewallOf(...said));

const saved = (...lines: readonly string[]): string =>
  ["*filter", ":INPUT ACCEPT [0:0]", ":A - [0:0]", ":B - [0:0]", ...lines, "COMMIT", ""].join("\n");

const denied =
  "iptables-save v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)\n";

test("rules that may not be read are unreadable, never none", () => {
  const firewall = firewallOf({ probe: "iptables-save", stdout: "", stderr: denied, exit: 4 });
  expect(firewall).toMatchObject({ status: "unreadable", why: { reason: "permission-denied" } });
  expect(summarise(firewall)).toEqual(firewall);
});

test("nobody asked is another answer than nothing there", () => {
  expect(firewallOf()).toEqual({ status: "not-asked" });
  expect(firewallOf({ probe: "iptables-save", stdout: "" })).toMatchObject({
    status: "read",
    sources: [{ backend: "iptables-nft", family: "ip", state: { status: "absent" } }],
    tables: [],
  });
});

test("one kind that cannot be read leaves the other, and says so", () => {
  const firewall = readFirewall(
    { probe: "iptables-save", stdout: saved("-A INPUT -j ACCEPT") },
    { probe: "nft-ruleset", stdout: "", stderr: "nft: not found", exit: 127 },
    {
      probe: "ipset-save",
      stdout: "",
      stderr: "ipset v7.17: Kernel error received: Operation not permitted",
      exit: 1,
    },
  );
  expect(firewall.sources.map(({ backend, state }) => [backend, state.status])).toEqual([
    ["iptables-nft", "read"],
    ["nft", "unreadable"],
    ["ipset", "unreadable"],
  ]);
  expect(allRules(firewall)).toHaveLength(1);
});

test("what was cut off keeps its beginning and is unreadable as a whole", () => {
  const stdout = saved("-A INPUT -j ACCEPT").replace("COMMIT\n", "-A INPUT -m comm");
  const firewall = readFirewall({ probe: "iptables-save", stdout, cut: true });
  expect(firewall.sources[0]?.state).toMatchObject({
    status: "unreadable",
    why: { reason: "cut" },
  });
  expect(allRules(firewall).length).toBeGreaterThan(0);
});

test.each([
  ["iptables-save", "ip"],
  ["ip6tables-save", "ip6"],
  ["iptables-legacy-save", "ip"],
])(
  "%s that breaks off without an error is not read whole, and its last rule leads nowhere",
  (probe, family) => {
    const stdout = saved("-A INPUT -j ACCEPT", "-A INPUT -i eth0 -j ACC").replace("COMMIT", "");
    const firewall = readFirewall({ probe, stdout: stdout.trimEnd() });
    expect(firewall.sources).toMatchObject([
      {
        family,
        state: {
          status: "unreadable",
          why: { reason: "broken-off", command: probe, excerpt: "-A INPUT -i eth0 -j ACC" },
        },
      },
    ]);
    expect(firewall.opaque).toBe(1);
    expect(
      allRules(firewall).map(({ rule }) => rule.parts.map(({ kind }) => kind).join(" ")),
    ).toEqual(["accept", "opaque"]);
  },
);

test.each([
  [
    "nft -j",
    "nft-ruleset",
    '{"nftables": [{"table": {"family": "ip", "name": "a"}}, {"chain": {"fam',
  ],
  [
    "nft -j between two tables",
    "nft-ruleset",
    '[\n{"nftables": [{"table": {"family": "ip", "name": "a"}}]}\n,\n',
  ],
  ["nft", "nft-ruleset", "table ip a {\n\tchain b {\n\t\tip saddr 10.0.0.1"],
  ["nft after a line", "nft-ruleset", "table ip a {\n\tchain b {\n\t}\n"],
  ["ipset save", "ipset-save", "create a hash:ip family inet\nadd a 10.0.0.1\nadd a 10.0.0"],
])("%s that breaks off is not read whole, and its last line is no fact", (_, probe, stdout) => {
  const firewall = readFirewall(
    { probe: "iptables-save", stdout: saved("-A INPUT -j ACCEPT") },
    { probe, stdout },
  );
  expect(firewall.sources.at(-1)?.state).toMatchObject({
    status: "unreadable",
    why: { reason: "broken-off" },
  });
  const [, ...more] = allRules(firewall);
  expect(more.flatMap(({ rule }) => rule.parts.map(({ kind }) => kind))).toEqual(
    stdout.endsWith("10.0.0.1") ? ["opaque"] : [],
  );
  const elements = firewall.sets.map(({ holds }) => holds.elements.length);
  expect(elements).toEqual(probe === "ipset-save" ? [1] : []);
});

test("JSON that is none for another reason does not break off", () => {
  const stdout = '{"nftables": [{"table": {"family": "ip", "name": "a"}}, nonsense]}';
  const [nft] = readFirewall({ probe: "nft-ruleset", stdout }).sources;
  expect(nft?.state).toMatchObject({ status: "unreadable", why: { reason: "unreadable-output" } });
});

test("a warning on stderr and lines of `#` change nothing", () => {
  const warning =
    "# Warning: iptables-legacy tables present, use iptables-legacy-save to see them\n";
  const plain = readFirewall({ probe: "iptables-save", stdout: saved("-A INPUT -j DROP") });
  const warned = readFirewall({
    probe: "iptables-save",
    stdout: `${saved("-A INPUT -j DROP")}${warning}`,
    stderr: warning,
  });
  expect(warned).toEqual(plain);
});

test("which tool printed is told by its heading, whatever it was called", () => {
  const heading = "# Generated by iptables-save v1.8.9 on Sat Nov 21 16:35:40 2026\n";
  const stdout = heading + saved("-A INPUT -j DROP");
  const firewall = readFirewall(
    { probe: "iptables-save", stdout },
    { probe: "iptables-legacy-save", stdout },
  );
  expect(firewall.sources.map(({ backend, version }) => [backend, version])).toEqual([
    ["iptables-legacy", "1.8.9"],
  ]);
  expect(allRules(firewall)).toHaveLength(1);
});

test("a table that iptables cannot print is read by nft, or is one that nobody sees", () => {
  const stdout = "# Table `nat' is incompatible, use 'nft' tool.\n";
  const [alone] = readFirewall(
    { probe: "iptables-save", stdout },
    { probe: "sysctls", stdout: "" },
    { probe: "nft-ruleset", stdout: "" },
  ).sources;
  expect(alone?.state).toMatchObject({ status: "unreadable", why: { excerpt: "nat" } });
  const native = '{"nftables": [{"table": {"family": "ip", "name": "nat"}}]}';
  const both = readFirewall(
    { probe: "iptables-save", stdout },
    { probe: "nft-ruleset", stdout: native },
  );
  expect(both.sources.map(({ state }) => state.status)).toEqual(["absent", "read"]);
});

test("chains that lead to each other, and a jump to a chain that is missing, are rules like others", () => {
  const firewall = readFirewall({
    probe: "iptables-save",
    stdout: saved("-A INPUT -j A", "-A A -j B", "-A B -g A", "-A B -j GONE"),
  });
  expect(rulesIn(firewall, "filter", "B").map(({ parts }) => parts)).toEqual([
    [{ part: "action", kind: "goto", chain: "A" }],
    [{ part: "action", kind: "jump", chain: "GONE" }],
  ]);
});

test("what no reader knows is kept in its place and counted", () => {
  const firewall = readFirewall({
    probe: "iptables-save",
    stdout: saved(
      "-A INPUT -p tcp -m newmatch --shiny 5 ! --more -m mark --mark 0x1 -j FANCY --with 3",
    ),
  });
  const [rule] = rulesIn(firewall, "filter", "INPUT");
  expect(firewall.opaque).toBe(2);
  expect(rule?.parts).toEqual([
    { part: "match", negated: false, kind: "protocol", protocols: ["tcp"], by: "l4proto" },
    {
      part: "match",
      negated: false,
      kind: "opaque",
      module: "newmatch",
      text: "--shiny 5 ! --more",
    },
    { part: "match", negated: false, kind: "mark", value: 1, mask: 0xffff_ffff },
    { part: "action", kind: "opaque", name: "FANCY", text: "--with 3", flow: "unknown" },
  ]);
});

test("markup and shell code in names and comments are words", () => {
  const evil = `</script><b>\u202e$(reboot) \`id\``;
  const firewall = readFirewall({
    probe: "iptables-save",
    stdout: saved(`-A INPUT -i $(id) -m comment --comment "${evil}" -j ACCEPT`),
  });
  const [rule] = rulesIn(firewall, "filter", "INPUT");
  expect(rule?.comment).toBe(evil);
  expect(rule?.parts[0]).toMatchObject({
    kind: "in-interface",
    interfaces: [{ of: "name", name: "$(id)", wildcard: false }],
  });
});

test("rules of one text in one chain have keys of their own, in the order of the chain", () => {
  const firewall = readFirewall({
    probe: "iptables-save",
    stdout: saved("[1:2] -A INPUT -j DROP", "[3:4] -A INPUT -j DROP"),
  });
  expect(rulesIn(firewall, "filter", "INPUT").map(({ key }) => key)).toEqual([
    "rule:iptables-nft/ip/filter/INPUT/-j DROP",
    "rule:iptables-nft/ip/filter/INPUT/-j DROP~2",
  ]);
});

test("base chains stand where the kernel hooks them, by their names", () => {
  const firewall = readFirewall({
    probe: "iptables-save",
    stdout: "*nat\n:POSTROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:odd ACCEPT [0:0]\nCOMMIT\n",
  });
  expect(firewall.tables[0]?.chains.map(({ base }) => base)).toEqual([
    { type: "nat", hook: "postrouting", priority: 100, policy: "accept" },
    { type: "nat", hook: "output", priority: -100, policy: "accept" },
    null,
  ]);
});

const maker = (...lines: readonly string[]): readonly string[] =>
  allRules(readFirewall({ probe: "iptables-save", stdout: saved(...lines) })).map(
    ({ rule }) => rule.madeBy.who,
  );

test("a rule is its chain's maker's, or his whose chain it leads to, or nobody's", () => {
  expect(
    maker(
      "-A INPUT -j ufw-before-input",
      '-A INPUT -m comment --comment "kubernetes forwarding rules" -j A',
      "-A INPUT -i docker0 -j DROP",
      "-A INPUT -i docker0 ! -o docker0 -j ACCEPT",
      "-A INPUT -i docker0 ! -o br-13563ae45b9f -j ACCEPT",
    ),
  ).toEqual(["ufw", "kubernetes", "unclaimed", "docker", "unclaimed"]);
});

const everyModule = readFileSync(
  new URL("./fixtures/iptables-1.8.9--every-module.save", import.meta.url),
  "utf8",
);
const known = everyModule
  .split("\n")
  .flatMap((line) => line.replace(/^\[\d+:\d+\] /, "").split(" "));

test("whatever words a rule is made of, it prints back to the letter and nothing throws", () => {
  const word = fc.oneof(
    fc.constantFrom(...known.filter((each) => !each.includes('"') && each !== "")),
    fc
      .string({ unit: "grapheme-ascii", minLength: 1, maxLength: 5 })
      .filter((each) => !/[\s"]/.test(each)),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const text = words.join(" ");
      const firewall = readFirewall({ probe: "iptables-save", stdout: saved(`-A INPUT ${text}`) });
      const [rule] = rulesIn(firewall, "filter", "INPUT");
      expect(rule && printRule("iptables-nft", rule)).toBe(text);
    }),
    { numRuns: 1000 },
  );
});

test("whatever JSON nft prints, nothing throws", () => {
  const kinds = fc.constantFrom("table", "chain", "rule", "set", "map", "element");
  const expression = fc.oneof(
    fc.jsonValue(),
    fc.record({
      match: fc.record({ op: fc.string(), left: fc.jsonValue(), right: fc.jsonValue() }),
    }),
    fc.record({ vmap: fc.jsonValue() }),
    fc.record({ dnat: fc.jsonValue() }),
    fc.record({ mangle: fc.jsonValue() }),
  );
  const row = fc.record({
    family: fc.constantFrom("ip", "inet", "?"),
    table: fc.constantFrom("a", "nat"),
    chain: fc.constantFrom("x", "y"),
    name: fc.constantFrom("x", "a"),
    type: fc.jsonValue(),
    map: fc.jsonValue(),
    elem: fc.jsonValue(),
    expr: fc.oneof(fc.array(expression), fc.jsonValue()),
  });
  const object = fc.tuple(kinds, row).map(([kind, value]) => ({ [kind]: value }));
  fc.assert(
    fc.property(fc.array(object, { maxLength: 8 }), (objects) => {
      const rules = objects.filter((each) => "rule" in each).length;
      const firewall = readFirewall({
        probe: "nft-ruleset",
        stdout: JSON.stringify({ nftables: objects }),
      });
      expect(allRules(firewall).length).toBeGreaterThanOrEqual(Math.min(rules, 1));
      for (const { rule } of allRules(firewall))
        expect(typeof printRule("nft", rule)).toBe("string");
    }),
    { numRuns: 500 },
  );
});

const table = '{"table": {"family": "ip", "name": "filter"}}';
const listedChain = (name: string, more: string): string =>
  `{"chain": {"family": "ip", "table": "filter", "name": "${name}"${more}}}`;
const mine = listedChain(
  "mine",
  ', "type": "filter", "hook": "forward", "prio": -5, "policy": "accept"',
);
const dropped =
  '{"rule": {"family": "ip", "table": "filter", "chain": "mine", "expr": [{"drop": null}]}}';
const listed = (...objects: readonly string[]): string => `{"nftables": [${objects.join(", ")}]}`;
const warned = "# Table `filter' contains incompatible base-chains, use 'nft' tool to list them.\n";

test("a chain that a person put into iptables' table is read as nft lists it, beside iptables' own", () => {
  const firewall = readFirewall(
    { probe: "iptables-save", stdout: warned + saved("-A A -j DROP") },
    { probe: "nft-ruleset", stdout: listed(table, listedChain("A", ""), mine, dropped) },
  );
  const chains = firewall.tables.map(({ backend, chains: all }) => [
    backend,
    ...all.map(({ name }) => name),
  ]);
  // iptables-save prints INPUT, which is not there.
  expect(chains).toEqual([
    ["iptables-nft", "A"],
    ["nft", "mine"],
  ]);
  expect(firewall.tables[1]?.chains[0]?.base).toMatchObject({ hook: "forward", priority: -5 });
});

test("where nft cannot be asked, such a table is one of which not all is seen", () => {
  const firewall = readFirewall({ probe: "iptables-save", stdout: warned + saved("-A A -j DROP") });
  expect(firewall.sources[0]?.state).toMatchObject({
    status: "unreadable",
    why: { reason: "unreadable-output", excerpt: "filter" },
  });
  expect(allRules(firewall)).toHaveLength(1);
});
