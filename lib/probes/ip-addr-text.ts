import type { Reading, Unread } from "./define";
import type { IpAddress, IpLink } from "./ip-link";
import { excerpt } from "./lines";
import { readNetDev } from "./proc-net-dev";

type Line = { readonly text: string; readonly at: number };

/** A link's header and the indented lines that belong to it. */
type Block = { readonly header: Line; readonly body: readonly Line[] };

/**
 * In an article the flags, and more, may be cut out: `5: veth30314cf@if4: … master docker0 …`. Names hold no space, slash or colon (kernel, dev_valid_name), but anything else: `a@b`, `$(id)`, `-dash`.
 */
const header = /^(\d+): ([^\s:]+):(?: <([^>]*)>|(?= *(?:…|\.{3}| mtu )))(.*)$/;

/** `-o` prints one line for each link, with a backslash for each line break. */
const linesOf = (text: string): readonly Line[] =>
  text
    .split("\n")
    .flatMap((each, at) => each.split(/\\(?= {4})/).map((part) => ({ text: part, at })));

function blocksOf(lines: readonly Line[]): {
  readonly blocks: readonly Block[];
  readonly unread: readonly Unread[];
} {
  const blocks: { header: Line; body: Line[] }[] = [];
  const unread: Unread[] = [];
  for (const line of lines) {
    if (line.text.trim() === "") continue;
    const last = blocks.at(-1);
    if (header.test(line.text)) blocks.push({ header: line, body: [] });
    else if (last !== undefined && /^\s/.test(line.text)) last.body.push(line);
    else unread.push({ at: line.at, excerpt: excerpt(line.text) });
  }
  return { blocks, unread };
}

const splitsOf = (printed: string): readonly (readonly [string, string])[] =>
  [...printed.matchAll(/@/g)].map(({ index }) => [
    printed.slice(0, index),
    printed.slice(index + 1),
  ]);

type Name = { readonly name: string; readonly other: string | null };

/**
 * `x@ifN`, `x@NONE`, `x@y`, or a name that holds an @ itself. Where several readings are possible the
 * text does not tell: null.
 */
function nameOf(printed: string, known: ReadonlySet<string>): Name | null {
  const splits = splitsOf(printed).filter(
    ([name, other]) => name !== "" && (/^(if\d+|NONE)$/.test(other) || known.has(other)),
  );
  const numbered = splits.filter(([, other]) => /^(if\d+|NONE)$/.test(other));
  const [only, ...more] = numbered.length > 0 ? numbered : splits;
  if (only === undefined) return { name: printed, other: null };
  return more.length > 0 ? null : { name: only[0], other: only[1] };
}

/** The lines under the header that are neither the kind of the link nor that of its master. */
const notKinds = /^(inet6?|alias|altname|vf|RX|TX|valid_lft|link\/|parentbus|prog|qdisc)/;

/** `-d` prints the kind at the beginning of a line of its own; an alias may pretend to be one, but comes later. */
const kindOf = (body: readonly Line[]): string | null =>
  body
    .map(({ text }) => /^ {4}([a-z][a-z0-9_-]*)(?= |$)/.exec(text)?.[1] ?? null)
    .find((word) => word !== null && !notKinds.test(word) && !word.endsWith("_slave")) ?? null;

const wordAfter = (words: string, name: string): string | null =>
  new RegExp(`(?:^| )${name} (\\S+)`).exec(words)?.[1] ?? null;

const numberOf = (words: string, name: string): number | null => {
  const value = wordAfter(words, name);
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
};

function addressOf({ text }: Line): IpAddress | null {
  const found = /^ {4}(inet6?) (\S+?)(?:\/(\d+))?(?: (.*))?$/.exec(text);
  if (found === null) return null;
  const [, family = "inet", address = "", prefix, rest = ""] = found;
  // `inet 10.0.0.1 peer 10.0.0.2/32`: the length stands with the peer.
  const far = /peer \S+\/(\d+)/.exec(rest)?.[1];
  return {
    family: family === "inet6" ? "inet6" : "inet",
    address,
    prefix: Number(prefix ?? far ?? (family === "inet6" ? 128 : 32)),
    scope: wordAfter(rest, "scope") ?? "",
  };
}

/** `4: eth0@if5: … 172.17.0.2/16`: a link cut down to one line. */
const inHeader = (rest: string): readonly IpAddress[] =>
  [...rest.matchAll(/(?:…|\.{3}|\binet) (\d+\.\d+\.\d+\.\d+)\/(\d+)\b/g)].map(
    ([, address = "", prefix]) => ({ family: "inet", address, prefix: Number(prefix), scope: "" }),
  );

/** The numbers stand in the line below their heading: bytes, packets, … */
function flowOf(body: readonly Line[], heading: "RX" | "TX"): readonly [number, number] | null {
  const place = body.findIndex(({ text }) => new RegExp(`^\\s+${heading}:\\s+bytes`).test(text));
  const [bytes, packets] = body[place + 1]?.text.trim().split(/\s+/).map(Number) ?? [];
  const whole = Number.isSafeInteger(bytes) && Number.isSafeInteger(packets);
  return place === -1 || !whole ? null : [bytes ?? 0, packets ?? 0];
}

function countersOf(body: readonly Line[]): IpLink["counters"] {
  const [rx, tx] = [flowOf(body, "RX"), flowOf(body, "TX")];
  return rx === null || tx === null
    ? null
    : { rxBytes: rx[0], rxPackets: rx[1], txBytes: tx[0], txPackets: tx[1] };
}

