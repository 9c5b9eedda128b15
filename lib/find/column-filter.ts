import type { Field } from "./fields";
import { printTerm, replaced, without } from "./print";
import { type Asked, mostText, type Query } from "./query";

const askedFor = ({ asked }: Query, field: Field): Asked | undefined =>
  asked.find((each) => each.field === field && !each.negated);

/** What the first condition on a field says, as one would type it under that column. Empty: there is none. */
export const filterOf = (text: string, query: Query, field: Field): string => {
  const asked = askedFor(query, field);
  if (asked === undefined) return "";
  const term = query.terms.find(({ from }) => from === asked.from);
  const typed = text.slice(asked.from, asked.to).replace(/^[^:：]*[:：]/, "");
  // A list that is partly nonsense stays as it was typed.
  const known = term !== undefined && term.values.length === typed.split(/[,，]/).length;
  return known ? term.values.join(",") : typed;
};

const typed = (field: Field, value: string): string =>
  /[\s"“”]/u.test(value)
    ? printTerm({ negated: false, field, values: [value] })
    : `${field}:${value}`;

/** The text with another condition on a field, or none. */
export const withFilter = (text: string, query: Query, field: Field, value: string): string => {
  const asked = askedFor(query, field);
  if (asked === undefined) {
    return value === ""
      ? text
      : `${text.trimEnd()} ${typed(field, value)}`.trim().slice(0, mostText);
  }
  return value === "" ? without(text, asked) : replaced(text, asked, typed(field, value));
};
