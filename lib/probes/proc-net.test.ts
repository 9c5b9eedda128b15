import fc from "fast-check";
import { expect, test } from "vitest";
import type { Answer } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";
import { asLinks, procNet } from "./proc-net";
import { read } from "./read";

const answer = (probe: string, stdout: string): Answer => ({
  id: answerId(probe, null),
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
});

/** Two processes of one container, one of the host; as Linux 6.18 prints these files. */
const text = `100 /proc/self/net/dev
100 /proc/1/net/dev
200 /proc/70/net/dev
200 /proc/71/net/dev
/proc/self/net/dev:Inter-|   Receive                                                |  Transmit
/proc/self/net/dev: face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
/proc/self/net/dev: veth1:      90       1    0    0    0     0          0         0       90       1    0    0    0     0       0          0
/proc/70/net/dev:Inter-|   Receive                                                |  Transmit
/proc/70/net/dev:    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
/proc/70/net/dev:  eth0:      90       1    0    0    0     0          0         0      180       2    0    0    0     0       0          0
/proc/70/net/dev_mcast:2    eth0            1     0     333300000001
/proc/70/net/if_inet6:fe80000000000000c8ab37fffe737108 02 40 20 c0     eth0
/proc/70/net/igmp:Idx\tDevice    : Count Querier\tGroup    Users Timer\tReporter
/proc/70/net/igmp:2\teth0      :     1      V3
/proc/70/net/igmp:\t\t\t\t010000E0     1 0:00000000\t\t0
/proc/70/net/route:Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
/proc/70/net/route:eth0\t00000000\t0102010A\t0003\t0\t0\t0\t00000000\t0\t0\t0
/proc/70/net/route:eth0\t0002010A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
/proc/70/net/fib_trie:Main:
/proc/70/net/fib_trie:        |-- 10.1.2.2
/proc/70/net/fib_trie:           /32 host LOCAL
/proc/70/net/fib_trie:     |-- 10.1.2.255
/proc/70/net/fib_trie:        /32 link BROADCAST
/proc/self/net/dev: veth1:     180       2    0    0    0     0          0         0       90       1    0    0    0     0       0          0
`;

test("a namespace is known by its processes, its links by number, addresses and counters", () => {
  const { rows, unread } = procNet.parse(answer("proc-net", text));
  expect(unread).toEqual([]);
  const [own, container] = rows;
  expect(own).toMatchObject({
    label: null,
    pids: [{ pid: 1, at: 1 }],
    links: [{ name: "veth1", counters: { rxPackets: 1 }, later: { rxPackets: 2 } }],
  });
  expect(container).toMatchObject({ label: "pid 70", pids: [{ pid: 70 }, { pid: 71 }] });
  // lo is in no group, so that its number stands nowhere.
  expect(container && asLinks(container)).toMatchObject([
    {
      ifindex: 2,
      name: "eth0",
      linkIndex: null,
      untold: "netns",
      counters: { rxBytes: 90, rxPackets: 1, txBytes: 180, txPackets: 2 },
      addresses: [
        { family: "inet", address: "10.1.2.2", prefix: 24, scope: "global" },
        { family: "inet6", address: "fe80:0:0:0:c8ab:37ff:fe73:7108", prefix: 64, scope: "link" },
      ],
    },
  ]);
});

test("a process whose ns/net may be looked at gives the namespace its inode; one that answered is not told twice", () => {
  const facts = (...answers: readonly Answer[]) =>
    read({ format: "vethscope-facts/1", host: "h", source: "live", at: "", answers, gaps: [] });
  const paths = answer("netns-paths", "4 1 /proc/self/ns/net\n4 2 /proc/71/ns/net\n");
  const net = answer("proc-net", text);
  expect(facts(paths, net).links.map(({ netns }) => netns)).toEqual(["2"]);
  const said = { ...answer("ip-addr", '[{"ifindex":2,"ifname":"eth0"}]'), netns: netnsLabel(2) };
  expect(facts(paths, net, said).links.map(({ answer: id }) => id)).toEqual([said.id]);
});

test("a process that no other answer saw is passing through: it makes no namespace", () => {
  const names = answer("process-names", "/proc/1/comm:init\n");
  const { procNets, links } = read({
    format: "vethscope-facts/1",
    host: "h",
    source: "live",
    at: "",
    answers: [names, answer("proc-net", text)],
    gaps: [],
  });
  expect(procNets.flatMap(({ rows }) => rows.map(({ label }) => label))).toEqual([null]);
  expect(links).toEqual([]);
});

test("never throws, whatever stands in these files", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(text.length), fc.string({ unit: "binary" }))), (edits) => {
      const edited = edits.reduce(
        (all, [at, put]) => all.slice(0, at) + put + all.slice(at + put.length),
        text,
      );
      const { rows } = procNet.parse(answer("proc-net", edited));
      for (const row of rows) asLinks(row);
    }),
  );
});
