import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { enlarge } from "@/e2e/bench/enlarge";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import type { Gap, HostFacts } from "@/lib/facts/model";
import { netnsLabel } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import { type World, type WorldEnd, worldFacts } from "@/lib/topology/generated-world";
import type { Link, Topology, Vxlan } from "@/lib/topology/model";
import type { Fields, Here } from "./columns";
import { linkFields } from "./links";
import { type PackedTopology, pack, unpack } from "./wire";

const sent = (topology: Topology): unknown => JSON.parse(JSON.stringify(pack(topology)));
function expectNothingLost(topology: Topology): void {
  expect(unpack(sent(topology))).toStrictEqual(topology);
}

const dropping = (facts: HostFacts, drop: readonly boolean[]): HostFacts => ({
  ...facts,
  answers: facts.answers.filter((_, at) => drop[at % Math.max(1, drop.length)] !== true),
});
const drops = fc.array(fc.boolean(), { maxLength: 25 });

const smallest = understand(recordedFacts(recordedHosts[0]));

describe("nothing is lost", () => {
  test.each(recordedHosts)("of %s", (name) => {
    expectNothingLost(understand(recordedFacts(name)));
  });

  test.each(recordedHosts)("of %s, whatever answers are missing", (name) => {
    const facts = recordedFacts(name);
    return fc.assert(
      fc.property(drops, (drop) => expectNothingLost(understand(dropping(facts, drop)))),
      { numRuns: 40 },
    );
  });

  const places = fc.nat({ max: 4 });
  const end: fc.Arbitrary<WorldEnd> = fc.record({
    netns: places,
    ifindex: fc.integer({ min: 2, max: 5 }),
  });
  /** Numbers collide and maps contradict each other: every status of a peer comes up. */
  const worlds: fc.Arbitrary<World> = fc.record({
    namespaces: fc.array(
      fc.record({
        inode: fc.integer({ min: 4026532000, max: 4026532999 }),
        keptBy: fc.constantFrom("process" as const, "name" as const, "mount" as const),
        nsids: fc.array(fc.tuple(places, fc.nat({ max: 3 }))).map((pairs) => new Map(pairs)),
      }),
      { minLength: 5, maxLength: 5 },
    ),
    pairs: fc.array(fc.tuple(end, end), { maxLength: 10 }),
  });

  test("of any generated world", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.property(worlds, drops, (world, drop) => {
        const topology = understand(dropping(worldFacts(world), drop));
        for (const link of topology.links) if (link.kind === "veth") seen.add(link.peer.status);
        expectNothingLost(topology);
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual(["ambiguous", "contradictory", "found", "unseen"]);
  });

  const command = "ip -j addr";
  const gaps: Readonly<Record<Gap["reason"], Gap>> = {
    "command-missing": { probe: "lsns", netns: null, reason: "command-missing", command },
    "permission-denied": {
      probe: "ip-addr",
      netns: netnsLabel("pasted 1"),
      reason: "permission-denied",
      command,
      words: "no",
    },
    "engine-not-asked": {
      probe: null,
      netns: null,
      reason: "engine-not-asked",
      socket: "/run/podman/podman.sock",
      asked: "/run/docker.sock",
    },
    "engine-only": { probe: null, netns: null, reason: "engine-only", address: "tcp://h:2376" },
    failed: { probe: null, netns: null, reason: "failed", command, exit: 1, words: "" },
    "timed-out": { probe: null, netns: null, reason: "timed-out", command, ms: 3000.5 },
    cut: { probe: null, netns: null, reason: "cut", command, bytes: 4096 },
    "unreadable-output": {
      probe: null,
      netns: null,
      reason: "unreadable-output",
      command,
      unread: 2,
      excerpt: "<b>",
    },
    "broken-off": { probe: null, netns: null, reason: "broken-off", command, excerpt: "-A I" },
    "netns-gone": { probe: null, netns: null, reason: "netns-gone" },
    "netns-new": { probe: null, netns: null, reason: "netns-new" },
    "netns-unreachable": { probe: null, netns: null, reason: "netns-unreachable" },
    "no-engine": { probe: null, netns: null, reason: "no-engine", socket: "/run/docker.sock" },
    "engine-denied": { probe: null, netns: null, reason: "engine-denied", socket: "" },
    "engine-silent": { probe: null, netns: null, reason: "engine-silent", socket: "", ms: 1 },
    "engine-error": {
      probe: null,
      netns: null,
      reason: "engine-error",
      path: "/info",
      status: 500,
      words: "x",
    },
    "no-linux": { probe: null, netns: null, reason: "no-linux", platform: "darwin" },
    "no-shell": { probe: null, netns: null, reason: "no-shell", words: "x" },
  };

  test.each(Object.values(gaps))("of a gap for $reason, wherever gaps stand", (why) => {
    expectNothingLost({
      ...smallest,
      host: { ...smallest.host, engine: { status: "unread", why } },
      namespaces: smallest.namespaces.map((each) => ({
        ...each,
        read: { status: "unread", why },
      })),
      links: smallest.links.map((link) =>
        link.kind !== "veth"
          ? link
          : {
              ...link,
              peer: {
                status: "unseen",
                why: { reason: "netns-unread", netns: link.netns, why },
                by: [],
              },
            },
      ),
      gaps: [...Object.values(gaps), why],
    });
  });

  test("of ports that are isolated, send back or are in VLANs, networks without icc, and files left over", () => {
    const { evidence } = smallest.links[0] as Link;
    const vlans = [
      null,
      { pvid: 1, ranges: [{ from: 1, to: 1 }], evidence },
      { pvid: null, ranges: [{ from: 2, to: 4094 }], evidence },
      { pvid: null, ranges: [], evidence },
    ];
    const flags = [true, false, null];
    expectNothingLost({
      ...smallest,
      links: smallest.links.map((link, at) => ({
        ...link,
        ...(link.kind === "bridge" ? { filtersVlans: flags[at % 3] ?? null } : {}),
        isolated: flags[at % 3] ?? null,
        hairpin: flags[(at >> 1) % 3] ?? null,
        vlans: vlans[at % 4] ?? null,
      })),
      networks: smallest.networks.map((each, at) => ({ ...each, icc: flags[at % 3] ?? null })),
      leftovers: [
        { path: "/run/docker/netns/abcdefabcdef", evidence },
        { path: "/run/netns/$(id)", evidence: { ...evidence, at: { line: 7 } } },
      ],
    });
  });

  test("of a vxlan, its remotes read or not", () => {
    const asVxlan = (link: Link, remotes: Vxlan["remotes"]): Vxlan => {
      const { id, key, netns, ifindex, name, label, mac, mtu, state, adminUp } = link;
      const { master, portState, isolated, hairpin, vlans, addresses, counters, evidence } = link;
      return {
        ...{ id, key, netns, ifindex, name, label, mac, mtu, state, adminUp },
        ...{ master, portState, isolated, hairpin, vlans, addresses, counters, evidence },
        ...{ kind: "vxlan", vni: 4097, port: 4789, local: null, underlay: netns, remotes },
      };
    };
    expectNothingLost({
      ...smallest,
      links: smallest.links.map((link, at) =>
        asVxlan(
          link,
          [
            null,
            [],
            [
              { address: "10.0.0.2", macs: ["02:42:0a:00:00:02", "?"], evidence: [link.evidence] },
              { address: "10.0.0.3", macs: [], evidence: [] },
            ],
          ][at % 3] ?? null,
        ),
      ),
    });
  });

  const anyText = new Set(
    "id key netns name label mac master portState engineId image address to via dev link answer text".split(
      " ",
    ),
  );
  const oddText = fc.oneof(fc.string(), fc.constantFrom("0", "1", "", "0a1b2c3d4e5f", "__proto__"));
  const oddNumber = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));

  test("of values that no host ever had", () =>
    fc.assert(
      fc.property(
        fc.infiniteStream(fc.nat({ max: 20 })),
        fc.infiniteStream(oddText),
        fc.infiniteStream(oddNumber),
        (die, texts, numbers) => {
          const odd = (name: string, value: unknown): unknown => {
            if (typeof value === "string" && anyText.has(name) && die.next().value === 0)
              return texts.next().value;
            // JSON has no -0.
            if (typeof value === "number" && die.next().value === 0)
              return (numbers.next().value ?? 0) + 0;
            return value;
          };
          expectNothingLost(JSON.parse(JSON.stringify(smallest), odd) as Topology);
        },
      ),
      { numRuns: 200 },
    ));

  test("without a word: what the model does not have is refused", () => {
    const [link, ...links] = smallest.links;
    const grown = { ...smallest, links: [{ ...link, colour: "red" }, ...links] };
    expect(() => pack(grown as Topology)).toThrow("links.");
    const evidence = { ...link?.evidence, colour: "red" };
    const grownInside = { ...smallest, links: [{ ...link, evidence }, ...links] };
    expect(() => pack(grownInside as Topology)).toThrow("links.evidence");
  });

  test("by a field without a column, which does not compile", () => {
    const { mtu, ...others } = linkFields;
    // @ts-expect-error mtu has no column
    const incomplete: Fields<Link, Here<Link, Here<Topology>>> = others;
    expect(incomplete).not.toHaveProperty("mtu", mtu);
  });
});

