import { expect, test } from "vitest";
import type { Answer } from "@/lib/facts/model";
import { answerId } from "@/lib/net/ids";
import { bridgeMacs } from "./bridge-macs";

const probe = bridgeMacs("docker0");

const read = (stdout: string) =>
  probe.parse({
    id: answerId(probe.name, null),
    probe: probe.name,
    netns: null,
    entered: null,
    asked: { kind: "command", argv: ["bridge"] },
    at: "2026-01-01T00:00:00.000Z",
    ms: 1,
    stdout,
    stderr: "",
    exit: 0,
    cut: false,
  } satisfies Answer);

const inShort = (stdout: string) =>
  read(stdout).rows.map(({ mac, port, kind }) => `${mac} ${port} ${kind}`);

const learned = "02:42:ac:11:00:02 vethc57e9f9 learned";

// iproute2 6.1 and bridge-utils 1.7.1, of one and the same bridge.
const json = `[{"mac":"02:42:ac:11:00:02","ifname":"vethc57e9f9","flags":[],"master":"docker0","state":""},
{"mac":"66:b0:b1:90:f0:36","ifname":"vethc57e9f9","flags":[],"master":"docker0","state":"permanent"},
{"mac":"33:33:00:00:00:01","ifname":"docker0","flags":["self"],"state":"permanent"}]`;
const text = `02:42:ac:11:00:02 dev vethc57e9f9 master docker0
66:b0:b1:90:f0:36 dev vethc57e9f9 master docker0 permanent
33:33:00:00:00:01 dev docker0 self permanent
`;
const brctl = `port no	mac addr		is local?	ageing timer
  1	02:42:ac:11:00:02	no		   1.23
  1	66:b0:b1:90:f0:36	yes		   0.00
docker0
 bridge id		8000.024292a4e233
 designated root	8000.024292a4e233
 root port		   0			path cost		   0
 flags

vethc57e9f9 (1)
 port id		8001			state		     forwarding
 designated root	8000.024292a4e233	path cost		      2
 flags
`;
const sysfs = `/sys/class/net/docker0/brif/vethc57e9f9/port_no:0x1
 02 42 ac 11 00 02 01 00 7b 00 00 00 00 00 00 00
 66 b0 b1 90 f0 36 01 01 00 00 00 00 00 00 00 00
`;

test("all tools tell the same of what a bridge learned, and behind which port", () => {
  for (const said of [json, text, brctl, sysfs]) {
    expect(inShort(said)[0]).toBe(learned);
    expect(read(said).unread).toEqual([]);
  }
});

test("a port's own address is not one that was learned", () => {
  expect(inShort(json)[1]).toBe("66:b0:b1:90:f0:36 vethc57e9f9 permanent");
  expect(inShort(text)).toEqual(inShort(json));
  expect(inShort(brctl)[1]).toBe("66:b0:b1:90:f0:36 vethc57e9f9 own");
  expect(inShort(sysfs)).toEqual(inShort(brctl));
});

test("a port whose number has no name stays without one", () => {
  const [row] = read("  9\t02:42:ac:11:00:02\tno\t\t   1.23\n").rows;
  expect(row).toMatchObject({ port: null, kind: "learned" });
});

test("a line that is none of these is not understood", () => {
  expect(read("bridge: command not found\nReally: not\n").rows).toEqual([]);
});
