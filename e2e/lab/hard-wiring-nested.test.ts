import { afterAll, beforeAll, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { netnsId, netnsLabel } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import type { Container, Link, Topology } from "@/lib/topology/model";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { type ExtraHost, startExtraHost } from "./extra-host";
import { netnsOf } from "./host";
import { makeNestedEngine, type NestedEngine } from "./nested-engine-set";
import { kernelsPairs } from "./swarm-set";

let extra: ExtraHost;
let made: NestedEngine;
let facts: HostFacts;
let topology: Topology;

const hostId = "nested";

beforeAll(async () => {
  extra = await startExtraHost(hostId, "10.99.1.51");
  made = await makeNestedEngine(extra);
  facts = await gather(await local({ through: extra.host.pid }), { host: hostId });
  topology = understand(facts);
}, 120_000);

afterAll(() => extra?.end());

const containerOf = (id: string): Container | undefined =>
  topology.containers.find(({ engineId }) => id.startsWith(engineId));
const linkAt = (netns: Container["netns"] | undefined, name: string): Link | undefined =>
  topology.links.find((link) => link.netns === netns && link.name === name);

test("every pair of a host with an engine in a container is what the kernel names, and exact", async () => {
  const said = [...(await kernelsPairs(extra.host))].map(([a, b]) => [
    `${hostId}/${a}`,
    `${hostId}/${b}`,
    "exact",
  ]);
  const found = topology.links.flatMap((link) =>
    link.kind === "veth" && link.peer.status === "found"
      ? [[link.id, link.peer.link, link.peer.proof]]
      : [],
  );
  // Both ends of the outer container's pair and of the inner one's.
  expect(found).toHaveLength(4);
  expect(found.toSorted()).toEqual(said.toSorted());
});

test("a container of the inner engine is named by the innermost id of its cgroup", () => {
  const line = facts.answers
    .filter(({ probe }) => probe === "cgroups")
    .flatMap(({ stdout }) => stdout.split("\n"))
    .find((each) => each.includes(made.deep.id));
  // Both ids stand in it: the test would claim nothing where the inner engine's folder is beside the outer's.
  expect(line).toMatch(new RegExp(`/${made.outer.id}/.*${made.deep.id}`));
  expect(containerOf(made.deep.id)).toMatchObject({
    key: `ctr:${made.deep.id.slice(0, 12)}`,
    named: "cgroup",
    runtime: "docker",
    state: "running",
  });
  expect(containerOf(made.outer.id)).toMatchObject({ name: "outer", named: "engine" });
  expect(topology.containers).toHaveLength(2);
});

test("the inner docker0 is the outer container's, and no network of the host's engine claims it", () => {
  const outer = netnsId(hostId, netnsLabel(netnsOf(extra.host, made.outer.pid)));
  expect(containerOf(made.outer.id)?.netns).toBe(outer);
  const bridge = linkAt(outer, "docker0");
  expect(bridge).toMatchObject({ kind: "bridge", key: "if:ctr:outer/docker0", network: null });
  const own = topology.networks.find(({ name }) => name === "bridge");
  expect(own?.bridge).toBe(linkAt(topology.host.netns ?? undefined, "docker0")?.id);

  const eth0 = linkAt(containerOf(made.deep.id)?.netns, "eth0");
  const port = topology.links.find(
    ({ id }) => eth0?.kind === "veth" && eth0.peer.status === "found" && eth0.peer.link === id,
  );
  expect(port).toMatchObject({ netns: outer, master: bridge?.id });
});

test("nothing of it is a gap", () => {
  expect(topology.gaps).toEqual([]);
  expect(topology.host.complete).toBe(true);
});
