import type { AddressDetail, BridgeDetail, Lifetime, LinkDetail, PortDetail } from "./model";

const wordAfter = (words: string, name: string): string | null =>
  new RegExp(`(?:^| )${name} (\\S+)`).exec(words)?.[1] ?? null;

const numberAfter = (words: string, name: string): number | null => {
  const word = wordAfter(words, name);
  return word !== null && /^-?\d+$/.test(word) ? Number(word) : null;
};

const flagAfter = (words: string, name: string): boolean | null => {
  const word = wordAfter(words, name);
  if (word === null) return null;
  return word === "on" || (word !== "off" && word !== "0");
};

/** The kernel counts these in hundredths of a second. */
const secondsAfter = (words: string, name: string): number | null => {
  const ticks = numberAfter(words, name);
  return ticks === null ? null : ticks / 100;
};

/** `300sec` or `forever`. */
const lifetimeAfter = (words: string, name: string): Lifetime | null => {
  const word = wordAfter(words, name);
  if (word === "forever") return "forever";
  const seconds = /^(\d+)sec$/.exec(word ?? "")?.[1];
  return seconds === undefined ? null : Number(seconds);
};

/** What stands behind the scope and is no label: iproute2's own list (ipaddress.c). */
const addressFlags = new Set([
  ...["dynamic", "secondary", "temporary", "deprecated", "tentative", "dadfailed", "nodad"],
  ...["optimistic", "home", "mngtmpaddr", "noprefixroute", "autojoin", "stable-privacy"],
]);

function addressOf(line: string, below: string | undefined): AddressDetail | null {
  const found = /^ {4}(inet6?) (\S+?)(?:\/(\d+))?(?: (.*))?$/.exec(line);
  if (found === null) return null;
  const [, family = "inet", address = "", prefix, rest = ""] = found;
  const peer = /(?:^| )peer (\S+?)(?:\/(\d+))?(?= |$)/.exec(rest);
  const [, behind = ""] = /(?:^| )scope \S+ ?(.*)$/.exec(rest) ?? [];
  const words = behind.trim().split(/\s+/).filter(Boolean);
  const proto = words.indexOf("proto");
  const told = words.filter((_, at) => proto === -1 || (at !== proto && at !== proto + 1));
  const lifetimes = /^\s+valid_lft /.test(below ?? "") ? (below ?? "").trim() : "";
  const whole = family === "inet6" ? 128 : 32;
  return {
    family: family === "inet6" ? "inet6" : "inet",
    address,
    prefix: Number(prefix ?? peer?.[2] ?? whole),
    peer: peer?.[1] ?? null,
    broadcast: wordAfter(rest, "brd"),
    scope: wordAfter(rest, "scope") ?? "",
    flags: told.filter((word) => addressFlags.has(word)),
    label: told.find((word) => !addressFlags.has(word)) ?? null,
    protocol: wordAfter(behind, "proto"),
    valid: lifetimeAfter(lifetimes, "valid_lft"),
    preferred: lifetimeAfter(lifetimes, "preferred_lft"),
  };
}

const portOf = (line: string): PortDetail => ({
  state: wordAfter(line, "state"),
  hairpin: flagAfter(line, "hairpin"),
  isolated: flagAfter(line, "isolated"),
  learning: flagAfter(line, "learning"),
  flood: flagAfter(line, "flood"),
  locked: flagAfter(line, "locked"),
  priority: numberAfter(line, "priority"),
  cost: numberAfter(line, "cost"),
});

const bridgeOf = (line: string): BridgeDetail => ({
  stp: flagAfter(line, "stp_state"),
  forwardDelay: secondsAfter(line, "forward_delay"),
  ageing: secondsAfter(line, "ageing_time"),
  bridgeId: wordAfter(line, "bridge_id"),
  rootId: wordAfter(line, "designated_root"),
  filtersVlans: flagAfter(line, "vlan_filtering"),
  defaultPvid: numberAfter(line, "vlan_default_pvid"),
  multicastSnooping: flagAfter(line, "mcast_snooping"),
  callsIptables: flagAfter(line, "nf_call_iptables"),
});

const headerOf = /^\d+: [^\s:]+: <([^>]*)>(.*)$/;

/** The header's line and those that are indented below it. */
function blockAt(lines: readonly string[], line: number): readonly string[] {
  const rest = lines.slice(line + 1);
  const end = rest.findIndex((each) => !/^\s/.test(each));
  return [lines[line] ?? "", ...(end === -1 ? rest : rest.slice(0, end))];
}

/** Errors and drops stand third and fourth in the line below `RX: bytes packets errors dropped …`. */
function lossOf(body: readonly string[], heading: "RX" | "TX"): readonly [number, number] | null {
  const place = body.findIndex((each) =>
    new RegExp(`^\\s+${heading}:\\s+bytes\\s+packets\\s+errors\\s+dropped`).test(each),
  );
  const [, , errors, dropped] = body[place + 1]?.trim().split(/\s+/).map(Number) ?? [];
  const whole = Number.isSafeInteger(errors) && Number.isSafeInteger(dropped);
  return place === -1 || !whole ? null : [errors ?? 0, dropped ?? 0];
}

function lossesOf(body: readonly string[]): LinkDetail["losses"] {
  const [rx, tx] = [lossOf(body, "RX"), lossOf(body, "TX")];
  if (rx === null || tx === null) return null;
  return { rxErrors: rx[0], rxDropped: rx[1], txErrors: tx[0], txDropped: tx[1] };
}

const startsWith = (body: readonly string[], word: string): string | undefined =>
  body.find((each) => each.startsWith(`    ${word} `));

/** The link whose header is that line of the text of `ip addr`, with or without -d and -s; null: no header is there. */
export function linkFromText(text: string, line: number): LinkDetail | null {
  const [header = "", ...body] = blockAt(text.split("\n"), line);
  const found = headerOf.exec(header);
  if (found === null) return null;
  const [, flags = "", rest = ""] = found;
  const hardware = body.find((each) => each.startsWith("    link/")) ?? "";
  const [slave, bridge] = [startsWith(body, "bridge_slave"), startsWith(body, "bridge")];
  const place = [wordAfter(hardware, "parentbus"), wordAfter(hardware, "parentdev")];
  const known = place.filter((each) => each !== null);
  return {
    flags: flags.split(",").filter((flag) => flag !== ""),
    qdisc: wordAfter(rest, "qdisc"),
    broadcast: wordAfter(hardware, "brd"),
    altNames: body.flatMap((each) => /^ {4}altname (\S+)/.exec(each)?.[1] ?? []),
    alias: body.map((each) => /^ {4}alias (.*)$/.exec(each)?.[1]).find(Boolean) ?? null,
    device: known.length === 0 ? null : known.join(" "),
    minMtu: numberAfter(hardware, "minmtu"),
    maxMtu: numberAfter(hardware, "maxmtu"),
    netnsImmutable: /(?:^| )netns-immutable(?: |$)/.test(hardware)
      ? true
      : text.includes(" netns-immutable")
        ? false
        : null,
    addresses: body.flatMap((each, at) => addressOf(each, body[at + 1]) ?? []),
    losses: lossesOf(body),
    port: slave === undefined ? null : portOf(slave),
    bridge: bridge === undefined ? null : bridgeOf(bridge),
    settings: [],
  };
}
