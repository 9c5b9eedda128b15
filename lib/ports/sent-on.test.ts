import { describe, expect, it } from "vitest";
import { rulesOf } from "@/lib/pipeline";
import { askedNetns, factsOfRules, type SaidOfRules } from "@/lib/topology/firewall/test-firewall";
import type { Topology } from "@/lib/topology/model";
import type { PortRow } from "./model";
import { ports } from "./ports";
import { dockerRules } from "./test-docker";
import { hostNetns, netnsOf, type Written, writtenWorld } from "./test-world";

const firewallOf = (...said: readonly SaidOfRules[]) =>
  rulesOf(factsOfRules(...said), askedNetns).firewall;

/** `forward` lets everything through: what the rules for containers do is not asked here. */
const withNat = (...nat: readonly string[]): SaidOfRules => dockerRules({ nat, forward: "ACCEPT" });

const span = (port: number, last: number): string =>
  port === last ? `${port}` : `${port}-${last}`;

/** A line as a person would read it. */
const inShort = ({ kind, protocol, host, target, listener, scope }: PortRow): string => {
  const left = host === null ? "-" : `${host.address}:${span(host.port, host.last)}`;
  const right = target === null ? "-" : `${target.address ?? ""}:${span(target.port, target.last)}`;
  const status =
    listener.status === "several"
      ? `several ${listener.heard.map(({ port }) => port)}`
      : listener.status;
  return `${kind} ${protocol} ${left} → ${right}, ${status}, ${scope}`;
};

const rowsOf = (written: Written, change?: (topology: Topology) => Topology) =>
  ports(writtenWorld(written, change)).rows;

/** Without what docker's own rule for 8080 and other programs of the host give. */
const shown = (rows: readonly PortRow[]): readonly string[] =>
  rows.filter(({ host }) => host?.port !== 8080).map(inShort);

const web = { name: "web", listens: ["tcp 0.0.0.0 22", "tcp 0.0.0.0 3004"] };

describe("a rule that sends several ports of the host on is one line", () => {
  it.each([
    [
      "all to one port",
      "-p tcp -m tcp --dport 2000:2010 -j DNAT --to-destination 172.17.0.2:22",
      "published tcp 0.0.0.0:2000-2010 → 172.17.0.2:22, listening, world",
    ],
    [
      "each to the same",
      "-p tcp -m tcp --dport 3000:3010 -j DNAT --to-destination 172.17.0.2",
      "published tcp 0.0.0.0:3000-3010 → 172.17.0.2:3000-3010, several 3004, world",
    ],
    [
      "to the same range, written",
      "-p tcp -m tcp --dport 3000:3010 -j DNAT --to-destination 172.17.0.2:3000-3010",
      "published tcp 0.0.0.0:3000-3010 → 172.17.0.2:3000-3010, several 3004, world",
    ],
    [
      "to a shifted range",
      "-p tcp -m tcp --dport 2000:2010 -j DNAT --to-destination 172.17.0.2:3000-3010/2000",
      "published tcp 0.0.0.0:2000-2010 → 172.17.0.2:3000-3010, several 3004, world",
    ],
    [
      "to some port of another range, which the kernel takes as it is free",
      "-p tcp -m tcp --dport 2000:2010 -j DNAT --to-destination 172.17.0.2:3000-3010",
      "published tcp 0.0.0.0:2000-2010 → 172.17.0.2:3000-3010, several 3004, unknown",
    ],
    [
      "at one address",
      "-d 192.0.2.1/32 -p tcp -m tcp --dport 2000:2010 -j DNAT --to-destination 172.17.0.2:22",
      "published tcp 192.0.2.1:2000-2010 → 172.17.0.2:22, listening, world",
    ],
  ])("%s", (_, rule, expected) => {
    const rows = rowsOf({
      containers: [web],
      firewall: firewallOf(withNat(`-A PREROUTING ${rule}`)),
    });
    const [first, ...others] = shown(rows);
    expect(first).toBe(expected);
    const led = expected.includes(":22,") ? 22 : 3004;
    expect(others.some((line) => line.includes(`:${led},`))).toBe(false);
    expect(others).toHaveLength(1);
  });

  it("several of them are a line each", () => {
    const rule =
      "-A PREROUTING -p tcp -m multiport --dports 81,2000:2010 -j DNAT --to 172.17.0.2:22";
    const rows = rowsOf({
      containers: [web],
      firewall: firewallOf(withNat(rule.replace("--to ", "--to-destination "))),
    });
    expect(shown(rows).slice(0, 2)).toEqual([
      "published tcp 0.0.0.0:81 → 172.17.0.2:22, listening, world",
      "published tcp 0.0.0.0:2000-2010 → 172.17.0.2:22, listening, world",
    ]);
  });

  it("all ports but one are two lines", () => {
    const rule = "-A PREROUTING -d 192.0.2.1/32 -p tcp -m tcp ! --dport 22";
    const rows = rowsOf({
      containers: [web],
      firewall: firewallOf(withNat(`${rule} -j DNAT --to-destination 172.17.0.2`)),
    });
    expect(shown(rows).slice(0, 2)).toEqual([
      "published tcp 192.0.2.1:1-21 → 172.17.0.2:1-21, nobody, world",
      "published tcp 192.0.2.1:23-65535 → 172.17.0.2:23-65535, several 3004, world",
    ]);
  });
});

