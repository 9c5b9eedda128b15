import type { Action } from "./actions";
import {
  addressText,
  hex,
  interfaceText,
  markText,
  portText,
  protocolText,
  quotedText,
} from "./iptables-words";
import type { Match, OfKind } from "./matches";

/** `module`: the `-m` that must stand before it; null: none. */
type Words = { readonly module: string | null; readonly option: string; readonly text: string };

const words = (module: string | null, option: string, text = ""): Words => ({
  module,
  option,
  text,
});

type Of<K extends Match["kind"]> = OfKind<Match, K>;

const end = (kind: string): "s" | "d" => (kind.endsWith("source") ? "s" : "d");
const upper = (all: readonly string[]): string => all.join(",").toUpperCase();

function addressWords({ kind, addresses, module }: Of<"source">): Words {
  const text = addresses.map(addressText).join(",");
  return module === "iprange"
    ? words("iprange", kind === "source" ? "--src-range" : "--dst-range", text)
    : words(null, `-${end(kind)}`, text);
}

const portOptions = {
  "source-port": ["--sport", "--sports"],
  "destination-port": ["--dport", "--dports"],
  port: ["--ports", "--ports"],
} as const;

function portWords({ kind, ports, protocol, module }: Of<"port">): Words {
  const [single, several] = portOptions[kind];
  const text = ports.map((port) => portText(port, ":")).join(",");
  return module === "multiport" ? words("multiport", several, text) : words(protocol, single, text);
}

const addressType = ({ of, types, from }: Of<"address-type">): Words => {
  const limit = from === null ? "" : ` --limit-iface-${from}`;
  return words("addrtype", of === "source" ? "--src-type" : "--dst-type", upper(types) + limit);
};

const ctAddress = ({ kind, direction, addresses }: Of<"ct-source">): Words => {
  const side = direction === "original" ? "orig" : "repl";
  const which = kind === "ct-source" ? "src" : "dst";
  // conntrack prints a whole address without its length.
  const text = addresses
    .map(addressText)
    .join(",")
    .replace(/\/(32|128)$/, "");
  return words("conntrack", `--ct${side}${which}`, text);
};

const ctPort = ({ kind, direction, ports }: Of<"ct-source-port">): Words => {
  const side = direction === "original" ? "orig" : "repl";
  const which = kind === "ct-source-port" ? "src" : "dst";
  return words(
    "conntrack",
    `--ct${side}${which}port`,
    ports.map((port) => portText(port, ":")).join(),
  );
};

const bridgeOptions = {
  in: "--physdev-in",
  out: "--physdev-out",
  "is-in": "--physdev-is-in",
  "is-out": "--physdev-is-out",
  bridged: "--physdev-is-bridged",
} as const;

const ownerOptions = { uid: "--uid-owner", gid: "--gid-owner", socket: "--socket-exists" } as const;

const flagList = (flags: readonly string[]): string => (flags.length === 0 ? "NONE" : upper(flags));

const gathered = (module: string, text: string): Words => {
  const gap = text.indexOf(" ");
  return gap < 0 ? words(module, text) : words(module, text.slice(0, gap), text.slice(gap + 1));
};

type Printers = { readonly [K in Match["kind"]]?: (match: Of<K>) => Words };

const nameOf = (names: readonly (string | { readonly name: string })[]): string =>
  names.map((each) => (typeof each === "string" ? protocolText(each) : each.name)).join(",");

const printers: Printers = {
  "in-interface": ({ interfaces }) => words(null, "-i", interfaces.map(interfaceText).join(",")),
  "out-interface": ({ interfaces }) => words(null, "-o", interfaces.map(interfaceText).join(",")),
  source: addressWords,
  destination: addressWords,
  protocol: ({ protocols }) => words(null, "-p", nameOf(protocols)),
  "source-port": portWords,
  "destination-port": portWords,
  port: portWords,
  "address-type": addressType,
  "ct-state": ({ states, module }) =>
    module === "state"
      ? words("state", "--state", upper(states))
      : words("conntrack", "--ctstate", upper(states)),
  "ct-status": ({ statuses }) =>
    words("conntrack", "--ctstatus", upper(statuses).replace("SEEN-REPLY", "SEEN_REPLY")),
  "ct-direction": ({ direction }) => words("conntrack", "--ctdir", direction.toUpperCase()),
  "ct-source": ctAddress,
  "ct-destination": ctAddress,
  "ct-source-port": ctPort,
  "ct-destination-port": ctPort,
  mark: (match) => words("mark", "--mark", markText(match)),
  "ct-mark": (match) => words("connmark", "--mark", markText(match)),
  ipset: ({ name, ends }) =>
    words(
      "set",
      "--match-set",
      `${name} ${ends.map((each) => each.replace(/(.).*/, each === "source" ? "src" : "dst")).join(",")}`,
    ),
  "tcp-flags": ({ mask, set }) => words("tcp", "--tcp-flags", `${flagList(mask)} ${flagList(set)}`),
  "icmp-type": ({ version, types, code }) => {
    const text = code === null ? types.join(",") : `${types.join(",")}/${code}`;
    return version === 4
      ? words("icmp", "--icmp-type", text)
      : words("icmp6", "--icmpv6-type", text);
  },
  "bridge-port": ({ what, port }) =>
    words("physdev", bridgeOptions[what], port === null ? "" : interfaceText(port)),
  owner: ({ what, value }) => words("owner", ownerOptions[what], value ?? ""),
  "packet-type": ({ types }) => words("pkttype", "--pkt-type", types.join(",")),
  "mac-source": ({ mac }) => words("mac", "--mac-source", mac),
  comment: ({ text }) => words("comment", "--comment", quotedText(text)),
  limit: ({ text, module }) => gathered(module ?? "limit", text),
  statistic: ({ text }) => gathered("statistic", text),
  recent: ({ text }) => gathered("recent", text),
  time: ({ text }) => gathered("time", text),
  ipvs: ({ text }) => gathered("ipvs", text),
  ipsec: ({ direction, policy, text }) =>
    words("policy", "--dir", `${direction} --pol ${policy}${text === "" ? "" : ` ${text}`}`),
};

