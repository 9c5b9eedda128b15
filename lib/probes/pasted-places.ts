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

function placeOn(line: string, at: number): PastedPlace | null {
  try {
    const { data } = place.safeParse(JSON.parse(line));
    return data === undefined ? null : { ...data, at };
  } catch {
    return null;
  }
}

/** One line of JSON for each namespace of a paste; its field `by` holds the pasted words that say so. */
export const pastedPlaces: Pick<Probe<PastedPlace>, "name" | "parse"> = {
  name: "pasted-places",
  parse: ({ stdout }) => readLines(stdout, placeOn),
};
