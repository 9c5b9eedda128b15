import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer } from "@/lib/facts/model";
import { answerId } from "@/lib/net/ids";
import type { Probe } from "./define";
import { dockerProxies } from "./docker-proxies";
import { ipsetSave } from "./ipset-save";
import { listeningSockets } from "./listening-sockets";
import { nftRuleset, salvage } from "./nft-ruleset";
import { ipv4OfHex, ipv6OfHex } from "./proc-address";
import { ruleProbes } from "./read-rules";
import { sysctls } from "./sysctls";

const said = (stdout: string): Answer => ({
  id: answerId("x", null),
  probe: "x",
  netns: null,
  entered: null,
  asked: { kind: "command", argv: [] },
  at: "2026-11-21T12:00:00Z",
  ms: 1,
  stdout,
  stderr: "",
  exit: 0,
  cut: false,
});

const fixture = (name: string): string =>
  readFileSync(new URL(`../topology/firewall/fixtures/${name}`, import.meta.url), "utf8");

const withoutPlaces = (text: string) =>
  nftRuleset
    .parse(said(text))
    .rows.map(({ kind, value: { handle: _, ...value } }) => ({ kind, value }));

test("a socket has the address that the kernel printed word by word, low byte first", () => {
  expect(ipv4OfHex("0100007F")).toBe("127.0.0.1");
  expect(ipv6OfHex("00000000000000000000000001000000")).toBe("::1");
  expect(ipv6OfHex("00000000000000000000000000000000")).toBe("::");
  expect(ipv6OfHex("0000000000000000FFFF00000100007F")).toBe("::ffff:127.0.0.1");
  expect(ipv6OfHex("B80D0120000000000000000001000000")).toBe("2001:db8::1");
});

test("listening sockets come with the process whose files they were in, and with who holds them", () => {
  const text = [
    "/proc/1/net/tcp",
    "/proc/1/net/tcp 0100007F:2386 0A 0 4242",
    "/proc/1/net/udp6 00000000000000000000000000000000:12B5 07 0 0",
    "/proc/77/fd socket:[4242]",
    "/proc/1/net/tcp6 0100007F:0050 0A 0 1",
  ].join("\n");
  const { rows, unread } = listeningSockets.parse(said(text));
  expect(rows).toMatchObject([
    { kind: "read", pid: 1 },
    {
      kind: "socket",
      protocol: "tcp",
      family: "inet",
      address: "127.0.0.1",
      port: 9094,
      inode: 4242,
    },
    { kind: "socket", protocol: "udp", family: "inet6", address: "::", port: 4789, inode: 0 },
    { kind: "holder", pid: 77, inode: 4242 },
  ]);
  // An address of four bytes in a file of IPv6.
  expect(unread.map(({ at }) => at)).toEqual([4]);
});

test("of a docker-proxy only what it passes on is read", () => {
  const words = [
    ...["-proto", "tcp", "-host-ip", "0.0.0.0", "-host-port", "8080"],
    ...["-container-ip", "172.17.0.2", "-container-port", "80"],
  ];
  const lines = words.map((word) => `/proc/463/cmdline:${word}`);
  expect(dockerProxies.parse(said(lines.join("\n")))).toEqual({
    rows: [
      {
        pid: 463,
        protocol: "tcp",
        hostAddress: "0.0.0.0",
        hostPort: 8080,
        containerAddress: "172.17.0.2",
        containerPort: 80,
        at: 0,
      },
    ],
    unread: [],
  });
  const torn = dockerProxies.parse(said(lines.slice(0, 4).join("\n")));
  expect([torn.rows.length, torn.unread.length]).toEqual([0, 1]);
});

