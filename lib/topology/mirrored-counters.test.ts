import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import { rights } from "./rights";

const host = netnsLabel(1);
const answer = (probe: string, stdout: string, over: Partial<Answer> = {}): Answer => ({
  id: answerId(probe, over.netns ?? null),
  probe,
  netns: null,
  entered: null,
  asked: { kind: "command", argv: [probe] },
  at: "2026-01-01T00:00:00.000Z",
  ms: 1,
  stdout,
  stderr: "",
  exit: 0,
  cut: false,
  ...over,
});

/** rx bytes, rx packets, tx bytes, tx packets. */
type Traffic = readonly [number, number, number, number];
const dev = (name: string, [a, b, c, d]: Traffic): string =>
  `${name}: ${a} ${b} 0 0 0 0 0 0 ${c} ${d} 0 0 0 0 0 0`;

type HostEnd = {
  readonly name: string;
  readonly index: number;
  readonly before: Traffic;
  readonly after?: Traffic;
};
type Inner = { readonly pid: number; readonly traffic: Traffic };

/** A host whose containers may not be entered; every eth0 is number 2, so numbers name nobody. */
function facts(ends: readonly HostEnd[], inners: readonly Inner[]): HostFacts {
  const links = ends.map(({ name, index }, nsid) => ({
    ifindex: index,
    ifname: name,
    link_index: 2,
    link_netnsid: nsid,
    linkinfo: { info_kind: "veth" },
  }));
  const own = (at: "before" | "after") =>
    ends.map((end) => `/proc/self/net/dev:${dev(end.name, end[at] ?? end.before)}`);
  const lines = [
    "100 /proc/self/net/dev",
    ...inners.map(({ pid }) => `${pid + 1000} /proc/${pid}/net/dev`),
    ...own("before"),
    ...inners.flatMap(({ pid, traffic }) => [
      `/proc/${pid}/net/dev:${dev("eth0", traffic)}`,
      `/proc/${pid}/net/dev_mcast:2    eth0            1     0     333300000001`,
    ]),
    ...own("after"),
  ];
  return {
    format: "vethscope-facts/1",
    host: "h",
    source: "live",
    at: "2026-01-01T00:00:00.000Z",
    gaps: [],
    answers: [
      answer("netns-paths", "4 1 /proc/self/ns/net\n", {
        exit: 123,
        stderr: "stat: Permission denied",
      }),
      answer("proc-net", `${lines.join("\n")}\n`),
      answer("ip-addr", JSON.stringify(links), { netns: host }),
    ],
  };
}

const peers = (of: HostFacts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    understand(of).links.flatMap((link) =>
      link.kind !== "veth"
        ? []
        : [
            [
              `${link.netns} ${link.name}`,
              link.peer.status === "found"
                ? `${link.peer.proof} ${link.peer.link}`
                : link.peer.status === "ambiguous"
                  ? `ambiguous ${link.peer.candidates.join()}`
                  : link.peer.status,
            ],
          ],
    ),
  );

const a: Traffic = [10, 1, 20, 2];
const b: Traffic = [30, 3, 40, 4];
const mirror = ([rb, rp, tb, tp]: Traffic): Traffic => [tb, tp, rb, rp];

test("counters that mirror each other alone name the peer, and prove nothing more than consistent", () => {
  const of = facts(
    [
      { name: "veth1", index: 5, before: a },
      { name: "veth2", index: 6, before: b },
    ],
    [
      { pid: 8, traffic: mirror(b) },
      { pid: 7, traffic: mirror(a) },
    ],
  );
  expect(peers(of)).toEqual({
    "h/1 veth1": "consistent h/pid 7/2",
    "h/1 veth2": "consistent h/pid 8/2",
    "h/pid 7 eth0": "consistent h/1/5",
    "h/pid 8 eth0": "consistent h/1/6",
  });
});

