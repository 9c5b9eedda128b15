import { nearest } from "./distance";
import { type Field, fieldNamed, fields } from "./fields";
import { type Asked, mostTerms, mostText, type Query, type Term, type Trouble } from "./query";
import { isAddress, wantedBy } from "./values";

const isSpace = (letter: string | undefined): boolean => letter !== undefined && /\s/u.test(letter);
/** A Chinese keyboard gives the second of each kind. */
const isComma = (letter: string | undefined): boolean => letter === "," || letter === "，";
const isQuote = (letter: string | undefined): boolean =>
  letter === '"' || letter === "“" || letter === "”";
const head = /(\p{L}{2,})[:：]/uy;

type Chunk = { readonly text: string; readonly end: number; readonly open: boolean };

/** From the letter after the quote. A backslash before a quote or a backslash takes its meaning away. */
const quoted = (source: string, start: number): Chunk => {
  let text = "";
  let at = start;
  while (at < source.length) {
    const letter = source[at] ?? "";
    const next = source[at + 1];
    if (letter === "\\" && (isQuote(next) || next === "\\")) {
      text += next;
      at += 2;
      continue;
    }
    if (isQuote(letter)) return { text, end: at + 1, open: false };
    text += letter;
    at += 1;
  }
  return { text, end: at, open: true };
};

const bare = (source: string, start: number, commas: boolean): Chunk => {
  let end = start;
  while (end < source.length && !isSpace(source[end]) && !(commas && isComma(source[end]))) {
    end += 1;
  }
  return { text: source.slice(start, end), end, open: false };
};

const chunk = (source: string, start: number, commas: boolean): Chunk =>
  isQuote(source[start]) ? quoted(source, start + 1) : bare(source, start, commas);

type List = { readonly values: readonly string[]; readonly end: number; readonly open: boolean };

const list = (source: string, start: number): List => {
  const values: string[] = [];
  let { text, end, open } = chunk(source, start, true);
  values.push(text);
  while (isComma(source[end])) {
    ({ text, end, open } = chunk(source, end + 1, true));
    values.push(text);
  }
  return { values: values.filter((value) => value !== ""), end, open };
};

type Read = {
  readonly term: Term | null;
  readonly asked: Asked | null;
  readonly end: number;
  readonly troubles: readonly Trouble[];
};

const openQuote = (open: boolean): readonly Trouble[] => (open ? [{ kind: "open-quote" }] : []);

/** Where a term began, and whether what follows is what should not fit. */
type Start = { readonly from: number; readonly at: number; readonly negated: boolean };

const fieldTerm = (source: string, { from, at, negated }: Start, field: Field): Read => {
  const { values, end, open } = list(source, at);
  const good = values.filter((value) => wantedBy(field, value) !== null);
  const bad = values.filter((value) => !good.includes(value));
  return {
    end,
    asked: { field, negated, from, to: end },
    term: good.length === 0 ? null : { negated, field, values: good, from, to: end },
    troubles: [
      ...openQuote(open),
      ...(values.length === 0 ? [{ kind: "no-value" as const, field }] : []),
      ...bad.map((value) => ({ kind: "bad-value" as const, field, value })),
    ],
  };
};

const word = (source: string, { from, at, negated }: Start, name: string | null): Read => {
  const { text, end, open } = chunk(source, at, false);
  const unknown = name !== null && !isAddress(text);
  return {
    end,
    asked: null,
    term: text === "" ? null : { negated, field: null, values: [text], from, to: end },
    troubles: [
      ...openQuote(open),
      ...(unknown
        ? [
            {
              kind: "unknown-field" as const,
              text,
              field: name,
              near: nearest(name.toLowerCase(), fields),
            },
          ]
        : []),
    ],
  };
};

const readTerm = (source: string, from: number): Read => {
  const next = source[from + 1];
  const negated = source[from] === "-" && next !== undefined && !isSpace(next);
  const at = from + Number(negated);
  head.lastIndex = at;
  const [found, name = null] = head.exec(source) ?? [];
  const field = name === null ? null : fieldNamed(name);
  if (found === undefined || field === null) return word(source, { from, at, negated }, name);
  return fieldTerm(source, { from, at: at + found.length, negated }, field);
};

/**
 * What was typed: words that all must fit, `field:value`, `field:one,other`, `-` for what must not fit,
 * quotes around what holds spaces. Takes any text; what it makes no sense of it says.
 */
export const parse = (text: string): Query => {
  const source = text.slice(0, mostText);
  const terms: Term[] = [];
  const asked: Asked[] = [];
  const troubles: Trouble[] = [];
  let at = 0;
  while (at < source.length && terms.length < mostTerms) {
    if (isSpace(source[at])) {
      at += 1;
      continue;
    }
    const read = readTerm(source, at);
    if (read.term !== null) terms.push(read.term);
    if (read.asked !== null) asked.push(read.asked);
    troubles.push(...read.troubles);
    at = read.end;
  }
  if (text.length > mostText || source.slice(at).trim() !== "") troubles.push({ kind: "too-long" });
  return { terms, asked, troubles };
};
