import type { SaveRow } from "./iptables-save-text";

type Heading = { readonly numbered: boolean; readonly verbose: boolean };

/** Where a listing stands: its table, chain, and which columns it has. */
export type ListingPlace = {
  readonly table: string;
  readonly chain: string | null;
  readonly columns: Heading;
};

export const noListing: ListingPlace = {
  table: "",
  chain: null,
  columns: { numbered: false, verbose: false },
};

const chainHeading = /^Chain (\S+) \((?:policy (\S+)|(\d+) references?)[^)]*\)\s*$/;
const columnHeading = /^\s*(num\s+)?(pkts\s+bytes\s+)?target\s+prot/;

export const startsListing = (line: string): boolean => chainHeading.test(line);

/** iptables before 1.8.9 prints protocols by name, later ones by number where -n is given. */
const protocols: Readonly<Record<string, string>> = {
  "0": "all",
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "ipv6-icmp",
  "132": "sctp",
};

const isProtocol = (word: string | undefined): boolean =>
  word !== undefined &&
  /^!?(?:\d{1,3}|all|tcp|udp|icmp|icmpv6|ipv6-icmp|sctp|esp|ah|gre)$/.test(word);

const anything: ReadonlySet<string> = new Set(["*", "0.0.0.0/0", "::/0", "anywhere", "all"]);

const option = (name: string, printed: string): readonly string[] => {
  if (anything.has(printed)) return [];
  return printed.startsWith("!") ? ["!", name, printed.slice(1)] : [name, printed];
};

type Extra = {
  readonly match: RegExp;
  readonly words: (found: RegExpExecArray) => readonly string[];
};

const [ports, state] = ["([!\\w:,-]+)", "([A-Z,]+)"];

const negatable = (name: string, value: string): readonly string[] =>
  value.startsWith("!") ? ["!", name, value.slice(1)] : [name, value];

const ofPorts = (module: string, name: string) => (found: RegExpExecArray) => [
  "-m",
  module === "" ? (found[1] ?? "") : module,
  ...negatable(name, found[2] ?? ""),
];

/** What iptables prints behind the addresses, and the words of the rule that it stands for. */
const conditions: readonly Extra[] = [
  { match: new RegExp(`^(tcp|udp|sctp) dpts?:${ports}`), words: ofPorts("", "--dport") },
  { match: new RegExp(`^(tcp|udp|sctp) spts?:${ports}`), words: ofPorts("", "--sport") },
  { match: new RegExp(`^(multiport) dports ${ports}`), words: ofPorts("multiport", "--dports") },
  {
    match: /^ADDRTYPE match dst-type (!?)([A-Z]+)/,
    words: ([, not, type = ""]) => ["-m", "addrtype", ...(not ? ["!"] : []), "--dst-type", type],
  },
  {
    match: new RegExp(`^ctstate ${state}`),
    words: ([, states = ""]) => ["-m", "conntrack", "--ctstate", states],
  },
  {
    match: new RegExp(`^state ${state}`),
    words: ([, states = ""]) => ["-m", "state", "--state", states],
  },
  {
    match: /^\/\* (.*?) \*\//,
    words: ([, text = ""]) => ["-m", "comment", "--comment", text],
  },
];

const targets: readonly Extra[] = [
  { match: /^to:(\S+)/, words: ([, to = ""]) => ["to", to] },
  { match: /^reject-with (\S+)/, words: ([, how = ""]) => ["--reject-with", how] },
  { match: /^redir ports (\S+)/, words: ([, to = ""]) => ["--to-ports", to] },
  { match: /^masq ports: (\S+)/, words: ([, to = ""]) => ["--to-ports", to] },
];

const toOption: Readonly<Record<string, string>> = {
  DNAT: "--to-destination",
  SNAT: "--to-source",
  NETMAP: "--to",
};

const firstOf = (extras: readonly Extra[], text: string) => {
  for (const { match, words } of extras) {
    const found = match.exec(text);
    if (found !== null) return { words: words(found), length: found[0].length };
  }
  return null;
};

