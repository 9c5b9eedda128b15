import type { Answer, Gap, HostFacts } from "@/lib/facts/model";
import { type NetnsLabel, netnsLabel } from "@/lib/net/ids";
import { questionsLeft } from "@/lib/pipeline";
import { catalogue } from "@/lib/probes/catalogue";
import type { Probe } from "@/lib/probes/define";
import { mountinfo } from "@/lib/probes/mountinfo";
import { netnsPaths } from "@/lib/probes/netns-paths";
import type { Transport, Where } from "@/server/transport/port";
import { askEngine } from "./ask-engine";
import { chooseEntries, type Entries, stillThere } from "./entries";
import { afterSteps, deal, hostSteps, lastSteps, netnsSteps, type Unnumbered } from "./plan";
import { collect, type Run, type RunOptions, rowsOf, startRun } from "./run";

export type Progress = {
  readonly phase: "host" | "namespaces" | "observers" | "settling";
  /** Processes on the host that have answered, of those known to be needed in this phase. */
  readonly done: number;
  readonly of: number;
};

export type GatherOptions = RunOptions & {
  /** How Vethscope calls this host; part of every id. */
  readonly host: string;
  readonly source?: HostFacts["source"];
  readonly onProgress?: (progress: Progress) => void;
  /** Of the whole catalogue; fewer for a question of one kind. */
  readonly probes?: readonly Probe<unknown>[];
};

/** Shells that work side by side; with watcher and engine they stay under sshd's ten sessions. */
const lanes = 4;
/** A shell and its watchers cost about as much as three namespaces: fewer are not worth another lane. */
const laneShare = 3;

/** Counts the steps of the phase that is under way. */
function progressOf(tell: GatherOptions["onProgress"]) {
  return (phase: Progress["phase"], of: number): (() => void) => {
    let done = 0;
    tell?.({ phase, done, of });
    return () => {
      done += 1;
      tell?.({ phase, done, of });
    };
  };
}

type Gathering = {
  readonly run: Run;
  readonly probes: readonly Probe<unknown>[];
  readonly begin: ReturnType<typeof progressOf>;
};

async function inLanes(
  { run, begin }: Gathering,
  phase: Progress["phase"],
  steps: readonly Unnumbered[],
): Promise<void> {
  if (steps.length === 0) return;
  const heard = begin(phase, steps.length);
  const hands = Math.min(lanes, Math.ceil(steps.length / laneShare));
  await Promise.all(deal(steps, hands).map((share) => run.ask(share, heard)));
}

/** The other namespaces are asked as soon as their paths are known, beside the rest of the host. */
async function askHost(gathering: Gathering): Promise<Entries> {
  const { run, probes, begin } = gathering;
  const known = Promise.withResolvers<Entries>();
  const needed = new Set([netnsPaths.name, mountinfo.name]);
  const proceed = (): void =>
    known.resolve(chooseEntries(rowsOf(run, netnsPaths), rowsOf(run, mountinfo)));
  const { first, beside } = hostSteps(probes);
  const heard = begin("host", first.length + beside.length);
  const slow = run.ask(beside, heard);
  const host = run.ask(first, ({ step }) => {
    heard();
    for (const { name } of step.questions) needed.delete(name);
    if (needed.size === 0) proceed();
  });
  const others = known.promise.then((entries) =>
    inLanes(
      gathering,
      "namespaces",
      entries.others.flatMap((entry) => netnsSteps(probes, whereOf(entry))),
    ),
  );
  await Promise.all([host.then(proceed), slow, others]);
  return known.promise;
}

const whereOf = ({ inode, path }: Entries["others"][number]): Where => ({
  kind: "netns",
  label: netnsLabel(inode),
  path,
});

