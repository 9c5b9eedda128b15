import { beforeAll, describe, expect, test, vi } from "vitest";
import { understand } from "@/lib/pipeline";
import type { Topology } from "@/lib/topology/model";
import { type RightName, type RightState, rights } from "@/lib/topology/rights";
import { type Change, factsOfChanged } from "./changed-host";
import { claims, knownPairs, wrongClaims } from "./known-pairs";
import { lab, labHost, onHost } from "./lab-env";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const truth = lab();
const said = async (...argv: string[]): Promise<string> => (await onHost(labHost(), argv)).stdout;

const user = (id: number, ...groups: readonly string[]): readonly string[] => [
  ...["setpriv", `--reuid=${id}`, `--regid=${id}`],
  groups.length === 0 ? "--clear-groups" : `--groups=${groups.join()}`,
];
const capabilities = "+sys_ptrace,+sys_admin,+net_admin";

const setUp = `
# sudo looks its own host's name up, and waits for a name server that is not there.
grep -q " $(uname -n)$" /etc/hosts || echo "127.0.0.1 $(uname -n)" >>/etc/hosts
grep -q ^vethscope-sudo: /etc/passwd || {
  echo 'vethscope-sudo:x:4001:4001::/tmp:/bin/sh' >>/etc/passwd
  echo 'vethscope-sudo:*:19000::::::' >>/etc/shadow
  echo 'vethscope-sudo ALL=(root) NOPASSWD: ALL' >/etc/sudoers.d/vethscope
  chmod 440 /etc/sudoers.d/vethscope
}`;

let dockerGroup = "";
let addresses: readonly string[] = [];

/** Every container gets another amount of traffic: idle pairs look alike. */
async function talk(): Promise<void> {
  await Promise.all(
    addresses.map((address, place) =>
      said("ping", "-q", "-c", "2", "-i", "0.2", "-s", `${100 + 8 * place}`, address),
    ),
  );
}

