"use client";

export type Segment<Value extends string> = {
  readonly value: Value;
  readonly text: string;
  /** A number beside the text, and what it counts. */
  readonly badge?: { readonly n: number; readonly said: string };
};

function Badge({ n, said }: { readonly n: number; readonly said: string }) {
  return (
    <>
      <span
        aria-hidden
        title={said}
        className="ml-1.5 inline-block min-w-4.5 rounded-full bg-bad px-1 text-center text-[11px] leading-4.5 font-semibold text-panel tabular-nums"
      >
        {n}
      </span>
      <span className="sr-only">, {said}</span>
    </>
  );
}

/** A few views, one of them shown; in a narrow window in several lines. */
export function Segments<Value extends string>({
  label,
  value,
  segments,
  onChoose,
}: {
  readonly label: string;
  readonly value: Value;
  readonly segments: readonly Segment<Value>[];
  readonly onChoose: (value: Value) => void;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are toggle buttons
    <div
      role="group"
      aria-label={label}
      className="flex flex-wrap rounded-md border border-edge bg-panel p-px"
    >
      {segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          aria-pressed={segment.value === value}
          onClick={() => onChoose(segment.value)}
          className="h-7.5 cursor-pointer rounded-[5px] px-3 text-[13px] transition-colors hover:bg-inset aria-pressed:bg-ink aria-pressed:text-panel"
        >
          {segment.text}
          {segment.badge && <Badge {...segment.badge} />}
        </button>
      ))}
    </div>
  );
}
