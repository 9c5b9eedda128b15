"use client";

import { useWords } from "@/components/ui/words";
import type { LegendEntry } from "@/lib/graph/model";

type LineEntry = Extract<LegendEntry, { kind: "line" }>;

const dashes = { exact: "", consistent: "5 3", unproven: "1.5 3" } as const;
const glyphs = { up: "●", down: "▽", unknown: "○", internal: "⊘", ghost: "↗" } as const;
const glyphTones: Readonly<Record<keyof typeof glyphs, string>> = {
  up: "text-ok",
  down: "text-bad",
  unknown: "",
  internal: "",
  ghost: "",
};

function LineSample({ entry }: { readonly entry: LineEntry }) {
  // What lies beyond a NIC is no problem of this host.
  const isProblem = entry.proof === "unproven" && entry.edge !== "reaches";
  const dash = entry.edge === "stacked" ? "6 3 1.5 3" : dashes[entry.proof];
  return (
    <svg width="22" height="8" viewBox="0 0 22 8" aria-hidden="true" className="shrink-0">
      <line
        x1="0"
        y1="4"
        x2="22"
        y2="4"
        className={isProblem ? "stroke-bad" : "stroke-muted"}
        strokeWidth={entry.edge === "wired" ? 3 : 1.5}
        strokeDasharray={dash}
      />
    </svg>
  );
}

/** Only the kinds of lines and glyphs that this picture has. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  const words = useWords();
  return (
    <ul
      aria-label={words("strip.legend")}
      className="flex flex-wrap items-center gap-x-3.5 gap-y-1"
    >
      {entries.map((entry) => (
        <li key={entry.text} className="flex items-center gap-1.5 whitespace-nowrap">
          {entry.kind === "line" ? (
            <LineSample entry={entry} />
          ) : (
            <span aria-hidden className={glyphTones[entry.glyph]}>
              {glyphs[entry.glyph]}
            </span>
          )}
          {entry.text}
        </li>
      ))}
    </ul>
  );
}
