import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv } from "./csv";

/** Cells of one line, as RFC 4180 reads them. */
function cellsOf(line: string): readonly string[] {
  const [whole, quoted, plain, end] = /^(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/.exec(line) ?? [];
  if (whole === undefined) throw new Error(`no cell begins ${line}`);
  const cell = quoted?.replaceAll('""', '"') ?? plain ?? "";
  return end === "" ? [cell] : [cell, ...cellsOf(line.slice(whole.length))];
}

test("plain cells stay as they are", () => {
  expect(
    csv([
      ["container", "ifindex"],
      ["web", "12"],
    ]),
  ).toBe("container,ifindex\r\nweb,12\r\n");
});

test("a cell with a separator, a quote or a space at its edge is quoted", () => {
  expect(csv([["a,b", 'say "hi"', "a;=1", " x", ""]])).toBe('"a,b","say ""hi""","a;=1"," x",\r\n');
});

describe("no cell is a formula", () => {
  test.each([
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ["+1+cmd|' /C calc'!A0", `"'+1+cmd|' /C calc'!A0"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    ["-2+3", `"'-2+3"`],
    ["  =1", `"'  =1"`],
    ["＝1", `"'＝1"`],
  ])("%s", (text, expected) => expect(csv([[text]])).toBe(`${expected}\r\n`));

  test("but a number keeps its sign", () => expect(csv([["-12", "+1.5"]])).toBe("-12,+1.5\r\n"));
});

test("a row is one line, whatever a host calls things", () => {
  expect(csv([["a\r\nb", "\u202Eexe\u0000"]])).toBe("a\\u{d}\\u{a}b,\\u{202e}exe\\u{0}\r\n");
});

test("whatever text goes in comes out of a reader as one cell that nothing runs", () =>
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 }), (row) => {
      const line = csv([row]);
      expect(line.endsWith("\r\n")).toBe(true);
      expect(line.slice(0, -2)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      const cells = cellsOf(line.slice(0, -2));
      expect(cells).toHaveLength(row.length);
      for (const cell of cells) expect(cell).not.toMatch(/^\s*(?:[=@|%]|[+-](?!\d+([.]\d+)?$))/);
    }),
    { numRuns: 1000 },
  ));