/**
 * BusyBox prints neither state nor link-netnsid, and looks the peer's number up among the links of THIS
 * namespace: the name behind its @ only stands for that number (netfacts §1.5).
 */
const isBusybox = (words: string): boolean => wordAfter(words, "state") === null;

type OtherEnd = Pick<IpLink, "linkIndex" | "linkName" | "nsid" | "nsidName" | "untold">;

function otherEnd(
  other: string | null,
  numbers: ReadonlyMap<string, number>,
  words: { readonly header: string; readonly link: string; readonly detailed: boolean },
): OtherEnd {
  const number = /^if(\d+)$/.exec(other ?? "")?.[1];
  const linkIndex = number === undefined ? null : Number(number);
  if (isBusybox(words.header)) {
    const index = linkIndex ?? numbers.get(other ?? "") ?? null;
    return { linkIndex: index, linkName: null, nsid: null, untold: "netns" };
  }
  const nsid = numberOf(words.link, "link-netnsid");
  // Since iproute2 4.20 a name of /run/netns stands in place of the number that it means.
  const hidden = nsid === null && linkIndex !== null;
  const linkName = other === null || other === "NONE" || linkIndex !== null ? null : other;
  if (hidden) {
    const nsidName = wordAfter(words.link, "link-netns");
    return {
      linkIndex,
      linkName,
      nsid,
      ...(nsidName === null ? {} : { nsidName }),
      untold: "netns",
    };
  }
  return { linkIndex, linkName, nsid, ...(words.detailed ? {} : { untold: "kind" as const }) };
}

/** `hairpin off` and `isolated off` at the end of a port's line, `vlan_filtering 0` in that of a bridge. */
function bridgingOf(body: readonly Line[], slave: string) {
  const isolated = wordAfter(slave, "isolated");
  const hairpin = wordAfter(slave, "hairpin");
  const bridge = body.find(({ text }) => /^ {4}bridge /.test(text))?.text ?? "";
  const filters = wordAfter(bridge, "vlan_filtering");
  return {
    ...(isolated === null ? {} : { isolated: isolated === "on" }),
    ...(hairpin === null ? {} : { hairpin: hairpin === "on" }),
    ...(filters === null ? {} : { filtersVlans: filters !== "0" }),
  };
}

function linkOf(block: Block, name: Name, numbers: ReadonlyMap<string, number>): IpLink {
  const [, index = "", , flags = "", rest = ""] = header.exec(block.header.text) ?? [];
  const link = block.body.find(({ text }) => text.startsWith("    link/"))?.text ?? "";
  const [, linkType = null, mac = null] = /link\/(\S+)(?: (\S+))?/.exec(link) ?? [];
  const slave = block.body.find(({ text }) => /^ {4}bridge_slave /.test(text))?.text ?? "";
  return {
    ifindex: Number(index),
    name: name.name,
    ...otherEnd(name.other, numbers, {
      header: rest,
      link,
      detailed: link.includes(" promiscuity "),
    }),
    flags: flags.split(",").filter((flag) => /^[\w-]+$/.test(flag)),
    mtu: numberOf(rest, "mtu"),
    operstate: wordAfter(rest, "state"),
    master: wordAfter(rest, "master"),
    linkType,
    mac: mac === "brd" ? null : mac,
    infoKind: kindOf(block.body),
    portState: wordAfter(slave, "state"),
    ...bridgingOf(block.body, slave),
    addresses: [...inHeader(rest), ...block.body.flatMap((line) => addressOf(line) ?? [])],
    counters: countersOf(block.body),
    at: block.header.at,
    line: block.header.at,
  };
}

function repeated<Each>(all: readonly Each[]): ReadonlySet<Each> {
  const seen = new Set<Each>();
  return new Set(all.filter((each) => seen.has(each) || !seen.add(each)));
}

/**
 * Reads `ip addr` and `ip link` as people and old hosts print them: with or without -d, -s, -o, by
 * iproute2 or BusyBox; /proc/net/dev may follow, for the counters that BusyBox does not print. A number or
 * name that comes twice is a text that pretends (an alias may hold line breaks): neither is believed.
 */
export function readIpAddrText(text: string): Reading<IpLink> {
  const [links = "", dev] = text.split(/^(?=Inter-\|)/m);
  const { blocks, unread } = blocksOf(linesOf(links));
  const printed = blocks.map(({ header: { text: each } }) => header.exec(each)?.[2] ?? "");
  const known = new Set(printed.flatMap((each) => [each, ...splitsOf(each).map(([left]) => left)]));
  const names = printed.map((each) => nameOf(each, known));
  const indexes = blocks.map(({ header: { text: each } }) => Number(header.exec(each)?.[1]));
  const numbers = new Map(names.map((each, place) => [each?.name ?? "", indexes[place] ?? 0]));
  const twice = {
    index: repeated(indexes),
    name: repeated(names.map((each) => each?.name)),
  };
  const counters = new Map(readNetDev(dev ?? "").rows.map((row) => [row.name, row.counters]));
  const rows: IpLink[] = [];
  const lost: Unread[] = [];
  for (const [place, block] of blocks.entries()) {
    const name = names[place] ?? null;
    const certain = name !== null && !twice.name.has(name.name);
    if (certain && !twice.index.has(indexes[place] ?? 0)) {
      const link = linkOf(block, name, numbers);
      rows.push({ ...link, counters: link.counters ?? counters.get(link.name) ?? null });
    } else lost.push({ at: block.header.at, excerpt: excerpt(block.header.text) });
  }
  return { rows, unread: [...unread, ...lost] };
}
