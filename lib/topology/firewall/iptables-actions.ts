import type { Deed, NatPorts } from "./actions";
import { markOf, quotedText } from "./iptables-words";

type Options = ReadonlyMap<string, string>;

/** `--a 1 --b` → a map; null: something stands where an option is expected. */
function optionsOf(words: readonly string[], flags: ReadonlySet<string>): Options | null {
  const found = new Map<string, string>();
  for (let at = 0; at < words.length; at += 1) {
    const option = words[at] ?? "";
    if (!option.startsWith("--") || found.has(option)) return null;
    if (flags.has(option)) {
      found.set(option, "");
      continue;
    }
    const value = words[at + 1];
    if (value === undefined) return null;
    found.set(option, value);
    at += 1;
  }
  return found;
}

const onlyThese = (options: Options, names: readonly string[]): boolean =>
  [...options.keys()].every((name) => names.includes(name));

const natFlags: ReadonlySet<string> = new Set(["--random", "--random-fully", "--persistent"]);
const flagNames: Readonly<Record<string, string>> = {
  "--random": "random",
  "--random-fully": "fully-random",
  "--persistent": "persistent",
};

const flagsOf = (options: Options): readonly string[] =>
  [...options.keys()].flatMap((option) => flagNames[option] ?? []);

/** `80`, `80-90`, `80-90/8080` (shifted). */
function natPorts(text: string): NatPorts | null {
  const [, first, last = first, base] = /^(\d+)(?:-(\d+)(?:\/(\d+))?)?$/.exec(text) ?? [];
  if (first === undefined) return null;
  const ports = { first: Number(first), last: Number(last) };
  return base === undefined ? ports : { ...ports, base: Number(base) };
}

/** `172.17.0.2:80`, `10.0.0.1-10.0.0.9`, `:53`, `[fd00::2]:80`, `fd00::2`. */
function natTarget(text: string) {
  const found = /^(?:\[([^\]]*)\]|([^:]*)|([0-9a-f:.-]+?))(?::([\d/-]+))?$/.exec(text);
  if (found === null) return null;
  const [, bracketed, plain, bare, port] = found;
  const address = bracketed ?? plain ?? bare ?? "";
  const ports = port === undefined ? null : natPorts(port);
  if (port !== undefined && ports === null) return null;
  const [first = "", last = first] = address.split("-");
  return { addresses: address === "" ? null : { first, last }, ports };
}

function natDeed(kind: "dnat" | "snat", option: string) {
  return (words: readonly string[]): Deed | null => {
    const options = optionsOf(words, natFlags);
    const to = options?.get(option);
    if (options === null || to === undefined) return null;
    if (!onlyThese(options, [option, ...natFlags])) return null;
    // Without brackets a colon can only be a part of an IPv6 address where there are several.
    const isBare6 = !to.startsWith("[") && to.split(":").length > 2;
    const [first = "", last = first] = to.split("-");
    const target = isBare6 ? { addresses: { first, last }, ports: null } : natTarget(to);
    return target && { kind, ...target, lookup: null, flags: flagsOf(options), family: null };
  };
}

function portDeed(kind: "masquerade" | "redirect") {
  return (words: readonly string[]): Deed | null => {
    const options = optionsOf(words, natFlags);
    if (options === null || !onlyThese(options, ["--to-ports", ...natFlags])) return null;
    const text = options.get("--to-ports");
    const ports = text === undefined ? null : natPorts(text);
    if (text !== undefined && ports === null) return null;
    return { kind, ports, flags: flagsOf(options) };
  };
}

/** `--set-xmark` clears the bits of its mask, and so do the other spellings, each in its way. */
const markDeed =
  (kind: "set-mark" | "set-ct-mark") =>
  (words: readonly string[]): Deed | null => {
    const [option = "", text = ""] = words;
    const marking = markOf(text);
    if (marking === null || words.length !== 2) return null;
    const { value, mask } = marking;
    if (option === "--set-xmark") return { kind, value, mask };
    // set-mark also clears the bits that it sets.
    return option === "--set-mark" ? { kind, value, mask: (mask | value) >>> 0 } : null;
  };

const connmarkDeed = (words: readonly string[]): Deed | null => {
  const [option, ...rest] = words;
  const text = rest.join(" ");
  if (option === "--save-mark") return { kind: "save-mark", text };
  return option === "--restore-mark"
    ? { kind: "restore-mark", text }
    : markDeed("set-ct-mark")(words);
};

const telling =
  (target: "log" | "nflog" | "trace") =>
  (words: readonly string[]): Deed => ({
    kind: "log",
    target,
    text: words.map((word) => (word.startsWith("--") ? word : quotedText(word))).join(" "),
  });

const bare =
  (deed: Deed) =>
  (words: readonly string[]): Deed | null =>
    words.length === 0 ? deed : null;

const targets: Readonly<Record<string, (words: readonly string[]) => Deed | null>> = {
  ACCEPT: bare({ kind: "accept" }),
  DROP: bare({ kind: "drop" }),
  RETURN: bare({ kind: "return" }),
  REJECT: ([option, how, ...rest]) => {
    if (option === undefined) return { kind: "reject", with: null };
    const isWhole = option === "--reject-with" && how !== undefined && rest.length === 0;
    return isWhole ? { kind: "reject", with: how } : null;
  },
  DNAT: natDeed("dnat", "--to-destination"),
  SNAT: natDeed("snat", "--to-source"),
  MASQUERADE: portDeed("masquerade"),
  REDIRECT: portDeed("redirect"),
  NETMAP: ([option, to]) => (option === "--to" && to !== undefined ? { kind: "netmap", to } : null),
  MARK: markDeed("set-mark"),
  CONNMARK: connmarkDeed,
  LOG: telling("log"),
  NFLOG: telling("nflog"),
  TRACE: telling("trace"),
  NOTRACK: bare({ kind: "notrack" }),
  CT: (words) => (words.join(" ") === "--notrack" ? { kind: "notrack" } : null),
  TCPMSS: ([option, size = ""]) => {
    if (option === "--clamp-mss-to-pmtu") return { kind: "tcp-mss", size: "pmtu" };
    return option === "--set-mss" && /^\d+$/.test(size)
      ? { kind: "tcp-mss", size: Number(size) }
      : null;
  },
  NFQUEUE: (words) => ({ kind: "queue", text: words.join(" ") }),
};

/** After these the next rule is met, whatever else they do. */
const goOn: ReadonlySet<string> = new Set([
  ...["AUDIT", "CHECKSUM", "CLASSIFY", "CONNMARK", "CONNSECMARK", "CT", "DSCP", "ECN", "HL"],
  ...["HMARK", "IDLETIMER", "LED", "MARK", "RATEEST", "SECMARK", "SET", "TCPMSS", "TCPOPTSTRIP"],
  ...["TEE", "TOS", "TTL"],
]);

/**
 * `-j TARGET …`. A name that this table has as a chain is a jump; of any other without options only a jump to a
 * chain that is missing can be meant, as where the text was cut.
 */
export function targetOf(
  name: string,
  words: readonly string[],
  hasChain: (name: string) => boolean,
): Deed {
  const known = Object.hasOwn(targets, name) ? targets[name] : undefined;
  const isJump = hasChain(name) || (known === undefined && words.length === 0 && !goOn.has(name));
  if (isJump && words.length === 0) return { kind: "jump", chain: name };
  const deed = known?.(words) ?? null;
  if (deed !== null) return deed;
  const text = words.map((word) => (word.startsWith("-") ? word : quotedText(word))).join(" ");
  return { kind: "opaque", name, text, flow: goOn.has(name) ? "goes-on" : "unknown" };
}
