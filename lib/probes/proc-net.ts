import { type NetnsLabel, netnsLabel } from "@/lib/net/ids";
import { type Cidr, ipAddress, isWithin } from "@/lib/net/ip-address";
import { defineProbe, type Reading, type Unread } from "./define";
import { bareLink, type IpAddress, type IpLink } from "./ip-link";
import { excerpt } from "./lines";
import { ipv4OfHex, ipv6Groups } from "./proc-address";
import { netDevLine } from "./proc-net-dev";

type Counters = NonNullable<IpLink["counters"]>;

/** A link of a namespace that we may not enter, as /proc/PID/net shows it to anyone. */
type ProcLink = {
  readonly name: string;
  /** From dev_mcast, igmp or if_inet6. null: the link is in no multicast group and has no address. */
  readonly ifindex: number | null;
  readonly counters: Counters;
  /** Of our own namespace, whose counters are read once more when all others have been. */
  readonly later: Counters | null;
  readonly addresses: readonly IpAddress[];
  readonly at: number;
};

/** A network namespace by the inode of its /proc/PID/net/dev: each has files of its own there. */
export type ProcNet = {
  /** What it is called, of which only processes are known: by the first of them. null: the shell is in it. */
  readonly label: NetnsLabel | null;
  /** Processes that live in it, with the line of each; lowest first. */
  readonly pids: readonly { readonly pid: number; readonly at: number }[];
  readonly links: readonly ProcLink[];
};

type Line = { readonly file: string; readonly text: string; readonly at: number };

const scopes: Readonly<Record<string, string>> = {
  "00": "global",
  "10": "host",
  "20": "link",
  "40": "site",
};

type Named = { readonly name: string; readonly ifindex: number };

/** `2 eth0 1 0 333300000001` (dev_mcast) and `2\teth0      :     1      V3` (igmp). */
function indexOf({ file, text }: Line): Named | null {
  const found =
    file === "dev_mcast"
      ? /^(\d+)\s+(\S+)\s/.exec(text)
      : file === "igmp"
        ? /^(\d+)\t(\S+)\s*:/.exec(text)
        : null;
  return found === null ? null : { ifindex: Number(found[1]), name: found[2] ?? "" };
}

