import { glyphPath } from "@/lib/render/svg-shapes";
import { glyphOutlines } from "@/lib/scene/glyphs";
import type { GlyphName, Role } from "@/lib/scene/model";

/** A sign of the picture, in its shape and colour, beside words that say what it means. */
export function GlyphSign({
  glyph,
  tone,
  size = 9,
}: {
  readonly glyph: GlyphName;
  readonly tone: Role;
  readonly size?: number;
}) {
  const side = size + 3;
  const colour = `var(--color-${tone})`;
  const { filled } = glyphOutlines[glyph];
  return (
    <svg
      width={side}
      height={side}
      viewBox={`0 0 ${side} ${side}`}
      aria-hidden="true"
      className="shrink-0 overflow-visible"
    >
      <path
        d={glyphPath({ glyph, x: side / 2, y: side / 2, size })}
        fill={filled ? colour : "none"}
        stroke={filled ? "none" : colour}
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
    </svg>
  );
}
