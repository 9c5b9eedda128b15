"use client";

import { TermHint } from "@/components/learn/term-hint";
import { useWords } from "@/components/ui/words";
import type { LegendEntry, SignEntry } from "@/lib/graph/model";
import type { Term } from "@/lib/learn/terms";
import { glyphPath } from "@/lib/render/svg-shapes";

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

const dashOf = ({ edge, proof }: LineEntry): string => {
  if (edge === "stacked") return "6 3 1.5 3";
  return edge === "tunnelled" ? dashes.consistent : dashes[proof];
};

function LineSample({ entry }: { readonly entry: LineEntry }) {
  // What lies beyond a NIC is no problem of this host.
  const isProblem = entry.proof === "unproven" && entry.edge !== "reaches";
  return (
    <svg width="22" height="8" viewBox="0 0 22 8" aria-hidden="true" className="shrink-0">
      <line
        x1="0"
        y1="4"
        x2="22"
        y2="4"
        className={isProblem ? "stroke-bad" : "stroke-muted"}
        strokeWidth={entry.edge === "wired" ? 3 : 1.5}
        strokeDasharray={dashOf(entry)}
      />
    </svg>
  );
}

function Sample({ entry }: { readonly entry: LegendEntry | SignEntry }) {
  switch (entry.kind) {
    case "line":
      return <LineSample entry={entry} />;
    case "sign":
      return <SignSample sign={entry.sign} />;
    case "glyph":
      return (
        <span aria-hidden className={glyphTones[entry.glyph]}>
          {glyphs[entry.glyph]}
        </span>
      );
  }
}

/** As the picture draws it: an open end by its shape, what was not read by a dotted box. */
function SignSample({ sign }: Pick<SignEntry, "sign">) {
  return (
    <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true" className="shrink-0">
      {sign === "unread" ? (
        <rect
          x="1"
          y="1"
          width="12"
          height="10"
          rx="2"
          fill="none"
          className="stroke-muted"
          strokeDasharray="1.5 2"
        />
      ) : (
        <path
          d={glyphPath({ glyph: sign, x: 7, y: 6, size: 11 })}
          fill="none"
          className="stroke-bad"
          strokeWidth="1.5"
        />
      )}
    </svg>
  );
}

const lineNotes: Readonly<Partial<Record<LineEntry["edge"], Term>>> = {
  stacked: "macvlan",
  tunnelled: "overlay",
};

/** For lines whose meaning takes more than a word. */
function LegendHint({ entry }: { readonly entry: LegendEntry | SignEntry }) {
  if (entry.kind !== "line") return null;
  const wired = entry.proof === "exact" ? "veth" : "nsid";
  const term = entry.edge === "wired" ? wired : lineNotes[entry.edge];
  return term === undefined ? null : <TermHint term={term} />;
}

/** Only the kinds of lines and glyphs that this picture has. */
export function Legend({ entries }: { readonly entries: readonly (LegendEntry | SignEntry)[] }) {
  const words = useWords();
  return (
    <ul
      aria-label={words("strip.legend")}
      className="flex flex-wrap items-center gap-x-3.5 gap-y-1"
    >
      {entries.map((entry) => (
        <li key={entry.text} className="flex items-center gap-1.5 whitespace-nowrap">
          <Sample entry={entry} />
          {entry.text}
          <LegendHint entry={entry} />
        </li>
      ))}
    </ul>
  );
}
