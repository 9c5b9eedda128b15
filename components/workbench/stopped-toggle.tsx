"use client";

import { useWords } from "@/components/ui/words";

/** Containers that do not run have no wire, so they are left out until one asks for them. */
export function StoppedToggle({
  count,
  shown,
  floating,
  onChange,
}: {
  readonly count: number;
  readonly shown: boolean;
  /** Over the picture, which has no bar for it. */
  readonly floating: boolean;
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
      className={`h-8 cursor-pointer rounded-md border border-edge bg-panel px-2.5 text-[13px] hover:bg-inset aria-pressed:border-ink ${floating ? "absolute bottom-3 left-3" : ""}`}
    >
      <span aria-hidden className="mr-1.5 text-muted">
        {shown ? "☑" : "☐"}
      </span>
      {words("canvas.stopped", { n: count })}
    </button>
  );
}
