import type { Check, CheckName, Link, Topology, VethPeer } from "@/lib/topology/model";
import { type Fields, type Here, isCount, isFlag, isNumberOrNull, oneOf, text } from "./columns";
import type { Draft } from "./drafts";
import { isEvidence, placeInAnswer } from "./evidence";
import { rowIn } from "./forms";
import { gapFields } from "./gaps";

export type HereLink = Here<Link, Here<Topology>>;
type HerePeer = Here<VethPeer, HereLink>;
type HereCheck = Here<Check, HerePeer>;
type HereEvidence = Here<object, HereCheck>;

/**
 * The host's links differ from the containers'; veths have random names, of which the first letters
 * say enough. Most columns of a link ask for it: made once, and one string for all that are alike.
 */
export function alike({ row, world }: HereLink): readonly string[] {
  const known = world.likenesses.get(`${row.id}`);
  if (known !== undefined) return known;
  const text = `${row.netns === world.host().netns} ${row.kind} ${row.name?.slice(0, 4)}`;
  const likeness = world.likenesses.get(text) ?? [text];
  world.likenesses.set(text, likeness).set(`${row.id}`, likeness);
  return likeness;
}

type End = "this" | "other";
/** The links that a check names first; what follows are lines of maps, or the other candidates. */
const endsOf: Readonly<Record<CheckName, readonly End[]>> = {
  iflink: ["this", "other"],
  "iflink-back": ["other", "this"],
  nsid: ["this"],
  "nsid-back": ["other"],
  "same-netns": ["this", "other"],
  "only-candidate": ["this"],
  "number-is-shared": ["this"],
  "mirrored-counters": ["this", "other"],
  fdb: [],
};

const otherOf = ({ row, world }: HerePeer): Draft<Link> | undefined =>
  world.link(row.link ?? row.with?.[0] ?? row.candidates?.[0]);

/** The link whose own line is this evidence. */
function endAt({ place, up: check }: HereEvidence): Draft<Link> | undefined {
  const peer = check.up;
  const name = check.row.check;
  const end = name && endsOf[name][place];
  if (end === "this") return peer.up.row;
  if (end === "other") return otherOf(peer);
  if (name !== "number-is-shared") return undefined;
  return check.world.link(peer.row.candidates?.[place - 1]);
}

/** A line of a map says the same of all links with one nsid; what a bridge learned, of both ends. */
function sharedBy({ up: check, place }: HereEvidence): string {
  const [link, other] = [check.up.up.row, otherOf(check.up)];
  switch (check.row.check) {
    case "nsid":
      return `map ${link.netns} ${link.nsid} ${place}`;
    case "nsid-back":
      return `map ${other?.netns} ${other?.nsid} ${place}`;
    case "fdb":
      return `fdb ${[link.id, other?.id].sort().join(" ")} ${place}`;
    default:
      return `${check.row.check} ${place}`;
  }
}

const checkFields: Fields<Check, HereCheck> = {
  check: {
    is: oneOf<CheckName>(endsOf),
    like: ({ up, place }) => alike(up.up).map((each) => `${each} ${place}`),
  },
  holds: { is: isFlag, like: ({ row }) => [`${row.check}`] },
  evidence: {
    count: { is: isCount, like: ({ row }) => [`${row.check}`] },
    items: {
      is: isEvidence,
      form: placeInAnswer,
      predict: (here) => endAt(here)?.evidence,
      like: (here) => [sharedBy(here), `${here.up.row.check} ${here.place}`],
    },
  },
};

type Status = VethPeer["status"];
const isStatus =
  (status: Status) =>
  ({ row }: HerePeer): boolean =>
    row.status === status;

type Proof = Extract<VethPeer, { status: "found" }>["proof"];
type Why = Extract<VethPeer, { status: "unseen" }>["why"];

export const peerFields: Fields<VethPeer, HerePeer> = {
  status: {
    is: oneOf<Status>({ found: true, ambiguous: true, unseen: true, contradictory: true }),
    like: ({ up }) => alike(up),
  },
  link: {
    is: text(),
    when: isStatus("found"),
    form: rowIn("links"),
    predict: ({ up, world }) => world.mirror(up.row)?.id,
  },
  proof: {
    is: oneOf<Proof>({ exact: true, consistent: true }),
    when: isStatus("found"),
    like: ({ up }) => alike(up),
  },
  candidates: {
    when: isStatus("ambiguous"),
    count: { is: isCount },
    items: { is: text(), form: rowIn("links") },
  },
  with: {
    when: isStatus("contradictory"),
    count: { is: isCount },
    items: { is: text(), form: rowIn("links") },
  },
  why: {
    when: isStatus("unseen"),
    fields: {
      reason: {
        is: oneOf<Why["reason"]>({
          "netns-unread": true,
          "netns-unknown": true,
          "no-iflink": true,
        }),
      },
      netns: {
        is: text(),
        when: ({ row }) => row.reason === "netns-unread",
        form: rowIn("namespaces"),
      },
      why: { when: ({ row }) => row.reason === "netns-unread", fields: gapFields() },
      nsid: {
        is: isNumberOrNull,
        when: ({ row }) => row.reason === "netns-unknown",
        predict: ({ up }) => up.up.row.nsid,
      },
    },
  },
  by: { count: { is: isCount, like: ({ up }) => alike(up) }, each: checkFields },
};
