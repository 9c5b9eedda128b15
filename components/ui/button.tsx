import type { ComponentProps } from "react";

const looks = {
  plain: "border-edge bg-panel hover:bg-inset",
  quiet: "border-transparent hover:bg-inset",
  /** The one thing that a page is there for. */
  main: "border-ink bg-ink text-panel hover:opacity-90",
} as const;

/**
 * At least 28 px high, so that it can be hit; `label` names one that shows only an icon. One that is
 * disabled for a moment only, while something is made, does not flicker.
 */
export function Button({
  look = "plain",
  label,
  className = "",
  ...rest
}: ComponentProps<"button"> & { readonly look?: keyof typeof looks; readonly label?: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex h-8 min-w-8 shrink-0 cursor-pointer items-center justify-center gap-1.5 rounded-md border px-2.5 text-[13px] whitespace-nowrap transition-colors disabled:cursor-default disabled:opacity-60 disabled:transition-opacity disabled:delay-150 ${looks[look]} ${className}`}
      {...rest}
    />
  );
}
