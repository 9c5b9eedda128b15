import type { ComponentProps } from "react";

/** Where a row is drawn. */
export type Placed = {
  /** Among all rows, from 0. */
  readonly at: number;
  /** px from the first row. */
  readonly top: number;
  readonly measure: (element: HTMLElement | null) => void;
};

/** The look of a row of columns: a card on a phone. */
export const columnsLook =
  "grid grid-cols-1 gap-y-0.5 border-b border-edge px-4 py-2.5 hover:bg-inset aria-selected:bg-accent-soft sm:grid-cols-(--columns) sm:px-3 sm:py-0.5";

/** A row at its place. `data-*` and the rest are its own. */
export function GridRow({
  id,
  at,
  top,
  measure,
  className,
  ...rest
}: Omit<ComponentProps<"div">, "id"> &
  Placed & {
    /** Unique in the grid. */
    readonly id: string;
    readonly "aria-selected": boolean;
  }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div
      ref={measure}
      role="row"
      tabIndex={-1}
      data-row={id}
      data-index={at}
      aria-rowindex={at + 2}
      style={{ transform: `translateY(${top}px)` }}
      className={`absolute inset-x-0 top-0 text-[13px] ${className}`}
      {...rest}
    />
  );
}
