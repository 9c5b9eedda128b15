import type { Ref } from "react";
import { baseline, glyphPath, hatchPath, linePath } from "@/lib/render/svg-shapes";
import { fonts, type Theme } from "@/lib/render/theme";
import { glyphOutlines } from "@/lib/scene/glyphs";
import { dashArray } from "@/lib/scene/lit";
import type { BoxShape, Rect, Role, Shape } from "@/lib/scene/model";

const paint = (theme: Theme, role: Role | null): string => (role === null ? "none" : theme[role]);

const BoxMark = ({ shape, theme }: { readonly shape: BoxShape; readonly theme: Theme }) => (
  <>
    <rect
      x={shape.x}
      y={shape.y}
      width={shape.width}
      height={shape.height}
      rx={shape.radius}
      fill={paint(theme, shape.fill)}
      stroke={shape.strokeWidth === 0 ? "none" : paint(theme, shape.stroke)}
      strokeWidth={shape.strokeWidth}
      strokeDasharray={dashArray(shape.dash) ?? undefined}
    />
    {shape.hatched ? <path d={hatchPath(shape)} stroke={theme.border} /> : null}
  </>
);

const ShapeMark = ({ shape, theme }: { readonly shape: Shape; readonly theme: Theme }) => {
  switch (shape.kind) {
    case "box":
      return <BoxMark shape={shape} theme={theme} />;
    case "line":
      return (
        <path
          d={linePath(shape)}
          fill="none"
          stroke={theme[shape.stroke]}
          strokeWidth={shape.width}
          strokeDasharray={dashArray(shape.dash) ?? undefined}
          strokeLinejoin="round"
        />
      );
    case "text":
      return (
        <text
          x={shape.x}
          y={baseline(shape)}
          fill={theme[shape.fill]}
          fontSize={shape.size}
          fontFamily={fonts[shape.font]}
          fontWeight={shape.bold ? 600 : undefined}
          textAnchor={shape.anchor}
        >
          {shape.text}
        </text>
      );
    case "glyph": {
      const { filled } = glyphOutlines[shape.glyph];
      return (
        <path
          d={glyphPath(shape)}
          fill={filled ? theme[shape.fill] : "none"}
          stroke={filled ? "none" : theme[shape.fill]}
          strokeWidth={1.5}
          strokeLinejoin="round"
        />
      );
    }
  }
};

const FocusRing = ({ place, theme }: { readonly place: Rect; readonly theme: Theme }) => (
  <>
    {(["canvas", "ink"] as const).map((role, nth) => (
      <rect
        key={role}
        x={place.x - 4}
        y={place.y - 4}
        width={place.width + 8}
        height={place.height + 8}
        rx={8}
        fill="none"
        stroke={theme[role]}
        strokeWidth={nth === 0 ? 5 : 2}
      />
    ))}
  </>
);

export type OverlayProps = {
  readonly shapes: readonly Shape[];
  readonly focused: Rect | null;
  readonly theme: Theme;
  /** The group that follows the viewport; its transform is set by whoever knows it. */
  readonly ref: Ref<SVGGElement>;
};

/**
 * Draws what is lit above the faded canvas. Restyling the elements of a picture of 1,000 containers
 * takes a quarter of a second, this a few milliseconds.
 */
export const Overlay = ({ shapes, focused, theme, ref }: OverlayProps) => (
  <svg className="pointer-events-none absolute inset-0 size-full" aria-hidden="true">
    <g ref={ref}>
      {shapes.map((shape, nth) => (
        // The list is drawn anew for every mark; nothing in it has a state of its own.
        // biome-ignore lint/suspicious/noArrayIndexKey: a shape has no name, its place in the picture is its identity
        <ShapeMark key={nth} shape={shape} theme={theme} />
      ))}
      {focused === null ? null : <FocusRing place={focused} theme={theme} />}
    </g>
  </svg>
);
