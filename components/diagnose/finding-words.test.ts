import { expect, test } from "vitest";
import { type Finding, findingIds } from "@/lib/diagnosis/model";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { findingWords } from "./finding-words";

const orphan = (name: string): Finding => ({
  id: "D13",
  severity: "high",
  about: [key("peer:ctr:web/eth0"), key("if:ctr:web/eth0")],
  values: { veth: "veth1@if2", container: name, eth: "eth0", network: "shop" },
  evidence: [],
  remedy: [],
});

test("a name that could turn the line around or look like markup is said so that it is seen", () => {
  const { title, why } = findingWords(wordsIn("en"), orphan("a\u202eb<b>x"));
  expect(title).toBe("veth1@if2 of a\\u{202e}b<b>x is in no bridge");
  expect(why).toContain("a\\u{202e}b<b>x is cut off");
});

test("a name with the braces of our own messages stays a name", () => {
  expect(findingWords(wordsIn("en"), orphan("{veth}")).title).toBe(
    "veth1@if2 of {veth} is in no bridge",
  );
});

test("every fault has a name in both languages", () => {
  const names = (["en", "zh-CN"] as const).map((locale) =>
    findingIds.map((id) => wordsIn(locale)(`finding.${id}.name`)),
  );
  expect(new Set(names.flat()).size).toBe(2 * findingIds.length);
});
