import { describe, expect, test } from "vitest";
import {
  endId,
  otherEnds,
  recordedFacts,
  recordedHosts,
  recordedTruth,
} from "@/e2e/record/recorded-hosts";
import type { Answer, HostFacts } from "@/lib/facts/model";
import type { LinkId } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import type { Topology, Veth, VethPeer } from "./model";

const veths = (topology: Topology): readonly Veth[] =>
  topology.links.filter((link) => link.kind === "veth");

const peersOf = (topology: Topology): ReadonlyMap<LinkId, VethPeer> =>
  new Map(veths(topology).map((veth) => [veth.id, veth.peer]));

const without = (facts: HostFacts, dropped: (answer: Answer) => boolean): HostFacts => ({
  ...facts,
  answers: facts.answers.filter((answer) => !dropped(answer)),
});

/** No mutation may ever make a wrong pair. */
function expectNoWrongPair(topology: Topology, truth: ReadonlyMap<LinkId, LinkId>): void {
  for (const { id, peer, label } of veths(topology)) {
    if (peer.status === "found") expect([label, peer.link]).toEqual([label, truth.get(id)]);
  }
}

describe.each(recordedHosts)("%s", (name) => {
  const facts = recordedFacts(name);
  const truth = recordedTruth(name);
  const others = otherEnds(facts.host, truth);

  test("every pair is found, exact, and no other is", () => {
    const topology = understand(facts);
    const found = veths(topology).flatMap(({ id, peer }) =>
      peer.status === "found" ? [[id, peer.link, peer.proof]] : [],
    );
    const expected = [...others].map(([a, b]) => [a, b, "exact"]);
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(topology.gaps).toEqual([]);
  });

  test("a veth whose other end is on another machine is unseen, not broken", () => {
    const peers = peersOf(understand(facts));
    for (const end of truth.peer_unseen) {
      expect(peers.get(endId(facts.host, end))?.status).toBe("unseen");
    }
  });

  test("macvlan's number is its parent, never a peer", () => {
    const { links } = understand(facts);
    for (const [child, parent] of truth.macvlan_parents) {
      const link = links.find(({ id }) => id === endId(facts.host, child));
      expect(link).toMatchObject({
        kind: "macvlan",
        lower: { status: "found", link: endId(facts.host, parent), proof: "exact" },
      });
    }
  });

  test("without the answers that decided a pair it is consistent, ambiguous or unseen", () => {
    const deciding = new Set(["lsns", "lsns-observer", "ip-netns-ids"]);
    const topology = understand(without(facts, ({ probe }) => deciding.has(probe)));
    expectNoWrongPair(topology, others);
    const crossing = veths(topology).filter(({ nsid }) => nsid !== null);
    expect(crossing.length).toBeGreaterThan(10);
    for (const { peer } of crossing) {
      const isExact = peer.status === "found" && peer.proof === "exact";
      expect(isExact || peer.status === "contradictory").toBe(false);
    }
  });

  test.each(facts.answers.map(({ id }) => id))("without %s no pair is wrong", (id) => {
    expectNoWrongPair(understand(without(facts, (answer) => answer.id === id)), others);
  });

  test("a pair whose other namespace was not read is unseen and says which", () => {
    for (const [, b] of truth.veth_pairs) {
      const topology = understand(
        without(facts, ({ probe, netns }) => probe === "ip-addr" && netns === String(b.netns)),
      );
      expectNoWrongPair(topology, others);
    }
    const cut = understand(
      without(facts, ({ probe, entered }) => probe === "ip-addr" && !!entered),
    );
    const host = veths(cut).filter(({ netns, nsid }) => netns === cut.host.netns && nsid !== null);
    expect(host.length).toBeGreaterThan(8);
    for (const { peer } of host) expect(peer.status).toBe("unseen");
  });

  test("two nsids swapped in the host's map contradict, and pair nothing", () => {
    const lsns = facts.answers.find(({ probe }) => probe === "lsns");
    const lines = lsns?.stdout.split("\n") ?? [];
    const numbered = lines.filter((line) => /\d$/.test(line) && !line.endsWith(" 0"));
    const [one = "", two = ""] = numbered;
    const nsidOf = (line: string) => line.slice(line.lastIndexOf(" "));
    const swap = (line: string, other: string) =>
      line.slice(0, line.length - nsidOf(line).length) +
      nsidOf(other).padStart(nsidOf(line).length);
    const stdout = lines
      .map((line) => (line === one ? swap(one, two) : line === two ? swap(two, one) : line))
      .join("\n");
    const topology = understand({
      ...facts,
      answers: facts.answers.map((answer) => (answer === lsns ? { ...answer, stdout } : answer)),
    });
    expectNoWrongPair(topology, others);
    const before = peersOf(understand(facts));
    const changed = veths(topology).filter(
      ({ id, peer }) => peer.status !== before.get(id)?.status,
    );
    expect(changed.length).toBeGreaterThanOrEqual(4);
    for (const { peer } of changed) expect(peer.status).toBe("contradictory");
  });
});
