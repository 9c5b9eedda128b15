import fc from "fast-check";
import { expect, test } from "vitest";
import { spansOf } from "./spans";

test("code, links and text are told apart, in order", () => {
  expect(spansOf("a `b` [[veth|the pair]].")).toEqual([
    { kind: "text", text: "a " },
    { kind: "code", text: "b" },
    { kind: "text", text: " " },
    { kind: "link", term: "veth", text: "the pair" },
    { kind: "text", text: "." },
  ]);
});

test("a link to no note stays as it was written", () => {
  expect(spansOf("[[nothing|x]]")).toEqual([{ kind: "text", text: "[[nothing|x]]" }]);
});

test("no text is lost", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const kept = spansOf(text)
        .map((span) => span.text)
        .join("");
      expect(kept.replace(/[`[\]|]|veth/g, "")).toBe(text.replace(/[`[\]|]|veth/g, ""));
    }),
  );
});
