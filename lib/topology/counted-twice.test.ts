import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";

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

const hex = (n: number): string => n.toString(16).padStart(64, "0");
const sandbox = (n: number): string => `/run/docker/netns/${hex(n).slice(-12)}`;

type World = {
  /** Each is a container with a namespace of its own, and its process; `folder`: of its cgroup. */
  readonly living: readonly { readonly n: number; readonly folder?: string }[];
  /** Files in mountinfo. */
  readonly files: readonly string[];
  /** Numbers of the containers that the engine lists as running; none: no engine answered. */
  readonly listed?: readonly number[];
  /** More of /proc/PID/net. */
  readonly inside?: readonly string[];
};

const dev = (name: string): string => `${name}: 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0`;

/** A host as an ordinary user sees it: every container has an idle eth0, number 2 and up, on docker0. */
function facts({ living, files, listed, inside = [] }: World): HostFacts {
  const pidOf = (n: number): number => 100 + n;
  const links = [
    {
      ...{ ifindex: 50, ifname: "docker0", linkinfo: { info_kind: "bridge" } },
      addr_info: [{ family: "inet", local: "10.1.2.1", prefixlen: 24, scope: "global" }],
    },
    ...living.map(({ n }, nsid) => ({
      ...{ ifindex: 10 + n, ifname: `veth${n}`, link_index: 2 + n, link_netnsid: nsid },
      ...{ master: "docker0", linkinfo: { info_kind: "veth" } },
    })),
  ];
  const own = links.map(({ ifname }) => `/proc/self/net/dev:${dev(ifname)}`);
  const procNet = [
    "1000 /proc/self/net/dev",
    ...living.map(({ n }) => `${2000 + n} /proc/${pidOf(n)}/net/dev`),
    ...own,
    ...living.flatMap(({ n }) =>
      [
        `dev:${dev("eth0")}`,
        `dev_mcast:${2 + n}    eth0            1     0     333300000001`,
        "route:eth0\t0002010A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
        `fib_trie:     |-- 10.1.2.${10 + n}`,
        "fib_trie:        /32 host LOCAL",
      ].map((line) => `/proc/${pidOf(n)}/net/${line}`),
    ),
    ...inside,
    ...own,
  ];
  const mounts = files.map((file, n) => `92 27 0:4 net:[${900 + n}] ${file} rw - nsfs nsfs rw`);
  const cgroups = living.map(
    ({ n, folder = "docker" }) => `/proc/${pidOf(n)}/cgroup:0::/${folder}/${hex(n)}`,
  );
  const containers = (listed ?? []).map((n) => ({
    ...{ Id: hex(n), Names: [`/c${n}`], State: "running" },
    HostConfig: { NetworkMode: "bridge" },
  }));
  const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join("");
  return {
    format: "vethscope-facts/1",
    host: "h",
    source: "live",
    at: "2026-01-01T00:00:00.000Z",
    gaps: [],
    answers: [
      answer("netns-paths", "4 1 /proc/self/ns/net\n", { exit: 123, stderr: "Permission denied" }),
      answer("mountinfo", lines(mounts)),
      answer("cgroups", lines(cgroups)),
      answer("proc-net", lines(procNet)),
      answer("ip-addr", JSON.stringify(links), { netns: host }),
      ...(listed === undefined
        ? []
        : [
            answer("engine-containers", JSON.stringify(containers), {
              asked: { kind: "engine", path: "/containers/json?all=1" },
              exit: 200,
            }),
          ]),
    ],
  };
}

const seen = (world: World) => {
  const { namespaces, host: of, links } = understand(facts(world));
  const peers = links.flatMap((link) =>
    link.kind === "veth" && link.netns === of.netns ? [link.peer.status] : [],
  );
  return { all: namespaces.length, complete: of.complete, twice: of.twice, peers };
};

const two = [{ n: 1 }, { n: 2 }];
const theirFiles = [sandbox(1), sandbox(2)];

test("as many files of Docker as namespaces of its containers are the same, and are counted once", () => {
  for (const listed of [undefined, [1, 2]]) {
    expect(seen({ living: two, files: theirFiles, ...(listed && { listed }) })).toEqual({
      ...{ all: 3, complete: true, twice: { settled: 2, open: 0 } },
      peers: ["found", "found"],
    });
  }
});

test("an idle pair that nothing else fits is consistent, never exact", () => {
  const topology = understand(facts({ living: two, files: theirFiles, listed: [1, 2] }));
  const found = topology.links.flatMap((link) =>
    link.kind === "veth" && link.netns === topology.host.netns ? [link] : [],
  );
  expect(found.map(({ name, peer }) => [name, peer])).toMatchObject([
    ["veth1", { link: "h/pid 101/3", proof: "consistent" }],
    ["veth2", { link: "h/pid 102/4", proof: "consistent" }],
  ]);
  for (const { peer } of found)
    expect(peer.by.map(({ check }) => check)).toEqual(["iflink", "only-candidate"]);
});

const open = (atMost: number) => ({ settled: 0, open: atMost });

test.each<[string, World, ReturnType<typeof open>]>([
  ["a file more", { living: two, files: [...theirFiles, sandbox(3)] }, open(2)],
  ["a file less", { living: two, files: [sandbox(1)] }, open(1)],
  [
    "a container that the engine lists and nobody sees",
    { living: two, files: theirFiles, listed: [1, 2, 3] },
    open(2),
  ],
  [
    "a container that the engine does not list (Docker in Docker)",
    { living: two, files: theirFiles, listed: [1] },
    open(2),
  ],
  [
    "containers of somebody else",
    { living: two.map(({ n }) => ({ n, folder: "default" })), files: theirFiles },
    open(2),
  ],
  ["files of somebody else", { living: two, files: ["/run/netns/a", "/run/netns/b"] }, open(2)],
])("with %s nothing is settled, and what is idle stays ambiguous", (_, world, twice) => {
  expect(seen(world)).toMatchObject({ complete: false, twice, peers: ["ambiguous", "ambiguous"] });
});

test("a namespace that only a file names stays in the list, and is not settled by others", () => {
  const world = { living: two, files: [...theirFiles, "/run/netns/lonely"], listed: [1, 2] };
  expect(seen(world)).toEqual({
    ...{ all: 4, complete: false, twice: { settled: 2, open: 0 } },
    peers: ["ambiguous", "ambiguous"],
  });
});

test("a link that /proc gives no number may be anybody's peer", () => {
  const inside = [`/proc/101/net/dev:${dev("down0")}`];
  expect(seen({ living: two, files: theirFiles, listed: [1, 2], inside })).toMatchObject({
    complete: false,
    peers: ["ambiguous", "ambiguous"],
  });
});

test("whatever is there, what is settled and what is open is never more than there is", () => {
  const some = fc.uniqueArray(fc.integer({ min: 1, max: 6 }));
  fc.assert(
    fc.property(some, some, fc.option(some, { nil: undefined }), (living, files, listed) => {
      const world = { living: living.map((n) => ({ n })), files: files.map(sandbox) };
      const { all, twice } = seen({ ...world, ...(listed && { listed }) });
      expect([0, files.length]).toContain(twice.settled);
      expect(twice.open).toBeLessThanOrEqual(Math.min(living.length, files.length));
      expect(all).toBe(1 + living.length + files.length - twice.settled);
    }),
  );
});
