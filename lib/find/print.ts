import type { Term } from "./query";

const special = /[\s,，"“”]/u;
const looksLikeTerm = /^-|^\p{L}{2,}[:：]/u;

const quoted = (text: string): string => `"${text.replace(/[\\"“”]/g, (each) => `\\${each}`)}"`;

const printed = (text: string): string =>
  special.test(text) || looksLikeTerm.test(text) ? quoted(text) : text;

/** A condition as one would type it: read again it is the same. */
export const printTerm = ({
  negated,
  field,
  values,
}: Pick<Term, "negated" | "field" | "values">): string =>
  `${negated ? "-" : ""}${field === null ? "" : `${field}:`}${values.map(printed).join(",")}`;

export const print = (terms: readonly Term[]): string => terms.map(printTerm).join(" ");

/** The text without one of its terms. */
export const without = (text: string, { from, to }: Pick<Term, "from" | "to">): string =>
  `${text.slice(0, from).trimEnd()} ${text.slice(to).trimStart()}`.trim();

/** The text with something else in the place of one of its terms. */
export const replaced = (
  text: string,
  { from, to }: Pick<Term, "from" | "to">,
  by: string,
): string => `${text.slice(0, from)}${by}${text.slice(to)}`;
