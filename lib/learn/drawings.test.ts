import { expect, test } from "vitest";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { drawingOf } from "./drawings";
import { notes } from "./notes";
import { spansOf } from "./spans";
import { type Term, terms } from "./terms";

const drawn = (term: Term, locale: (typeof locales)[number] = "en") =>
  drawingOf(term, "title", wordsIn(locale));

const texts = (svg: string): readonly string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? "");

/** Interface names and containers that a note points at in its drawing. */
const pointedAt = (term: Term): readonly string[] =>
  spansOf(notes[term].en.picture).flatMap((span) =>
    span.kind === "code" && /^(veth|eth0@if|docker|br-|br0|ens3|:\d|sha256|vxlan)/.test(span.text)
      ? [span.text]
      : [],
  );

const lacks = (svg: string, token: string): boolean =>
  !texts(svg).some((text) => text.includes(token.replace("…", "")));

test.each(terms)("%s is drawn, wide and narrow, with what its words point at", (term) => {
  const { wide, narrow } = drawn(term);
  for (const svg of [wide, narrow]) {
    expect(texts(svg).length).toBeGreaterThan(4);
    const missing = pointedAt(term).filter((token) => lacks(svg, token));
    // The words of this one say what is not drawn.
    expect(missing).toEqual(
      term === "host-network" ? ["eth0@if…"].filter((t) => lacks(svg, t)) : [],
    );
  }
});

test.each(locales)("drawings speak %s and are the same bytes each time", (locale) => {
  for (const term of terms) {
    expect(drawn(term, locale)).toEqual(drawn(term, locale));
  }
  expect(texts(drawn("veth", "zh-CN").wide)).not.toEqual(texts(drawn("veth", "en").wide));
});

test("colours are the page's own, so that drawings follow its theme", () => {
  for (const term of terms) {
    const { wide, narrow } = drawn(term);
    for (const svg of [wide, narrow]) {
      expect(svg).toContain('fill="var(--color-');
      expect(svg).not.toMatch(/#[0-9a-f]{6}/i);
    }
  }
});

test("what is in a drawing is text, and nothing in it runs", () => {
  const { wide } = drawingOf("veth", '<b onload="x">', wordsIn("en"));
  expect(wide).toContain("&lt;b onload=&quot;x&quot;&gt;");
  for (const term of terms) {
    const { wide: svg } = drawn(term);
    expect(svg).not.toMatch(/<script|<style|<foreignObject|\son\w+=|href|url\(|@import/i);
  }
});
