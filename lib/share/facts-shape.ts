import type { Answer, HostFacts } from "@/lib/facts/model";
import type { AnswerId, NetnsLabel } from "@/lib/net/ids";
import { gap } from "./gap-shape";
import {
  flag,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  type Shape,
  textOf,
  union,
} from "./shape";

const isId = <T extends string>(value: unknown): value is T => typeof value === "string";
/** Facts are never redacted: none of it is rewritten, so it is of no kind. */
const text = (description: string): Shape<string> => textOf("our-word", isId, description);
/** A host prints as much as it likes; the file as a whole has a bound. */
const verbatim = textOf<string>("our-word", isId, "verbatim", Number.POSITIVE_INFINITY);
const label = textOf<NetnsLabel>("netns-label", isId, "the namespace it was asked in");

const answer = object<Answer>({
  id: textOf<AnswerId>("answer-id", isId, "the question, and the namespace it was asked in"),
  probe: text("name of the question"),
  netns: nullable(label),
  entered: nullable(text("nsfs path")),
  asked: union<Answer["asked"], "kind">("kind", {
    command: { argv: list(text("argument")) },
    engine: { path: text("path of the engine's API") },
  }),
  form: optional(number),
  at: text("ISO 8601"),
  ms: number,
  stdout: verbatim,
  stderr: verbatim,
  exit: nullable(number),
  cut: flag,
});

/** What a host said, as a file of it holds it. */
export const factsShape: Shape<HostFacts> = object<HostFacts>({
  format: oneOf<HostFacts["format"]>({ "vethscope-facts/1": true }),
  host: text("what Vethscope calls it"),
  source: oneOf<HostFacts["source"]>({ live: true, recorded: true }),
  at: text("ISO 8601"),
  answers: list(answer),
  gaps: list(gap),
});