test("pairs with the same traffic, and one that has carried none, stay ambiguous", () => {
  const same = facts(
    [
      { name: "veth1", index: 5, before: a },
      { name: "veth2", index: 6, before: a },
    ],
    [
      { pid: 7, traffic: mirror(a) },
      { pid: 8, traffic: mirror(a) },
    ],
  );
  expect(peers(same)).toEqual({
    "h/1 veth1": "ambiguous h/pid 7/2,h/pid 8/2",
    "h/1 veth2": "ambiguous h/pid 7/2,h/pid 8/2",
  });
  const idle = facts(
    [{ name: "veth1", index: 5, before: [0, 0, 0, 0] }],
    [{ pid: 7, traffic: [0, 0, 0, 0] }],
  );
  expect(peers(idle)).toEqual({ "h/1 veth1": "ambiguous h/pid 7/2" });
});

test("traffic while the host is read: whoever may have been there in between is a candidate", () => {
  const busy = facts(
    [
      // Its container was read after a packet that the second one had seen before.
      { name: "veth1", index: 5, before: [10, 1, 20, 2], after: [30, 3, 40, 4] },
      { name: "veth2", index: 6, before: [20, 2, 30, 3] },
    ],
    [{ pid: 7, traffic: mirror([20, 2, 30, 3]) }],
  );
  expect(peers(busy)).toEqual({
    "h/1 veth1": "ambiguous h/pid 7/2",
    "h/1 veth2": "ambiguous h/pid 7/2",
  });
});

test("counters that do not mirror name nobody", () => {
  const of = facts([{ name: "veth1", index: 5, before: a }], [{ pid: 7, traffic: a }]);
  expect(peers(of)).toEqual({ "h/1 veth1": "unseen" });
});

test("the checklist of such a host: processes are seen, namespaces neither entered nor mapped, no engine", () => {
  const of = facts([{ name: "veth1", index: 5, before: a }], [{ pid: 7, traffic: mirror(a) }]);
  const list = rights(understand(of)).map(({ name, state, why }) => [name, state, why]);
  expect(list).toEqual([
    ["see-processes", "have", "allowed"],
    ["see-namespaces", "missing", "denied"],
    ["enter-namespaces", "missing", "denied"],
    ["map-namespaces", "missing", "denied"],
    ["ask-engine", "missing", "not-there"],
  ]);
});

/** A packet on one pair, between two looks at the host. `out`: sent by the container. */
type Packet = {
  readonly pair: number;
  readonly moment: number;
  readonly out: boolean;
  readonly bytes: number;
};

const pairs = 4;
/** Read in this order: the host's counters, each container's, the host's once more. */
const moments = pairs + 2;

const packets = fc.array(
  fc.record({
    pair: fc.nat(pairs - 1),
    // Most of it before the host is read.
    moment: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.nat(moments - 1)),
    out: fc.boolean(),
    // Few sizes: alike on purpose.
    bytes: fc.constantFrom(42, 90, 1500),
  }),
  { maxLength: 40 },
);

/** What the host's end of a pair has counted when the host is looked at for the nth time. */
function counted(all: readonly Packet[], pair: number, moment: number): Traffic {
  const seen = all.filter((each) => each.pair === pair && each.moment <= moment);
  const sum = (out: boolean) => seen.filter((each) => each.out === out);
  const bytes = (of: readonly Packet[]) => of.reduce((total, each) => total + each.bytes, 0);
  return [bytes(sum(true)), sum(true).length, bytes(sum(false)), sum(false).length];
}

test("whatever travels while the host is read, and whichever container stays unseen, no pair is wrong", () => {
  let found = 0;
  fc.assert(
    fc.property(packets, fc.nat(pairs), (all, hidden) => {
      const ends = Array.from({ length: pairs }, (_, pair) => ({
        name: `veth${pair}`,
        index: 10 + pair,
        before: counted(all, pair, 0),
        after: counted(all, pair, moments - 1),
      }));
      const inners = ends
        .map((_, pair) => ({ pid: 100 + pair, traffic: mirror(counted(all, pair, pair + 1)) }))
        .filter((_, pair) => pair !== hidden);
      for (const [end, peer] of Object.entries(peers(facts(ends, inners)))) {
        const [, pair] = /^h\/1 veth(\d)$/.exec(end) ?? [];
        if (pair === undefined || !peer.startsWith("consistent")) continue;
        found += 1;
        expect(peer).toBe(`consistent h/pid ${100 + Number(pair)}/2`);
      }
    }),
    { numRuns: 500 },
  );
  expect(found).toBeGreaterThan(100);
});
