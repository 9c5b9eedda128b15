import { expect, test } from "vitest";
import { questionsLeft, understand } from "@/lib/pipeline";
import type { Container, Topology } from "./model";
import { type WrittenHost, type WrittenNetns, writtenFacts } from "./written-host";

// Written facts: what the lab's kernel (no ipvlan) and packages (no Kubernetes, podman, LXC, systemd) cannot make.
const id = (digits: string): string => digits.repeat(64 / digits.length);
const uid = "6b2f2b0e-8b1d-4c52-9d2e-0c3c8e1f7a55";
const slice = `/kubepods.slice/kubepods-pod${uid.replaceAll("-", "_")}.slice`;

const veth = (ifindex: number, ifname: string, link_index: number, link_netnsid: number) => ({
  ifindex,
  ifname,
  link_index,
  link_netnsid,
  linkinfo: { info_kind: "veth" },
});
const hostWith = (...links: readonly object[]): WrittenNetns => ({
  inode: 10,
  processes: [{ pid: 1, comm: "systemd", cgroup: "0::/init.scope" }],
  links: [{ ifindex: 1, ifname: "ens3" }, ...links],
  nsids: { 20: 0, 30: 1 },
});
const inside = (
  inode: number,
  ...processes: readonly (readonly [comm: string, cgroup: string])[]
): WrittenNetns => ({
  inode,
  processes: processes.map(([comm, cgroup], nth) => ({ pid: inode * 10 + nth, comm, cgroup })),
  links: [veth(2, "eth0", inode, 0)],
});
const onHost = (inode: number, nsid: number) => veth(inode, `veth${inode}`, 2, nsid);

const read = (host: WrittenHost): Topology => understand(writtenFacts(host));
const inNetns = (topology: Topology, label: string): readonly Container[] => {
  const namespace = topology.namespaces.find((each) => each.label === label);
  return (namespace?.containers ?? []).flatMap(
    (each) => topology.containers.find((container) => container.id === each) ?? [],
  );
};
const named = (topology: Topology, label: string): string | undefined => {
  const namespace = topology.namespaces.find((each) => each.label === label);
  return namespace && `${namespace.name.by} ${namespace.name.text} = ${namespace.key}`;
};

test("a Kubernetes pod is one namespace, its pause container first, named by its uid", () => {
  const topology = read({
    namespaces: [
      hostWith(onHost(20, 0)),
      inside(
        20,
        ["app", `0::${slice}/cri-containerd-${id("a1")}.scope`],
        ["pause", `0::${slice}/cri-containerd-${id("b2")}.scope`],
        ["sidecar", `0::${slice}/cri-containerd-${id("c3")}.scope`],
      ),
    ],
  });
  expect(named(topology, "20")).toBe(`pod ${uid} = netns:pod:${uid}`);
  expect(inNetns(topology, "20").map(({ engineId }) => engineId)).toEqual([
    "b2b2b2b2b2b2",
    "a1a1a1a1a1a1",
    "c3c3c3c3c3c3",
  ]);
  for (const { runtime, pod, named: by } of inNetns(topology, "20"))
    expect([runtime, pod, by]).toEqual(["cri", uid, "cgroup"]);
  const port = topology.links.find(({ key }) => key === `peer:pod:${uid}/eth0`);
  expect(port).toMatchObject({ name: "veth20", peer: { status: "found", proof: "exact" } });
});

test("a podman pod has its infra container first and the first digits of its id for a name", () => {
  const pod = `/machine.slice/machine-libpod_pod_${id("d4")}.slice`;
  const topology = read({
    namespaces: [
      hostWith(onHost(20, 0)),
      inside(
        20,
        ["app", `0::${pod}/libpod-${id("a1")}.scope/container`],
        ["catatonit", `0::${pod}/libpod-${id("b2")}.scope/container`],
      ),
    ],
  });
  expect(named(topology, "20")).toBe("pod d4d4d4d4d4d4 = netns:pod:d4d4d4d4d4d4");
  expect(inNetns(topology, "20").map(({ engineId, runtime }) => [engineId, runtime])).toEqual([
    ["b2b2b2b2b2b2", "podman"],
    ["a1a1a1a1a1a1", "podman"],
  ]);
});