test("sysctls keep dots in the names of links, and sets keep their entries' options", () => {
  expect(sysctls.parse(said("/proc/sys/net/ipv4/conf/eth0.7/rp_filter:2\n")).rows).toEqual([
    { name: "net/ipv4/conf/eth0.7/rp_filter", value: "2", at: 0 },
  ]);
  const { rows, unread } = ipsetSave.parse(said(fixture("ipset-7.17--every-type.save")));
  expect(unread).toEqual([]);
  expect(rows).toContainEqual(
    expect.objectContaining({
      kind: "add",
      name: "nets",
      entry: "10.1.0.0/16",
      options: ["nomatch"],
    }),
  );
});

test.each([
  "docker-29-nftables--new-daemon",
  "docker-29-nftables--usernet-internal",
  "docker-29-nftables--usernet-portmap",
])("nft without JSON is read as the same: %s", (name) => {
  const ofJson = withoutPlaces(fixture(`${name}.json`));
  const ofText = withoutPlaces(fixture(`${name}.nft`));
  const sorted = (rows: typeof ofJson) => {
    const byKind = Map.groupBy(rows, ({ kind }) => kind);
    return ["table", "chain", "map", "rule"].map((kind) => byKind.get(kind));
  };
  expect(nftRuleset.parse(said(fixture(`${name}.nft`))).unread).toEqual([]);
  expect(sorted(ofText)).toEqual(sorted(ofJson));
});

test("several tables come as one list of rulesets, and a table that was gone as an empty one", () => {
  const one = '{"nftables": [{"metainfo": {}}, {"table": {"family": "ip", "name": "a"}}]}';
  const { rows, unread } = nftRuleset.parse(said(`[\n${one}\n,\n{}\n,\n${one}\n]\n`));
  expect(unread).toEqual([]);
  expect(rows.map(({ at }) => at)).toEqual([
    { path: [0, "nftables", 1, "table"] },
    { path: [2, "nftables", 1, "table"] },
  ]);
});

test("a ruleset that breaks off keeps every object that is whole, braces in comments or not", () => {
  const text = fixture("nft-1.0.6--by-hand.json");
  const whole = nftRuleset.parse(said(text)).rows.length;
  const torn = nftRuleset.parse(said(text.slice(0, text.length - 200)));
  expect(torn.rows.length).toBeGreaterThan(whole - 4);
  expect(torn.unread.length).toBeGreaterThan(0);
  expect(salvage('{"nftables": [{"rule": {"comment": "} {"}}, {"rule": {"comm')).toEqual([
    { rule: { comment: "} {" } },
  ]);
});

test("counters beyond 2^53 keep every digit", () => {
  const big = "18446744073709551615";
  const rule = `{"rule": {"expr": [{"counter": {"packets": ${big}, "bytes": 7}}]}}`;
  const [row] = nftRuleset.parse(said(`{"nftables": [${rule}]}`)).rows;
  expect(row?.value["expr"]).toEqual([{ counter: { packets: big, bytes: 7 } }]);
});

const piece = fc.oneof(
  fc.constantFrom("table ip x {", "chain y {", "}", "{", "elements = {", "type filter hook input"),
  fc.constantFrom("priority 0; policy accept;", "tcp dport 80", "accept", "jump z", "ip saddr @s"),
  fc.constantFrom('comment "x"', '"', "vmap", "dnat to", "limit rate", ":", ",", "counter packets"),
  fc.string({ maxLength: 8 }),
);
const hostileText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("\n"));

test.each(ruleProbes.map((probe): [string, Probe<unknown>] => [probe.name, probe]))(
  "%s throws at nothing that is printed, and what it does not read it counts",
  (_, probe) => {
    fc.assert(
      fc.property(fc.oneof(hostileText, fc.string(), fc.json()), (text) => {
        const { rows, unread } = probe.parse(said(text));
        const isEmpty = /^(?:\s|[{}[\],]|#.*$|COMMIT$)*$/m.test(text.replace(/^#.*$/gm, ""));
        expect(isEmpty || rows.length + unread.length > 0).toBe(true);
      }),
      { numRuns: 300 },
    );
  },
);
