import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { printable, shellQuote } from "./shell-quote";

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(..."$(id)`'\"\\ \n\t\r%;&|<>*?~#!=-\u202e\u200b\u001b\u00e9\u00a0"),
  }),
);
/** What an argument can be: no NUL, no half of a surrogate pair. */
const words = fc.array(nasty.map((text) => text.replaceAll("\0", "").toWellFormed()));

test("a shell sees exactly the arguments that were quoted", () => {
  fc.assert(
    fc.property(words, (argv) => {
      const script = shellQuote(["printf", "%s\\0", "first", ...argv]);
      const seen = execFileSync("sh", ["-c", script], { encoding: "utf8" });
      expect(seen).toBe(["first", ...argv].map((word) => `${word}\0`).join(""));
    }),
    { numRuns: 150 },
  );
});

test("a name that is a command stays a name", () => {
  expect(shellQuote(["nsenter", "--net=/run/netns/$(id)", "ip"])).toBe(
    "nsenter '--net=/run/netns/$(id)' ip",
  );
});

test("a quoted command shows no character that hides or moves others", () => {
  fc.assert(
    fc.property(words, (argv) => {
      expect(shellQuote(argv).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(printable(argv.join("")).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});

test("printed text keeps what can be seen", () => {
  expect(printable("münch 容器 \u202e\u001b[2J\nweb")).toBe("münch 容器 \\u{202e}\\u{1b}[2J\nweb");
});
