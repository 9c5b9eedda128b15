import fc from "fast-check";
import { expect, test } from "vitest";
import { isolated, naturally, shortened, visible } from "./names";

test("numbers in names are counted, not spelled", () => {
  expect(["web-10", "web-9", "Web-1", "api"].sort(naturally)).toEqual([
    "api",
    "Web-1",
    "web-9",
    "web-10",
  ]);
});

test("the order of names is total", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(Math.sign(naturally(a, b))).toBe(-Math.sign(naturally(b, a)) + 0);
      if (naturally(a, b) === 0) expect(a).toBe(b);
    }),
  );
});

test("what could not be seen in a name is spelled out", () => {
  expect(visible("eth0\u202egpj")).toBe("eth0\\u{202e}gpj");
  expect(visible("a\u001b[31mb\u0000")).toBe("a\\u{1b}[31mb\\u{0}");
  expect(visible("<b>$(id)</b> \"q\" 'x' 网桥 é 🐳")).toBe("<b>$(id)</b> \"q\" 'x' 网桥 é 🐳");
});

test("a long name keeps both of its ends and no half characters", () => {
  expect(shortened("abcdefghij", 5)).toBe("ab…ij");
  expect(shortened("abcde", 5)).toBe("abcde");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 3, max: 30 }), (text, most) => {
      const short = shortened(text, most);
      expect([...short].length).toBeLessThanOrEqual(most);
      expect(short.isWellFormed()).toBe(text.isWellFormed());
    }),
  );
});

test("a picture made of several stays one, and a joiner between letters is shown", () => {
  expect(visible("👨\u200d👩\u200d👧")).toBe("👨\u200d👩\u200d👧");
  expect(visible("ev\u200dil")).toBe("ev\\u{200d}il");
});

test("a name that runs from right to left is kept from turning its neighbours", () => {
  expect(isolated("مرحبا")).toBe("\u2068مرحبا\u2069");
  expect(isolated("web")).toBe("web");
});