describe("of a range it is asked", () => {
  const askedOutside = (row: PortRow | undefined): readonly number[] =>
    (row?.asked ?? []).filter(({ from }) => from === "world").map(({ to }) => to.port);

  it("at its first port, and where somebody listens", () => {
    const rule = "-p tcp -m tcp --dport 3000:3010 -j DNAT --to-destination 172.17.0.2";
    const [row] = rowsOf({
      containers: [web],
      firewall: firewallOf(withNat(`-A PREROUTING ${rule}`)),
    });
    expect(askedOutside(row)).toEqual([3000, 3004]);
  });

  it("not at a port that a rule before sends elsewhere", () => {
    const rows = rowsOf({
      containers: [web, { name: "other", listens: ["tcp 0.0.0.0 80"] }],
      firewall: firewallOf(
        withNat(
          "-A PREROUTING -p tcp -m tcp --dport 2000 -j DNAT --to-destination 172.17.0.3:80",
          "-A PREROUTING -p tcp -m tcp --dport 2000:2010 -j DNAT --to-destination 172.17.0.2:22",
        ),
      ),
    });
    const range = rows.find(({ host }) => host?.last === 2010);
    expect(askedOutside(range)).toEqual([2001]);
    expect(range?.scope).toBe("world");
    expect(shown(rows)[0]).toBe("published tcp 0.0.0.0:2000 → 172.17.0.3:80, listening, world");
  });

  it("where a filter lets one of them in alone, that one tells", () => {
    const rows = rowsOf({
      containers: [web],
      firewall: firewallOf(
        dockerRules({
          nat: ["-A PREROUTING -d 192.0.2.1/32 -j DNAT --to-destination 172.17.0.2"],
          filter: ["-A FORWARD -d 172.17.0.2/32 -p tcp -m tcp --dport 22 -j ACCEPT"],
        }),
      ),
    });
    expect(shown(rows).slice(0, 2)).toEqual([
      "published tcp 192.0.2.1:1-65535 → 172.17.0.2:1-65535, several 22,3004, world",
      "published udp 192.0.2.1:1-65535 → 172.17.0.2:1-65535, nobody, nobody",
    ]);
  });
});

const redirected = "redirected tcp 0.0.0.0:81 → :8000, listening, world";

it.each([
  ["REDIRECT", "-p tcp -m tcp --dport 81 -j REDIRECT --to-ports 8000"],
  [
    "DNAT to another port of the same address",
    "-p tcp -m tcp --dport 81 -j DNAT --to-destination :8000",
  ],
])("%s leads to a program of the host itself", (_, rule) => {
  const rows = rowsOf({
    containers: [{ name: "web" }],
    hostListens: ["tcp 0.0.0.0 8000 httpd"],
    firewall: firewallOf(withNat(`-A PREROUTING ${rule}`)),
  });
  const row = rows.find(({ host }) => host?.port === 81);
  expect(row && inShort(row)).toBe(redirected);
  expect(row).toMatchObject({ containers: [], end: { at: "namespace", netns: hostNetns } });
});

