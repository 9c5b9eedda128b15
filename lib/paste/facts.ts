import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, type NetnsLabel, netnsLabel } from "@/lib/net/ids";
import type { PastedOwner } from "@/lib/probes/pasted-places";
import { innerOf } from "./commands";
import { type Block, type BlockKind, pastedHost } from "./model";
import { ownerPlace } from "./sessions";

/** Whose a block is, as the person chose; `place`: blocks with equal ones are of one namespace. */
export type Choice = { readonly owner: PastedOwner; readonly place: string };

type Settled = Block & { readonly netns: NetnsLabel };

type Form = { readonly probe: string; readonly argv: readonly string[] };

/** Which reader reads it, and what prints it where nobody says what was typed. */
const forms: Readonly<Record<BlockKind, Form>> = {
  ip: { probe: "ip-addr", argv: ["ip", "addr"] },
  "ip-oneline": { probe: "ip-addr-oneline", argv: ["ip", "-o", "addr"] },
  "ip-brief": { probe: "ip-brief", argv: ["ip", "-br", "addr"] },
  "ip-route": { probe: "ip-route", argv: ["ip", "route"] },
  ifconfig: { probe: "ifconfig", argv: ["ifconfig"] },
  brctl: { probe: "brctl", argv: ["brctl", "show"] },
  "bridge-link": { probe: "bridge-link", argv: ["bridge", "link"] },
  ethtool: { probe: "ethtool-stats", argv: ["ethtool", "-S"] },
  sysfs: { probe: "sysfs-net", argv: ["grep", "-H", "", "/sys/class/net/*/iflink"] },
  "docker-ps": { probe: "docker-ps", argv: ["docker", "ps"] },
  "docker-networks": { probe: "docker-networks", argv: ["docker", "network", "ls"] },
  "network-inspect": { probe: "network-inspect", argv: ["docker", "network", "inspect"] },
  iptables: { probe: "iptables-save", argv: ["iptables-save"] },
  nft: { probe: "nft-ruleset", argv: ["nft", "list", "ruleset"] },
  lsns: { probe: "pasted-lsns", argv: ["lsns", "-t", "net"] },
};

/** The block's own name for its namespace, unless the person gave it another. */
const chosen = (block: Block, choice: Choice | undefined): Block =>
  choice === undefined ? block : { ...block, owner: choice.owner, place: choice.place };

/** The engine is asked as such, and the machine's processes, in whatever shell that was. */
const ofMachine: ReadonlySet<BlockKind> = new Set([
  ...(["docker-ps", "docker-networks", "network-inspect", "lsns"] as const),
]);

/** Places in the order of the text; the host first, as it is everywhere else. */
function labelled(blocks: readonly Block[]): readonly Settled[] {
  const labels = new Map<string, NetnsLabel>();
  const places = blocks.filter(({ kind }) => !ofMachine.has(kind));
  const inOrder = [
    ...places.filter(({ owner }) => owner.kind === "host"),
    ...places.filter(({ owner }) => owner.kind !== "host"),
  ];
  for (const { place } of inOrder)
    if (!labels.has(place)) labels.set(place, netnsLabel(`pasted ${labels.size + 1}`));
  return blocks.map((block) => ({ ...block, netns: labels.get(block.place) ?? netnsLabel("") }));
}

const textOf = ({ lines }: Block): string => lines.map(({ text }) => text).join("\n");

type Made = Pick<Answer, "probe" | "netns" | "stdout"> & { readonly argv: readonly string[] };

/** Rules of one namespace make one answer: each command stands above what it printed. */
function rulesOf(blocks: readonly Settled[]): readonly Made[] {
  const rules = Map.groupBy(
    blocks.filter(({ kind }) => kind === "iptables"),
    ({ netns, argv }) => `${innerOf(argv ?? [])[0]?.startsWith("ip6") ? "ip6" : "ip"} ${netns}`,
  );
  return [...rules].flatMap(([family, all]) => {
    const [first] = all;
    if (first === undefined) return [];
    const stdout = all.map((each) => `$ ${commandOf(each).join(" ")}\n${textOf(each)}\n`).join("");
    const probe = family.startsWith("ip6") ? "ip6tables-save" : "iptables-save";
    return [{ probe, netns: first.netns, stdout, argv: commandOf(first) }];
  });
}

