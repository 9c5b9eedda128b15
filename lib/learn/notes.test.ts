import { expect, test } from "vitest";
import { type Locale, locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import type { NoteText } from "./note";
import { notes } from "./notes";
import { type Span, spansOf } from "./spans";
import { neighbours, type Term, termOf, terms } from "./terms";

const lead = (term: Term, locale: Locale): string => wordsIn(locale)(`learn.terms.${term}.lead`);

/** Every text of a note with where it stands. */
const parts = ({ why, picture, wrong, hand }: NoteText) => [
  ["why", why] as const,
  ["picture", picture] as const,
  ...wrong.flatMap(({ claim, truth }, nth) => [
    [`wrong ${nth} claim`, claim] as const,
    [`wrong ${nth} truth`, truth] as const,
  ]),
  ["hand", hand] as const,
];

const all = (term: Term, locale: Locale) => [
  ["lead", lead(term, locale)] as const,
  ...parts(notes[term][locale]),
];

const tokens = (text: string, kind: Span["kind"]): readonly string[] =>
  [
    ...new Set(
      spansOf(text).flatMap((span) => {
        if (span.kind !== kind) return [];
        return span.kind === "link" ? span.term : span.text;
      }),
    ),
  ].sort();

const plain = (text: string): string =>
  spansOf(text)
    .map((span) => span.text)
    .join("");

test.each(terms)("%s has the same parts in both languages", (term) => {
  const names = (locale: Locale) => all(term, locale).map(([name]) => name);
  expect(names("zh-CN")).toEqual(names("en"));
});

test.each(terms)("%s: the kernel's words are the same in both languages, part by part", (term) => {
  const said = (locale: Locale) =>
    all(term, locale).map(([name, text]) => [name, tokens(text, "code")]);
  expect(said("zh-CN")).toEqual(said("en"));
});

test.each(terms)(
  "%s leads to the same notes in both languages, and to none that is not there",
  (term) => {
    const led = (locale: Locale) =>
      all(term, locale).map(([name, text]) => [name, tokens(text, "link")]);
    expect(led("zh-CN")).toEqual(led("en"));
    for (const locale of locales) {
      for (const [, text] of all(term, locale)) {
        expect(plain(text)).not.toMatch(/\[\[|\]\]|`/);
        expect(tokens(text, "link")).not.toContain(term);
      }
    }
  },
);

test.each(terms)("%s is short", (term) => {
  const english = all(term, "en").map(([, text]) => plain(text));
  const count = english.join(" ").split(/\s+/).length;
  expect(count).toBeGreaterThanOrEqual(140);
  expect(count).toBeLessThanOrEqual(330);
});

test.each(terms)("%s in Chinese is Chinese, with Chinese punctuation", (term) => {
  const hanzi = /\p{Script=Han}/gu;
  for (const [, text] of all(term, "zh-CN")) {
    const words = spansOf(text)
      .flatMap((span) => (span.kind === "code" ? [] : span.text))
      .join("");
    expect(words.match(hanzi)?.length ?? 0).toBeGreaterThan(0);
    expect(words).not.toMatch(/\p{Script=Han}\s*[,;?!]|\p{Script=Han}[.](\s|$)/u);
  }
});

test("a term that articles call otherwise is found", () => {
  expect(termOf("iflink")).toBe("ifindex");
  expect(termOf("VXLAN")).toBe("overlay");
  expect(termOf("docker0")).toBe("docker0");
  expect(termOf("no-such-note")).toBeNull();
  expect(termOf("__proto__")).toBeNull();
  expect(termOf("constructor")).toBeNull();
});

test("one note leads to the next, from the first to the last", () => {
  const walked: Term[] = [];
  for (let at = terms[0] ?? null; at !== null; at = neighbours(at).after) walked.push(at);
  expect(walked).toEqual(terms);
  expect(neighbours(terms[0] ?? "netns").before).toBeNull();
});