const left = (field: string) => ({ payload: { protocol: "tcp", field } });
const native = (family: "ip" | "inet" | "ip6", ...exprs: readonly object[][]): SaidOfRules => ({
  probe: "nft-ruleset",
  stdout: JSON.stringify({
    nftables: [
      { metainfo: { json_schema_version: 1 } },
      { table: { family, name: "mine", handle: 1 } },
      {
        chain: {
          ...{ family, table: "mine", name: "pre", handle: 1, type: "nat" },
          ...{ hook: "prerouting", prio: -100, policy: "accept" },
        },
      },
      ...exprs.map((expr, nth) => ({
        rule: { family, table: "mine", chain: "pre", handle: 2 + nth, expr },
      })),
    ],
  }),
});
const dport = (right: unknown) => ({ match: { op: "==", left: left("dport"), right } });

it.each(["ip", "inet"] as const)("nft's table of family %s says the same", (family) => {
  const rows = rowsOf({
    containers: [web],
    hostListens: ["tcp 0.0.0.0 8000 httpd"],
    firewall: firewallOf(
      native(
        family,
        [dport({ range: [2000, 2010] }), { dnat: { family: "ip", addr: "172.17.0.2", port: 22 } }],
        [
          {
            match: {
              op: "==",
              left: { payload: { protocol: "ip", field: "daddr" } },
              right: "192.0.2.50",
            },
          },
          { dnat: { family: "ip", addr: "172.17.0.2" } },
        ],
        [dport(81), { redirect: { port: 8000 } }],
      ),
    ),
  });
  const ofIpv4 = rows.filter((row) => row.family === "ip" && row.kind !== "unpublished");
  expect(ofIpv4.map(inShort)).toEqual([
    "published tcp 0.0.0.0:2000-2010 → 172.17.0.2:22, listening, world",
    "published tcp 192.0.2.50:1-65535 → 172.17.0.2:1-65535, several 22,3004, world",
    "published udp 192.0.2.50:1-65535 → 172.17.0.2:1-65535, nobody, world",
    redirected,
    "host tcp 0.0.0.0:8000 → -, listening, world",
  ]);
});

it("nft's map of ports is a line for each of its elements", () => {
  const key = { payload: { protocol: "tcp", field: "dport" } };
  const data = {
    set: [
      [2222, { concat: ["172.17.0.2", 22] }],
      [{ range: [3000, 3010] }, { concat: ["172.17.0.2", 3004] }],
    ],
  };
  const rows = rowsOf({
    containers: [web],
    firewall: firewallOf(native("ip", [{ dnat: { family: "ip", addr: { map: { key, data } } } }])),
  });
  expect(rows.map(inShort)).toEqual([
    "published tcp 0.0.0.0:2222 → 172.17.0.2:22, listening, world",
    "published tcp 0.0.0.0:3000-3010 → 172.17.0.2:3004, listening, world",
  ]);
});

it("IPv6 has lines of its own", () => {
  const nat = ["*nat", ":PREROUTING ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]"];
  const rows = rowsOf(
    {
      containers: [{ name: "web", listens: ["tcp :: 22"] }],
      hostListens: ["tcp :: 8000 httpd"],
      firewall: firewallOf({
        probe: "ip6tables-save",
        stdout: [
          ...nat,
          "-A PREROUTING -p tcp -m tcp --dport 2000:2010 -j DNAT --to-destination [fd00::2]:22",
          "-A PREROUTING -d 2001:db8::50/128 -p tcp -j DNAT --to-destination fd00::2",
          "-A PREROUTING -p tcp -m tcp --dport 81 -j REDIRECT --to-ports 8000",
          ...["COMMIT", ""],
        ].join("\n"),
      }),
    },
    (topology) => ({
      ...topology,
      links: topology.links.map((link) =>
        link.netns === netnsOf(0) && link.name === "eth0"
          ? {
              ...link,
              addresses: [
                ...link.addresses,
                { family: "inet6", address: "fd00::2", prefix: 64, scope: "global" },
              ],
            }
          : link,
      ),
    }),
  );
  expect(
    rows.filter(({ kind }) => kind !== "host").map((row) => inShort(row).replace(/, [^,]+$/, "")),
  ).toEqual([
    "published tcp :::2000-2010 → fd00::2:22, listening",
    "published tcp 2001:db8::50:1-65535 → fd00::2:1-65535, several 22",
    "redirected tcp :::81 → :8000, listening",
  ]);
  expect(rows[0]?.end).toEqual({ at: "namespace", netns: netnsOf(0) });
});