beforeAll(async () => {
  await onHost(labHost(), ["sh", "-c", setUp]);
  dockerGroup = (await said("stat", "-c", "%g", labHost().dockerSocket)).trim();
  const listed = await said("docker", "network", "inspect", "bridge", "shop", "vault", "quiet");
  addresses = [...listed.matchAll(/"IPv4Address": "([0-9.]+)/g)].map(([, address = ""]) => address);
  await talk();
});

type Rung = {
  readonly change: () => Change;
  readonly rights: Readonly<Partial<Record<RightName, RightState>>>;
};

const all: Rung["rights"] = {
  "see-processes": "have",
  "see-namespaces": "have",
  "enter-namespaces": "have",
  "map-namespaces": "have",
  "ask-engine": "have",
};

const rungs: Readonly<Record<string, Rung>> = {
  root: { change: () => ({}), rights: all },
  "sudo -n": { change: () => ({ as: user(4001) }), rights: all },
  "a user with SYS_PTRACE, SYS_ADMIN and NET_ADMIN": {
    change: () => ({
      as: [...user(4002), `--inh-caps=${capabilities}`, `--ambient-caps=${capabilities}`],
    }),
    // /run/docker/netns is root's own folder: sandboxes without a process (swarm's) stay out of sight.
    rights: { ...all, "see-namespaces": "partly", "ask-engine": "missing" },
  },
  "a user with SYS_PTRACE alone": {
    change: () => ({
      as: [...user(4004), "--inh-caps=+sys_ptrace", "--ambient-caps=+sys_ptrace"],
    }),
    rights: {
      "see-processes": "have",
      "see-namespaces": "partly",
      "enter-namespaces": "missing",
      // The map is read; what it leads to prints nothing that could agree.
      "map-namespaces": "missing",
      "ask-engine": "missing",
    },
  },
  "the docker group": {
    change: () => ({ as: user(4003, dockerGroup) }),
    rights: {
      "see-processes": "have",
      // Files in /run/netns have an inode for anyone.
      "see-namespaces": "partly",
      "enter-namespaces": "missing",
      "map-namespaces": "missing",
      "ask-engine": "have",
    },
  },
  nobody: {
    change: () => ({ as: user(65534) }),
    rights: {
      "see-processes": "have",
      "see-namespaces": "partly",
      "enter-namespaces": "missing",
      "map-namespaces": "missing",
      "ask-engine": "missing",
    },
  },
};

const seen = new Map<string, Topology>();
const seenBy = (rung: string): Topology => {
  const topology = seen.get(rung);
  if (topology === undefined) throw new Error(`${rung} saw nothing`);
  return topology;
};

describe.each(Object.entries(rungs))("%s", (name, rung) => {
  beforeAll(async () => {
    seen.set(name, understand(await factsOfChanged(rung.change())));
  });

  test("no pair is wrong", () => {
    expect(wrongClaims(seenBy(name))).toEqual([]);
  });

  test("the checklist says what is missing, and nothing that is there", () => {
    const states = new Map(rights(seenBy(name)).map((right) => [right.name, right.state]));
    expect(Object.fromEntries(states)).toMatchObject(rung.rights);
  });
});

test.each(["root", "sudo -n", "a user with SYS_PTRACE, SYS_ADMIN and NET_ADMIN"])(
  "%s sees every pair exact",
  (rung) => {
    const exact = claims(seenBy(rung)).filter(({ proof }) => proof === "exact");
    expect(exact).toHaveLength(knownPairs().size);
  },
);

/** Pairs of the host with a container, both ends of them. */
const hostPairs = (): number =>
  2 *
  truth.veth_pairs.filter(([a, b]) =>
    [a, b].some(({ netns, of }) => netns === truth.host_netns && of.includes("(host)")),
  ).length;

test.each(["a user with SYS_PTRACE alone", "the docker group", "nobody"])(
  "%s sees pairs across namespaces by number and traffic: consistent at best",
  (rung) => {
    const topology = seenBy(rung);
    const host = topology.host.netns;
    const byId = new Map(topology.links.map((link) => [link.id, link]));
    const across = topology.links.filter(
      (link) =>
        link.kind === "veth" &&
        link.peer.status === "found" &&
        byId.get(link.peer.link)?.netns !== link.netns,
    );
    expect(across.length).toBeGreaterThanOrEqual(12);
    expect(across.length).toBeLessThanOrEqual(hostPairs());
    for (const link of across) {
      expect(link.kind === "veth" && link.peer).toMatchObject({
        status: "found",
        proof: "consistent",
      });
    }
    expect(across.some(({ netns }) => netns === host)).toBe(true);
  },
);

test("the docker group has names from the engine, nobody has ids from cgroups", () => {
  const names = (rung: string) => seenBy(rung).containers.filter(({ netns }) => netns !== null);
  const running = Object.values(truth.containers).filter(({ pid }) => pid > 0).length;
  expect(names("the docker group")).toHaveLength(running);
  expect(names("nobody")).toHaveLength(running);
  expect(names("the docker group").every(({ named }) => named === "engine")).toBe(true);
  expect(names("nobody").every(({ named }) => named === "cgroup")).toBe(true);
});

test("the docker group counts each namespace once, nobody up to twice, and both say so", () => {
  const named = truth.containers;
  const own = new Set(Object.values(named).flatMap(({ netns }) => netns ?? []));
  const { namespaces, host } = seenBy("the docker group");
  expect(host.twice).toMatchObject({ open: 0 });
  expect(host.twice.settled).toBeGreaterThan(10);
  const unread = namespaces.filter(({ read }) => read.status === "unread");
  expect(unread.map(({ name }) => name.text)).toEqual(["lonely"]);
  expect(namespaces.length - unread.length).toBe(new Set([...own, `${truth.host_netns}`]).size);
  // Under another cgroup parent than Docker's own nothing tells whose containers these are.
  const { twice } = seenBy("nobody").host;
  expect(twice).toEqual({ settled: 0, open: host.twice.settled });
});

test("whoever joined the namespace of another is in it, also where no inode was to be had", () => {
  const netnsOf = new Map(
    seenBy("the docker group").containers.map(({ name, netns }) => [name, netns]),
  );
  expect(netnsOf.get("sidecar")).toBe(netnsOf.get("web"));
  expect(netnsOf.get("node-exporter")).toBe(seenBy("the docker group").host.netns);
});

test("with hidepid a user sees no namespace but the host's, and the checklist says so", async () => {
  const hidden = "mount -t proc -o hidepid=2 proc /proc";
  const topology = understand(await factsOfChanged({ tools: hidden, as: user(4003, dockerGroup) }));
  expect(wrongClaims(topology)).toEqual([]);
  expect(topology.namespaces.filter(({ pid }) => pid !== null && pid > 1).length).toBeLessThan(2);
  const states = new Map(rights(topology).map((right) => [right.name, right.state]));
  expect(Object.fromEntries(states)).toEqual({
    "see-processes": "missing",
    "see-namespaces": "partly",
    "enter-namespaces": "missing",
    "map-namespaces": "missing",
    "ask-engine": "have",
  });
  expect(topology.containers.map(({ name }) => name)).toContain("web");
});

test("in a container with the host's pids, SYS_PTRACE and SYS_ADMIN, everything is seen as on the host", async () => {
  const root = process.cwd();
  const { stdout, stderr } = await onHost(labHost(), [
    ...["docker", "run", "--rm", "--pid=host", "--network=none"],
    ...["--cap-add=SYS_PTRACE", "--cap-add=SYS_ADMIN"],
    ...[
      "-v",
      "/usr:/usr:ro",
      "-v",
      "/lib:/lib:ro",
      "-v",
      "/lib64:/lib64:ro",
      "-v",
      `${root}:${root}:ro`,
    ],
    ...["-w", root, "lab-busybox:1", `${root}/node_modules/node/bin/node`],
    ...["--import", "./server/cli/ts-paths.mjs", "e2e/lab/print-facts.ts", "1"],
  ]);
  expect(stderr).toBe("");
  const topology = understand(JSON.parse(stdout));
  expect(wrongClaims(topology)).toEqual([]);
  const exact = claims(topology).filter(({ proof }) => proof === "exact");
  expect(exact.length).toBeGreaterThanOrEqual(knownPairs().size);
  expect(topology.host.engine).toMatchObject({ status: "read" });
});
