import type { Answer, Gap, GapReason } from "@/lib/facts/model";
import type { Probe, Reading } from "./define";
import { excerpt } from "./lines";

/** `ip -d -s -j addr show`, or the engine's path: how a question is named to a person. */
const askedAs = ({ asked }: Answer): string =>
  asked.kind === "command" ? asked.argv.join(" ") : asked.path;

const denied =
  /permission denied|operation not permitted|must be root|not permitted|password is required/i;

/** What the way in which a command ended says is missing; null: nothing. Statuses as POSIX sh gives them. */
function endingGap(answer: Answer, fine: readonly number[]): GapReason | null {
  const command = askedAs(answer);
  const { exit, stderr } = answer;
  if (answer.cut) return { reason: "cut", command, bytes: answer.stdout.length };
  if (exit === null) return { reason: "timed-out", command, ms: answer.ms };
  if (exit === 0 || answer.asked.kind === "engine") return null;
  if (exit === 127) return { reason: "command-missing", command };
  if (denied.test(stderr))
    return { reason: "permission-denied", command, words: excerpt(stderr.trim()) };
  // A tool that found nothing says nothing; one that was called wrongly says so.
  if (fine.includes(exit) && (answer.stdout !== "" || stderr === "")) return null;
  return { reason: "failed", command, exit, words: excerpt(stderr.trim()) };
}

/** Everything that this answer does not tell although it was asked to. */
export function answerGaps<Row>(
  probe: Pick<Probe<Row>, "name" | "fine">,
  answer: Answer,
  reading: Reading<Row>,
): readonly Gap[] {
  const where = { probe: probe.name, netns: answer.netns };
  const ending = endingGap(answer, probe.fine ?? []);
  // Output that was cut off never parses whole: one cause, one gap.
  if (ending !== null) return [{ ...where, ...ending }];
  const command = askedAs(answer);
  const { torn } = reading;
  if (torn !== undefined)
    return [{ ...where, reason: "broken-off", command, excerpt: torn.excerpt }];
  const [first] = reading.unread;
  if (first === undefined) return [];
  return [
    {
      ...where,
      reason: "unreadable-output",
      command,
      unread: reading.unread.length,
      excerpt: first.excerpt,
    },
  ];
}