describe("a thousand containers", () => {
  const topology = understand(enlarge(recordedFacts("docker-28.5-debian-sid"), 1000));

  test("cross the wire whole, with all evidence", () => {
    expect(topology.containers.length).toBeGreaterThanOrEqual(1000);
    expectNothingLost(topology);
  });

  test("take at most 100,000 bytes", () => {
    expect(gzipSync(JSON.stringify(pack(topology))).length).toBeLessThanOrEqual(100_000);
  });
});

describe("what nobody packed", () => {
  test.each([
    ["nothing", null],
    ["a list", []],
    ["text", "vethscope-wire/1"],
    ["no columns", { format: "vethscope-wire/1" }],
    ["empty columns", { format: "vethscope-wire/1", columns: {} }],
    ["a topology", smallest],
  ])("is refused: %s", (_, packed) => expect(unpack(packed)).toBeNull());

  const packed = sent(smallest) as PackedTopology;
  test("is refused: another format", () =>
    expect(unpack({ ...packed, format: "vethscope-wire/0" })).toBeNull());

  const withColumn = (name: string, codes: unknown): unknown => ({
    ...packed,
    columns: { ...packed.columns, [name]: codes },
  });

  test.each([
    ["a count that would fill the memory", "links#", [1e9]],
    ["many counts that would", "links.addresses#", smallest.links.map(() => [100_000])],
    ["a count below nought", "links#", [-1]],
    ["half a row", "links#", [[1.5]]],
    ["more values than rows", "links.mtu", [...smallest.links.map(() => 0), 0]],
    ["fewer values than rows", "links.mtu", [0]],
    ["text for a number", "links.mtu", smallest.links.map(() => "1500")],
    ["a word that does not exist", "links.state", smallest.links.map(() => "sideways")],
    ["a word that every object has", "links.state", smallest.links.map(() => "toString")],
    ["a row that is not there", "links.netns", smallest.links.map(() => 999)],
    ["a MAC that is none", "links.mac", smallest.links.map(() => "xyz")],
    ["evidence of nothing", "networks.evidence", smallest.networks.map(() => [{}])],
    ["codes that are no list", "links.mtu", { length: smallest.links.length }],
  ])("is refused: %s", (_, name, codes) => expect(unpack(withColumn(name, codes))).toBeNull());

  test("is refused: a long name that few codes repeat until it fills the memory", () => {
    const text = "x".repeat(1_000_000);
    const namespaces = smallest.namespaces
      .slice(0, 1)
      .map((each) => ({ ...each, name: { by: "process", text } as const }));
    const repeated = (times: number): Topology => ({
      ...smallest,
      namespaces: Array.from({ length: times }, () => namespaces).flat(),
    });
    expect(JSON.stringify(pack(repeated(60))).length).toBeLessThan(2_000_000);
    expect(unpack(pack(repeated(10)))).toStrictEqual(repeated(10));
    expect(unpack(pack(repeated(60)))).toBeNull();
  });

  test("is refused or is a topology that packs again, never anything else", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(packed.columns)),
        fc.infiniteStream(fc.oneof(fc.jsonValue(), fc.integer({ min: -9, max: 9 }), fc.string())),
        fc.nat({ max: 30 }),
        (name, values, rarity) => {
          const codes = (packed.columns[name] ?? []).map((code, at) =>
            at % (rarity + 1) === 0 ? values.next().value : code,
          );
          const read = unpack(JSON.parse(JSON.stringify(withColumn(name, codes))));
          if (read === null) return;
          expect(JSON.stringify(unpack(sent(read)))).toBe(JSON.stringify(read));
        },
      ),
      { numRuns: 500 },
    ));
});
