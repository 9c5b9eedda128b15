import { beforeAll, expect, test } from "vitest";
import { endId, otherEnds } from "@/e2e/record/recorded-hosts";
import type { HostFacts } from "@/lib/facts/model";
import { netnsId, netnsLabel } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import type { Topology, Veth } from "@/lib/topology/model";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { lab, labHost } from "./lab-env";

let facts: HostFacts;
let topology: Topology;
const truth = lab();

beforeAll(async () => {
  facts = await gather(await local({ through: labHost().pid }), { host: "lab" });
  topology = understand(facts);
}, 60_000);

const veths = (from: Topology): readonly Veth[] =>
  from.links.filter((link) => link.kind === "veth");

/** Pairs as the builder of the lab knows them: end, other end. */
const known = () => [...otherEnds("lab", truth)];

test("every pair of a real host is found and exact, and no other", () => {
  const found = veths(topology).flatMap(({ id, peer }) =>
    peer.status === "found" ? [[id, peer.link, peer.proof]] : [],
  );
  expect(found.length).toBeGreaterThan(40);
  expect(found.toSorted()).toEqual(
    known()
      .map(([a, b]) => [a, b, "exact"])
      .toSorted(),
  );
});

test("the host's own uplink leads to a namespace that is not this host's: unseen", () => {
  expect(truth.peer_unseen.length).toBeGreaterThan(0);
  for (const end of truth.peer_unseen) {
    const link = veths(topology).find(({ id }) => id === endId("lab", end));
    expect(link?.peer).toMatchObject({ status: "unseen" });
  }
});

test("macvlan stands on its parent", () => {
  for (const [child, parent] of truth.macvlan_parents) {
    const link = topology.links.find(({ id }) => id === endId("lab", child));
    expect(link).toMatchObject({
      kind: "macvlan",
      lower: { status: "found", link: endId("lab", parent), proof: "exact" },
    });
  }
});

test("every container is named and in the namespace that the lab put it in", () => {
  const netnsOf = new Map(topology.containers.map(({ name, netns }) => [name, netns]));
  const expected = Object.entries(truth.containers).map(([name, { netns }]) => [
    name,
    netns === null ? null : netnsId("lab", netnsLabel(netns)),
  ]);
  expect(expected.length).toBeGreaterThan(14);
  expect([...netnsOf].toSorted()).toEqual(expected.toSorted());
});

test("nothing of a healthy host is a gap", () => {
  expect(topology.gaps).toEqual([]);
  expect(topology.host.complete).toBe(true);
  expect(topology.host.engine).toMatchObject({ status: "read", name: "Docker" });
});

test("without the maps that prove them, pairs of this host are never wrong", () => {
  const truthOf = new Map(known());
  const maps = new Set(["lsns", "lsns-observer", "ip-netns-ids"]);
  const bare = understand({
    ...facts,
    answers: facts.answers.filter(({ probe }) => !maps.has(probe)),
  });
  for (const { id, nsid, peer } of veths(bare)) {
    if (peer.status !== "found") continue;
    expect(peer.link).toBe(truthOf.get(id));
    if (nsid !== null) expect(peer.proof).toBe("consistent");
  }
});

test("a secret in a container's environment, command, image and label is in no fact and no topology", () => {
  expect(truth.secretMark.length).toBeGreaterThan(8);
  expect(JSON.stringify(facts)).not.toContain(truth.secretMark);
  expect(JSON.stringify(topology)).not.toContain(truth.secretMark);
});