/** Where a question that is left is asked; null: no path leads there. */
function placeOf(label: NetnsLabel | null, { own, others }: Entries): Where | null {
  if (label === null) return { kind: "machine" };
  if (own !== null && label === netnsLabel(own)) return { kind: "own" };
  const entry = others.find(({ inode }) => netnsLabel(inode) === label);
  return entry === undefined ? null : whereOf(entry);
}

/** One more map of nsids where a link is still open, and where the tunnels lead. */
const stepsLeft = (
  facts: HostFacts,
  entries: Entries,
  probes: readonly Probe<unknown>[],
): readonly Unnumbered[] =>
  questionsLeft(facts).flatMap(({ scope, netns }) => {
    const where = placeOf(netns, entries);
    return where === null ? [] : lastSteps(probes, scope, where);
  });

/** Paths that stat did not see the first time are looked up once more where they were found. */
function askedAgain({ run, probes }: Gathering, { others }: Entries): readonly Probe<unknown>[] {
  const seen = new Set(rowsOf(run, netnsPaths).map(({ path }) => path));
  const all = others.every(({ path }) => seen.has(path));
  const names = all ? [netnsPaths.name] : [netnsPaths.name, mountinfo.name];
  return probes.filter(({ name }) => names.includes(name));
}

/** The last look comes after everything else; a few observers share its shell. */
async function askLast(
  gathering: Gathering,
  observing: readonly Unnumbered[],
  looking: readonly Unnumbered[],
): Promise<void> {
  const few = observing.length <= laneShare;
  if (!few) await inLanes(gathering, "observers", observing);
  const last = few ? [...observing, ...looking] : looking;
  await gathering.run.ask(last, gathering.begin("settling", last.length));
}

/** An answer counts only if its path still leads to the same namespace: pids are recycled. */
function settle(run: Run, entries: Entries, answers: readonly Answer[], gaps: readonly Gap[]) {
  const paths = rowsOf(run, netnsPaths, `${netnsPaths.name}-after`);
  const mounts = rowsOf(run, mountinfo, `${mountinfo.name}-after`);
  const gone = new Set(
    entries.others
      .filter((entry) => !stillThere(entry, paths, mounts))
      .map(({ inode }) => netnsLabel(inode)),
  );
  return {
    answers: answers.filter(({ netns }) => netns === null || !gone.has(netns)),
    gaps: [
      ...gaps.filter(({ netns }) => netns === null || !gone.has(netns)),
      ...[...gone].map((netns): Gap => ({ probe: null, netns, reason: "netns-gone" })),
    ],
  };
}

/**
 * Asks a host everything in the catalogue and returns its own words. What could not be asked or
 * answered is a gap; throws only what `signal` was aborted with.
 */
export async function gather(transport: Transport, options: GatherOptions): Promise<HostFacts> {
  const { host, source = "live", probes = catalogue } = options;
  const at = new Date().toISOString();
  const engine = askEngine(transport, probes, options.signal);
  const facts = (answers: readonly Answer[], gaps: readonly Gap[]): HostFacts => ({
    format: "vethscope-facts/1",
    host,
    source,
    at,
    answers,
    gaps,
  });
  if (transport.shell.status === "none") {
    const { answers, gaps } = await engine;
    return facts(answers, [{ probe: null, netns: null, ...transport.shell.why }, ...gaps]);
  }
  const run = startRun(transport, options);
  const gathering: Gathering = { run, probes, begin: progressOf(options.onProgress) };
  const [entries, said] = await Promise.all([askHost(gathering), engine]);
  const own = netnsLabel(entries.own ?? "host");
  const soFar = collect(run, own);
  const open = stepsLeft(
    facts([...soFar.answers, ...said.answers], [...soFar.gaps, ...said.gaps]),
    entries,
    probes,
  );
  await askLast(gathering, open, afterSteps(askedAgain(gathering, entries)));
  const all = collect(run, own);
  const settled = settle(run, entries, all.answers, all.gaps);
  return facts([...settled.answers, ...said.answers], [...settled.gaps, ...said.gaps]);
}
