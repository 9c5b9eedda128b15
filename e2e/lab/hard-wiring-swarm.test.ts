import { afterAll, beforeAll, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { understand } from "@/lib/pipeline";
import type { Topology, Veth, Vxlan } from "@/lib/topology/model";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { type ExtraHost, startExtraHost } from "./extra-host";
import { joinMesh, kernelsPairs, type Member, makeSwarm } from "./swarm-set";

let one: ExtraHost;
let two: ExtraHost;
let onOne: readonly Member[];
let onTwo: readonly Member[];
let facts: HostFacts;
let here: Topology;
let there: Topology;

const hostId = "swarm";
const readHost = async ({ host }: ExtraHost): Promise<HostFacts> =>
  gather(await local({ through: host.pid }), { host: hostId });

beforeAll(async () => {
  [one, two] = await Promise.all([
    startExtraHost("swarm1", "10.99.1.41"),
    startExtraHost("swarm2", "10.99.1.42"),
  ]);
  await makeSwarm(one, two);
  onOne = [await joinMesh(one, "a1"), await joinMesh(one, "a2")];
  onTwo = [await joinMesh(two, "b1")];
  facts = await readHost(one);
  here = understand(facts);
  there = understand(await readHost(two));
}, 120_000);

afterAll(async () => {
  await one?.end();
  await two?.end();
});

const veths = (from: Topology): readonly Veth[] =>
  from.links.filter((link) => link.kind === "veth");
const meshTunnel = (from: Topology): Vxlan | undefined =>
  from.links.filter((link) => link.kind === "vxlan").find(({ key }) => key.includes("mesh"));

test("swarm's hidden namespaces are named by what they are and by their network", () => {
  const hidden = here.namespaces.filter(({ pid }) => pid === null);
  expect(hidden.map(({ key }) => key).toSorted()).toEqual([
    "netns:ingress:ingress_sbox",
    "netns:lb:mesh",
    "netns:overlay:ingress",
    "netns:overlay:mesh",
  ]);
  expect(hidden.map(({ name }) => `${name.by} ${name.text}`).toSorted()).toEqual([
    "ingress ingress_sbox",
    "load-balancer mesh",
    "overlay ingress",
    "overlay mesh",
  ]);
});

test("every pair of a swarm host is what the kernel names, and exact", async () => {
  const said = [...(await kernelsPairs(one.host))].map(([a, b]) => [
    `${hostId}/${a}`,
    `${hostId}/${b}`,
    "exact",
  ]);
  const found = veths(here).flatMap(({ id, peer }) =>
    peer.status === "found" ? [[id, peer.link, peer.proof]] : [],
  );
  expect(found.length).toBeGreaterThan(12);
  expect(found.toSorted()).toEqual(said.toSorted());
});

test("two hidden namespaces without a process are paired by the map of their holders, and by nothing else", () => {
  const balancer = here.links.find(({ key }) => key === "if:lb:mesh/eth0");
  expect(balancer).toMatchObject({ kind: "veth", peer: { status: "found", proof: "exact" } });
  const without = understand({
    ...facts,
    answers: facts.answers.filter(({ probe }) => probe !== "lsns-held"),
  });
  const bare = without.links.find(({ id }) => id === balancer?.id);
  expect(bare).not.toMatchObject({ peer: { proof: "exact" } });
});

test("an overlay's tunnel has its VNI, leaves by the host, leads to the other host and is nobody's peer", () => {
  const [mine, theirs] = [meshTunnel(here), meshTunnel(there)];
  expect(mine).toMatchObject({
    kind: "vxlan",
    port: 4789,
    underlay: here.host.netns,
    remotes: [{ address: "10.99.1.42", macs: expect.arrayContaining(onTwo.map(({ mac }) => mac)) }],
  });
  expect(theirs).toMatchObject({
    underlay: there.host.netns,
    remotes: [{ address: "10.99.1.41", macs: expect.arrayContaining(onOne.map(({ mac }) => mac)) }],
  });
  expect(mine?.vni).toBe(theirs?.vni);
  expect(mine?.vni).toBeGreaterThan(4095);
  // Its own number stands where a veth has its peer's.
  expect(mine?.label).toBe(`vxlan0@if${mine?.ifindex}`);
  const peers = veths(here).flatMap(({ peer }) => (peer.status === "found" ? peer.link : []));
  expect(peers).not.toContain(mine?.id);
});

test("an overlay network is at the bridge in its hidden namespace, and its containers are ports of it", () => {
  const mesh = here.networks.find(({ name }) => name === "mesh");
  expect(mesh).toMatchObject({ driver: "overlay" });
  const bridge = here.links.find(({ id }) => id === mesh?.bridge);
  expect(bridge).toMatchObject({ kind: "bridge", name: "br0", network: mesh?.id });
  for (const { name } of onOne) {
    const eth0 = veths(here).find(({ key }) => key === `if:ctr:${name}/eth0`);
    const peer = eth0?.peer.status === "found" ? eth0.peer.link : null;
    const port = here.links.find(({ id }) => id === peer);
    expect(port?.master).toBe(mesh?.bridge);
  }
});

test("nothing of a healthy swarm host is a gap, and the tunnels cost one process each", () => {
  expect(here.gaps).toEqual([]);
  expect(there.gaps).toEqual([]);
  const last = facts.answers.filter(({ probe }) =>
    ["lsns-observer", "lsns-held", "tunnel-fdb"].includes(probe),
  );
  expect(last.map(({ probe }) => probe).toSorted()).toEqual(
    ["lsns-held", "tunnel-fdb", "tunnel-fdb"]
      .concat(last.filter(({ probe }) => probe === "lsns-observer").map(({ probe }) => probe))
      .toSorted(),
  );
});