const isJson = (block: Block): boolean => /^\s*\{/.test(block.lines[0]?.text ?? "");

/** So do tables of nft, which say of themselves which they are. Where both forms were pasted JSON tells more. */
function nftOf(blocks: readonly Settled[]): readonly Made[] {
  const nft = blocks.filter(({ kind }) => kind === "nft");
  return [...Map.groupBy(nft, ({ netns }) => netns)].flatMap(([netns, all]) => {
    const json = all.filter(isJson);
    const [first] = json.length > 0 ? json : all;
    if (first === undefined) return [];
    const stdout =
      json.length > 0
        ? `[${json.map(textOf).join(",\n")}]`
        : all.map((each) => `${textOf(each)}\n`).join("");
    return [{ probe: forms.nft.probe, netns, stdout, argv: commandOf(first) }];
  });
}

const isRules = ({ kind }: Block): boolean => kind === "iptables" || kind === "nft";

/** What was not typed but is told by what it printed. */
const commandOf = ({ argv, kind }: Block): readonly string[] => {
  if (argv === null || argv.length === 0) return forms[kind].argv;
  return kind === "ethtool" || kind === "sysfs" || kind === "iptables" ? innerOf(argv) : argv;
};

const madeOf = (block: Settled): Made => ({
  probe: forms[block.kind].probe,
  netns: ofMachine.has(block.kind) ? null : block.netns,
  stdout: textOf(block),
  argv: commandOf(block),
});

/** The host's name, and each namespace once, with the first prompt that tells of it. */
const places = (blocks: readonly Settled[], called: string): Made => {
  const first = new Map<NetnsLabel, Settled>();
  for (const block of blocks)
    if (!ofMachine.has(block.kind) && !first.has(block.netns)) first.set(block.netns, block);
  const rows = [...first].map(([netns, { owner, prompt }]) =>
    JSON.stringify({ netns, owner, ...(prompt === null ? {} : { by: prompt }) }),
  );
  const stdout = [JSON.stringify({ called }), ...rows].join("\n");
  return { probe: "pasted-places", netns: null, stdout, argv: ["pasted"] };
};

/**
 * What was pasted, as facts of a host: each block is an answer in the namespace that it is about.
 * `at`: ISO 8601, when it was pasted. `choices`: by the id of a block. `called`: the host's name, by a
 * prompt or in the reader's language.
 */
export function pasteFacts(
  blocks: readonly Block[],
  choices: ReadonlyMap<number, Choice>,
  at: string,
  called: string,
): HostFacts {
  const settled = labelled(blocks.map((block) => chosen(block, choices.get(block.id))));
  const made = [
    places(settled, called),
    ...settled.filter((block) => !isRules(block)).map(madeOf),
    ...rulesOf(settled),
    ...nftOf(settled),
  ];
  const counts = new Map<string, number>();
  return {
    format: "vethscope-facts/1",
    host: pastedHost,
    source: "recorded",
    at,
    answers: made.map(({ probe, netns, stdout, argv }): Answer => {
      const name = answerId(probe, netns);
      const nth = (counts.get(name) ?? 0) + 1;
      counts.set(name, nth);
      return {
        id: nth === 1 ? name : answerId(`${probe}~${nth}`, netns),
        probe,
        netns,
        entered: null,
        asked: { kind: "command", argv },
        at,
        ms: 0,
        stdout,
        stderr: "",
        exit: 0,
        cut: false,
      };
    }),
    gaps: [],
  };
}

/** `own`: the place of a namespace that has no name. */
export const choiceOf = (owner: PastedOwner, own: string): Choice => ({
  owner,
  place: owner.kind === "unnamed" ? own : ownerPlace(owner),
});