/** `fe80000000000000c8ab37fffe737108 02 40 20 c0     eth0`: address, index, length, scope, flags. */
function inet6Of({ file, text }: Line): (Named & { readonly address: IpAddress }) | null {
  const found =
    file === "if_inet6"
      ? /^([0-9a-f]{32}) ([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) \S+\s+(\S+)$/.exec(text)
      : null;
  if (found === null) return null;
  const [, address = "", index = "", length = "", scope = "", name = ""] = found;
  return {
    name,
    ifindex: Number.parseInt(index, 16),
    address: {
      family: "inet6",
      address: ipv6Groups(address).join(":"),
      prefix: Number.parseInt(length, 16),
      scope: scopes[scope] ?? scope,
    },
  };
}

type Subnet = { readonly name: string; readonly net: Cidr };

const bitsSet = (hex: string): number =>
  Number.parseInt(hex, 16).toString(2).replaceAll("0", "").length;

/** `eth0 0002010A 00000000 0001 …`: a route without gateway is the subnet of its link. */
function subnetOf({ file, text }: Line): Subnet | null {
  const found =
    file === "route"
      ? /^(\S+)\t([0-9A-F]{8})\t00000000\t(?:[^\t]*\t){4}([0-9A-F]{8})\t/.exec(text)
      : null;
  if (found === null) return null;
  const [, name = "", net = "", mask = ""] = found;
  const address = ipAddress(ipv4OfHex(net));
  return address === null ? null : { name, net: { address, prefix: bitsSet(mask) } };
}

/** Leaves `|-- 10.1.2.2` whose next line says `/32 host LOCAL`: the addresses of the namespace. */
function localAddresses(lines: readonly Line[]): readonly string[] {
  const trie = lines.filter(({ file }) => file === "fib_trie");
  const found = trie.flatMap(({ text }, place) => {
    const address = /^\s*\|-- (\S+)$/.exec(trie[place - 1]?.text ?? "")?.[1];
    return address !== undefined && /^\s*\/32 host LOCAL$/.test(text) ? [address] : [];
  });
  return [...new Set(found)];
}

const isIn = (text: string, net: Cidr): boolean => {
  const address = ipAddress(text);
  return address !== null && isWithin(address, net);
};

function linksOf(lines: readonly Line[]): readonly ProcLink[] {
  const devs = lines.flatMap((line) => {
    const row = line.file === "dev" ? netDevLine(line.text) : null;
    return row === null ? [] : [{ ...row, at: line.at }];
  });
  const inet6 = lines.flatMap((line) => inet6Of(line) ?? []);
  const subnets = lines.flatMap((line) => subnetOf(line) ?? []);
  const locals = localAddresses(lines);
  const indexes = new Map(
    [...lines.flatMap((line) => indexOf(line) ?? []), ...inet6].map((each) => [
      each.name,
      each.ifindex,
    ]),
  );
  return [...Map.groupBy(devs, ({ name }) => name)].flatMap(([name, [first, later]]) => {
    if (first === undefined) return [];
    const inet = subnets
      .filter((subnet) => subnet.name === name && subnet.net.prefix > 0)
      .flatMap(({ net }) =>
        locals
          .filter((address) => isIn(address, net))
          .map(
            (address): IpAddress => ({
              family: "inet",
              address,
              prefix: net.prefix,
              scope: "global",
            }),
          ),
      );
    const addresses = [
      ...inet,
      ...inet6.filter((each) => each.name === name).map((each) => each.address),
    ];
    return {
      name,
      ifindex: indexes.get(name) ?? null,
      counters: first.counters,
      later: later?.counters ?? null,
      addresses,
      at: first.at,
    };
  });
}

type Lives = { readonly net: number; readonly who: string; readonly at: number };

const selfPath = "self";

/** `4026533550 /proc/7/net/dev` of stat, and `/proc/7/net/FILE:…` of grep. */
function readProcNet(text: string): Reading<ProcNet> {
  const lives: Lives[] = [];
  const lines = new Map<string, Line[]>();
  const unread: Unread[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const stat = /^(\d+) \/proc\/(self|\d+)\/net\/dev$/.exec(line);
    const said = /^\/proc\/(self|\d+)\/net\/(\w+):(.*)$/.exec(line);
    if (stat !== null) lives.push({ net: Number(stat[1]), who: stat[2] ?? "", at });
    else if (said !== null) {
      const [, who = "", file = "", rest = ""] = said;
      const known = lines.get(who) ?? [];
      lines.set(who, known);
      known.push({ file, text: rest, at });
    } else unread.push({ at, excerpt: excerpt(line) });
  }
  const rows = [...Map.groupBy(lives, ({ net }) => net).values()].map((all): ProcNet => {
    const teller = all.find(({ who }) => lines.has(who));
    const pids = all
      .filter(({ who }) => who !== selfPath)
      .map(({ who, at }) => ({ pid: Number(who), at }))
      .sort((a, b) => a.pid - b.pid);
    const own = all.length > pids.length;
    return {
      label: own ? null : netnsLabel(`pid ${pids[0]?.pid}`),
      pids,
      links: linksOf(lines.get(teller?.who ?? "") ?? []),
    };
  });
  return { rows, unread };
}

const files = ["dev", "dev_mcast", "if_inet6", "igmp", "route", "fib_trie"];

/**
 * What anyone may read of namespaces that they may not enter (netfacts §2.3). Processes share files under
 * /proc/PID/net exactly where they share a namespace, so the inode of one tells them apart. Our own
 * counters are read before and after: the other end of a veth showed, in between, a value in between.
 * Where all of them may be read and entered, it answers nothing.
 */
export const procNet = defineProbe<ProcNet>({
  name: "proc-net",
  scope: "machine",
  ask: {
    kind: "script",
    script: [
      "unread=",
      'for each in /proc/[0-9]*/ns/net; do test -e "$each" || { test -e "${each%/ns/net}/net/dev" && unread=some; }; done',
      // CAP_SYS_ADMIN is bit 21 of the mask, CAP_NET_ADMIN and CAP_SYS_PTRACE do not enter.
      "while read -r key mask; do case $key in CapEff:) case ${mask%?????} in *[2367abef]) ;; *) unread=some ;; esac ;; esac; done </proc/self/status",
      'test -n "$unread" || exit 0',
      `stat -c "%i %n" /proc/self/net/dev /proc/[0-9]*/net/dev 2>/dev/null | { seen=" " files=; while read -r inode path; do echo "$inode $path"; case $seen in *" $inode "*) continue ;; esac; seen="$seen$inode "; net=\${path%dev}; test "$net" = /proc/self/net/ || files="$files${files.map((file) => ` \${net}${file}`).join("")}"; done; grep -sH "" /proc/self/net/dev $files /proc/self/net/dev; }`,
    ].join("; "),
  },
  right: "anyone",
  why: "names, numbers, addresses and counters of links in namespaces that may not be entered",
  // A process that ended meanwhile.
  fine: [1, 2],
  parse: ({ stdout }) => readProcNet(stdout),
});

/** The links of one such namespace in the shape of `ip addr`; those without a number cannot be told apart. */
export const asLinks = ({ links }: ProcNet): readonly IpLink[] =>
  links.flatMap(({ name, ifindex, counters, addresses, at }) =>
    ifindex === null
      ? []
      : {
          ...bareLink(name, ifindex, at),
          linkType: name === "lo" ? "loopback" : null,
          addresses,
          counters,
        },
  );
