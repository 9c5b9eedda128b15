import type { Answer, GapReason, HostFacts } from "@/lib/facts/model";
import { answerId } from "@/lib/net/ids";
import { type EnginePath, requireListed } from "./engine-fields";
import { type Frame, printFrame } from "./frames";
import type { EngineReply, Exec, Lane, Step, Transport } from "./port";

type Answers = readonly (Answer | undefined)[];

const answersTo = ({ where, questions }: Step, facts: HostFacts): Answers =>
  questions.map(({ name }) =>
    facts.answers.find((answer) =>
      where.kind === "netns"
        ? answer.id === answerId(name, where.label)
        : answer.probe === name && answer.entered === null && answer.asked.kind === "command",
    ),
  );

const withBreak = (text: string): string =>
  text === "" || text.endsWith("\n") ? text : `${text}\n`;

/** `ip -batch` says of each line that failed which one it was; where it failed as a whole it says so once. */
function batchWords(answers: Answers): string {
  const [first] = answers;
  const words = new Set(answers.map((answer) => answer?.stderr ?? ""));
  if (words.size === 1) return first?.stderr ?? "";
  return answers
    .map((answer, index) => answer?.stderr ?? `Command failed -:${index + 1}\n`)
    .join("");
}

/** The status of the one process that gave all these answers. */
function statusOf(answers: readonly Answer[]): number | null {
  if (answers.some(({ exit }) => exit === null)) return null;
  return answers.find(({ exit }) => exit !== 0)?.exit ?? 0;
}

type Printed = { readonly stdout: string; readonly stderr: string };

function printed(lane: Lane, facts: HostFacts): Printed {
  let stdout = "";
  let stderr = "";
  const both = (frame: Frame): void => {
    stdout += printFrame(lane.marker, frame);
    stderr += printFrame(lane.marker, frame);
  };
  for (const step of lane.steps) {
    const answers = answersTo(step, facts);
    const known = answers.filter((answer) => answer !== undefined);
    const single = answers.length === 1;
    // What was not recorded was not asked: no frame, no answer.
    if (known.length === 0) continue;
    both({ kind: "begin", step: step.number });
    const form = known.find((answer) => answer.form !== undefined)?.form;
    if (form !== undefined) both({ kind: "form", step: step.number, form });
    stdout += single
      ? (known[0]?.stdout ?? "")
      : answers
          .map((answer) => (answer?.cut ? answer.stdout : withBreak(answer?.stdout ?? "")))
          .join("");
    stderr += single ? (known[0]?.stderr ?? "") : batchWords(answers);
    const cut = known.some((answer) => answer.cut);
    both({ kind: "end", step: step.number, status: statusOf(known), cut });
  }
  both({ kind: "done" });
  return { stdout, stderr };
}

const ofEngine: ReadonlySet<string> = new Set([
  "no-engine",
  "engine-denied",
  "engine-silent",
  "engine-error",
]);
const noShell: ReadonlySet<string> = new Set(["no-linux", "no-shell", "engine-only"]);

/** Why the recorded host's engine had no answer to this; where nothing was said, there was no engine. */
function missing(gaps: HostFacts["gaps"], path: EnginePath): GapReason {
  const gap =
    gaps.find((each) => "path" in each && each.path === path) ??
    gaps.find((each) => "command" in each && each.command === path) ??
    gaps.find(({ reason }) => ofEngine.has(reason));
  if (gap === undefined) return { reason: "no-engine", socket: "" };
  const { probe: _, netns: __, ...why } = gap;
  return why;
}

function engineReply(facts: HostFacts, path: EnginePath): EngineReply {
  requireListed(path);
  const answer = facts.answers.find(({ asked }) => asked.kind === "engine" && asked.path === path);
  if (answer === undefined) return { status: "missing", why: missing(facts.gaps, path) };
  const { stdout: body, exit, at, ms } = answer;
  return { status: "answered", http: exit ?? 200, body, at, ms };
}

const failure = (facts: HostFacts): GapReason | undefined =>
  facts.gaps.find(({ reason }) => noShell.has(reason));

/** A host that answers what it answered when it was recorded, in the same frames as a live one. */
export function recorded(facts: HostFacts): Transport {
  const none = failure(facts);
  return {
    shell:
      none !== undefined && facts.answers.every(({ asked }) => asked.kind === "engine")
        ? { status: "none", why: none }
        : { status: "posix", rights: "root" },
    exec: (lane, sink): Exec => {
      const ended = Promise.resolve().then(() => {
        const { stdout, stderr } = printed(lane, facts);
        sink.stdout(Buffer.from(stdout));
        sink.stderr(Buffer.from(stderr));
        return { kind: "ended" } as const;
      });
      return { say: () => undefined, end: () => undefined, ended };
    },
    engine: async (path) => engineReply(facts, path),
    otherEngines: async () => facts.gaps.filter(({ reason }) => reason === "engine-not-asked"),
  };
}
