import type { ComponentProps } from "react";

/** A word that can be pressed: underlined when it is pointed at. */
export const linkLook =
  "underline decoration-transparent underline-offset-3 hover:decoration-current";

/** A button of a cell; its number is its column, for the arrow keys. */
export function CellButton({
  cell,
  className,
  ...rest
}: Omit<ComponentProps<"button">, "type" | "tabIndex"> & { readonly cell: number }) {
  return (
    <button
      type="button"
      data-cell={cell}
      tabIndex={-1}
      className={`min-h-6 cursor-pointer rounded-sm text-left ${className}`}
      {...rest}
    />
  );
}
