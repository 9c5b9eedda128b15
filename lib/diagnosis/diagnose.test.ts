import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import { understand } from "@/lib/pipeline";
import type { Link, Topology } from "@/lib/topology/model";
import { coverage, diagnose } from "./diagnose";
import { healthy, withLink } from "./healthy-world";
import { findingIds, type RuleDiagnosis } from "./model";

/** Rules, settings and sockets were read, and show nothing. */
const allRead: RuleDiagnosis = {
  findings: [],
  lacks: [],
  exposure: { families: [], rows: [] },
  unheard: 0,
};

const found = (topology: Topology): readonly string[] =>
  diagnose(topology).map(({ id, about }) => `${id} ${about[0]}`);
const first = (topology: Topology) => {
  const [finding] = diagnose(topology);
  if (finding === undefined) throw new Error("nothing was found");
  return finding;
};

const veth = "peer:ctr:web/eth0";
const eth = "if:ctr:web/eth0";
const docker0 = "if:host/docker0";
const linkOf = (named: string): Link => {
  const link = healthy.links.find((each) => each.key === named);
  if (link === undefined) throw new Error(named);
  return link;
};

test("nothing is found on a healthy host", () => {
  expect(found(healthy)).toEqual([]);
});

test.each(["docker-20.10-debian-12", "docker-26.1-debian-13", "docker-28.5-debian-sid"])(
  "nothing is found on %s, whose hand-made pairs are in no bridge and whose orphans are down",
  (host) => {
    const facts = JSON.parse(readFileSync(`lib/recorded-hosts/${host}.json`, "utf8")) as HostFacts;
    const topology = understand(facts);
    expect(topology.links.length).toBeGreaterThan(20);
    expect(found(topology)).toEqual([]);
    expect(coverage(topology, allRead).filter(({ missing }) => missing.length > 0)).toEqual([]);
  },
);

describe("what is not known", () => {
  const silent: Topology = {
    ...healthy,
    host: { ...healthy.host, complete: false, engine: { status: "not-asked" } },
  };

  test("is said for every check that needs it", () => {
    expect(
      coverage(healthy)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([...findingIds].toSorted());
    expect(coverage(healthy, allRead).filter(({ missing }) => missing.length > 0)).toEqual([]);
    const missing = new Map(coverage(silent).map(({ id, missing: needs }) => [id, needs]));
    expect(missing.get("D78")).toEqual(["engine"]);
    expect(missing.get("D17")).toEqual(["namespaces"]);
    expect(missing.get("D13")).toEqual(["namespaces", "engine"]);
  });

  test("of an empty host is everything, and nothing is found", () => {
    const nothing: Topology = {
      ...silent,
      links: [],
      containers: [],
      networks: [],
      namespaces: [],
      routes: [],
      host: { ...silent.host, netns: null },
    };
    expect(found(nothing)).toEqual([]);
    expect(coverage(nothing).every(({ missing }) => missing.length > 0)).toBe(true);
  });
});

test("the worst comes first, and refreshing does not reorder", () => {
  const ill = withLink(
    withLink(
      withLink(healthy, docker0, () => ({ addresses: [] })),
      veth,
      () => ({ master: null }),
    ),
    "if:host/ens3",
    () => ({ mtu: 1400 }),
  );
  const shuffled = { ...ill, links: ill.links.toReversed(), networks: ill.networks.toReversed() };
  expect(diagnose(ill).map(({ severity }) => severity)).toEqual([
    "critical",
    "high",
    "medium",
    "medium",
  ]);
  expect(found(shuffled)).toEqual(found(ill));
});

test("a line of text is quoted once, however many of its parts speak for a finding", () => {
  const topology = withLink(healthy, "if:ctr:web2/eth0", ({ addresses }) => ({
    addresses: [...addresses, ...linkOf(eth).addresses],
  }));
  const { evidence } = first(topology);
  expect(evidence.length).toBeGreaterThan(0);
  expect(new Set(evidence.map((each) => JSON.stringify(each))).size).toBe(evidence.length);
});

test("however much speaks for a finding, it is not more than can be asked for at once", () => {
  const many = topologyOf(manyContainers(300));
  const same: Topology = {
    ...many,
    links: many.links.map((link, nth) => ({
      ...link,
      mac: "02:42:ac:00:00:01",
      evidence: { ...link.evidence, at: { line: nth } },
    })),
  };
  const sizes = diagnose(same).map(({ evidence }) => evidence.length);
  expect(Math.max(...sizes)).toBeGreaterThan(10);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(24);
});

test("every remedy on a host of 300 ill containers is words of a command, and none is a shell's", () => {
  const many = topologyOf(manyContainers(300));
  const ill: Topology = {
    ...many,
    links: many.links.map((link) => (link.kind === "veth" ? { ...link, mtu: link.ifindex } : link)),
  };
  const remedies = diagnose(ill).flatMap(({ remedy }) => remedy);
  expect(remedies.length).toBeGreaterThan(10);
  for (const argv of remedies)
    expect(argv.every((word) => word !== "" && !/[;|&]/.test(word))).toBe(true);
});
