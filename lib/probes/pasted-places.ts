import { z } from "zod";
import type { NetnsLabel } from "@/lib/net/ids";
import type { Probe } from "./define";
import { readLines } from "./lines";

/** Whose namespace a pasted text is about, by the prompt above it or by the person who pasted it. */
export type PastedOwner =
  | { readonly kind: "host" }
  /** By name, or by the first digits of its id. */
  | { readonly kind: "container"; readonly name: string }
  | { readonly kind: "process"; readonly pid: number }
  /** A file in /run/netns. */
  | { readonly kind: "netns"; readonly name: string }
  /** A namespace of its own, of which nothing else is known. */
  | { readonly kind: "unnamed" };

/** What the prompts of a paste call the host, or its reader does where none of them says. */
export type PastedName = { readonly called: string; readonly at: number };

export type PastedPlace = {
  readonly netns: NetnsLabel;
  readonly owner: PastedOwner;
  readonly at: number;
};

const owner = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("host") }),
  z.object({ kind: z.literal("container"), name: z.string() }),
  z.object({ kind: z.literal("process"), pid: z.number().int() }),
  z.object({ kind: z.literal("netns"), name: z.string() }),
  z.object({ kind: z.literal("unnamed") }),
]);
const place = z.object({
  netns: z.string().transform((text) => text as NetnsLabel),
  owner,
});

const called = z.object({ called: z.string() });

function lineOf<Row>(shape: z.ZodType<Row>, line: string): Row | null {
  try {
    return shape.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

const isName = (line: string): boolean => line.startsWith('{"called":');

function placeOn(line: string, at: number): PastedPlace | null | undefined {
  if (isName(line)) return undefined;
  const read = lineOf(place, line);
  return read === null ? null : { ...read, at };
}

function nameOn(line: string, at: number): PastedName | null | undefined {
  if (!isName(line)) return undefined;
  const read = lineOf(called, line);
  return read === null ? null : { ...read, at };
}

/**
 * One line of JSON for each namespace of a paste; its field `by` holds the pasted words that say so.
 * A line of its own says how the host is called.
 */
export const pastedPlaces: Pick<Probe<PastedPlace>, "name" | "parse"> = {
  name: "pasted-places",
  parse: ({ stdout }) => readLines(stdout, placeOn),
};

/** The name in the same answer. */
export const pastedName: Pick<Probe<PastedName>, "name" | "parse"> = {
  name: pastedPlaces.name,
  parse: ({ stdout }) => readLines(stdout, nameOn),
};
