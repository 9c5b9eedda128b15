import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import type { HostFacts } from "@/lib/facts/model";
import { wordsIn } from "@/lib/messages/words";
import { type Key, key } from "@/lib/net/ids";
import { rulesOf, understand } from "@/lib/pipeline";
import recorded28 from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import {
  allRules,
  askedNetns,
  factsOfRules,
  mustBeRead,
} from "@/lib/topology/firewall/test-firewall";
import type { ReadFirewall } from "./chain-id";
import { growthOf, tallyOf } from "./growth";
import { hookLines } from "./hook-lines";
import { type OutlineRow, outliner, termsOf, type Wanted } from "./outline";
import { partyOf } from "./party";
import { ruleSaid } from "./rule-said";
import { textOf } from "./rule-text";
import { shownPackets } from "./rules-state";
import { jumpsIn } from "./targets";
import { touching } from "./touching";

const save = (...lines: readonly string[]): ReadFirewall =>
  mustBeRead(
    rulesOf(factsOfRules({ probe: "iptables-save", stdout: lines.join("\n") }), askedNetns)
      .firewall,
  );

const everything: Wanted = { packets: null, terms: [], only: null, turned: new Map() };

const lineOf = (row: OutlineRow): string => {
  switch (row.kind) {
    case "table":
      return `= ${row.table.name}`;
    case "chain":
      return `${row.open ? "-" : "+"} ${row.chain.name}`;
    case "rule":
      return `  ${row.rule.place} ${textOf(row.table, row.chain.name, row.rule)}`;
    case "unused":
      return `~ ${row.chains}`;
  }
};

const lines = (firewall: ReadFirewall, wanted: Partial<Wanted> = {}): readonly string[] =>
  outliner(firewall)
    .rows({ ...everything, ...wanted })
    .map(lineOf);

const filter = save(
  "*filter",
  ":INPUT ACCEPT [0:0]",
  ":FORWARD DROP [7:9]",
  ":DOCKER - [0:0]",
  ":OLD - [0:0]",
  "[3:180] -A FORWARD -j DOCKER",
  "[0:0] -A DOCKER -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j ACCEPT",
  "[0:0] -A OLD -j OLDER",
  "[1:60] -A DOCKER -j GONE",
  "COMMIT",
);

