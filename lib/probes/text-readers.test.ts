import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBrctl } from "./brctl";
import { readBridgeLink } from "./bridge-link";
import { readEthtoolStats } from "./ethtool-stats";
import { readIfconfig } from "./ifconfig";
import { readBriefLinks } from "./ip-brief";
import { readIpRouteText } from "./ip-route-text";
import { readPastedLsns } from "./pasted-lsns";
import { readNetDev } from "./proc-net-dev";
import { readSysfsNet } from "./sysfs-net";

const readers = {
  readBriefLinks,
  readPastedLsns,
  readBrctl,
  readBridgeLink,
  readEthtoolStats,
  readIfconfig,
  readIpRouteText,
  readNetDev,
  readSysfsNet,
};

test.each(Object.entries(readers))(
  "%s never throws and counts what it does not know",
  (_, read) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(read(text).rows.length).toBeLessThanOrEqual(text.split("\n").length);
      }),
    );
    expect(read("what is this\n").unread).toEqual([{ at: 0, excerpt: "what is this" }]);
  },
);

describe("brctl show", () => {
  const text = `bridge name\tbridge id\t\tSTP enabled\tinterfaces
docker0\t\t8000.024292a4e233\tno\t\tvethc57e9f9
\t\t\t\t\t\t\tvethe744366
br-empty\t\t8000.000000000000\tyes\t\t
`;
  test("ports that stand alone belong to the bridge above, and a bridge may have none", () => {
    expect(readBrctl(text)).toEqual({
      rows: [
        { bridge: "docker0", port: "vethc57e9f9", at: 1 },
        { bridge: "docker0", port: "vethe744366", at: 2 },
        { bridge: "br-empty", port: null, at: 3 },
      ],
      unread: [],
    });
  });
});

test("bridge link: the number behind the @, the bridge and the state of each port", () => {
  const text = `5: veth2a351df@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master docker0 state forwarding priority 32 cost 2 
    hairpin off guard off
4: va@vb: <BROADCAST,UP> mtu 1500 master b0 state disabled priority 32 cost 2 
`;
  expect(readBridgeLink(text)).toEqual({
    rows: [
      { ifindex: 5, name: "veth2a351df", iflink: 4, bridge: "docker0", state: "forwarding", at: 0 },
      { ifindex: 4, name: "va", iflink: null, bridge: "b0", state: "disabled", at: 2 },
    ],
    unread: [],
  });
});

test("ethtool -S: the peer's number, among the other statistics", () => {
  const text = "NIC statistics:\n     peer_ifindex: 5\n     rx_queue_0_xdp_packets: 0\n";
  expect(readEthtoolStats(text)).toEqual({ rows: [{ peer: 5, at: 1 }], unread: [] });
  expect(readEthtoolStats("no stats available\n")).toEqual({ rows: [], unread: [] });
});

test("sysfs: through whichever mount it was read", () => {
  const text = "/proc/7/root/sys/class/net/eth0/iflink:9\n/sys/class/net/a@b/ifindex:4\n";
  expect(readSysfsNet(text)).toEqual({
    rows: [
      { link: "eth0", attribute: "iflink", value: 9, at: 0 },
      { link: "a@b", attribute: "ifindex", value: 4, at: 1 },
    ],
    unread: [],
  });
});

describe("ifconfig", () => {
  const busybox = `b0        Link encap:Ethernet  HWaddr EA:13:B0:E0:A8:70  
          inet addr:10.1.2.1  Bcast:0.0.0.0  Mask:255.255.255.0
          inet6 addr: fe80::e813:b0ff:fee0:a870/64 Scope:Link
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
          RX packets:1 errors:0 dropped:0 overruns:0 frame:0
          TX packets:4 errors:0 dropped:0 overruns:0 carrier:0
          collisions:0 txqueuelen:1000 
          RX bytes:76 (76.0 B)  TX bytes:360 (360.0 B)

`;
  const netTools = `b0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet 10.1.2.1  netmask 255.255.255.0  broadcast 0.0.0.0
        inet6 fe80::e813:b0ff:fee0:a870  prefixlen 64  scopeid 0x20<link>
        ether ea:13:b0:e0:a8:70  txqueuelen 1000  (Ethernet)
        RX packets 1  bytes 76 (76.0 B)
        RX errors 0  dropped 0  overruns 0  frame 0
        TX packets 4  bytes 360 (360.0 B)
        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

`;
  test("both styles say the same of one link", () => {
    const [old] = readIfconfig(busybox).rows;
    const [current] = readIfconfig(netTools).rows;
    expect(current).toEqual({
      name: "b0",
      flags: ["UP", "BROADCAST", "RUNNING", "MULTICAST"],
      mtu: 1500,
      mac: "ea:13:b0:e0:a8:70",
      addresses: [
        { family: "inet", address: "10.1.2.1", prefix: 24, scope: "" },
        { family: "inet6", address: "fe80::e813:b0ff:fee0:a870", prefix: 64, scope: "link" },
      ],
      counters: { rxBytes: 76, rxPackets: 1, txBytes: 360, txPackets: 4 },
      at: 0,
    });
    expect(old).toEqual(current);
  });
});

test("ip route: types, families, tables and gateways, with -d and without", () => {
  const text = `default via 10.0.0.1 dev eth0 
unicast 10.1.2.0/24 dev b0 table main proto kernel scope link src 10.1.2.1 
local 127.0.0.1 dev lo table local proto kernel scope host src 127.0.0.1 
default via inet6 fe80::1 dev eth0 
unicast default dev wg0 table 51820 proto static scope link 
\tnexthop via 10.0.0.1 dev eth0 weight 1
unreachable default dev lo metric 4294967295 error -101 pref medium
`;
  const said = readIpRouteText(text);
  expect(said.unread).toEqual([]);
  expect(
    said.rows.map(({ family, to, type, via, dev, table }) => [family, to, type, via, dev, table]),
  ).toEqual([
    ["inet", "default", "unicast", "10.0.0.1", "eth0", "main"],
    ["inet", "10.1.2.0/24", "unicast", null, "b0", "main"],
    ["inet", "127.0.0.1", "local", null, "lo", "local"],
    ["inet6", "default", "unicast", "fe80::1", "eth0", "main"],
    ["inet", "default", "unicast", null, "wg0", "51820"],
    ["inet6", "default", "unreachable", null, "lo", "main"],
  ]);
});

test("/proc/net/dev: the name may touch its colon", () => {
  const text = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
vethc57e9f9:4294967296       1    0    0    0     0          0         0       90       2    0    0    0     0       0          0
`;
  expect(readNetDev(text)).toEqual({
    rows: [
      {
        name: "vethc57e9f9",
        counters: { rxBytes: 4294967296, rxPackets: 1, txBytes: 90, txPackets: 2 },
        at: 2,
      },
    ],
    unread: [],
  });
});
