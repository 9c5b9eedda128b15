import type { Answer, Gap } from "@/lib/facts/model";
import { answerId, type NetnsLabel } from "@/lib/net/ids";
import { shellQuote } from "@/lib/net/shell-quote";
import type { Question, Step } from "@/server/transport/port";
import { isMixed, type Output, type Share, splitBatch } from "./ip-batch";
import { splitTextBatch } from "./ip-batch-text";
import type { StepOutput } from "./run-lane";
import { batchLines, typedArgv } from "./script";

export const netnsOf = ({ where }: Step, own: NetnsLabel): NetnsLabel | null => {
  if (where.kind === "netns") return where.label;
  return where.kind === "own" ? own : null;
};

function shares(output: StepOutput): readonly Share[] {
  const lines = batchLines(output.step);
  if (lines.length === 0) return [{ status: "answered", ...output }];
  return output.form > 0 || isMixed(output)
    ? splitTextBatch(output, lines)
    : splitBatch(output, lines);
}

/** BusyBox's `ip` knows no namespaces at all: what could not be asked is told once for the whole host. */
const busyboxLacks = ({ form }: StepOutput, { probe: { ask } }: Question): boolean =>
  form === 2 && ask.kind === "ip-batch" && ask.line.startsWith("netns ");

function answerOf(output: StepOutput, question: Question, own: NetnsLabel, share: Output): Answer {
  const { step, at, ms } = output;
  const netns = netnsOf(step, own);
  return {
    id: answerId(question.name, netns),
    probe: question.name,
    netns,
    entered: step.where.kind === "netns" ? step.where.path : null,
    asked: { kind: "command", argv: typedArgv(step, question.name, output.form) },
    ...(output.form === 0 ? {} : { form: output.form }),
    at,
    ms,
    stdout: share.stdout,
    stderr: share.stderr,
    exit: share.exit,
    cut: share.cut,
  };
}

/** What one process printed → the answer to each question that it was asked; a gap where that is unclear. */
export function toAnswers(
  output: StepOutput,
  own: NetnsLabel,
): { readonly answers: readonly Answer[]; readonly gaps: readonly Gap[] } {
  const answers: Answer[] = [];
  const gaps: Gap[] = [];
  for (const [index, share] of shares(output).entries()) {
    const question = output.step.questions[index];
    if (question === undefined) continue;
    if (busyboxLacks(output, question)) {
      const command = shellQuote(typedArgv(output.step, question.name, 1));
      if (output.step.where.kind === "own")
        gaps.push({ probe: question.name, netns: own, reason: "command-missing", command });
      continue;
    }
    if (share.status === "answered") {
      answers.push(answerOf(output, question, own, share));
      continue;
    }
    gaps.push({
      probe: question.name,
      netns: netnsOf(output.step, own),
      reason: "unreadable-output",
      command: shellQuote(typedArgv(output.step, question.name)),
      unread: share.printed.length,
      excerpt: share.printed[0]?.trim().slice(0, 120) ?? "",
    });
  }
  return { answers, gaps };
}
