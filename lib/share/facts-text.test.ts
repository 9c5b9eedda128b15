import { expect, test } from "vitest";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import { factsText } from "./facts-text";
import { openFile } from "./open-file";

test.each(recordedHosts)("the facts of %s are opened as they were written", async (name) => {
  const facts = recordedFacts(name);
  const text = factsText(facts);
  expect(await openFile(new TextEncoder().encode(text))).toEqual({
    kind: "facts",
    facts: { ...facts, source: "recorded" },
  });
  expect(text.split("\n")[2]).toContain("NOT REDACTED");
});
