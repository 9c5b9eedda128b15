import { namespacePlace } from "@/components/workbench/place-words";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";
import type { NetnsId } from "@/lib/net/ids";
import type { Check, CheckName, Link, Veth } from "@/lib/topology/model";

/** `alone`: where no peer was settled to speak of. */
type Said = {
  readonly holds: MessageKey;
  readonly fails: MessageKey;
  readonly alone?: { readonly holds: MessageKey; readonly fails: MessageKey };
};

const iflink: Said = {
  holds: "check.iflink.holds",
  fails: "check.iflink.fails",
  alone: { holds: "check.iflink.holds", fails: "check.iflink.nobody" },
};
const nsid: Said = {
  holds: "check.nsid.holds",
  fails: "check.nsid.fails",
  alone: { holds: "check.nsid.settled", fails: "check.nsid.nowhere" },
};
const saying: Readonly<Record<CheckName, Said>> = {
  iflink,
  "iflink-back": iflink,
  nsid,
  "nsid-back": nsid,
  "same-netns": { holds: "check.sameNetns.holds", fails: "check.sameNetns.fails" },
  "only-candidate": { holds: "check.onlyCandidate.holds", fails: "check.onlyCandidate.fails" },
  "number-is-shared": { holds: "check.numberIsShared.holds", fails: "check.numberIsShared.fails" },
  "mirrored-counters": {
    holds: "check.mirroredCounters.holds",
    fails: "check.mirroredCounters.fails",
  },
  fdb: { holds: "check.fdb.holds", fails: "check.fdb.fails" },
};

const looksBack: ReadonlySet<CheckName> = new Set(["iflink-back", "nsid-back"]);

/** The namespace that is known to hold the unseen peer. */
const heldIn = ({ peer }: Veth): NetnsId | null =>
  peer.status === "unseen" && peer.why.reason === "netns-unread" ? peer.why.netns : null;

const valuesOf = (words: Words, index: TopologyIndex, from: Veth, to: Link | null) => {
  const there = index.namespace(to?.netns ?? heldIn(from));
  return {
    from: visible(from.name),
    to: to === null ? words("check.itsPeer") : visible(to.name),
    iflink: from.iflink === null ? "–" : `${from.iflink}`,
    nsid: from.nsid === null ? "–" : `${from.nsid}`,
    place: there === null ? words("place.unknown") : namespacePlace(words, there),
    mac: to?.mac ?? words("check.itsMac"),
    others: from.iflink === null ? 0 : index.numbered(from.iflink, from.netns).length,
  };
};

/** One check as a sentence about the two ends; `to` is null where the peer was not settled. */
export const checkWords = (
  words: Words,
  index: TopologyIndex,
  check: Check,
  ends: { readonly from: Veth; readonly to: Link | null },
): string => {
  const { from, to } = ends;
  const said = saying[check.check];
  const message = ((to === null && said.alone) || said)[check.holds ? "holds" : "fails"];
  const values =
    looksBack.has(check.check) && to?.kind === "veth"
      ? valuesOf(words, index, to, from)
      : valuesOf(words, index, from, to);
  return words(message, values);
};

/** Whether a check that holds speaks for the pair, or is a warning about reading numbers alone. */
export const isWarning = (check: Check): boolean => check.check === "number-is-shared";
