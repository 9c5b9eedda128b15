import { expect, test } from "vitest";
import type { Answer } from "@/lib/facts/model";
import { answerId } from "@/lib/net/ids";
import { bridgeVlan } from "./bridge-vlan";

const answer = (stdout: string): Answer => ({
  id: answerId("bridge-vlan", null),
  probe: "bridge-vlan",
  netns: null,
  entered: null,
  asked: { kind: "command", argv: ["bridge", "-j", "vlan", "show"] },
  at: "2026-01-01T00:00:00.000Z",
  ms: 1,
  stdout,
  stderr: "",
  exit: 0,
  cut: false,
});

const json = JSON.stringify([
  { ifname: "docker0", vlans: [{ vlan: 1, flags: ["PVID", "Egress Untagged"] }] },
  {
    ifname: "veth1",
    vlans: [
      { vlan: 20, flags: ["PVID", "Egress Untagged"] },
      { vlan: 30, vlanEnd: 40 },
    ],
  },
]);

const text = `port              vlan-id
docker0           1 PVID Egress Untagged
veth1             20 PVID Egress Untagged
                  30-40
veth2             None
`;

test("ports, ranges and the VLAN of frames without a tag, in JSON and in text alike", () => {
  const inShort = (stdout: string) =>
    bridgeVlan.parse(answer(stdout)).rows.map(({ port, from, to, pvid }) => [port, from, to, pvid]);
  expect(inShort(json)).toEqual([
    ["docker0", 1, 1, true],
    ["veth1", 20, 20, true],
    ["veth1", 30, 40, false],
  ]);
  expect(inShort(text)).toEqual(inShort(json));
  expect(bridgeVlan.parse(answer(text)).unread).toEqual([]);
});

test("where nothing filters nothing is printed", () => {
  expect(bridgeVlan.parse(answer("[]\n"))).toEqual({ rows: [], unread: [] });
  expect(bridgeVlan.parse(answer("port              vlan-id  \n"))).toEqual({
    rows: [],
    unread: [],
  });
});
