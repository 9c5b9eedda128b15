import { expect } from "vitest";
import { findingWords } from "@/components/diagnose/finding-words";
import type { Finding } from "@/lib/diagnosis/model";
import type { HostFacts } from "@/lib/facts/model";
import { quote } from "@/lib/facts/words";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";

/** Fails unless each is told whole in every language, and shown by lines that the host printed. */
export function mustBeTold(findings: readonly Finding[], facts: HostFacts): void {
  for (const locale of locales) {
    const said = findings.flatMap((each) => Object.values(findingWords(wordsIn(locale), each)));
    // A message that lacks a value is shown as its own name.
    for (const text of said) expect(text).not.toMatch(/^finding\.|[{}]|undefined/);
  }
  for (const { evidence } of findings) {
    expect(evidence.length).toBeGreaterThan(0);
    for (const each of evidence)
      expect(quote(facts, each)?.text, JSON.stringify(each)).toBeTruthy();
  }
}
