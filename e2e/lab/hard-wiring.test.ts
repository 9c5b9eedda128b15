import { afterAll, beforeAll, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { netnsId, netnsLabel } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import type { Topology, Veth } from "@/lib/topology/model";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { type ExtraHost, startExtraHost } from "./extra-host";
import {
  type HardEnd,
  type HardPair,
  type HardSet,
  hardId,
  makeFullBridge,
  makeHardSet,
  sh,
} from "./hard-set";

let extra: ExtraHost;
let set: HardSet;
let facts: HostFacts;
let topology: Topology;

const name = "hard";
const read = async (): Promise<HostFacts> =>
  gather(await local({ through: extra.host.pid }), { host: name });

beforeAll(async () => {
  extra = await startExtraHost(name, "10.99.1.31");
  set = await makeHardSet(extra.host);
  facts = await read();
  topology = understand(facts);
}, 120_000);

afterAll(() => extra?.end());

const linkAt = (from: Topology, end: HardEnd) =>
  from.links.find(({ id }) => id === hardId(name, end));
const peerAt = (from: Topology, end: HardEnd): Veth["peer"] | undefined => {
  const link = linkAt(from, end);
  return link?.kind === "veth" ? link.peer : undefined;
};
const bothWays = (pairs: readonly HardPair[]): readonly HardPair[] =>
  pairs.flatMap(([a, b]): HardPair[] => [
    [a, b],
    [b, a],
  ]);
const all = (): readonly HardPair[] =>
  bothWays([...set.withProcesses, ...set.withNames, ...set.withMounts]);
const without = (from: HostFacts, ...probes: readonly string[]): Topology =>
  understand({ ...from, answers: from.answers.filter(({ probe }) => !probes.includes(probe)) });

test("twelve namespaces whose links all read (2, 2, nsid 0) are what was made", () => {
  const numbers = all().map(([end]) => {
    const link = linkAt(topology, end);
    return link?.kind === "veth" ? [link.ifindex, link.iflink, link.nsid] : [];
  });
  expect(numbers).toEqual(Array.from({ length: 12 }, () => [2, 2, 0]));
});

test.each(["withProcesses", "withNames", "withMounts"] as const)(
  "four equal ends %s are paired exactly on a live host",
  (which) => {
    for (const [a, b] of bothWays(set[which])) {
      expect(peerAt(topology, a), `${a.spot.name} ${a.ifname}`).toMatchObject({
        status: "found",
        link: hardId(name, b),
        proof: "exact",
      });
    }
  },
);

test("without the maps of observers they are ambiguous, and name the true one among others", () => {
  const bare = without(facts, "lsns-observer", "lsns-held", "ip-netns-ids");
  for (const [a, b] of all()) {
    const peer = peerAt(bare, a);
    expect(peer?.status).toBe("ambiguous");
    expect(peer?.status === "ambiguous" && peer.candidates).toContain(hardId(name, b));
  }
});

test("whatever map is missing, no pair is wrong", () => {
  const truth = new Map(
    bothWays([...set.withProcesses, ...set.withNames, ...set.withMounts, set.nested]).map(
      ([a, b]) => [hardId(name, a), hardId(name, b)],
    ),
  );
  const maps = ["lsns", "lsns-observer", "lsns-held", "ip-netns-ids"];
  for (const missing of [...maps.map((each) => [each]), maps]) {
    for (const { id, kind, ...link } of without(facts, ...missing).links) {
      if (kind !== "veth" || !("peer" in link) || link.peer.status !== "found") continue;
      const known = truth.get(id);
      if (known !== undefined) expect(link.peer.link).toBe(known);
    }
  }
});

test("a namespace behind a container's own bridge is paired with the container, exactly", () => {
  const [inNest, inner] = set.nested;
  expect(peerAt(topology, inNest)).toMatchObject({
    status: "found",
    link: hardId(name, inner),
    proof: "exact",
  });
  expect(linkAt(topology, inNest)?.master).toBe(hardId(name, set.nestedMaster));
  expect(linkAt(topology, inner)?.key).toMatch(/^if:proc:sleep(~\d+)?\/eth0$/);
});

test("a namespace that only an open file keeps stays unseen, and its peer says so", () => {
  expect(peerAt(topology, set.byFile)).toMatchObject({
    status: "unseen",
    why: { reason: "netns-unknown" },
  });
});

test("a namespace whose path leads elsewhere by now is there, unread, and says why", () => {
  const [onHost, covered] = set.covered;
  const id = netnsId(name, netnsLabel(covered.spot.inode));
  const namespace = topology.namespaces.find((each) => each.id === id);
  expect(namespace?.read.status).toBe("unread");
  expect(peerAt(topology, onHost)?.status).toBe("unseen");
  expect(topology.host.complete).toBe(false);
});

test("a macvlan whose namespace has no process stands on its parent, exactly", () => {
  const { child, parent } = set.macvlan;
  expect(linkAt(topology, child)).toMatchObject({
    kind: "macvlan",
    lower: { status: "found", link: hardId(name, parent), proof: "exact" },
  });
});

test("what is asked last is asked where it helps: no namespace is asked for what /run/netns names", () => {
  const asked = facts.answers.filter(({ probe }) => probe === "lsns-observer");
  const labels = new Set(asked.map(({ netns }) => netns));
  for (const [a] of bothWays(set.withNames)) expect(labels).not.toContain(netnsLabel(a.spot.inode));
  const held = facts.answers.filter(({ probe }) => probe === "lsns-held");
  expect(held).toHaveLength(1);
  console.log(`extra processes: ${asked.length} lsns, ${held.length} script`);
});

test("nothing of what was held for a moment stays behind, and nothing was mounted", async () => {
  const before = await sh(extra.host, "cat /proc/self/mountinfo | grep -c nsfs");
  await read();
  expect(await sh(extra.host, "cat /proc/self/mountinfo | grep -c nsfs")).toBe(before);
  const left = await sh(extra.host, "grep -lsx sleep /proc/[0-9]*/comm | wc -l");
  await read();
  expect(await sh(extra.host, "grep -lsx sleep /proc/[0-9]*/comm | wc -l")).toBe(left);
});

test("1,023 ports on one bridge, all in one namespace, are paired exactly, in time", async () => {
  const { ports, spot } = await makeFullBridge(extra.host);
  const begun = performance.now();
  const full = await read();
  const gathered = performance.now();
  const understood = understand(full);
  const done = performance.now();
  console.log(
    `1,023 ports: gather ${Math.round(gathered - begun)} ms, understand ${Math.round(done - gathered)} ms`,
  );
  const inner = netnsId(name, netnsLabel(spot.inode));
  const pairs = understood.links.filter(
    (link) =>
      link.kind === "veth" &&
      link.netns === inner &&
      link.peer.status === "found" &&
      link.peer.proof === "exact",
  );
  expect(pairs).toHaveLength(ports);
  const bare = performance.now();
  without(full, "lsns", "lsns-observer", "lsns-held", "ip-netns-ids");
  console.log(`without any map: understand ${Math.round(performance.now() - bare)} ms`);
  expect(performance.now() - bare).toBeLessThan(5000);
}, 120_000);
