"use client";

import { ChevronRight } from "lucide-react";
import { useEffect } from "react";
import { TermHint } from "@/components/learn/term-hint";
import { GlyphSign } from "@/components/ui/glyph-sign";
import { useWords } from "@/components/ui/words";
import type { LegendEntry, SignEntry } from "@/lib/graph/model";
import type { Term } from "@/lib/learn/terms";
import { hatchPath } from "@/lib/render/svg-shapes";
import { glyphRoles } from "@/lib/scene/legend-strip";
import { useSetLegendPoint } from "./legend-point";

type LineEntry = Extract<LegendEntry, { kind: "line" }>;

const hatchStep = 4;
const dashes = { exact: "", consistent: "5 3", unproven: "1.5 3" } as const;
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
      return <GlyphSign glyph={entry.glyph} tone={glyphRoles[entry.glyph]} />;
  }
}

const unreadBox = { x: 1, y: 1, width: 12, height: 10 };

/** As the picture draws it: an open end by its shape, what was not read by a dotted and hatched box. */
function SignSample({ sign }: Pick<SignEntry, "sign">) {
  if (sign !== "unread") {
    return <GlyphSign glyph={sign} tone="problem" size={sign === "problem" ? 12 : 11} />;
  }
  return (
    <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true" className="shrink-0">
      <rect {...unreadBox} rx="2" fill="none" className="stroke-muted" strokeDasharray="1.5 2" />
      <path d={hatchPath(unreadBox, hatchStep)} className="stroke-muted" strokeWidth="0.75" />
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

type Entries = readonly (LegendEntry | SignEntry)[];

/** Only the kinds of lines and glyphs that this picture has. Pointed at, all of a kind is lit there. */
export function Legend({ entries }: { readonly entries: Entries }) {
  const words = useWords();
  const point = useSetLegendPoint();
  // Gone from under the pointer, it is not pointed at any more.
  useEffect(() => () => point(null), [point]);
  return (
    <ul
      aria-label={words("strip.legend")}
      className="flex flex-wrap items-center gap-x-3.5 gap-y-1"
    >
      {entries.map((entry) => (
        <li
          key={entry.text}
          data-entry={entry.text}
          onPointerEnter={() => point(entry)}
          onPointerLeave={() => point(null)}
          className="flex items-center gap-1.5 whitespace-nowrap hover:text-ink"
        >
          <Sample entry={entry} />
          {entry.text}
          <LegendHint entry={entry} />
        </li>
      ))}
    </ul>
  );
}

/** The same on a phone, where it would take a third of the window: behind its name. */
export function FoldedLegend({ entries }: { readonly entries: Entries }) {
  const words = useWords();
  return (
    <details className="group/legend basis-full">
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-1 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          size={14}
          aria-hidden
          className="transition-transform group-open/legend:rotate-90 motion-reduce:transition-none"
        />
        {words("strip.legend")}
      </summary>
      <div className="max-h-40 overflow-y-auto py-1">
        <Legend entries={entries} />
      </div>
    </details>
  );
}
