import type { Answer, Gap } from "@/lib/facts/model";
import { netnsLabel } from "@/lib/net/ids";
import type { Probe } from "@/lib/probes/define";
import type { Transport, Where } from "@/server/transport/port";
import { askEngine } from "./ask-engine";
import { openedStep } from "./plan";
import { collect, startRun } from "./run";

/** What came of one question: its answer, or why there is none. */
export type OneAnswer =
  | { readonly status: "answered"; readonly answer: Answer }
  | { readonly status: "missing"; readonly gap: Gap };

/** What a table or a few lines may take: more is cut, and the answer says so. */
const outputBytes = 1024 * 1024;

const unasked: Gap = { probe: null, netns: null, reason: "no-shell", words: "" };

/**
 * Asks one question of the catalogue's kind on its own: one process, or one GET. Throws only what
 * `signal` was aborted with.
 */
export async function askOne(
  transport: Transport,
  probe: Probe<unknown>,
  where: Where,
  signal: AbortSignal,
): Promise<OneAnswer> {
  const said =
    probe.ask.kind === "engine"
      ? await askEngine({ ...transport, otherEngines: async () => [] }, [probe], signal)
      : await askShell(transport, probe, where, signal);
  const [answer] = said.answers;
  if (answer !== undefined) return { status: "answered", answer };
  return { status: "missing", gap: said.gaps[0] ?? unasked };
}

async function askShell(
  transport: Transport,
  probe: Probe<unknown>,
  where: Where,
  signal: AbortSignal,
): Promise<{ readonly answers: readonly Answer[]; readonly gaps: readonly Gap[] }> {
  if (transport.shell.status === "none")
    return { answers: [], gaps: [{ probe: probe.name, netns: null, ...transport.shell.why }] };
  const run = startRun(transport, { signal, outputBytes });
  await run.ask([openedStep(probe, where)]);
  return collect(run, netnsLabel("host"));
}