/** null: a condition that only nft has. */
function matchWords(match: Match): Words | null {
  if (match.kind === "opaque")
    return match.module === null ? words(null, match.text) : gathered(match.module, match.text);
  const print = printers[match.kind] as ((each: Match) => Words) | undefined;
  return print === undefined ? null : print(match);
}

type Deed<K extends Action["kind"]> = OfKind<Action, K>;

const natFlag = (name: string): string =>
  name === "fully-random" ? " --random-fully" : ` --${name}`;

const span = (first: string | number, last: string | number): string =>
  first === last ? `${first}` : `${first}-${last}`;

function natText({ kind, addresses, ports, flags }: Deed<"dnat">): string {
  const address = addresses === null ? "" : span(addresses.first, addresses.last);
  const shown = ports !== null && address.includes(":") ? `[${address}]` : address;
  const base = ports?.base === undefined ? "" : `/${ports.base}`;
  const port = ports === null ? "" : `:${span(ports.first, ports.last)}${base}`;
  const [target, option] = kind === "dnat" ? ["DNAT", "--to-destination"] : ["SNAT", "--to-source"];
  return `${target} ${option} ${shown}${port}${flags.map(natFlag).join("")}`;
}

function portsText({ kind, ports, flags }: Deed<"masquerade">): string {
  const to = ports === null ? "" : ` --to-ports ${span(ports.first, ports.last)}`;
  return `${kind.toUpperCase()}${to}${flags.map(natFlag).join("")}`;
}

const following = (name: string, text: string): string => (text === "" ? name : `${name} ${text}`);

const deedPrinters: { readonly [K in Action["kind"]]?: (deed: Deed<K>) => string } = {
  accept: () => "-j ACCEPT",
  drop: () => "-j DROP",
  return: () => "-j RETURN",
  reject: ({ with: how }) => (how === null ? "-j REJECT" : `-j REJECT --reject-with ${how}`),
  jump: ({ chain }) => `-j ${chain}`,
  goto: ({ chain }) => `-g ${chain}`,
  dnat: (deed) => `-j ${natText(deed)}`,
  snat: (deed) => `-j ${natText(deed)}`,
  masquerade: (deed) => `-j ${portsText(deed)}`,
  redirect: (deed) => `-j ${portsText(deed)}`,
  netmap: ({ to }) => `-j NETMAP --to ${to}`,
  "set-mark": ({ value, mask }) => `-j MARK --set-xmark ${hex(value)}/${hex(mask)}`,
  "set-ct-mark": ({ value, mask }) => `-j CONNMARK --set-xmark ${hex(value)}/${hex(mask)}`,
  "save-mark": ({ text }) => `-j ${following("CONNMARK --save-mark", text)}`,
  "restore-mark": ({ text }) => `-j ${following("CONNMARK --restore-mark", text)}`,
  log: ({ target, text }) => `-j ${following(target.toUpperCase(), text)}`,
  notrack: () => "-j CT --notrack",
  "tcp-mss": ({ size }) =>
    size === "pmtu" ? "-j TCPMSS --clamp-mss-to-pmtu" : `-j TCPMSS --set-mss ${size}`,
  queue: ({ text }) => `-j ${following("NFQUEUE", text)}`,
  opaque: ({ name, text }) => `-j ${following(name, text)}`,
};

/** A module is named once for options that follow each other, and again for one that was said already. */
function matchesText(matches: readonly Match[]): string {
  const out: string[] = [];
  let open: string | null = null;
  const said = new Set<string>();
  for (const match of matches) {
    const each = matchWords(match);
    if (each === null) continue;
    if (each.module !== null && (each.module !== open || said.has(each.option))) {
      out.push("-m", each.module);
      said.clear();
    }
    open = each.module;
    said.add(each.option);
    if (match.negated) out.push("!");
    out.push(each.option);
    if (each.text !== "") out.push(each.text);
  }
  return out.join(" ");
}

const isMatch = (part: Match | Action): part is Match => part.part === "match";

/** A rule as iptables-save prints it, after `-A CHAIN `; what only nft can say is left out. */
export function printIptablesRule(parts: readonly (Match | Action)[]): string {
  const deed = parts.find((part): part is Action => !isMatch(part));
  const print = deed && (deedPrinters[deed.kind] as ((each: Action) => string) | undefined);
  const target = deed === undefined || print === undefined ? "" : print(deed);
  const matches = matchesText(parts.filter(isMatch));
  return [matches, target].filter((text) => text !== "").join(" ");
}
