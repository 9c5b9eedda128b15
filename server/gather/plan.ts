import type { Probe, Scope } from "@/lib/probes/define";
import { listeningSockets } from "@/lib/probes/listening-sockets";
import type { Question, Step, Where } from "@/server/transport/port";

type Probes = readonly Probe<unknown>[];
/** A step that has no number in a lane yet. */
export type Unnumbered = Omit<Step, "number">;

/** Of one process on the host. A namespace with many links and routes takes milliseconds, a busy host more. */
const deadlineMs = 8000;

const question = (probe: Probe<unknown>): Question => ({ name: probe.name, probe });
const ofScope = (probes: Probes, ...scopes: readonly Scope[]): Probes =>
  probes.filter(({ scope }) => scopes.includes(scope));

/** All questions to one namespace: lines of `ip` share a process, commands have one each. */
function stepsOf(probes: Probes, where: Where): readonly Unnumbered[] {
  const batched = probes.filter(({ ask }) => ask.kind === "ip-batch").map(question);
  const single = probes.filter(({ ask }) => ask.kind !== "ip-batch").map(question);
  return [batched, ...single.map((each) => [each])]
    .filter((questions) => questions.length > 0)
    .map((questions) => ({ where, questions, deadlineMs }));
}

const isSlow = ({ name }: Probe<unknown>): boolean => name === listeningSockets.name;

/**
 * The machine and the namespace that the shell is in, in the order of the catalogue. `beside`: what takes
 * as long as all the rest and decides nothing of it, for a lane of its own.
 */
export const hostSteps = (
  probes: Probes,
): { readonly first: readonly Unnumbered[]; readonly beside: readonly Unnumbered[] } => {
  const machine = ofScope(probes, "machine");
  const ofMachine = (some: Probes) => stepsOf(some, { kind: "machine" });
  return {
    first: [
      ...ofMachine(machine.filter((probe) => !isSlow(probe))),
      ...stepsOf(ofScope(probes, "netns", "host-netns"), { kind: "own" }),
    ],
    beside: [
      ...ofMachine(machine.filter(isSlow)),
      ...stepsOf(ofScope(probes, "rules"), { kind: "own" }),
    ],
  };
};

export const netnsSteps = (probes: Probes, where: Where): readonly Unnumbered[] =>
  stepsOf(ofScope(probes, "netns"), where);

/** The rules of a namespace that a person wants to see. */
export const rulesSteps = (probes: Probes, where: Where): readonly Unnumbered[] =>
  stepsOf(ofScope(probes, "rules"), where);

/** What is asked only where it helps, when all else is known. */
export const lastSteps = (
  probes: Probes,
  scope: "observer" | "tunnel" | "filtering" | "held",
  where: Where,
): readonly Unnumbered[] => stepsOf(ofScope(probes, scope), where);

/** One question on its own, when a person opens what it is about. */
export const openedStep = (probe: Probe<unknown>, where: Where): Unnumbered => ({
  where,
  questions: [question(probe)],
  deadlineMs,
});

/** Questions that are put once more at the end, under names of their own. */
export const afterSteps = (probes: Probes): readonly Unnumbered[] =>
  probes.map((probe) => ({
    where: { kind: "machine" },
    questions: [{ name: `${probe.name}-after`, probe }],
    deadlineMs,
  }));

/** Deals out in turn, so that neighbours (made together, alike in size) come to different lanes. */
export const deal = <Each>(all: readonly Each[], hands: number): readonly (readonly Each[])[] =>
  Array.from({ length: Math.min(hands, all.length) }, (_, hand) =>
    all.filter((_each, index) => index % hands === hand),
  );
