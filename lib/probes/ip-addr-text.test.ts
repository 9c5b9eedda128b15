import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readIpAddrText } from "./ip-addr-text";
import type { IpLink } from "./ip-link";

type Printed = Pick<
  IpLink,
  | "ifindex"
  | "name"
  | "linkIndex"
  | "linkName"
  | "nsid"
  | "flags"
  | "mtu"
  | "operstate"
  | "master"
  | "linkType"
  | "mac"
  | "infoKind"
  | "portState"
  | "hairpin"
  | "addresses"
  | "counters"
>;

const portLine = ({ portState, hairpin }: Printed): readonly string[] =>
  portState === null
    ? []
    : [`    bridge_slave state ${portState} priority 32 cost 2 hairpin ${hairpin ? "on" : "off"} `];

/** As iproute2 prints `ip -d -s addr` (6.1, without the words that nobody reads). */
function iproute2(link: Printed, detailed: boolean): string {
  const other = link.linkName ?? (link.linkIndex === null ? null : `if${link.linkIndex}`);
  const head = `${link.ifindex}: ${link.name}${other === null ? "" : `@${other}`}: <${link.flags.join()}> mtu ${link.mtu} qdisc noqueue ${link.master === null ? "" : `master ${link.master} `}state ${link.operstate} group default qlen 1000`;
  const nsid = link.nsid === null ? "" : ` link-netnsid ${link.nsid}`;
  const details = detailed ? " promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535 " : "";
  const { rxBytes, rxPackets, txBytes, txPackets } = link.counters ?? {
    rxBytes: 0,
    rxPackets: 0,
    txBytes: 0,
    txPackets: 0,
  };
  return [
    head,
    `    link/${link.linkType} ${link.mac} brd ff:ff:ff:ff:ff:ff${nsid}${details}`,
    ...(detailed && link.infoKind !== null ? [`    ${link.infoKind} numtxqueues 2 `] : []),
    ...(detailed ? portLine(link) : []),
    ...link.addresses.flatMap(({ family, address, prefix, scope }) => [
      `    ${family} ${address}/${prefix} scope ${scope} ${link.name}`,
      "       valid_lft forever preferred_lft forever",
    ]),
    ...(link.counters === null
      ? []
      : [
          "    RX:  bytes packets errors dropped  missed   mcast           ",
          `    ${rxBytes} ${rxPackets} 0 0 0 0 `,
          "    TX:  bytes packets errors dropped carrier collsns           ",
          `    ${txBytes} ${txPackets} 0 0 0 0 `,
        ]),
    "",
  ].join("\n");
}

/** Neither state nor nsid nor kind; the peer's number is looked up among the links of this namespace. */
function busybox(link: Printed, all: readonly Printed[]): string {
  const local = all.find(({ ifindex }) => ifindex === link.linkIndex);
  const other =
    link.linkName ?? local?.name ?? (link.linkIndex === null ? null : `if${link.linkIndex}`);
  return [
    `${link.ifindex}: ${link.name}${other === null ? "" : `@${other}`}: <${link.flags.join()}> mtu ${link.mtu} qdisc noqueue ${link.master === null ? "" : `master ${link.master} `}qlen 1000`,
    `    link/${link.linkType} ${link.mac} brd ff:ff:ff:ff:ff:ff`,
    ...link.addresses.map(
      ({ family, address, prefix, scope }) =>
        `    ${family} ${address}/${prefix} scope ${scope} ${link.name}`,
    ),
    "",
  ].join("\n");
}

/** Everything that the kernel takes in a name; an @ is for the tests below. */
const name = fc
  .string({ unit: fc.constantFrom(..."abz019.-_$()<>\"';\\é"), minLength: 1, maxLength: 8 })
  .filter((each) => ![".", "..", "all", "default"].includes(each));

const counters = fc.record({
  rxBytes: fc.nat(),
  rxPackets: fc.nat(),
  txBytes: fc.nat(),
  txPackets: fc.nat(),
});

const links: fc.Arbitrary<readonly Printed[]> = fc
  .uniqueArray(fc.tuple(name, fc.integer({ min: 1, max: 9999 })), {
    selector: ([text]) => text,
    minLength: 1,
    maxLength: 8,
  })
  .filter((pairs) => new Set(pairs.map(([, index]) => index)).size === pairs.length)
  .chain((pairs) =>
    fc.tuple(
      ...pairs.map(
        ([text, ifindex]): fc.Arbitrary<Printed> =>
          fc
            .record({
              peer: fc.oneof(
                fc.record({ linkIndex: fc.integer({ min: 1, max: 9999 }), nsid: fc.nat(200) }),
                fc.constant({ linkIndex: null, nsid: null }),
              ),
              flags: fc.subarray(["BROADCAST", "MULTICAST", "UP", "LOWER_UP", "NO-CARRIER"]),
              mtu: fc.constantFrom(1450, 1500, 65536),
              operstate: fc.constantFrom("UP", "DOWN", "UNKNOWN", "LOWERLAYERDOWN"),
              master: fc.constantFrom(null, "docker0", "br-0123456789ab"),
              infoKind: fc.constantFrom(null, "veth", "bridge", "macvlan", "vxlan", "tun"),
              portState: fc.constantFrom(null, "forwarding", "disabled"),
              hairpin: fc.boolean(),
              addresses: fc.subarray([
                { family: "inet" as const, address: "10.1.2.1", prefix: 24, scope: "global" },
                { family: "inet6" as const, address: "fe80::1", prefix: 64, scope: "link" },
              ]),
              counters: fc.oneof(fc.constant(null), counters),
            })
            .map(({ peer, hairpin, ...rest }) => ({
              ifindex,
              name: text,
              linkName: null,
              linkType: "ether",
              mac: "02:42:ac:11:00:02",
              ...peer,
              ...rest,
              ...(rest.portState === null ? {} : { hairpin }),
            })),
      ),
    ),
  );

