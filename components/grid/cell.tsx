import type { ReactNode } from "react";

/** A cell of a grid. `column`: by which it can be found. */
export function Cell({
  className = "",
  column,
  children,
}: {
  readonly className?: string;
  readonly column?: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div role="gridcell" tabIndex={-1} data-column={column} className={`min-w-0 ${className}`}>
      {children}
    </div>
  );
}

/** A cell of a column. On a phone a row is a card: its title has no name, the other cells have theirs beside them. */
export function NamedCell({
  column,
  name,
  title,
  children,
}: {
  readonly column: string;
  readonly name: string;
  readonly title: boolean;
  readonly children: ReactNode;
}) {
  return (
    <Cell
      column={column}
      className={`flex items-baseline gap-2 sm:block ${title ? "max-sm:order-first max-sm:text-[15px]" : ""} sm:px-2 sm:py-1`}
    >
      {!title && (
        <span className="w-(--name) shrink-0 text-[12px] text-muted sm:hidden">{name}</span>
      )}
      <div className="min-w-0 leading-(--line)">{children}</div>
    </Cell>
  );
}