describe("the list", () => {
  test("tables, hooked chains, those they lead to; what no packet comes to is one folded line", () => {
    expect(lines(filter)).toEqual([
      "= filter",
      "- INPUT",
      "- FORWARD",
      "  1 -j DOCKER",
      "- DOCKER",
      "  1 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j ACCEPT",
      "  2 -j GONE",
      "~ 1",
    ]);
    expect(lines(filter, { turned: new Map([["iptables-nft/ip/filter#unused", true]]) })).toContain(
      "- OLD",
    );
  });

  test("a closed chain keeps its line", () => {
    const closed = lines(filter, { turned: new Map([["iptables-nft/ip/filter/DOCKER", false]]) });
    expect(closed).toContain("+ DOCKER");
    expect(closed).not.toContain("  2 -j GONE");
  });

  test("every word of a search has to be in the rule, its chain or its table; unused chains are searched too", () => {
    expect(lines(filter, { terms: termsOf("docker 172.17") })).toEqual([
      "= filter",
      "- DOCKER",
      "  1 -d 172.17.0.2/32 -p tcp -m tcp --dport 80 -j ACCEPT",
    ]);
    expect(lines(filter, { terms: termsOf("older") })).toEqual([
      "= filter",
      "~ 1",
      "- OLD",
      "  1 -j OLDER",
    ]);
    expect(lines(filter, { terms: ["nowhere"] })).toEqual([]);
  });

  test("an id names one line, also where chains of several tables are called alike", () => {
    const two = save("*nat", ":DOCKER - [0:0]", "COMMIT", "*filter", ":DOCKER - [0:0]", "COMMIT");
    const open = new Map([
      ["iptables-nft/ip/nat#unused", true],
      ["iptables-nft/ip/filter#unused", true],
    ]);
    const ids = outliner(two)
      .rows({ ...everything, turned: open })
      .map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("jumps", () => {
  const [table] = filter.tables;
  if (table === undefined) throw new Error("no table");
  const { callers, used } = jumpsIn(table, filter.sets);

  test("who leads to a chain is known, also to one that is missing", () => {
    expect(callers.get("DOCKER")?.map(({ chain, rule }) => [chain.name, rule.place])).toEqual([
      ["FORWARD", 1],
    ]);
    expect(callers.get("GONE")).toHaveLength(1);
  });

  test("used is what a packet comes to", () => {
    expect([...used].toSorted()).toEqual(["DOCKER", "FORWARD", "GONE", "INPUT"]);
  });

  test("chains that lead to each other in a ring end", () => {
    const ring = save(
      "*filter",
      ":FORWARD ACCEPT [0:0]",
      ":A - [0:0]",
      ":B - [0:0]",
      "-A FORWARD -j A",
      "-A A -j B",
      "-A B -j A",
      "COMMIT",
    );
    const [first] = ring.tables;
    expect(first && [...jumpsIn(first, []).used].toSorted()).toEqual(["A", "B", "FORWARD"]);
  });

  test("the elements of a named verdict map are jumps", () => {
    const stdout = readFileSync(
      new URL(
        "../../lib/topology/firewall/fixtures/docker-29-nftables--usernet-portmap.json",
        import.meta.url,
      ),
      "utf8",
    );
    const native = mustBeRead(
      rulesOf(factsOfRules({ probe: "nft-ruleset", stdout }), askedNetns).firewall,
    );
    const bridges = native.tables.find(({ name }) => name === "docker-bridges");
    if (bridges === undefined) throw new Error("no docker-bridges");
    const reached = jumpsIn(bridges, native.sets).used;
    const unhooked = bridges.chains.filter(({ base }) => base === null).map(({ name }) => name);
    expect(unhooked.length).toBeGreaterThan(2);
    expect(unhooked.filter((name) => reached.has(name)).length).toBeGreaterThan(2);
  });
});

test("at a hook the chains of all backends stand in order of priority, IPv6 apart from IPv4", () => {
  const nft = JSON.stringify({
    nftables: [
      { table: { family: "inet", name: "own", handle: 1 } },
      {
        chain: {
          ...{ family: "inet", table: "own", name: "early", handle: 2 },
          ...{ type: "filter", hook: "forward", prio: -5, policy: "drop" },
        },
      },
    ],
  });
  const stdout = ["*filter", ":FORWARD ACCEPT [0:0]", "COMMIT"].join("\n");
  const both = mustBeRead(
    rulesOf(
      factsOfRules(
        { probe: "iptables-save", stdout },
        { probe: "ip6tables-save", stdout },
        { probe: "nft-ruleset", stdout: nft },
      ),
      askedNetns,
    ).firewall,
  );
  const at = (kind: "ip" | "ip6") =>
    hookLines(both, kind).map(({ hook, chains }) => [
      hook,
      chains.map(({ table, chain }) => `${table.backend}/${table.family} ${chain.name}`),
    ]);
  expect(at("ip")).toEqual([["forward", ["nft/inet early", "iptables-nft/ip FORWARD"]]]);
  expect(at("ip6")).toEqual([["forward", ["nft/inet early", "iptables-nft/ip6 FORWARD"]]]);
});

test("the rule that is selected is never left out by the family that is shown", () => {
  const six = key("rule:iptables-nft/ip6/nat/DOCKER/-j RETURN");
  expect(shownPackets(null, null)).toBe("ip");
  expect(shownPackets(null, six)).toBe("ip6");
  expect(shownPackets("ip", six)).toBe("ip6");
  expect(shownPackets("ip6", key("rule:nft/inet/own/early/drop"))).toBe("ip6");
});

describe("counters since the reading before", () => {
  const rule = key("rule:x");
  const at = (packets: string) => new Map([[rule, packets]]);
  const now = (packets: string) => ({ packets, bytes: "0" });

  test("more, the same, from zero again, and not there before, also beyond 2^53", () => {
    expect(growthOf(rule, now("12"), at("5"))).toEqual({ since: "more", packets: 7n });
    expect(growthOf(rule, now("9007199254740995"), at("9007199254740993"))).toEqual({
      since: "more",
      packets: 2n,
    });
    expect(growthOf(rule, now("5"), at("5"))).toEqual({ since: "none" });
    expect(growthOf(rule, now("1"), at("5"))).toEqual({ since: "restarted" });
    expect(growthOf(rule, now("1"), new Map())).toEqual({ since: "new" });
  });

  test("nothing is said at the first reading, nor of a rule that does not count", () => {
    expect(growthOf(rule, now("1"), null)).toBeNull();
    expect(growthOf(rule, null, at("5"))).toBeNull();
    expect(tallyOf({ status: "not-asked" }).size).toBe(0);
  });
});

describe("what can touch a container, on a host with Docker 28.5", () => {
  const facts = recorded28 as unknown as HostFacts;
  const topology = understand(facts);
  const index = topologyIndex(topology);
  const host = topology.namespaces.find(({ id }) => id === topology.host.netns);
  if (host === undefined) throw new Error("no host namespace");
  const firewall = mustBeRead(rulesOf(facts, host.label).firewall);
  const touched = (name: string): ReadonlySet<Key> => {
    const container = topology.containers.find((each) => each.name === name);
    const party = container === undefined ? null : partyOf(index, container);
    if (party === null) throw new Error(`${name} is no party`);
    return touching(firewall, party);
  };
  const texts = (keys: ReadonlySet<Key>): readonly string[] =>
    allRules(firewall)
      .filter(({ rule }) => keys.has(rule.key))
      .map(({ table, chain, rule }) => textOf(table, chain.name, rule));

  test("its own DNAT, its masquerade and its bridge's chain are among them", () => {
    const all = texts(touched("web2"));
    expect(all).toContain(
      "! -i docker0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 172.17.0.3:80",
    );
    expect(all).toContain("-s 172.17.0.0/16 ! -o docker0 -j MASQUERADE");
    expect(all).toContain("-d 172.17.0.3/32 ! -i docker0 -j DROP");
  });

  test("a rule that bars it from another container is, one about what comes from another bridge is not", () => {
    const all = texts(touched("web2"));
    expect(all).toContain("-d 172.30.0.50/32 ! -i br-c9c5a02f13fd -j DROP");
    expect(texts(touched("db"))).toContain("-i br-c9c5a02f13fd -j ACCEPT");
    expect(all).not.toContain("-i br-c9c5a02f13fd -j ACCEPT");
    expect(all.filter((text) => text.startsWith("-s 172.30.0.0/24"))).toEqual([]);
    expect(all.length).toBeLessThan(allRules(firewall).length);
  });

  test("a container on the host's network is touched by any rule", () => {
    const exporter = topology.containers.find(({ name }) => name === "node-exporter");
    expect(exporter && partyOf(index, exporter)).toBeNull();
  });
});

test("a rule is said by its chain, its table and its text; what is no rule is not", () => {
  const words = wordsIn("en");
  expect(ruleSaid(words, key("rule:iptables-nft/ip/nat/DOCKER/-d 10.0.0.0/8 -j RETURN~2"))).toBe(
    "Rule in DOCKER, iptables-nft ip nat: -d 10.0.0.0/8 -j RETURN",
  );
  expect(ruleSaid(words, key("ctr:web"))).toBeNull();
});