test.each([
  ["lxc", "0::/lxc.payload.box-1/init.scope", "box-1"],
  ["nspawn", "0::/machine.slice/machine-box\\x2d1.scope/payload", "box-1"],
] as const)("a container of %s has its own name", (runtime, cgroup, name) => {
  const topology = read({
    namespaces: [hostWith(onHost(20, 0)), inside(20, ["systemd", cgroup])],
  });
  expect(named(topology, "20")).toBe(`container ${name} = netns:ctr:${name}`);
  expect(inNetns(topology, "20")).toMatchObject([
    { key: `ctr:${name}`, name, engineId: name, runtime, pod: null },
  ]);
});

test("a service with a private network gives its namespace its name", () => {
  const topology = read({
    namespaces: [hostWith(), inside(20, ["mullvad", "0::/system.slice/vpn.service"])],
  });
  expect(named(topology, "20")).toBe("unit vpn.service = netns:unit:vpn.service");
});

test("a service that also lives on the host does not: `unshare` from a login is in sshd's cgroup too", () => {
  const [own] = [hostWith()];
  const topology = read({
    namespaces: [
      {
        ...own,
        processes: [
          ...(own.processes ?? []),
          { pid: 7, comm: "sshd", cgroup: "0::/system.slice/ssh.service" },
        ],
      },
      inside(20, ["sleep", "0::/system.slice/ssh.service"]),
    ],
  });
  expect(named(topology, "20")).toBe("process sleep = netns:proc:sleep");
});

test("podman's and CRI-O's monitors live on the host and are no containers", () => {
  const [own] = [hostWith()];
  const topology = read({
    namespaces: [
      {
        ...own,
        processes: [
          ...(own.processes ?? []),
          { pid: 7, comm: "conmon", cgroup: `0::/machine.slice/libpod-conmon-${id("a1")}.scope` },
        ],
      },
    ],
  });
  expect(topology.containers).toEqual([]);
});

test("docker in docker: the inner container is behind the outer one's bridge, each by its own map", () => {
  const outer = id("a1");
  const topology = read({
    namespaces: [
      hostWith(onHost(20, 0)),
      {
        inode: 20,
        processes: [
          { pid: 200, comm: "dockerd", cgroup: `0::/system.slice/docker-${outer}.scope/init` },
        ],
        // Every number of the inner pair is also one of the outer pair.
        links: [
          veth(2, "eth0", 20, 0),
          { ifindex: 3, ifname: "docker0", linkinfo: { info_kind: "bridge" } },
          { ...veth(20, "veth2", 2, 1), master: "docker0" },
        ],
        nsids: { 10: 0, 30: 1 },
      },
      {
        inode: 30,
        processes: [
          {
            pid: 300,
            comm: "nginx",
            cgroup: `0::/system.slice/docker-${outer}.scope/docker/${id("b2")}`,
          },
        ],
        links: [veth(2, "eth0", 20, 0)],
      },
    ],
  });
  expect(
    topology.links.flatMap((link) => (link.kind === "veth" ? [[link.id, link.peer]] : [])),
  ).toMatchObject([
    ["written/10/20", { link: "written/20/2", proof: "exact" }],
    ["written/20/2", { link: "written/10/20", proof: "exact" }],
    ["written/20/20", { link: "written/30/2", proof: "exact" }],
    ["written/30/2", { link: "written/20/20", proof: "exact" }],
  ]);
  expect(named(topology, "30")).toBe("container b2b2b2b2b2b2 = netns:ctr:b2b2b2b2b2b2");
});

