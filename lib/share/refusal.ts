import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";

export type FileKind = "png" | "svg" | "json" | "facts" | "link";

/** Why something that was opened shows nothing. */
export type Refusal =
  /** The file is not looked at. */
  | { readonly why: "too-large"; readonly megabytes: number }
  /** A small file that would become a large one, or more values than any host has. */
  | { readonly why: "bomb"; readonly kind: FileKind }
  /** A picture that once held data, maybe: chat apps and image hosts remove it. */
  | { readonly why: "no-data"; readonly kind: "png" | "svg" | "photo" }
  /** `at` is where; empty where it is the file as a whole. */
  | { readonly why: "damaged"; readonly kind: FileKind; readonly at: string }
  | { readonly why: "newer"; readonly format: string; readonly known: string }
  /** Links are made for the version that made them. */
  | { readonly why: "other-version"; readonly format: string; readonly known: string }
  | { readonly why: "twice"; readonly id: string }
  | { readonly why: "nowhere"; readonly id: string }
  | { readonly why: "not-ours" };

export type Refused = { readonly kind: "refused"; readonly refusal: Refusal };

export const refused = (refusal: Refusal): Refused => ({ kind: "refused", refusal });

const valuesOf = ({ why: _, ...values }: Refusal): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? visible(value).slice(0, longestQuote) : value,
    ]),
  );

/** Of what a file says itself. */
const longestQuote = 80;

/** Why nothing is shown, and what to ask for. What the file says itself is cut and escaped. */
export const refusalText = (refusal: Refusal, words: Words): string =>
  words(`share.refused.${refusal.why}`, {
    ...valuesOf(refusal),
    where: "at" in refusal && refusal.at !== "" ? "yes" : "no",
  });
