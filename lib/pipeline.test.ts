import { expect, test } from "vitest";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import type { Answer, HostFacts } from "@/lib/facts/model";
import { quote } from "@/lib/facts/words";
import { understand } from "./pipeline";
import type { Topology } from "./topology/model";

const facts = recordedFacts("docker-28.5-debian-sid");
const topology = understand(facts);

const container = (from: Topology, name: string) => {
  const found = from.containers.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no container is named ${name}`);
  return found;
};

const changing = (probe: string, change: (answer: Answer) => Answer | null): HostFacts => ({
  ...facts,
  answers: facts.answers.flatMap((answer) => {
    if (answer.probe !== probe) return answer;
    return change(answer) ?? [];
  }),
});

test("containers are placed in namespaces by their cgroups, and say how they share", () => {
  const [web, sidecar, exporter] = ["web", "sidecar", "node-exporter"].map((name) =>
    container(topology, name),
  );
  expect(sidecar?.netns).toBe(web?.netns);
  expect(sidecar?.mode).toEqual({ kind: "container", of: web?.id });
  expect(exporter?.mode).toEqual({ kind: "host" });
  expect(exporter?.netns).toBe(topology.host.netns);
  expect(container(topology, "batch").mode).toEqual({ kind: "none" });
  expect(container(topology, "gone")).toMatchObject({ netns: null, state: "exited" });
});

test("a container's networks lead to the links that really carry their addresses", () => {
  const names = new Map(topology.links.map((link) => [link.id, link.label]));
  expect(
    container(topology, "db").attachments.map(({ networkName, address, link }) => [
      networkName,
      address,
      link && names.get(link),
    ]),
  ).toEqual([
    ["shop", "172.30.0.50", "eth0@if10"],
    ["vault", "172.31.0.2", "eth1@if11"],
  ]);
});

test("networks know their bridges by the kernel's name", () => {
  const names = new Map(topology.links.map((link) => [link.id, link.name]));
  const bridges = topology.networks.map(({ name, bridge, internal }) => [
    name,
    bridge && names.get(bridge),
    internal,
  ]);
  expect(bridges).toContainEqual(["bridge", "docker0", false]);
  expect(bridges).toContainEqual(["vault", "br-bff10d95cc85", true]);
  expect(bridges).toContainEqual(["lan", null, false]);
});

test("namespaces are named by the host, a container, ip netns", () => {
  expect(topology.namespaces.map(({ name }) => `${name.by} ${name.text}`)).toEqual(
    expect.arrayContaining(["host host", "container web", "ip-netns lonely", "container camera"]),
  );
});

test("keys are what a person would say, and the same from one reading to the next", () => {
  const keys = topology.links.map(({ key }) => key);
  expect(keys).toEqual(
    expect.arrayContaining([
      "peer:ctr:web/eth0",
      "if:ctr:web/eth0",
      "if:host/docker0",
      "peer:ns:lonely/lv1",
    ]),
  );
  expect(new Set(keys).size).toBe(keys.length);
  expect(understand(facts)).toEqual(topology);
});

test("where no engine answered, containers are there by their cgroups, and pairs are as exact", () => {
  const bare = understand({
    ...facts,
    answers: facts.answers.filter(({ probe }) => !probe.startsWith("engine-")),
    gaps: [{ probe: null, netns: null, reason: "no-engine", socket: "/run/docker.sock" }],
  });
  expect(bare.host.engine).toMatchObject({ status: "unread", why: { reason: "no-engine" } });
  const web = container(topology, "web");
  expect(container(bare, web.engineId)).toMatchObject({
    named: "cgroup",
    netns: web.netns,
  });
  const exact = (from: Topology) =>
    from.links.filter((link) => link.kind === "veth" && link.peer.status === "found").length;
  expect(exact(bare)).toBe(exact(topology));
});

test("a namespace that came while the host was read is unread and says so; one that went is no more", () => {
  const paths = facts.answers.find(({ probe }) => probe === "netns-paths");
  const batch = container(topology, "batch").netns?.split("/")[1];
  const lines = paths?.stdout.split("\n") ?? [];
  const after = lines.filter((line) => !line.includes(` ${batch} `));
  const changed = understand({
    ...facts,
    answers: [
      ...facts.answers.filter(({ netns }) => netns !== batch),
      {
        ...(paths as Answer),
        id: `${paths?.id}-after` as Answer["id"],
        probe: "netns-paths-after",
        stdout: [...after, "4 4026539999 /proc/9999/ns/net"].join("\n"),
      },
    ],
  });
  const labels = changed.namespaces.map(({ label }) => String(label));
  expect(labels).not.toContain(batch);
  expect(changed.namespaces.find(({ inode }) => inode === 4026539999)?.read).toMatchObject({
    status: "unread",
    why: { reason: "netns-new" },
  });
  expect(changed.host.complete).toBe(false);
});

test("garbage in one answer costs that answer and is told", () => {
  const noRoutes = understand(
    changing("ip-route", (answer) => ({ ...answer, stdout: "\u0000garbage" })),
  );
  expect(noRoutes.routes).toEqual([]);
  expect(noRoutes.links).toEqual(topology.links);
  expect(noRoutes.gaps.every(({ reason }) => reason === "unreadable-output")).toBe(true);
  expect(noRoutes.gaps.length).toBeGreaterThan(5);
});

test("every piece of evidence leads to words of the host", () => {
  const evidence = topology.links.flatMap((link) => [
    link.evidence,
    ...(link.kind === "veth" ? link.peer.by.flatMap((check) => check.evidence) : []),
  ]);
  expect(evidence.length).toBeGreaterThan(50);
  for (const each of evidence) expect(quote(facts, each)?.text).toMatch(/\d/);
});

test("the proof of a pair quotes the two links and the line of the map between them", () => {
  const veth = topology.links.find(({ key }) => key === ("peer:ctr:web/eth0" as typeof key));
  if (veth?.kind !== "veth") throw new Error("no such veth");
  const nsid = veth.peer.by.find(({ check }) => check === "nsid");
  const quoted = nsid?.evidence.map((each) => quote(facts, each)?.text);
  expect(quoted?.[0]).toMatch(/"link_index":2,"ifname":"veth5979c6f".*"link_netnsid":1/);
  expect(quoted?.[1]).toMatch(/^4026535202\s+403\s+1$/);
});
