import type { Gap } from "@/lib/facts/model";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import { plainTime } from "@/lib/render/svg";
import { gapSentences } from "@/lib/share/gap-sentences";
import { linkFragment } from "@/lib/share/link";
import { pairRows } from "@/lib/share/pair-rows";
import type { Snapshot } from "@/lib/share/snapshot";

/** Letters. Beyond that a terminal, a mail program or a chat cuts a link off. */
const mostLinkLetters = 8192;

/** What a file holds. `link`: opens it; null: it is too long for one. */
export type Summary = {
  readonly host: string;
  readonly at: string;
  readonly containers: number;
  readonly pairs: Readonly<Record<string, number>>;
  readonly gaps: number;
  readonly redaction: string;
  /** Only of what a picture showed. */
  readonly part: boolean;
  readonly link: string | null;
};

/** Every sentence on its own line; empty: all was read. */
export const gapLines = (gaps: readonly Gap[], words: Words): string => {
  const sentences = gapSentences(gaps, words);
  if (sentences.length === 0) return "";
  return `${words("share.text.gaps")}:\n${sentences.map((each) => `  ${visible(each)}\n`).join("")}`;
};

export async function summaryOf(snapshot: Snapshot, base: string): Promise<Summary> {
  const { topology, shown } = snapshot;
  const pairs: Record<string, number> = {};
  for (const { proof } of pairRows(topology))
    if (proof !== null) pairs[proof] = (pairs[proof] ?? 0) + 1;
  const link = `${base.replace(/\/+$/, "")}/open#${await linkFragment(snapshot)}`;
  return {
    host: topology.host.name,
    at: topology.host.at,
    containers: topology.containers.length,
    pairs,
    gaps: topology.gaps.length,
    redaction: shown.redaction,
    part: shown.part,
    link: link.length > mostLinkLetters ? null : link,
  };
}

const proofs = ["exact", "consistent", "ambiguous", "unseen", "contradictory"] as const;

/** The same for a person. */
export function summaryText(summary: Summary, words: Words): string {
  const { host, at, containers, pairs, part, link } = summary;
  const told = proofs.flatMap((proof) =>
    pairs[proof] === undefined ? [] : [`${pairs[proof]} ${words(`proof.${proof}.name`)}`],
  );
  return [
    words("cli.holds", { host: visible(host), at: plainTime(at), containers }),
    ...(told.length === 0 ? [] : [words("cli.pairs", { told: told.join(", ") })]),
    ...(part ? [words("open.notice.part")] : []),
    "",
    link === null ? words("cli.noLink") : words("cli.link", { link }),
    "",
  ].join("\n");
}
