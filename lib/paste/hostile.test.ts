import fc from "fast-check";
import { expect, test } from "vitest";
import { understand } from "@/lib/pipeline";
import { pasteFacts } from "./facts";
import { missingFrom } from "./missing";
import { recognise } from "./recognise";
import { factsOf } from "./test-paste";

/** All that a page does with a text. */
function all(text: string): number {
  const read = recognise(text);
  if (read.status === "refused") return 0;
  const topology = understand(pasteFacts(read.blocks, new Map(), "2026-01-01T00:00:00.000Z", "x"));
  return missingFrom(topology, read.blocks).length;
}

const pieces = fc.constantFrom(
  ...[
    "1: lo: <UP>",
    "5: a@if4: <UP> mtu 1500 master b",
    "4: eth0@if5: …",
    "4: eth0    inet 1.2.3.4/8",
  ],
  ...["    inet 172.17.0.2/16 scope global", "    link/ether 02:42:ac:11:00:02", "......", "```"],
  ...["root@host:~# ip a", "/ # ip a", "$ docker exec -it web sh", "# exit", "$ nsenter -t 1 -n"],
  ...["bridge name\tbridge id", "docker0 8000.024242a1b2c3 no vethed2a70d", "\t\tveth2"],
  ...[
    "NIC statistics:",
    "     peer_ifindex: 4",
    "$ ethtool -S a",
    "$ cat /sys/class/net/a/iflink",
    "9",
  ],
  ...["CONTAINER ID   IMAGE", '5bd0c1a2b3c4 nginx "x" Up 1 hour 80/tcp web', "NETWORK ID NAME"],
  ...["9f9f9f9f9f9f bridge bridge local", "[", "{", '"Id": "9f"', "}", "]", "[{}]"],
  ...["Chain DOCKER (2 references)", "target prot opt source destination", "-A DOCKER -j RETURN"],
  ...[
    "*nat",
    ":DOCKER - [0:0]",
    "COMMIT",
    "eth0: flags=4163<UP>  mtu 1500",
    "eth0 Link encap:Ethernet",
  ],
  ...[
    "default via 172.17.0.1 dev eth0",
    "table ip nat {",
    "chain x {",
    "        NS TYPE NPROCS PID USER NETNSID COMMAND",
    "4026532281 net 2 1503 root 0 nginx",
    "veth1@if4 UP fe80::1/64",
    "eth0 UP 02:42:ac:11:00:02 <UP>",
    "CONTAINER ID   IMAGE   COMM",
    "AND   NAMES",
    "<b>",
    "\u202e",
    "&lt;UP&gt;",
    "１： ｌｏ：",
    "$ iptables -t nat -S",
  ],
);

const paste = fc
  .array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string({ unit: "binary", maxLength: 60 })), {
    maxLength: 40,
  })
  .chain((lines) => fc.constantFrom("\n", "\r\n", "\n\n", " ").map((end) => lines.join(end)));

test("nothing that is pasted makes it throw", () => {
  fc.assert(
    fc.property(paste, (text) => all(text) >= 0),
    { numRuns: 200 },
  );
});

test("no pair of pasted text is called exact", () => {
  fc.assert(
    fc.property(paste, (text) => {
      const read = recognise(text);
      if (read.status === "refused") return true;
      const facts = pasteFacts(read.blocks, new Map(), "2026-01-01T00:00:00.000Z", "x");
      return understand(facts).links.every(
        (link) =>
          link.kind !== "veth" || link.peer.status !== "found" || link.peer.proof === "consistent",
      );
    }),
    { numRuns: 100 },
  );
});

const repeated = (line: (nth: number) => string, times: number): string =>
  Array.from({ length: times }, (_, nth) => line(nth)).join("\n");

test.each<[string, string]>([
  [
    "a novel",
    repeated((nth) => `It was the best of times, it was the worst of times, ${nth}.`, 25_000),
  ],
  ["one endless line", "a ".repeat(1_900_000)],
  ["spaces without end", `x${" ".repeat(3_900_000)}x`],
  ["dots without end", `${".".repeat(3_000_000)}x`],
  ["links without end", repeated((nth) => `${nth + 1}: v${nth}@if${nth}: <UP> mtu 1500`, 4_000)],
  ["the same link again and again", repeated(() => "1: a@if1: <UP> mtu 1500", 1_500)],
  ["prompts without end", repeated((nth) => `root@h${nth}:~# ip a`, 25_000)],
  ["a table of nft without end", `table ip x {\n${repeated((nth) => `chain c${nth} {`, 29_000)}`],
  [
    "a broken table without end",
    `CONTAINER ID   IMAGE\nNAMES\n${repeated((nth) => (nth % 3 === 0 ? "5bd0c1a2b3c4   nginx   x" : "y"), 29_000)}`,
  ],
  [
    "namespaces without end",
    repeated((nth) => `${4026531840 + nth} net 1 ${nth} root 1 x`, 20_000),
  ],
  ["brief links without end", repeated((nth) => `v${nth}@if${nth} UP 10.0.0.1/8`, 4_000)],
  ["brackets without end", `[{${'{"a":['.repeat(100_000)}`],
  ["quotes without end", `[{"${'\\"'.repeat(200_000)}`],
  [
    "containers without end",
    repeated((nth) => `$ docker exec c${nth} ip a\n4: eth0@if${nth + 5}: <UP> mtu 1500`, 600),
  ],
])("%s takes bounded time", { timeout: 30_000 }, (_, text) => {
  const began = performance.now();
  all(text);
  expect(performance.now() - began).toBeLessThan(15_000);
});

test("names full of markup and right-to-left marks stay names", () => {
  const name = "<b>\u202e\u2067x";
  const topology = understand(
    factsOf(`root@host:~# ip a
5: ${name}@if4: <UP> mtu 1500 master docker0 state UP
$ docker exec <script>alert(1)</script> ip a
4: eth0@if5: <UP> mtu 1500 state UP
`),
  );
  expect(topology.links.find(({ ifindex }) => ifindex === 5)?.name).toBe(name);
  expect(topology.links.filter(({ kind }) => kind === "veth")).toHaveLength(2);
});
