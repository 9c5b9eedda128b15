import type { Gap } from "@/lib/facts/model";
import type { SaveRow } from "@/lib/probes/iptables-save-text";
import type { RuleAnswer, RuleReadings } from "@/lib/probes/read-rules";
import { ipsetSets } from "./ipset-sets";
import { iptablesTables } from "./iptables-tables";
import type { Backend, Firewall, Source, Table } from "./model";
import { type ListedChains, listedChains, nftSets, nftTables } from "./nft-tables";

type SaveBackend = "iptables-nft" | "iptables-legacy";

/** What one iptables-save told, and of which kind the tool that told it was. */
type Saved = {
  readonly source: Source;
  readonly tables: readonly Table[];
  /** Tables that it could not print. */
  readonly foreign: readonly string[];
};

const wasAsked = ({ answer, lost }: RuleAnswer<unknown>): boolean =>
  answer !== null || lost.length > 0;

function stateOf(why: Gap | undefined, isThere: boolean): Source["state"] {
  if (why !== undefined) return { status: "unreadable", why };
  return { status: isThere ? "read" : "absent" };
}

/** Each table has its heading, so that of the first tells which tool it was. */
const headingOf = (rows: readonly SaveRow[]) => {
  const found = rows.find((row) => row.kind === "heading");
  return found?.kind === "heading" ? found : null;
};

function saved(
  said: RuleAnswer<SaveRow>,
  family: "ip" | "ip6",
  asked: SaveBackend,
): readonly Saved[] {
  if (!wasAsked(said)) return [];
  const heading = headingOf(said.rows);
  const isNft = heading === null ? asked === "iptables-nft" : heading.variant === "nf_tables";
  const backend: SaveBackend = isNft ? "iptables-nft" : "iptables-legacy";
  const tables =
    said.answer === null ? [] : iptablesTables(said.rows, { backend, family, answer: said.answer });
  const foreign = said.rows.flatMap((row) => (row.kind === "incompatible" ? [row.table] : []));
  return [
    {
      source: {
        backend,
        family,
        version: heading?.version ?? null,
        state: stateOf(said.lost[0], tables.length > 0),
      },
      tables,
      foreign,
    },
  ];
}

/** Where `iptables-save` is the legacy tool by the distribution's choice, both questions are answered by it. */
function onceEach(all: readonly Saved[]): readonly Saved[] {
  const found = new Map<string, Saved>();
  for (const each of all) found.set(`${each.source.backend} ${each.source.family}`, each);
  return [...found.values()];
}

/**
 * iptables-save prints its base chains whether they are there or not, as soon as the table is: where nft lists the
 * table too, only those that it lists are kept.
 */
const withoutPhantoms = (tables: readonly Table[], listed: ListedChains): readonly Table[] =>
  tables.flatMap((table) => {
    const known = table.backend === "iptables-nft" ? listed(table.family, table.name) : null;
    if (known === null) return [table];
    const chains = table.chains.filter(({ name }) => known.has(name));
    return chains.length === 0 ? [] : [{ ...table, chains }];
  });

/** A table that iptables cannot print and that nft did not list either is one that nobody sees. */
function withUnseen({ source, foreign }: Saved, native: readonly Table[]): Source {
  const unseen = foreign.find(
    (name) => !native.some((table) => table.name === name && table.family === source.family),
  );
  if (unseen === undefined || source.state.status === "unreadable") return source;
  const probe = source.family === "ip" ? "iptables-save" : "ip6tables-save";
  const why: Gap = {
    probe,
    netns: null,
    reason: "unreadable-output",
    command: probe,
    unread: 1,
    excerpt: unseen,
  };
  return { ...source, state: { status: "unreadable", why } };
}

function plainSource(backend: Backend, said: RuleAnswer<unknown>): readonly Source[] {
  if (!wasAsked(said)) return [];
  const state = stateOf(said.lost[0], said.rows.length > 0);
  return [{ backend, family: null, version: null, state }];
}

const opaqueIn = (tables: readonly Table[]): number =>
  tables
    .flatMap(({ chains }) => chains)
    .flatMap(({ rules }) => rules)
    .reduce((sum, { parts }) => sum + parts.filter(({ kind }) => kind === "opaque").length, 0);

/** What was read of one namespace → its rules in one form. */
export function buildFirewall(readings: RuleReadings): Firewall {
  const { iptables, ip6tables, iptablesLegacy, ip6tablesLegacy, nft, ipset } = readings;
  const all = onceEach([
    ...saved(iptables, "ip", "iptables-nft"),
    ...saved(ip6tables, "ip6", "iptables-nft"),
    ...saved(iptablesLegacy, "ip", "iptables-legacy"),
    ...saved(ip6tablesLegacy, "ip6", "iptables-legacy"),
  ]);
  const saves = all.flatMap(({ tables }) => tables);
  const printed = withoutPhantoms(saves, listedChains(nft.rows));
  const native = nft.answer === null ? [] : nftTables(nft.rows, nft.answer, printed);
  const sources = [
    ...all.map((each) => withUnseen(each, native)),
    ...plainSource("nft", nft),
    ...plainSource("ipset", ipset),
  ];
  const tables = [...printed, ...native];
  const [first] = sources;
  if (first === undefined) return { status: "not-asked" };
  const gaps = sources.flatMap(({ state }) => (state.status === "unreadable" ? [state.why] : []));
  const [why] = gaps;
  if (why !== undefined && gaps.length === sources.length && tables.length === 0)
    return { status: "unreadable", why };
  return {
    status: "read",
    sources,
    tables,
    sets: [
      ...(nft.answer === null ? [] : nftSets(nft.rows, nft.answer)),
      ...(ipset.answer === null ? [] : ipsetSets(ipset.rows, ipset.answer)),
    ],
    opaque: opaqueIn(tables),
  };
}