const without = ({ at: _, line: __, ...link }: IpLink): Omit<IpLink, "at" | "line"> => link;

describe("a generated set of links", () => {
  test("printed by ip -d -s addr reads back equal", () => {
    fc.assert(
      fc.property(links, (all) => {
        const { rows, unread } = readIpAddrText(all.map((link) => iproute2(link, true)).join(""));
        expect(unread).toEqual([]);
        expect(rows.map(without)).toEqual(all);
      }),
    );
  });

  test("printed without -d reads back equal but for the kind, which is said to be untold", () => {
    fc.assert(
      fc.property(links, (all) => {
        const { rows, unread } = readIpAddrText(all.map((link) => iproute2(link, false)).join(""));
        expect(unread).toEqual([]);
        expect(rows.map(without)).toEqual(
          all.map(({ hairpin: _, ...link }) => ({
            ...{ ...link, infoKind: null, portState: null, untold: "kind" },
          })),
        );
      }),
    );
  });

  test("printed with -o reads back as without it", () => {
    fc.assert(
      fc.property(links, (all) => {
        const text = all.map((link) => iproute2(link, true)).join("");
        const lines = `${text.trimEnd().replaceAll(/\n(?=\s)/g, "\\")}\n`;
        fc.pre(!all.some(({ name: each }) => each.includes("\\")));
        expect(readIpAddrText(lines).rows.map(without)).toEqual(
          readIpAddrText(text).rows.map(without),
        );
      }),
    );
  });

  test("printed by BusyBox keeps numbers, names and masters; nothing is said of namespaces and kinds", () => {
    fc.assert(
      fc.property(links, (all) => {
        const { rows, unread } = readIpAddrText(all.map((link) => busybox(link, all)).join(""));
        expect(unread).toEqual([]);
        expect(
          rows.map(
            ({ ifindex, name: text, linkIndex, linkName, nsid, master, infoKind, untold }) => ({
              ...{ ifindex, name: text, linkIndex, linkName, nsid, master, infoKind, untold },
            }),
          ),
        ).toEqual(
          all.map(({ ifindex, name: text, linkIndex, master }) => ({
            ...{ ifindex, name: text, linkIndex, linkName: null, nsid: null, master },
            ...{ infoKind: null, untold: "netns" },
          })),
        );
      }),
    );
  });

  test("never throws, cut anywhere", () => {
    fc.assert(
      fc.property(links, fc.nat(3000), (all, end) => {
        readIpAddrText(
          all
            .map((link) => iproute2(link, true))
            .join("")
            .slice(0, end),
        );
      }),
    );
  });
});

const header = (text: string): string => `${text}: <BROADCAST,UP> mtu 1500 qdisc noqueue state UP`;
const names = (...headers: readonly string[]) =>
  readIpAddrText(headers.map((each) => `${header(each)}\n`).join("")).rows.map(
    ({ name: text, linkName, linkIndex }) => [text, linkName ?? linkIndex],
  );

describe("names with an @", () => {
  test("the number behind the last one is the peer's", () => {
    expect(names("3: a@b@if5")).toEqual([["a@b", 5]]);
  });
  test("a name behind it counts only where such a link is there", () => {
    expect(names("3: a@b", "4: c@d", "5: d@c")).toEqual([
      ["a@b", null],
      ["c", "d"],
      ["d", "c"],
    ]);
  });
  test("NONE is nobody", () => {
    expect(names("3: tunl0@NONE")).toEqual([["tunl0", null]]);
  });
  test("where the text may be read in two ways it is not read", () => {
    const text = ["3: a@b@c", "4: b@c", "5: c"].map((each) => `${header(each)}\n`).join("");
    expect(readIpAddrText(text).unread).toHaveLength(1);
  });
});

test("a number that comes twice is believed of neither: an alias may hold a line break", () => {
  const text = `${header("3: eth0@if9")}\n    alias x\n${header("3: eth0@if5")}\n${header("4: lo0")}\n`;
  const { rows, unread } = readIpAddrText(text);
  expect(rows.map(({ ifindex }) => ifindex)).toEqual([4]);
  expect(unread.map(({ at }) => at)).toEqual([0, 2]);
});

test("an alias that looks like a kind does not become one", () => {
  const text = `${header("3: eth0")}\n    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff promiscuity 0 \n    alias veth\n`;
  expect(readIpAddrText(text).rows[0]?.infoKind).toBeNull();
});

test("a name of /run/netns in place of the nsid is kept, and the end called untold", () => {
  const text = `${header("3: x@if2")}\n    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff link-netns blue promiscuity 0 \n    veth \n`;
  expect(readIpAddrText(text).rows[0]).toMatchObject({
    infoKind: "veth",
    linkIndex: 2,
    nsid: null,
    nsidName: "blue",
    untold: "netns",
  });
});

test("BusyBox's counters come from /proc/net/dev below", () => {
  const text = `2: eth0@if9: <UP> mtu 1500 qdisc noqueue qlen 1000
    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff
Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
  eth0:      90       1    0    0    0     0          0         0      180       2    0    0    0     0       0          0
`;
  expect(readIpAddrText(text)).toMatchObject({
    rows: [{ counters: { rxBytes: 90, rxPackets: 1, txBytes: 180, txPackets: 2 } }],
    unread: [],
  });
});