describe("what a chain is for is said by the rules that lead there", () => {
  it("as podman's and Kubernetes' own are", () => {
    const rows = rowsOf({
      containers: [{ name: "web", listens: ["tcp 0.0.0.0 80"] }],
      firewall: firewallOf(
        withNat(
          ":CNI-DN-1 - [0:0]",
          ":KUBE-SEP-1 - [0:0]",
          "-A PREROUTING -p tcp -m multiport --dports 8085,9000:9001 -j CNI-DN-1",
          "-A CNI-DN-1 -p tcp -j DNAT --to-destination 172.17.0.2:80",
          "-A PREROUTING -d 10.96.0.10/32 -p tcp -m tcp --dport 443 -j KUBE-SEP-1",
          "-A PREROUTING -p tcp -m tcp --dport 30080 -j KUBE-SEP-1",
          "-A KUBE-SEP-1 -p tcp -m tcp -j DNAT --to-destination 172.17.0.2:80",
        ),
      ),
    });
    // An address of a cluster's service is none of the host's.
    expect(shown(rows).toSorted()).toEqual([
      "published tcp 0.0.0.0:30080 → 172.17.0.2:80, listening, world",
      "published tcp 0.0.0.0:8085 → 172.17.0.2:80, listening, world",
      "published tcp 0.0.0.0:9000-9001 → 172.17.0.2:80, listening, world",
    ]);
  });

  it("a chain that nothing leads to is for no port but those that its rules name", () => {
    const rows = rowsOf({
      containers: [web],
      firewall: firewallOf(
        withNat(
          ":LOST - [0:0]",
          "-A LOST -p tcp -j DNAT --to-destination 172.17.0.2:22",
          "-A LOST -p tcp -m tcp --dport 99 -j DNAT --to-destination 172.17.0.2:22",
        ),
      ),
    });
    expect(shown(rows.filter(({ kind }) => kind === "published"))).toEqual([
      "published tcp 0.0.0.0:99 → 172.17.0.2:22, listening, some",
    ]);
  });

  it("chains that lead to each other in a ring end", () => {
    const rule = "-A ONE -p tcp -m tcp --dport 99 -j DNAT --to-destination 172.17.0.2:22";
    const rows = rowsOf({
      containers: [web],
      firewall: firewallOf(
        withNat(
          ":ONE - [0:0]",
          ":TWO - [0:0]",
          "-A PREROUTING -j ONE",
          "-A ONE -j TWO",
          "-A TWO -j ONE",
          rule,
        ),
      ),
    });
    expect(rows.some(({ host }) => host?.port === 99)).toBe(true);
  });
});

it("a wider rule of a person beside the one that Docker wrote hides neither", () => {
  const rows = rowsOf({
    containers: [
      {
        name: "web",
        listens: ["tcp 0.0.0.0 80"],
        ports: [{ hostAddress: "0.0.0.0", hostPort: 8080, containerPort: 80, protocol: "tcp" }],
      },
      { name: "other" },
    ],
    firewall: firewallOf(
      withNat("-A PREROUTING -i eth9 -p tcp -j DNAT --to-destination 172.17.0.3"),
    ),
  });
  expect(rows.slice(0, 2).map(inShort)).toEqual([
    "published tcp 0.0.0.0:8080 → 172.17.0.2:80, listening, world",
    "published tcp 0.0.0.0:1-65535 → 172.17.0.3:1-65535, nobody, some",
  ]);
  expect(rows[0]?.rules.map(({ chain }) => chain)).toEqual(["DOCKER", "PREROUTING"]);
});
