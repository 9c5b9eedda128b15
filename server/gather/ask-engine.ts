import type { Answer, Gap } from "@/lib/facts/model";
import { answerId } from "@/lib/net/ids";
import type { Probe } from "@/lib/probes/define";
import { isEnginePath } from "@/server/transport/engine-fields";
import type { EngineReply, Transport } from "@/server/transport/port";

type Replied = { readonly probe: string; readonly path: string; readonly reply: EngineReply };

/** Of the engine as a whole: told once, not for each question. */
const whole = new Set(["no-engine", "engine-denied", "engine-silent"]);

function gapsOf(replies: readonly Replied[]): readonly Gap[] {
  const gaps = new Map<string, Gap>();
  for (const { probe, reply } of replies) {
    if (reply.status === "answered") continue;
    const of = whole.has(reply.why.reason) ? null : probe;
    const gap = { probe: of, netns: null, ...reply.why };
    gaps.set(`${of} ${reply.why.reason}`, gap);
  }
  return [...gaps.values()];
}

const answersOf = (replies: readonly Replied[]): readonly Answer[] =>
  replies.flatMap(({ probe, path, reply }) =>
    reply.status === "missing"
      ? []
      : [
          {
            id: answerId(probe, null),
            probe,
            netns: null,
            entered: null,
            asked: { kind: "engine" as const, path },
            at: reply.at,
            ms: reply.ms,
            stdout: reply.body,
            stderr: "",
            exit: reply.http,
            cut: false,
          },
        ],
  );

/** One more question to each socket besides the one that is read, where there are several. */
const othersOf = async (
  transport: Transport,
  probes: readonly Probe<unknown>[],
  signal?: AbortSignal,
): Promise<readonly Gap[]> => {
  const asks = probes.some(({ ask }) => ask.kind === "engine");
  const others = asks ? await transport.otherEngines?.(signal) : [];
  return (others ?? []).map((why) => ({ probe: null, netns: null, ...why }));
};

/** Asks the engine its constant number of questions, all at once. */
export async function askEngine(
  transport: Transport,
  probes: readonly Probe<unknown>[],
  signal?: AbortSignal,
): Promise<{ readonly answers: readonly Answer[]; readonly gaps: readonly Gap[] }> {
  const others = othersOf(transport, probes, signal);
  // Awaited below; a throw of the questions before it must not leave it unheard.
  others.catch(() => undefined);
  const replies = await Promise.all(
    probes.flatMap(({ name, ask }) =>
      ask.kind === "engine" && isEnginePath(ask.path)
        ? [
            transport
              .engine(ask.path, signal)
              .then((reply): Replied => ({ probe: name, path: ask.path, reply })),
          ]
        : [],
    ),
  );
  return { answers: answersOf(replies), gaps: [...gapsOf(replies), ...(await others)] };
}
