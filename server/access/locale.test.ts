import { expect, test } from "vitest";
import { acceptedLocale, linkedLocale } from "./locale";

test.each([
  [undefined, "en"],
  ["", "en"],
  ["zh", "zh-CN"],
  ["zh-TW,zh;q=0.9", "zh-CN"],
  ["ZH-cn", "zh-CN"],
  ["en-GB,zh;q=0.9", "en"],
  ["fr, zh;q=0.3, en;q=0.2", "zh-CN"],
  ["fr;q=1, de", "en"],
  ["zh;q=0, en", "en"],
  ["en;q=0.1,zh;q=0.2", "zh-CN"],
  ["zhx, en", "en"],
  [",;;=,*;q=x", "en"],
] as const)("Accept-Language %j is answered in %s", (header, locale) => {
  expect(acceptedLocale(header)).toBe(locale);
});

test.each([
  ["/hosts?lang=zh-CN", "zh-CN"],
  ["/hosts/sample?sel=ctr:web&lang=en#x", "en"],
  ["/hosts?lang=tlh", null],
  ["/hosts?lang=%", null],
  ["/hosts", null],
  [undefined, null],
] as const)("the link %j asks for %s", (url, locale) => {
  expect(linkedLocale(url)).toBe(locale);
});
