import { expect, test } from "vitest";
import { healthy } from "@/lib/diagnosis/healthy-world";
import type { Bridge, Link, Network } from "@/lib/topology/model";
import { talkIn } from "./talk";

const [docker0] = healthy.links.filter((link) => link.kind === "bridge");
const ports = healthy.links.filter(({ master }) => master === docker0?.id);
const [network] = healthy.networks;
if (docker0 === undefined || network === undefined) throw new Error("no bridge");

const told = ports.map((port): Link => ({ ...port, isolated: false }));
const says = (bridge: Bridge, of: readonly Link[], on: Network | null = network) =>
  talkIn(bridge, of, on).map((talk) => talk.says);

test("a bridge of ordinary ports keeps nobody apart", () => {
  expect(says(docker0, told)).toEqual(["free"]);
});

test("one isolated port is named, since it is apart from the next that comes", () => {
  const [first, ...others] = told;
  if (first === undefined) throw new Error("no port");
  expect(talkIn(docker0, [{ ...first, isolated: true }, ...others], null)).toEqual([
    { says: "isolated", ports: [{ ...first, isolated: true }] },
  ]);
});

test("what was not told is not called free", () => {
  expect(says(docker0, ports)).toEqual(["portsUnread"]);
  expect(says({ ...docker0, filtersVlans: true }, told)).toEqual(["vlansUnread"]);
});

test("with VLANs each is a world of its own, and a port without one is cut off", () => {
  const { evidence } = docker0;
  const vlans = [
    { pvid: 20, ranges: [{ from: 20, to: 20 }], evidence },
    { pvid: null, ranges: [], evidence },
  ];
  const apart = told.map((port, at) => ({ ...port, vlans: vlans[at % 2] ?? null }));
  expect(says({ ...docker0, filtersVlans: true }, apart)).toEqual(["noVlan", "vlan"]);
});

test("what the network forbids is said beside what the bridge allows", () => {
  expect(says(docker0, told, { ...network, icc: false, internal: true })).toEqual([
    "free",
    "iccOff",
    "internal",
  ]);
  expect(says(docker0, told.slice(0, 1))).toEqual(["alone"]);
  expect(says(docker0, [], null)).toEqual([]);
});
