import type { Link } from "@/lib/topology/model";

const glyphs = {
  up: { glyph: "●", tone: "text-ok" },
  down: { glyph: "▽", tone: "text-bad" },
  unknown: { glyph: "○", tone: "text-muted" },
} as const;

/** Shape and word say it; colour only repeats it. */
export function LinkState({
  state,
  text,
}: {
  readonly state: Link["state"];
  readonly text: string;
}) {
  const { glyph, tone } = glyphs[state];
  return (
    <span className={`whitespace-nowrap ${tone}`}>
      <span aria-hidden>{glyph} </span>
      {text}
    </span>
  );
}
