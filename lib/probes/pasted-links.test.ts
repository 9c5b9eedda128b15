import { describe, expect, test } from "vitest";
import { answerId, netnsLabel } from "@/lib/net/ids";
import { readIfconfig } from "./ifconfig";
import { readIpAddrText } from "./ip-addr-text";
import { readBriefLinks } from "./ip-brief";
import { type PastedLinkReads, pastedLinks } from "./pasted-links";

const here = netnsLabel("pasted 1");
const nothing: PastedLinkReads = {
  ...{ links: [], addresses: [], brief: [], ports: [] },
  ...{ numbers: [], peers: [], plain: [], bridges: [] },
};

const told = <Row>(probe: string, rows: readonly Row[]) => [
  { answer: answerId(probe, here), netns: here, rows, complete: true },
];
const linksOf = (reads: Partial<PastedLinkReads>) =>
  pastedLinks({ ...nothing, ...reads }).flatMap(({ rows }) => rows);

const ip = (text: string) => told("ip-addr", readIpAddrText(text).rows);
const veth =
  "5: veth1@if4: <UP> mtu 1500 qdisc noqueue master br0 state UP\n    link/ether 6a:1c:0b:52:e8:94 brd ff:ff:ff:ff:ff:ff\n";

describe("one link of several answers", () => {
  test("the number comes from who prints it, in whichever order", () => {
    const plain = told("ifconfig", readIfconfig("veth1: flags=4163<UP,RUNNING>  mtu 1500\n").rows);
    const brief = told("ip-brief", readBriefLinks("veth1@if4 UP fe80::1/64").rows);
    expect(linksOf({ plain, brief }).map(({ name, ifindex }) => `${name} ${ifindex < 0}`)).toEqual([
      "veth1 true",
    ]);
    const [link] = linksOf({ plain, brief, links: ip(veth) });
    expect(link).toMatchObject({ ifindex: 5, linkIndex: 4, master: "br0" });
    expect(link?.addresses).toHaveLength(1);
  });

  test("`ethtool -S` tells the other end where ip was not asked, and with whose words", () => {
    const peers = told("ethtool-stats", [{ link: "veth1", peer: 4, at: 1 }]);
    expect(linksOf({ peers })).toMatchObject([
      {
        name: "veth1",
        linkIndex: 4,
        infoKind: "veth",
        farAt: { answer: answerId("ethtool-stats", here), at: { line: 1 } },
      },
    ]);
  });

  test("a link whose iflink is its own number has no other end", () => {
    const attributes = [
      { link: "eth0", attribute: "ifindex", value: 2, at: 0 },
      { link: "eth0", attribute: "iflink", value: 2, at: 1 },
    ] as const;
    expect(linksOf({ numbers: told("sysfs-net", attributes) })).toMatchObject([
      { ifindex: 2, linkIndex: null },
    ]);
  });
});

describe("what nobody printed", () => {
  test("a bridge is known by its ports, though no line is about it", () => {
    expect(linksOf({ links: ip(veth) })).toMatchObject([
      // Its kind is settled by its pair.
      { name: "veth1", infoKind: null, untold: "netns" },
      { name: "br0", infoKind: "bridge" },
    ]);
  });

  test("ports of a bond make it no bridge", () => {
    const bond =
      "2: eth0: <UP,SLAVE> mtu 1500 master bond0 state UP\n3: bond0: <UP,MASTER> mtu 1500 state UP\n";
    expect(linksOf({ links: ip(bond) }).map(({ infoKind }) => infoKind)).toEqual([null, null]);
  });

  test("two that print each other's name are a pair; what only one prints lies on the other", () => {
    const pair = "6: a@b: <UP> mtu 1500 state UP\n7: b@a: <UP> mtu 1500 state UP\n";
    expect(linksOf({ links: ip(pair) }).map(({ infoKind }) => infoKind)).toEqual(["veth", "veth"]);
    const vlan = "2: eth0: <UP> mtu 1500 state UP\n8: eth0.5@eth0: <UP> mtu 1500 state UP\n";
    expect(linksOf({ links: ip(vlan) }).map(({ infoKind }) => infoKind)).toEqual([null, null]);
  });
});

test("a number that stands twice is told once: two namespaces were taken for one", () => {
  const links = ip("4: eth0@if5: <UP> mtu 1500 state UP\n").concat(
    ip("4: eth1@if7: <UP> mtu 1500 state UP\n"),
  );
  expect(linksOf({ links }).map(({ name }) => name)).toEqual(["eth0"]);
});
