"use client";

import { useWords } from "@/components/ui/words";

/** Containers that do not run have no wire, so they are left out until one asks for them. */
export function StoppedToggle({
  count,
  shown,
  onChange,
}: {
  readonly count: number;
  readonly shown: boolean;
  readonly onChange: (shown: boolean) => void;
}) {
  const words = useWords();
  if (count === 0) return null;
  return (
    <button
      type="button"
      aria-pressed={shown}
      title={words("canvas.showStopped")}
      onClick={() => onChange(!shown)}
      className="absolute bottom-3 left-3 h-8 cursor-pointer rounded-md border border-edge bg-panel px-2.5 text-[13px] hover:bg-inset aria-pressed:border-ink"
    >
      <span aria-hidden className="mr-1.5 text-muted">
        {shown ? "☑" : "☐"}
      </span>
      {words("canvas.stopped", { n: count })}
    </button>
  );
}
