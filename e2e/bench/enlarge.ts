import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";

type Json = Record<string, unknown>;

/** Small, seeded and good enough to make numbers that do not compress like copies do (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers of one more container: nothing of it is a copy that a compressor would see through. */
type Clone = {
  readonly place: number;
  readonly inode: number;
  readonly pid: number;
  readonly ifindex: number;
  readonly nsid: number;
  readonly id: string;
  readonly veth: string;
  readonly macs: readonly [string, string];
  readonly address: string;
  readonly bytes: number;
};

function cloneAt(place: number, next: () => number): Clone {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(next() * 16).toString(16)).join("");
  const mac = () => `02:${hex(10).replace(/(..)(?=.)/g, "$1:")}`;
  return {
    place,
    inode: 4027000000 + place,
    pid: 10000 + place * 7,
    ifindex: 1000 + place * 2,
    nsid: 1000 + place,
    id: hex(64),
    veth: `veth${hex(7)}`,
    macs: [mac(), mac()],
    address: `172.17.${4 + Math.floor(place / 250)}.${1 + (place % 250)}`,
    bytes: Math.floor(next() * 1e7),
  };
}

/** What identifies the container that serves as the pattern, read off the facts themselves. */
type Pattern = {
  readonly host: string;
  readonly netns: string;
  readonly container: Json;
  readonly inner: readonly Json[];
  readonly outer: Json;
  readonly routes: string;
};

const rows = (facts: HostFacts, probe: string, netns: string | null): readonly Json[] =>
  JSON.parse(
    facts.answers.find((each) => each.probe === probe && each.netns === netns)?.stdout || "[]",
  ) as readonly Json[];

function patternOf(facts: HostFacts): Pattern {
  const host = facts.answers.find((each) => each.probe === "ip-addr" && each.entered === null);
  const hostLabel = host?.netns ?? "";
  for (const each of facts.answers) {
    if (each.probe !== "ip-addr" || each.netns === hostLabel || each.netns === null) continue;
    const inner = rows(facts, "ip-addr", each.netns);
    const eth0 = inner.find((link) => link["ifname"] === "eth0");
    const outer = rows(facts, "ip-addr", hostLabel).find(
      (link) => link["ifindex"] === eth0?.["link_index"] && link["master"] !== undefined,
    );
    const container = rows(facts, "engine-containers", null).find((one) =>
      JSON.stringify(one).includes(String(eth0?.["address"])),
    );
    if (inner.length !== 2 || outer === undefined || container === undefined) continue;
    const routes = JSON.stringify(rows(facts, "ip-route", each.netns));
    return { host: hostLabel, netns: each.netns, container, inner, outer, routes };
  }
  throw new Error("these facts hold no container on a bridge that could serve as a pattern");
}

const counted = (bytes: number) => ({
  rx: { bytes, packets: Math.floor(bytes / 700) },
  tx: { bytes: Math.floor(bytes / 3), packets: Math.floor(bytes / 900) },
});

function outerLink(pattern: Pattern, clone: Clone): Json {
  return {
    ...pattern.outer,
    ifindex: clone.ifindex,
    ifname: clone.veth,
    link_netnsid: clone.nsid,
    address: clone.macs[0],
    stats64: counted(clone.bytes),
  };
}

const innerLinks = (pattern: Pattern, clone: Clone): readonly Json[] =>
  pattern.inner.map((link) =>
    link["ifname"] === "lo"
      ? link
      : {
          ...link,
          link_index: clone.ifindex,
          address: clone.macs[1],
          addr_info: [{ family: "inet", local: clone.address, prefixlen: 16, scope: "global" }],
          stats64: counted(clone.bytes + 1),
        },
  );

function engineContainer(pattern: Pattern, clone: Clone): Json {
  const settings = pattern.container["NetworkSettings"] as { Networks: Record<string, Json> };
  const networks = Object.entries(settings.Networks).map(([name, endpoint]) => [
    name,
    { ...endpoint, IPAddress: clone.address, MacAddress: clone.macs[1], EndpointID: clone.id },
  ]);
  return {
    ...pattern.container,
    Id: clone.id,
    Names: [`/app-${clone.place}`],
    NetworkSettings: { Networks: Object.fromEntries(networks) },
  };
}

/** Adds what each clone contributes to the answer of a question that is asked once for the host. */
function grown(answer: Answer, pattern: Pattern, clones: readonly Clone[]): Answer {
  const lines = (line: (clone: Clone) => string): Answer => ({
    ...answer,
    stdout: `${answer.stdout.trimEnd()}\n${clones.map((clone) => `${line(clone)}\n`).join("")}`,
  });
  const elements = (element: (clone: Clone) => Json): Answer => ({
    ...answer,
    stdout: JSON.stringify([...(JSON.parse(answer.stdout) as Json[]), ...clones.map(element)]),
  });
  switch (answer.probe) {
    case "netns-paths":
    case "netns-paths-after": {
      const dev = /^(\d+) \d+ \/proc\/self/m.exec(answer.stdout)?.[1] ?? "4";
      return lines(({ inode, pid }) => `${dev} ${inode} /proc/${pid}/ns/net`);
    }
    case "cgroups":
      return lines(({ pid, id }) => `/proc/${pid}/cgroup:0::/docker/${id}`);
    case "process-names":
      return lines(({ pid }) => `/proc/${pid}/comm:busybox`);
    case "lsns":
      return lines(
        ({ inode, pid, nsid }) =>
          `${String(inode).padStart(10)}${String(pid).padStart(6)}${String(nsid).padStart(11)}`,
      );
    case "engine-containers":
      return elements((clone) => engineContainer(pattern, clone));
    case "ip-addr":
      return answer.netns === pattern.host
        ? elements((clone) => outerLink(pattern, clone))
        : answer;
    default:
      return answer;
  }
}

/** Facts of a real host with `count` more containers like one that it has on a bridge. */
export function enlarge(facts: HostFacts, count: number): HostFacts {
  const pattern = patternOf(facts);
  const next = random(20261121);
  const clones = Array.from({ length: count }, (_, place) => cloneAt(place, next));
  const model = facts.answers.find(
    ({ probe, netns }) => probe === "ip-addr" && netns === pattern.netns,
  );
  const inside = clones.flatMap((clone) => {
    const netns = netnsLabel(clone.inode);
    const entered = `/proc/${clone.pid}/ns/net`;
    const one = (probe: string, stdout: string): readonly Answer[] =>
      model === undefined
        ? []
        : [{ ...model, id: answerId(probe, netns), probe, netns, entered, stdout }];
    return [
      ...one("ip-addr", JSON.stringify(innerLinks(pattern, clone))),
      ...one("ip-route", pattern.routes),
    ];
  });
  const answers = facts.answers.map((answer) => grown(answer, pattern, clones));
  return { ...facts, answers: [...answers, ...inside] };
}
