import type { Field } from "./fields";

/** One condition. What was typed stands in the text from `from` up to `to`. */
export type Term = {
  readonly negated: boolean;
  /** null: anywhere. */
  readonly field: Field | null;
  /** At least one, none empty; one of them has to fit. Of a word: exactly one. */
  readonly values: readonly string[];
  readonly from: number;
  readonly to: number;
};

/** Why a part of the text is not done as it was written. */
export type Trouble =
  /** It was looked for as plain text. `near`: the field that was meant, perhaps. */
  | {
      readonly kind: "unknown-field";
      readonly text: string;
      readonly field: string;
      readonly near: Field | null;
    }
  /** Passed over. */
  | { readonly kind: "bad-value"; readonly field: Field; readonly value: string }
  /** Passed over: nothing follows the colon yet. */
  | { readonly kind: "no-value"; readonly field: Field }
  /** Closed at the end of the text. */
  | { readonly kind: "open-quote" }
  /** Only the beginning was read. */
  | { readonly kind: "too-long" };

/** Where a field stands in the text, whether its value makes sense or not. */
export type Asked = {
  readonly field: Field;
  readonly negated: boolean;
  readonly from: number;
  readonly to: number;
};

/** All terms have to fit. */
export type Query = {
  readonly terms: readonly Term[];
  readonly asked: readonly Asked[];
  readonly troubles: readonly Trouble[];
};

/** More than a person types; what is pasted beyond it is not read. Characters. */
export const mostText = 1000;
export const mostTerms = 48;
