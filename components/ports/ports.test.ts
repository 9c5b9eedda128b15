import { describe, expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import { type PortColumn, portColumns } from "@/components/workbench/url-state";
import type { HostFacts } from "@/lib/facts/model";
import { graph } from "@/lib/graph/graph";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { portsOf, rulesOf, understand } from "@/lib/pipeline";
import type { PortRow } from "@/lib/ports/model";
import recorded28 from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import { csv } from "@/lib/share/csv";
import { sourceLegs, waysOut } from "./nat-legs";
import { portSaid } from "./port-said";
import { hostText } from "./port-text";
import { fittingPorts, portsAsText, scopeAsked, sortPorts, withScope } from "./shown-ports";

const facts = recorded28 as unknown as HostFacts;
const topology = understand(facts);
const index = topologyIndex(topology);
const { rows } = portsOf(facts, topology);
const saying = { words: wordsIn("en"), index };

const hosts = (found: readonly PortRow[]) => found.map(hostText);

describe("the table", () => {
  test("published ports stand first, by number, IPv4 before IPv6", () => {
    const published = sortPorts(rows, null, saying).filter(({ kind }) => kind === "published");
    expect(hosts(published).slice(0, 4)).toEqual([
      "0.0.0.0:80",
      "[::]:80",
      "0.0.0.0:5353",
      "[::]:5353",
    ]);
    expect(sortPorts(rows, null, saying).slice(0, published.length)).toEqual(published);
  });

  test.each(portColumns)("sorted by %s both ways it holds the same rows", (column: PortColumn) => {
    const up = sortPorts(rows, { column, descending: false }, saying);
    const down = sortPorts(rows, { column, descending: true }, saying);
    expect(new Set(up)).toEqual(new Set(rows));
    expect(new Set(down)).toEqual(new Set(rows));
  });

  test("words narrow it, whichever column they stand in; a circle is asked for by from:", () => {
    expect(hosts(fittingPorts(rows, "web2 8443", saying))).toEqual(["127.0.0.1:8443"]);
    const worldwide = fittingPorts(rows, "from:world", saying);
    expect(worldwide.length).toBeGreaterThan(3);
    expect(worldwide.every(({ scope }) => scope === "world")).toBe(true);
    expect(fittingPorts(rows, "nobody-has-this-name", saying)).toEqual([]);
  });

  test("the circle that is asked for can be changed and taken out again", () => {
    expect(scopeAsked("web from:lan")).toBe("lan");
    expect(scopeAsked("from:nowhere")).toBeNull();
    expect(withScope("web from:lan 80", "world")).toBe("web 80 from:world");
    expect(withScope("web from:lan", null)).toBe("web");
  });

  test.each(locales)("as CSV in %s each row has each column, and none is a formula", (locale) => {
    const text = csv(portsAsText(rows, { words: wordsIn(locale), index }));
    const records = text.trimEnd().split("\r\n");
    expect(records).toHaveLength(rows.length + 1);
    expect(records.filter((record) => /^[=+@-]/.test(record))).toEqual([]);
  });
});

describe("NAT in the picture", () => {
  const drawn = graph(topology, { orientation: "rails", stopped: false }, wordsIn("en"));

  test("each published port of it is a line of the table, and leads to the same container", () => {
    const known = new Map(rows.map((row) => [row.key, row]));
    expect(drawn.nat?.ports.length).toBeGreaterThan(4);
    for (const port of drawn.nat?.ports ?? []) {
      const row = known.get(port.key);
      expect(row, port.full).toBeDefined();
      const names = row?.containers.map((id) => index.container(id)?.key);
      expect(names).toContain(port.container);
    }
  });
});

describe("rules that change the source", () => {
  const host = topology.namespaces.find(({ id }) => id === topology.host.netns);
  if (host === undefined) throw new Error("no host namespace");
  const legs = sourceLegs(rulesOf(facts, host.label).firewall);

  test("Docker 28 masquerades what leaves each routed network", () => {
    expect(legs.map(({ use }) => use)).toEqual(["out", "out", "out", "out"]);
  });

  test("a masqueraded packet gets the address of the interface with the default route", () => {
    expect(waysOut(index, "inet")).toEqual([{ link: "eth0", address: "10.99.1.14" }]);
    expect(waysOut(index, "inet6")).toEqual([]);
  });
});

test("a port and NAT are said in words, what is neither is not", () => {
  const words = wordsIn("en");
  expect(portSaid(words, key("port:tcp/::/8080/ctr:web"))).toBe("Port [::]:8080, tcp");
  expect(portSaid(words, key("nat:host"))).toBe("Address translation of the host");
  expect(portSaid(words, key("port:peer:ctr:web/eth0"))).toBeNull();
});