type Taken = {
  readonly length: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** The first thing that stands in a text. What is not known is kept as it stands: nobody understood the rule whole. */
function takeExtra(text: string, target: string): Taken {
  const condition = firstOf(conditions, text);
  if (condition !== null) return { length: condition.length, before: condition.words, after: [] };
  const ofTarget = firstOf(targets, text);
  if (ofTarget === null) {
    const word = /^\S+/.exec(text)?.[0] ?? text;
    return { length: word.length, before: [word], after: [] };
  }
  const [name = "", ...values] = ofTarget.words;
  const option = name === "to" ? (toOption[target] ?? "--to") : name;
  return { length: ofTarget.length, before: [], after: [option, ...values] };
}

function extrasOf(printed: string, target: string) {
  const before: string[] = [];
  const after: string[] = [];
  let rest = printed.trim();
  while (rest !== "") {
    const taken = takeExtra(rest, target);
    before.push(...taken.before);
    after.push(...taken.after);
    rest = rest.slice(taken.length).trim();
  }
  return { before, after };
}

/** Without -v iptables does not print the interfaces of a rule, so that more may be asked of a packet than stands there. */
const untold = "…";

type Row = {
  readonly counters: { readonly packets: string; readonly bytes: string } | null;
  readonly target: string;
  readonly conditions: readonly string[];
  readonly extras: string;
};

type Word = { readonly word: string; readonly end: number };

const wordsIn = (line: string): Word[] =>
  [...line.matchAll(/\S+/g)].map((found) => ({
    word: found[0],
    end: found.index + found[0].length,
  }));

/** A rule without a target leaves its column empty. */
const hasTarget = ([first, second]: readonly Word[]): boolean =>
  !isProtocol(first?.word) || isProtocol(second?.word);

/** `12K` is not exact. */
function countersOf([packets, bytes]: readonly Word[]): Row["counters"] {
  if (packets === undefined || bytes === undefined) return null;
  const exact = /^\d+ \d+$/.test(`${packets.word} ${bytes.word}`);
  return exact ? { packets: packets.word, bytes: bytes.word } : null;
}

/** The columns of one line. null: it has not those that its heading says. */
function rowOf(line: string, { numbered, verbose }: Heading): Row | null {
  const words = wordsIn(line).slice(numbered ? 1 : 0);
  const counters = countersOf(verbose ? words.splice(0, 2) : []);
  const target = hasTarget(words) ? (words.shift()?.word ?? "") : "";
  const [protocol, , ...more] = words;
  const [into, out] = verbose ? more.splice(0, 2) : [];
  const [source, destination] = more;
  if (!isProtocol(protocol?.word) || source === undefined || destination === undefined) return null;
  const printed = protocol?.word ?? "";
  const interfaces = verbose
    ? [...option("-i", into?.word ?? "*"), ...option("-o", out?.word ?? "*")]
    : [untold];
  return {
    counters,
    target,
    conditions: [
      ...option("-s", source.word),
      ...option("-d", destination.word),
      ...interfaces,
      ...option("-p", protocols[printed] ?? printed),
    ],
    extras: line.slice(destination.end),
  };
}

/** Chains whose names tell their table, where the command does not. */
const tableOf = (chain: string, known: string): string => {
  if (known !== "") return known;
  if (/^(PREROUTING|POSTROUTING)$/.test(chain)) return "nat";
  return "filter";
};

type Listed = { readonly place: ListingPlace; readonly row: SaveRow | null | undefined };

function headingLine(line: string, at: number, place: ListingPlace): Listed | null {
  const chain = chainHeading.exec(line);
  if (chain !== null) {
    const [, name = "", policy = null] = chain;
    const table = tableOf(name, place.table);
    const counted = /(\d+) packets, (\d+) bytes/.exec(line);
    const counters =
      counted === null ? null : { packets: counted[1] ?? "0", bytes: counted[2] ?? "0" };
    return {
      place: { ...place, table, chain: name },
      row: { kind: "chain", table, name, policy, counters, at },
    };
  }
  const columns = columnHeading.exec(line);
  if (columns === null) return null;
  const [, number, counters] = columns;
  return {
    place: {
      ...place,
      columns: { numbered: number !== undefined, verbose: counters !== undefined },
    },
    row: null,
  };
}

/** One line of `iptables -L [-n] [-v] [--line-numbers]`. `row` null: it holds no rule; undefined: not understood. */
export function readListingLine(line: string, at: number, place: ListingPlace): Listed {
  if (line.trim() === "") return { place, row: null };
  const heading = headingLine(line, at, place);
  if (heading !== null) return heading;
  const read = place.chain === null ? null : rowOf(line, place.columns);
  if (read === null || place.chain === null) return { place, row: undefined };
  const { before, after } = extrasOf(read.extras, read.target);
  const jump = read.target === "" ? [] : ["-j", read.target, ...after];
  const words = [...read.conditions, ...before, ...jump];
  return {
    place,
    row: {
      kind: "rule",
      table: place.table,
      chain: place.chain,
      counters: read.counters,
      words,
      text: words.map((word) => (/^[^\s"]+$/.test(word) ? word : `"${word}"`)).join(" "),
      at,
    },
  };
}
