import {
  addressOf,
  interfaceOf,
  markOf,
  portOf,
  portsOf,
  protocolOf,
  rangeOf,
} from "./iptables-words";
import type { Condition } from "./matches";
import type { PortValue } from "./values";

/** What an option stands in: `-p` before it decides whose ports are meant. */
export type Around = {
  readonly family: "ip" | "ip6";
  /** The `-m` before it; null: none. */
  readonly module: string | null;
};

type Reader = (words: readonly string[], around: Around) => Condition | null;
/** `words`: how many follow the option. */
type Option = { readonly words: number; readonly read: Reader };

const one = (read: (word: string, around: Around) => Condition | null): Option => ({
  words: 1,
  read: ([word = ""], around) => read(word, around),
});

const flag = (condition: Condition): Option => ({ words: 0, read: () => condition });

const lower = (word: string): readonly string[] => word.toLowerCase().split(",");

const ports = (
  kind: "source-port" | "destination-port" | "port",
  read: (word: string) => readonly PortValue[] | null,
  multi: boolean,
): Option =>
  one((word, { module }) => {
    const values = read(word);
    if (values === null) return null;
    return multi
      ? { kind, protocol: null, ports: values, module: "multiport" }
      : { kind, protocol: module, ports: values };
  });

const onePort = (word: string): readonly PortValue[] | null => {
  const port = portOf(word);
  return port === null ? null : [port];
};

const ctAddress = (kind: "ct-source" | "ct-destination", direction: "original" | "reply"): Option =>
  one((word, { family }) => ({ kind, direction, addresses: [addressOf(word, family)] }));

const ctPort = (
  kind: "ct-source-port" | "ct-destination-port",
  direction: "original" | "reply",
): Option =>
  one((word) => {
    const values = onePort(word);
    return values === null ? null : { kind, direction, ports: values };
  });

const mark = (word: string, { module }: Around): Condition | null => {
  const marking = markOf(word);
  return marking && { kind: module === "connmark" ? "ct-mark" : "mark", ...marking };
};

const icmp =
  (version: 4 | 6) =>
  (word: string): Condition => {
    const [type = "", code = null] = word.split("/");
    return { kind: "icmp-type", version, types: [type], code };
  };

const flagNames = ["fin", "syn", "rst", "psh", "ack", "urg"];
const flagsOf = (word: string): readonly string[] => {
  if (word === "NONE") return [];
  return word === "ALL" ? flagNames : lower(word);
};

const matchSet: Reader = ([name = "", where = ""]) => {
  const words = where.split(",");
  if (!words.every((word) => word === "src" || word === "dst")) return null;
  const ends = words.map((word) => (word === "src" ? "source" : "destination"));
  return { kind: "ipset", name, ends };
};

const addressType = (of: "source" | "destination"): Option =>
  one((word) => ({ kind: "address-type", of, types: lower(word), from: null }));

const bridgePort = (what: "in" | "out"): Option =>
  one((word) => ({ kind: "bridge-port", what, port: interfaceOf(word) }));

