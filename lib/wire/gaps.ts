import type { Gap } from "@/lib/facts/model";
import { type Fields, type Here, isNumber, oneOf, text, textOrNull } from "./columns";

type Reason = Gap["reason"];
type Detail = Exclude<
  Gap extends infer G ? (G extends unknown ? keyof G : never) : never,
  "probe" | "netns" | "reason"
>;

/** What each reason comes with. */
const detailsOf = {
  "command-missing": ["command"],
  "permission-denied": ["command", "words"],
  failed: ["command", "exit", "words"],
  "timed-out": ["command", "ms"],
  cut: ["command", "bytes"],
  "unreadable-output": ["command", "unread", "excerpt"],
  "broken-off": ["command", "excerpt"],
  "netns-gone": [],
  "netns-new": [],
  "netns-unreachable": [],
  "no-engine": ["socket"],
  "engine-denied": ["socket"],
  "engine-silent": ["socket", "ms"],
  "engine-error": ["path", "status", "words"],
  "engine-not-asked": ["socket", "asked"],
  "engine-only": ["address"],
  "no-linux": ["platform"],
  "no-shell": ["words"],
} as const satisfies {
  readonly [R in Reason]: readonly Exclude<
    keyof Extract<Gap, { reason: R }>,
    "probe" | "netns" | "reason"
  >[];
};

/** Gaps of one host resemble each other: most often one command failed in many namespaces. */
export function gapFields<Up>(): Fields<Gap, Here<Gap, Up>> {
  const like = ({ row }: Here<Gap, Up>) => [`${row.reason}`];
  const when =
    (detail: Detail) =>
    ({ row }: Here<Gap, Up>): boolean =>
      row.reason !== undefined && detailsOf[row.reason].some((each) => each === detail);
  return {
    reason: { is: oneOf<Reason>(detailsOf) },
    probe: { is: textOrNull(), like },
    netns: { is: textOrNull(), like },
    command: { is: text(), like, when: when("command") },
    words: { is: text(), like, when: when("words") },
    exit: { is: isNumber, like, when: when("exit") },
    ms: { is: isNumber, like, when: when("ms") },
    bytes: { is: isNumber, like, when: when("bytes") },
    unread: { is: isNumber, like, when: when("unread") },
    excerpt: { is: text(), like, when: when("excerpt") },
    socket: { is: text(), like, when: when("socket") },
    asked: { is: text(), like, when: when("asked") },
    address: { is: text(), like, when: when("address") },
    path: { is: text(), like, when: when("path") },
    status: { is: isNumber, like, when: when("status") },
    platform: { is: text(), like, when: when("platform") },
  };
}
