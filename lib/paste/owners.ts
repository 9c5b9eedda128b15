import { readDockerPs } from "@/lib/probes/docker-tables";
import type { PastedOwner } from "@/lib/probes/pasted-places";
import type { Block, BlockKind, PastedLine } from "./model";
import { ownerPlace, type Shown } from "./sessions";

/** A block before it is known whose it is. `heads`: its links by number. */
export type Draft = {
  readonly kind: BlockKind;
  readonly shown: Shown | null;
  readonly lines: PastedLine[];
  readonly heads: Map<string, { readonly name: string; readonly far: string | null }>;
  readonly names: Set<string>;
  /** The longest line of it, in UTF-16 units, as it was pasted. */
  edge: number;
  /** Where it ends, and how long that line was as it was pasted. */
  end: { readonly at: number; readonly length: number };
};

type Settled = Pick<Block, "owner" | "ownerBy" | "place">;

const host: Settled = { owner: { kind: "host" }, ownerBy: "shape", place: "host" };

/** The engine answers on the host; bridges and their ports, and the rules that people paste, are there too. */
const ofHost: ReadonlySet<BlockKind> = new Set([
  ...(["docker-ps", "docker-networks", "network-inspect", "brctl", "bridge-link"] as const),
  ...(["iptables", "nft", "lsns"] as const),
]);

const bridge = /\b(?:docker0|docker_gwbridge|br-[0-9a-f]{12}|virbr\d+|cni0)\b/;
const hostVeth = /^\s*(?:\d+: )?veth[^\s:@]*[@:\s]/;

/** What a container has not: a bridge, its ports, or the host end of a pair. */
const looksLikeHost = ({ kind, lines, shown }: Draft): boolean =>
  ofHost.has(kind) ||
  lines.some(({ text }) => bridge.test(text) || / master \S/.test(text) || hostVeth.test(text)) ||
  /\s-S\s+veth|\/net\/veth[^/]*\//.test(shown?.typed.argv.join(" ") ?? "");

const links = ({ heads }: Draft): readonly string[] =>
  [...heads].map(([index, { name }]) => `${index} ${name}`).filter((each) => each !== "1 lo");

/** Looked through for the same links: a paste of thousands of blocks is no article. */
const mostBefore = 200;

/** Whether one printing of these links may be of the same namespace as another: none has another peer there. */
function isSame(draft: Draft, other: Draft): boolean {
  return [...draft.heads].every(([index, { name, far }]) => {
    const there = other.heads.get(index);
    if (there === undefined || there.name !== name) return index === "1" && name === "lo";
    return far === null || there.far === null || there.far === far;
  });
}

/** Another printing of the same links is of the same namespace. */
function sameLinks(
  draft: Draft,
  drafts: readonly Draft[],
  settled: readonly Settled[],
): Settled | null {
  if (links(draft).length === 0) return null;
  for (let at = settled.length - 1; at >= Math.max(0, settled.length - mostBefore); at -= 1) {
    const other = drafts[at];
    if (other !== undefined && other.heads.size > 0 && isSame(draft, other))
      return settled[at] ?? null;
  }
  return null;
}

/** `cat …/eth0/iflink` after `ip a`, without prompts that say otherwise, looks where that looked. */
const sameShell = (
  draft: Draft,
  drafts: readonly Draft[],
  settled: readonly Settled[],
): Settled | null => {
  if (draft.kind !== "sysfs" && draft.kind !== "ethtool" && draft.kind !== "ip-route") return null;
  const last = drafts[settled.length - 1];
  return last === undefined ? null : (settled.at(-1) ?? null);
};

/** What may stand for a container's name: its id, by the first twelve digits, and the service that compose made it for. */
type Names = ReadonlyMap<string, string>;

/** Compose calls the first container of the service web `shop-web-1`, and did call it `shop_web_1`. */
const serviceOf = (name: string): string | undefined => /^.+?[-_](.+)[-_]\d+$/.exec(name)?.[1];

/** As `docker ps` names them: a prompt may show the one, a command the other. */
function namesOf(drafts: readonly Draft[]): Names {
  const rows = drafts
    .filter(({ kind }) => kind === "docker-ps")
    .flatMap(({ lines }) => readDockerPs(lines.map(({ text }) => text).join("\n")).rows)
    .flatMap(({ id, name }) => (name === null ? [] : [{ id: id.slice(0, 12), name }]));
  const names = new Map(rows.map(({ name }) => [name, name]));
  const made = Map.groupBy([...names.keys()], (name) => serviceOf(name) ?? "");
  const alone = [...made].flatMap(([service, [name, ...others]]) =>
    service === "" || name === undefined || others.length > 0 ? [] : [[service, name] as const],
  );
  return new Map([...alone, ...rows.map(({ id, name }) => [id, name] as const), ...names]);
}

const byName = (owner: PastedOwner, names: Names): PastedOwner => {
  if (owner.kind !== "container") return owner;
  const isId = /^[0-9a-f]{12,64}$/.test(owner.name);
  const name = names.get(isId ? owner.name.slice(0, 12) : owner.name);
  return name === undefined ? owner : { kind: "container", name };
};

const byPid = (owner: PastedOwner, pids: ReadonlyMap<number, string>): PastedOwner => {
  const name = owner.kind === "process" ? pids.get(owner.pid) : undefined;
  return name === undefined ? owner : { kind: "container", name };
};

function byShown(draft: Draft, pids: ReadonlyMap<number, string>, names: Names): Settled | null {
  const { shown } = draft;
  if (shown === null || shown.ownerBy === "nobody") return null;
  const owner = byName(byPid(shown.owner, pids), names);
  const place = owner === shown.owner ? shown.place : ownerPlace(owner);
  return { owner, ownerBy: shown.ownerBy, place };
}

/** Whose each block is: by its prompt, else by what only a host has, else a namespace of its own. */
export function settleOwners(
  drafts: readonly Draft[],
  pids: ReadonlyMap<number, string>,
): readonly Settled[] {
  const settled: Settled[] = [];
  const names = namesOf(drafts);
  for (const [id, draft] of drafts.entries()) {
    settled.push(
      byShown(draft, pids, names) ??
        (looksLikeHost(draft) ? host : null) ??
        sameLinks(draft, drafts, settled) ??
        sameShell(draft, drafts, settled) ?? {
          owner: { kind: "unnamed" },
          ownerBy: "nobody",
          place: `block ${id}`,
        },
    );
  }
  return settled;
}
