"use client";

import { useWords } from "@/components/ui/words";
import { presets, type Redacted } from "@/lib/share/redact";
import type { Choices } from "./choices";
import { Select } from "./fields";

/** How much is replaced, and how many things that are here. */
export function RedactionChoice({
  choices,
  replaced,
  choose,
}: {
  readonly choices: Choices;
  readonly replaced: Redacted["replaced"];
  readonly choose: (changes: Partial<Choices>) => void;
}) {
  const words = useWords();
  const counts = (["addresses", "macs", "names", "images", "ids", "texts"] as const)
    .filter((kind) => replaced[kind] > 0)
    .map((kind) => words(`share.replaced.${kind}`, { n: replaced[kind] }));
  return (
    <div>
      <Select
        label={words("share.redaction.label")}
        value={choices.redaction}
        options={presets.map((value) => ({ value, text: words(`share.redaction.${value}`) }))}
        onChoose={(redaction) => choose({ redaction })}
      />
      <p role="status" className="mt-1 text-[12px] leading-4.5 text-muted">
        {choices.redaction === "none" && words("share.replaced.none")}
        {choices.redaction !== "none" &&
          words(counts.length === 0 ? "share.replaced.nothing" : "share.replaced.some", {
            what: counts.join(words("share.replaced.comma")),
          })}
        {choices.redaction === "public" && replaced.addresses > 0 && (
          <span className="block">{words("share.replaced.linkLocal")}</span>
        )}
      </p>
    </div>
  );
}
