import type { Answer, Gap } from "@/lib/facts/model";
import { netnsLabel } from "@/lib/net/ids";
import { mountinfo } from "@/lib/probes/mountinfo";
import { netnsPaths } from "@/lib/probes/netns-paths";
import { ruleProbes } from "@/lib/probes/read-rules";
import type { Transport, Where } from "@/server/transport/port";
import { type Entry, stillThere } from "./entries";
import { afterSteps, rulesSteps } from "./plan";
import { collect, rowsOf, startRun } from "./run";

type Told = { readonly answers: readonly Answer[]; readonly gaps: readonly Gap[] };

/**
 * Asks one namespace for its rules, in one shell: nobody asks those of containers until a person does.
 * Afterwards its path is looked at once more, since pids are recycled. Throws only what `signal` was
 * aborted with.
 */
export async function askRules(
  transport: Transport,
  entry: Entry,
  signal: AbortSignal,
): Promise<Told> {
  const label = netnsLabel(entry.inode);
  const told = (gap: Pick<Gap, "probe" | "netns"> & Gap): Told => ({
    answers: [],
    gaps: ruleProbes.map(({ name }) => ({ ...gap, probe: name, netns: label })),
  });
  if (transport.shell.status === "none")
    return told({ probe: null, netns: label, ...transport.shell.why });
  const where: Where = { kind: "netns", label, path: entry.path };
  const run = startRun(transport, { signal });
  await run.ask([...rulesSteps(ruleProbes, where), ...afterSteps([netnsPaths, mountinfo])]);
  const paths = rowsOf(run, netnsPaths, `${netnsPaths.name}-after`);
  const mounts = rowsOf(run, mountinfo, `${mountinfo.name}-after`);
  const { answers, gaps } = collect(run, netnsLabel(""));
  const lost = gaps.find(({ reason, probe }) => reason === "no-shell" && probe === null);
  if (lost !== undefined) return told(lost);
  if (!stillThere(entry, paths, mounts))
    return told({ probe: null, netns: label, reason: "netns-gone" });
  return {
    answers: answers.filter(({ netns }) => netns === label),
    gaps: gaps.filter(({ netns }) => netns === label),
  };
}
