import type { Hue } from "@/lib/graph/model";
import { mostBars } from "@/lib/scene/block-shapes";

/** The colour of a network as the picture has it: where the eight hues are used up, in several bars. null: it has none. */
export function HueBar({
  hue,
  className = "",
}: {
  readonly hue: Hue | null;
  readonly className?: string;
}) {
  const bars = Math.min((hue?.stripe ?? 0) + 1, mostBars);
  return (
    <span aria-hidden className={`flex h-4 shrink-0 gap-0.5 ${className}`} data-bars={bars}>
      {Array.from({ length: bars }, (_, nth) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: bars are alike
          key={nth}
          className="w-1 rounded-full bg-line"
          style={hue === null ? undefined : { background: `var(--color-hue-${hue.index})` }}
        />
      ))}
    </span>
  );
}