test("ipvlan stands on its parent, and its number is no peer", () => {
  const topology = read({
    namespaces: [
      hostWith({
        ifindex: 2,
        ifname: "veth2",
        link_index: 2,
        link_netnsid: 1,
        linkinfo: { info_kind: "veth" },
      }),
      {
        inode: 20,
        processes: [{ pid: 200, comm: "app", cgroup: `0::/docker/${id("a1")}` }],
        links: [
          {
            ifindex: 2,
            ifname: "eth0",
            link_index: 1,
            link_netnsid: 0,
            linkinfo: { info_kind: "ipvlan", info_data: { mode: "l2" } },
          },
        ],
        nsids: { 10: 0 },
      },
    ],
  });
  expect(topology.links.find(({ id: each }) => each === "written/20/2")).toMatchObject({
    kind: "ipvlan",
    lower: { status: "found", link: "written/10/1", proof: "exact" },
  });
  expect(topology.links.find(({ name }) => name === "veth2")).toMatchObject({
    peer: { status: "unseen" },
  });
});

test("a tunnel of which nothing was asked has no remotes rather than none, and asks for them", () => {
  const host: WrittenHost = {
    namespaces: [
      hostWith(),
      {
        inode: 40,
        files: ["/run/docker/netns/1-zju6sb2o8p"],
        links: [
          {
            ifindex: 9,
            ifname: "vxlan0",
            link_index: 9,
            link_netnsid: 0,
            linkinfo: { info_kind: "vxlan", info_data: { id: 4097, port: 4789 } },
          },
        ],
      },
    ],
    networks: [{ id: "zju6sb2o8pmu1x2y3z4a5b6c7", name: "mesh", driver: "overlay" }],
  };
  const topology = read(host);
  expect(named(topology, "40")).toBe("overlay mesh = netns:overlay:mesh");
  expect(topology.links.find(({ name }) => name === "vxlan0")).toMatchObject({
    kind: "vxlan",
    vni: 4097,
    underlay: null,
    remotes: null,
  });
  expect(questionsLeft(writtenFacts(host))).toEqual([
    { scope: "observer", netns: "40" },
    { scope: "tunnel", netns: "40" },
  ]);
});

test("a file in /run/netns that looks like swarm's is a person's", () => {
  const topology = read({
    namespaces: [hostWith(), { inode: 40, files: ["/run/netns/1-zju6sb2o8p"], links: [] }],
  });
  expect(named(topology, "40")).toBe("ip-netns 1-zju6sb2o8p = netns:ns:1-zju6sb2o8p");
});

test("rows with one name get `~2` in an order that does not depend on who answered first", () => {
  const host: WrittenHost = {
    namespaces: [hostWith(), ...[22, 23, 24].map((inode) => inside(inode, ["sleep", "0::/"]))],
  };
  const facts = writtenFacts(host);
  const keys = (topology: Topology) => topology.links.map(({ id: each, key }) => `${each} ${key}`);
  const turned = understand({ ...facts, answers: facts.answers.toReversed() });
  expect(keys(turned).toSorted()).toEqual(keys(understand(facts)).toSorted());
  expect(keys(turned)).toContain("written/24/2 if:proc:sleep~3/eth0");
});

test("a process of ours that lsns saw while we read a namespace does not live in it", () => {
  const facts = writtenFacts({
    namespaces: [hostWith(), { inode: 40, files: ["/run/kept/a"], links: [] }],
  });
  const answers = facts.answers.map((answer) =>
    answer.probe === "lsns"
      ? {
          ...answer,
          stdout: `${answer.stdout}${"40".padStart(10)}${"999".padStart(7)} unassigned\n`,
        }
      : answer,
  );
  const topology = understand({ ...facts, answers });
  expect(topology.namespaces.find(({ label }) => label === "40")).toMatchObject({
    pid: null,
    name: { by: "inode" },
  });
});
