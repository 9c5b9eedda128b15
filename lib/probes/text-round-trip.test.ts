import * as fc from "fast-check";
import { expect, test } from "vitest";
import { readBrctl } from "./brctl";
import { readBridgeLink } from "./bridge-link";
import { readEthtoolStats } from "./ethtool-stats";
import { readIfconfig } from "./ifconfig";
import { readNetDev } from "./proc-net-dev";
import { readSysfsNet } from "./sysfs-net";

/** What the kernel lets a link be called (netfacts §7.6), odd ones among them. */
const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9.-]{0,14}$/),
  fc.constantFrom("a@b", 'q"z', "münch", "back\\s", "a;b", "$(id)", "<b>x", "-dash", "123"),
);
const number = fc.integer({ min: 1, max: 99999 });
const counters = fc.record({
  rxBytes: fc.nat(),
  rxPackets: fc.nat(),
  txBytes: fc.nat(),
  txPackets: fc.nat(),
});

const generated = <Row>(row: fc.Arbitrary<Row>, by: (row: Row) => unknown) =>
  fc.uniqueArray(row, { maxLength: 6, selector: by });

/** Prints rows, reads them back, and expects the same without a line left over. */
const readsBack = <Row, Read extends object>(
  rows: fc.Arbitrary<readonly Row[]>,
  print: (rows: readonly Row[]) => string,
  read: (text: string) => { readonly rows: readonly Read[]; readonly unread: readonly unknown[] },
  told: (rows: readonly Row[]) => readonly object[],
) =>
  fc.assert(
    fc.property(rows, (made) => {
      const { rows: found, unread } = read(print(made));
      expect(unread).toEqual([]);
      expect(found.map(({ at: _, ...row }: Read & { at?: number }) => row)).toEqual(told(made));
    }),
  );

test("brctl show", () =>
  readsBack(
    generated(
      fc.record({ bridge: name, ports: fc.array(name, { maxLength: 3 }) }),
      (row) => row.bridge,
    ),
    (rows) =>
      `bridge name\tbridge id\t\tSTP enabled\tinterfaces\n${rows
        .map(
          ({ bridge, ports: [first = "", ...rest] }) =>
            `${bridge}\t\t8000.024292a4e233\tno\t\t${first}\n${rest.map((port) => `\t\t\t\t\t\t\t${port}\n`).join("")}`,
        )
        .join("")}`,
    readBrctl,
    (rows) =>
      rows.flatMap(({ bridge, ports }) =>
        (ports.length === 0 ? [null] : ports).map((port) => ({ bridge, port })),
      ),
  ));

test("bridge link", () =>
  readsBack(
    generated(
      fc.record({
        ifindex: number,
        name,
        iflink: number,
        bridge: name,
        state: fc.constantFrom("forwarding", "disabled", "blocking"),
      }),
      (row) => row.ifindex,
    ),
    (rows) =>
      rows
        .map(
          (row) =>
            `${row.ifindex}: ${row.name}@if${row.iflink}: <BROADCAST,UP,LOWER_UP> mtu 1500 master ${row.bridge} state ${row.state} priority 32 cost 2 \n`,
        )
        .join(""),
    readBridgeLink,
    (rows) => rows,
  ));

test("ethtool -S", () =>
  readsBack(
    fc.tuple(number),
    ([peer]) => `NIC statistics:\n     peer_ifindex: ${peer}\n     rx_queue_0_xdp_packets: 0\n`,
    readEthtoolStats,
    ([peer]) => [{ peer }],
  ));

test("ifindex and iflink of /sys/class/net", () =>
  readsBack(
    generated(
      fc.record({ link: name, attribute: fc.constantFrom("ifindex", "iflink"), value: number }),
      (row) => `${row.link} ${row.attribute}`,
    ),
    (rows) =>
      rows
        .map((row) => `/proc/7/root/sys/class/net/${row.link}/${row.attribute}:${row.value}\n`)
        .join(""),
    readSysfsNet,
    (rows) => rows,
  ));

const link = fc.record({
  name,
  mtu: fc.integer({ min: 68, max: 65535 }),
  mac: fc.constantFrom("02:42:ac:11:00:02", "6e:8c:c5:85:8d:be"),
  address: fc.option(fc.ipV4()),
  counters,
});
const links = generated(link, (row) => row.name);
type Made = typeof link extends fc.Arbitrary<infer Row> ? Row : never;

const asIfconfig = ({ name: called, mtu, mac, address, counters: counted }: Made) => ({
  name: called,
  flags: ["UP", "BROADCAST"],
  mtu,
  mac,
  addresses: address === null ? [] : [{ family: "inet", address, prefix: 16, scope: "" }],
  counters: counted,
});

test("ifconfig of net-tools 2", () =>
  readsBack(
    links,
    (rows) =>
      rows
        .map(
          (row) =>
            `${row.name}: flags=4099<UP,BROADCAST>  mtu ${row.mtu}\n${
              row.address === null
                ? ""
                : `        inet ${row.address}  netmask 255.255.0.0  broadcast 1.2.255.255\n`
            }        ether ${row.mac}  txqueuelen 0  (Ethernet)\n        RX packets ${row.counters.rxPackets}  bytes ${row.counters.rxBytes} (1.0 KiB)\n        RX errors 0  dropped 0  overruns 0  frame 0\n        TX packets ${row.counters.txPackets}  bytes ${row.counters.txBytes} (1.0 KiB)\n\n`,
        )
        .join(""),
    readIfconfig,
    (rows) => rows.map(asIfconfig),
  ));

test("ifconfig of BusyBox and the older net-tools", () =>
  readsBack(
    links,
    (rows) =>
      rows
        .map(
          (row) =>
            `${row.name.padEnd(9)} Link encap:Ethernet  HWaddr ${row.mac.toUpperCase()}  \n${
              row.address === null
                ? ""
                : `          inet addr:${row.address}  Bcast:1.2.255.255  Mask:255.255.0.0\n`
            }          UP BROADCAST  MTU:${row.mtu}  Metric:1\n          RX packets:${row.counters.rxPackets} errors:0 dropped:0 overruns:0 frame:0\n          TX packets:${row.counters.txPackets} errors:0 dropped:0 overruns:0 carrier:0\n          collisions:0 txqueuelen:0 \n          RX bytes:${row.counters.rxBytes} (1.0 KiB)  TX bytes:${row.counters.txBytes} (1.0 KiB)\n\n`,
        )
        .join(""),
    readIfconfig,
    (rows) => rows.map(asIfconfig),
  ));

test("/proc/net/dev", () =>
  fc.assert(
    fc.property(links, (rows) => {
      const text = `Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n${rows
        .map(
          ({ name: called, counters: c }) =>
            `${called.padStart(6)}: ${c.rxBytes} ${c.rxPackets} 0 0 0 0 0 0 ${c.txBytes} ${c.txPackets} 0 0 0 0 0 0\n`,
        )
        .join("")}`;
      const read = readNetDev(text);
      expect(read.unread).toEqual([]);
      expect(read.rows).toMatchObject(
        rows.map(({ name: called, counters: c }) => ({ name: called, counters: c })),
      );
    }),
  ));
