import type { Answer } from "@/lib/facts/model";
import type { Key } from "@/lib/net/ids";
import { shellQuote } from "@/lib/net/shell-quote";
import type { Namespace } from "@/lib/topology/model";
import { excerptOf } from "./excerpt";
import { finders } from "./on-host/finders";
import type { Look, ReadHost } from "./on-host/model";
import type { Term } from "./terms";

/** What a host answered, and to which question. */
export type Said = {
  /** As the articles type it. */
  readonly typed: string;
  /** null: Vethscope does not ask it; none: what was answered has no such line. */
  readonly answer: Answered | "none" | null;
};

type Answered = {
  /** The command as it ran, or a GET of the engine's API. */
  readonly asked: string;
  readonly of: "command" | "engine";
  /** Where it was asked; null: of the machine as a whole. */
  readonly netns: Pick<Namespace, "name" | "label"> | null;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
  /** Elements or lines that are not printed. */
  readonly left: number;
};

export type SaidOnHost = { readonly about: Key | null; readonly said: readonly Said[] };

const askedAs = ({ asked, entered }: Answer): string => {
  if (asked.kind === "engine") return `GET ${asked.path}`;
  return shellQuote(entered === null ? asked.argv : ["nsenter", `--net=${entered}`, ...asked.argv]);
};

const saidTo = ({ facts, topology }: ReadHost, { typed, place }: Look): Said => {
  if (place === "none") return { typed, answer: "none" };
  const answer = facts.answers.find(({ id }) => id === place?.answer);
  const excerpt = answer === undefined || place === null ? null : excerptOf(answer, place);
  if (answer === undefined || excerpt === null) return { typed, answer: null };
  const namespace = topology.namespaces.find(({ label }) => label === answer.netns);
  return {
    typed,
    answer: {
      asked: askedAs(answer),
      of: answer.asked.kind,
      netns: namespace === undefined ? null : { name: namespace.name, label: namespace.label },
      at: answer.at,
      ...excerpt,
    },
  };
};

/** What a host that was read answered about a note's subject, from its facts; null: it has no such thing. */
export const saidOnHost = (host: ReadHost, term: Term, wanted: Key | null): SaidOnHost | null => {
  const found = finders[term](host, wanted);
  if (found === null) return null;
  return { about: found.about, said: found.looks.map((look) => saidTo(host, look)) };
};
