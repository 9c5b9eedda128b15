"use client";

import { useWords } from "@/components/ui/words";
import { type ProofName, proofLooks, toneClass } from "./proof-words";

/** `✓ exact`: glyph, colour and word say the same. */
export function ProofBadge({
  proof,
  checks,
}: {
  readonly proof: ProofName;
  readonly checks?: number;
}) {
  const words = useWords();
  const look = proofLooks[proof];
  const name = words(look.name);
  return (
    <span className={`font-medium whitespace-nowrap ${toneClass[look.tone]}`}>
      <span aria-hidden>{look.glyph} </span>
      {checks ? words("proof.withChecks", { proof: name, n: checks }) : name}
    </span>
  );
}
