import { type Frame, type FrameReader, frameReader } from "@/server/transport/frames";
import type { Exec, ExecEnd, Lane, Step, Transport } from "@/server/transport/port";
import type { Output } from "./ip-batch";

/** What one step printed. `at`: when it began, by our clock. */
export type StepOutput = Output & {
  readonly step: Step;
  /** Which form of its questions the host could answer; 0: the first. */
  readonly form: number;
  readonly at: string;
  readonly ms: number;
};

export type LaneLimits = {
  /** Of one stream of one step; more is dropped and the step is ended. */
  readonly outputBytes: number;
  /** What is left for all steps of the run together: a host may have many bad namespaces. */
  readonly budget: { bytes: number };
};

export type LaneEnd = {
  /** Steps that gave no answer: the lane broke before them. */
  readonly unanswered: readonly Step[];
  readonly end: ExecEnd;
};

/** How long a step may take to die before the whole lane is given up (a process in the kernel cannot). */
const dyingMs = 2000;

type Stream = "stdout" | "stderr";

type Running = {
  readonly step: Step;
  readonly at: string;
  readonly begun: number;
  readonly kept: Readonly<Record<Stream, { chunks: Buffer[]; size: number; over: boolean }>>;
  pid: number | null;
  form: number;
  /** Ended by us: at its deadline, or because of the amount that it printed. */
  stopped: boolean;
  cut: boolean;
  readonly ended: Set<Stream>;
  status: number | null;
  timer: NodeJS.Timeout;
};

const emptyStream = () => ({ chunks: [] as Buffer[], size: 0, over: false });

const text = ({ chunks }: { readonly chunks: readonly Buffer[] }): string =>
  Buffer.concat(chunks).toString("utf8");

/**
 * Runs one lane and hands over each answer as soon as it is whole. Ends a step at its deadline or when
 * it prints too much, alone; the steps after it still run. Throws only what `signal` was aborted with.
 */
export async function runLane(
  transport: Transport,
  lane: Lane,
  limits: LaneLimits,
  take: (output: StepOutput) => void,
  signal?: AbortSignal,
): Promise<LaneEnd> {
  signal?.throwIfAborted();
  const steps = new Map(lane.steps.map((step) => [step.number, step]));
  const waiting = new Set(lane.steps);
  const running = new Map<number, Running>();
  const current: Record<Stream, Running | null> = { stdout: null, stderr: null };
  const done = new Set<Stream>();

  const finish = (one: Running): void => {
    clearTimeout(one.timer);
    running.delete(one.step.number);
    waiting.delete(one.step);
    take({
      step: one.step,
      form: one.form,
      at: one.at,
      ms: Math.round(performance.now() - one.begun),
      stdout: text(one.kept.stdout),
      stderr: text(one.kept.stderr),
      exit: one.stopped ? null : one.status,
      cut: one.cut,
    });
  };

  const stop = (one: Running): void => {
    if (!one.stopped) {
      clearTimeout(one.timer);
      one.timer = setTimeout(() => exec.end(), dyingMs);
    }
    one.stopped = true;
    if (one.pid !== null) exec.say(`kill ${one.pid}`);
  };

  const begin = (step: Step): Running => {
    const one: Running = {
      step,
      at: new Date().toISOString(),
      begun: performance.now(),
      kept: { stdout: emptyStream(), stderr: emptyStream() },
      pid: null,
      form: 0,
      stopped: false,
      cut: false,
      ended: new Set(),
      status: null,
      timer: setTimeout(() => stop(one), step.deadlineMs),
    };
    running.set(step.number, one);
    return one;
  };

  const keep = (stream: Stream, bytes: Buffer): void => {
    const one = current[stream];
    if (one === null) return;
    const kept = one.kept[stream];
    const room = Math.min(limits.outputBytes - kept.size, limits.budget.bytes);
    const part = bytes.subarray(0, Math.max(0, room));
    if (part.length > 0) kept.chunks.push(part);
    kept.size += part.length;
    limits.budget.bytes -= part.length;
    if (part.length === bytes.length) return;
    one.cut = true;
    stop(one);
  };

  const end = (stream: Stream, frame: Extract<Frame, { kind: "end" }>): void => {
    const one = current[stream];
    if (one === null || one.step.number !== frame.step) return;
    current[stream] = null;
    one.ended.add(stream);
    one.status = frame.status;
    one.cut ||= frame.cut;
    if (one.ended.size === 2) finish(one);
  };

  const opened = (stream: Stream, number: number): void => {
    const step = steps.get(number);
    if (step !== undefined) current[stream] = running.get(number) ?? begin(step);
  };

  const named = (number: number, pid: number): void => {
    const one = running.get(number);
    if (one === undefined) return;
    one.pid = pid;
    if (one.stopped) stop(one);
  };

  /** Both streams say so, each at its own place between what is void and what counts. */
  const formed = (stream: Stream, { step, form }: Extract<Frame, { kind: "form" }>): void => {
    const one = current[stream];
    if (one?.step.number !== step) return;
    one.form = form;
    const kept = one.kept[stream];
    limits.budget.bytes += kept.size;
    kept.chunks.length = 0;
    kept.size = 0;
  };

  const through = (stream: Stream): void => {
    done.add(stream);
    if (done.size === 2) exec.end();
  };

  const handle = (stream: Stream, frame: Frame): void => {
    switch (frame.kind) {
      case "begin":
        opened(stream, frame.step);
        break;
      case "process":
        named(frame.step, frame.pid);
        break;
      case "form":
        formed(stream, frame);
        break;
      case "end":
        end(stream, frame);
        break;
      case "done":
        through(stream);
    }
  };

  const reader = (stream: Stream): FrameReader =>
    frameReader(lane.marker, {
      frame: (frame) => handle(stream, frame),
      output: (bytes) => keep(stream, bytes),
    });
  const stdout = reader("stdout");
  const stderr = reader("stderr");
  const exec: Exec = transport.exec(lane, { stdout: stdout.feed, stderr: stderr.feed });
  const abort = (): void => exec.end();
  signal?.addEventListener("abort", abort);
  const ended = await exec.ended;
  signal?.removeEventListener("abort", abort);
  stdout.finish();
  stderr.finish();
  // Its shell is gone, so what was still running was ended with it.
  for (const one of [...running.values()]) {
    one.status = null;
    finish(one);
  }
  signal?.throwIfAborted();
  return { unanswered: [...waiting], end: ended };
}
