import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { say, terminalLocale } from "./say.mjs";

test.each([
  [{}, "en"],
  [{ LANG: "zh_CN.UTF-8" }, "zh-CN"],
  [{ LANG: "zh" }, "zh-CN"],
  [{ LANG: "C.UTF-8" }, "en"],
  [{ LANG: "de_DE" }, "en"],
  [{ LANG: "en_US", LC_ALL: "zh_TW" }, "zh-CN"],
  [{ LANG: "zh_CN", LC_MESSAGES: "en_GB" }, "en"],
  [{ LANG: "zh_CN", LC_ALL: "" }, "zh-CN"],
] as const)("a terminal with %j is spoken to in %s", (env, locale) => {
  expect(terminalLocale(env)).toBe(locale);
});

test("the words before the install are those of the catalogue", () => {
  const words = wordsIn(terminalLocale(process.env));
  expect(say("serve.portTaken", { port: 4780 })).toBe(words("serve.portTaken", { port: "4780" }));
  expect(say("serve.still", { seconds: 12 })).toBe(words("serve.still", { seconds: 12 }));
});
