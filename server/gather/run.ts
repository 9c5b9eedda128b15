import { randomBytes } from "node:crypto";
import type { Answer, Gap } from "@/lib/facts/model";
import { type NetnsLabel, netnsLabel } from "@/lib/net/ids";
import type { Probe } from "@/lib/probes/define";
import { mountinfo } from "@/lib/probes/mountinfo";
import type { Step, Transport } from "@/server/transport/port";
import type { Unnumbered } from "./plan";
import { type LaneLimits, runLane, type StepOutput } from "./run-lane";
import { laneScript } from "./script";
import { netnsOf, toAnswers } from "./to-answers";

export type RunOptions = {
  readonly signal?: AbortSignal;
  /** Of one stream of one process; more is dropped and the answer says so. */
  readonly outputBytes?: number;
  /** Instead of each step's own deadline. */
  readonly deadlineMs?: number;
};

const outputBytes = 8 * 1024 * 1024;
const runBytes = 192 * 1024 * 1024;
/** However many steps hang, a shell on the host lives no longer. */
const laneSeconds = 120;
/** A step that cannot be ended costs its lane; what came after it is asked by a new one. */
const newLanes = 4;

/** One gathering under way: what was said so far, and how to ask on. */
export type Run = {
  readonly ask: (
    steps: readonly Unnumbered[],
    heard?: (output: StepOutput) => void,
  ) => Promise<void>;
  readonly outputs: StepOutput[];
  readonly lost: { readonly steps: readonly Step[]; readonly words: string }[];
};

/**
 * lsns of util-linux 2.38 gives up with status 1 and without a word when a process ends while it looks
 * at it (6 of 250 times on a busy machine): asked again, it answers. The grep of mountinfo says in the
 * same way that it found nothing.
 */
function failedSilently({ step, stdout, stderr, exit }: StepOutput): boolean {
  const mayFindNothing = step.questions.some(({ probe }) => probe.name === mountinfo.name);
  return stdout === "" && stderr === "" && exit !== null && exit !== 0 && !mayFindNothing;
}

export function startRun(transport: Transport, options: RunOptions): Run {
  const marker = `vethscope-${randomBytes(16).toString("hex")}`;
  const limits: LaneLimits = {
    outputBytes: options.outputBytes ?? outputBytes,
    budget: { bytes: runBytes },
  };
  const run: Run = {
    outputs: [],
    lost: [],
    ask: async (unnumbered, heard) => {
      let rest = unnumbered.map((step, number) => ({
        ...step,
        number,
        deadlineMs: options.deadlineMs ?? step.deadlineMs,
      }));
      let words = "";
      const answered = new Set<number>();
      const again = new Set<number>();
      const take = (output: StepOutput): void => {
        const { number } = output.step;
        if (failedSilently(output) && !again.has(number)) {
          again.add(number);
          return;
        }
        answered.add(number);
        run.outputs.push(output);
        heard?.(output);
      };
      for (let lane = 0; rest.length > 0 && lane < newLanes; lane += 1) {
        const script = laneScript(marker, rest, laneSeconds);
        const { unanswered, end } = await runLane(
          transport,
          { marker, steps: rest, script },
          limits,
          take,
          options.signal,
        );
        words = end.kind === "failed" ? end.words : "";
        // A lane that answered nothing will not answer next time.
        if (unanswered.length === rest.length) break;
        rest = rest.filter(({ number }) => !answered.has(number));
      }
      if (rest.length > 0) run.lost.push({ steps: rest, words });
    },
  };
  return run;
}

const heardAs = (run: Run, name: string): Answer | undefined => {
  const output = run.outputs.find(({ step }) => step.questions.some((each) => each.name === name));
  return output && toAnswers(output, netnsLabel("")).answers.find(({ probe }) => probe === name);
};

/** What was answered so far to a probe of the whole machine; empty: nothing. */
export const rowsOf = <Row>(
  run: Run,
  probe: Probe<Row>,
  name: string = probe.name,
): readonly Row[] => {
  const answer = heardAs(run, name);
  return answer === undefined ? [] : probe.parse(answer).rows;
};

/** All that was said, as answers. `own` is what the namespace of the shell is called. */
export function collect(
  run: Run,
  own: NetnsLabel,
): { readonly answers: readonly Answer[]; readonly gaps: readonly Gap[] } {
  const parts = run.outputs.map((output) => toAnswers(output, own));
  const [dead] = run.lost;
  if (parts.length === 0 && dead !== undefined)
    return {
      answers: [],
      gaps: [{ probe: null, netns: null, reason: "no-shell", words: dead.words }],
    };
  const lost = run.lost.flatMap(({ steps, words }) =>
    steps.flatMap((step) =>
      step.questions.map(({ name }) => ({
        probe: name,
        netns: netnsOf(step, own),
        reason: "no-shell" as const,
        words,
      })),
    ),
  );
  return {
    answers: parts.flatMap(({ answers }) => answers),
    gaps: [...parts.flatMap(({ gaps }) => gaps), ...lost],
  };
}