/** By the option; those of one name in several modules mean the same, or look at the module. */
const options: Readonly<Record<string, Option>> = {
  "-s": one((word, { family }) => ({
    kind: "source",
    family,
    addresses: [addressOf(word, family)],
  })),
  "-d": one((word, { family }) => ({
    kind: "destination",
    family,
    addresses: [addressOf(word, family)],
  })),
  "-i": one((word) => ({ kind: "in-interface", interfaces: [interfaceOf(word)], by: "name" })),
  "-o": one((word) => ({ kind: "out-interface", interfaces: [interfaceOf(word)], by: "name" })),
  "-p": one((word) => ({ kind: "protocol", protocols: [protocolOf(word)], by: "l4proto" })),
  "--src-range": one((word, { family }) => ({
    kind: "source",
    family,
    addresses: [rangeOf(word)],
    module: "iprange",
  })),
  "--dst-range": one((word, { family }) => ({
    kind: "destination",
    family,
    addresses: [rangeOf(word)],
    module: "iprange",
  })),
  "--sport": ports("source-port", onePort, false),
  "--dport": ports("destination-port", onePort, false),
  "--sports": ports("source-port", portsOf, true),
  "--dports": ports("destination-port", portsOf, true),
  "--ports": ports("port", portsOf, true),
  "--src-type": addressType("source"),
  "--dst-type": addressType("destination"),
  "--ctstate": one((word) => ({ kind: "ct-state", states: lower(word) })),
  "--state": one((word) => ({ kind: "ct-state", states: lower(word), module: "state" })),
  "--ctstatus": one((word) => ({
    kind: "ct-status",
    statuses: lower(word).map((status) => (status === "seen_reply" ? "seen-reply" : status)),
  })),
  "--ctdir": one((word) => ({
    kind: "ct-direction",
    direction: word === "REPLY" ? "reply" : "original",
  })),
  "--ctorigsrc": ctAddress("ct-source", "original"),
  "--ctorigdst": ctAddress("ct-destination", "original"),
  "--ctreplsrc": ctAddress("ct-source", "reply"),
  "--ctrepldst": ctAddress("ct-destination", "reply"),
  "--ctorigsrcport": ctPort("ct-source-port", "original"),
  "--ctorigdstport": ctPort("ct-destination-port", "original"),
  "--ctreplsrcport": ctPort("ct-source-port", "reply"),
  "--ctrepldstport": ctPort("ct-destination-port", "reply"),
  "--mark": one(mark),
  "--match-set": { words: 2, read: matchSet },
  "--tcp-flags": {
    words: 2,
    read: ([mask = "", set = ""]) => ({
      kind: "tcp-flags",
      mask: flagsOf(mask),
      set: flagsOf(set),
    }),
  },
  "--syn": flag({ kind: "tcp-flags", mask: ["fin", "syn", "rst", "ack"], set: ["syn"] }),
  "--icmp-type": one(icmp(4)),
  "--icmpv6-type": one(icmp(6)),
  "--physdev-in": bridgePort("in"),
  "--physdev-out": bridgePort("out"),
  "--physdev-is-in": flag({ kind: "bridge-port", what: "is-in", port: null }),
  "--physdev-is-out": flag({ kind: "bridge-port", what: "is-out", port: null }),
  "--physdev-is-bridged": flag({ kind: "bridge-port", what: "bridged", port: null }),
  "--uid-owner": one((value) => ({ kind: "owner", what: "uid", value })),
  "--gid-owner": one((value) => ({ kind: "owner", what: "gid", value })),
  "--socket-exists": flag({ kind: "owner", what: "socket", value: null }),
  "--pkt-type": one((word) => ({ kind: "packet-type", types: lower(word) })),
  "--mac-source": one((word) => ({ kind: "mac-source", mac: word.toLowerCase() })),
  "--comment": one((text) => ({ kind: "comment", text })),
};

/** Modules whose options are only read as a whole. `!` before an option is part of the text. */
const whole: Readonly<Record<string, (text: string, module: string) => Condition>> = {
  limit: (text) => ({ kind: "limit", text }),
  hashlimit: (text, module) => ({ kind: "limit", text, module }),
  connlimit: (text, module) => ({ kind: "limit", text, module }),
  quota: (text, module) => ({ kind: "limit", text, module }),
  statistic: (text) => ({ kind: "statistic", text }),
  recent: (text) => ({ kind: "recent", text }),
  time: (text) => ({ kind: "time", text }),
  ipvs: (text) => ({ kind: "ipvs", text }),
};

/** `--dir in --pol none`, and what else is asked of the policy. */
function policyOf(text: string): Condition | null {
  const found = /^--dir (in|out) --pol (none|ipsec)(?: (.*))?$/.exec(text);
  if (found === null) return null;
  const [, direction, policy, rest = ""] = found;
  return {
    kind: "ipsec",
    direction: direction === "in" ? "in" : "out",
    policy: policy === "none" ? "none" : "ipsec",
    text: rest,
  };
}

/** Options of this name whose meaning depends on a module that is none of ours. */
const isOurs = (option: string, module: string | null): boolean => {
  if (option === "--mark") return module === "mark" || module === "connmark";
  if (option === "--sport" || option === "--dport")
    return module !== null && module !== "multiport";
  return true;
};

/** How this option is read; null: not by itself. */
export const optionOf = (option: string, module: string | null): Option | null => {
  const known = Object.hasOwn(options, option) ? options[option] : undefined;
  const inWhole = module !== null && option.startsWith("--") && Object.hasOwn(whole, module);
  return known === undefined || inWhole || !isOurs(option, module) ? null : known;
};

/** What a module asks whose options are read together. */
export function moduleOf(module: string | null, text: string): Condition {
  const read = module !== null && Object.hasOwn(whole, module) ? whole[module] : undefined;
  const known = read?.(text, module ?? "") ?? (module === "policy" ? policyOf(text) : null);
  return known ?? { kind: "opaque", module, text };
}
