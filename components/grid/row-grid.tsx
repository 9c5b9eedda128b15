import type { ComponentProps, CSSProperties, ReactNode } from "react";
import type { Placed } from "./grid-row";
import type { RowGridState } from "./use-row-grid";

/** Sizes as CSS has them. */
export type Columns = {
  /** Least and relative width of each, on a wide screen. */
  readonly widths: readonly string[];
  /** Of all together; a narrower window scrolls sideways. */
  readonly least: string;
  /** Of a cell's name on a phone. */
  readonly name: string;
  /** Height of a line in a cell. */
  readonly line: string;
};

const variables = ({ widths, least, name, line }: Columns) =>
  ({
    "--columns": widths.join(" "),
    "--least": least,
    "--name": name,
    "--line": line,
  }) as CSSProperties;

/** The heads of columns: a phone shows none, since its cards name what they hold. */
function Heads({ children }: { readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={1}
      className="sticky top-0 z-10 hidden border-b border-edge bg-canvas px-3 sm:grid sm:grid-cols-(--columns)"
    >
      {children}
    </div>
  );
}

/** Rows as a grid with one tab stop, of which only what is seen is drawn: twenty thousand scroll as a hundred do. */
export function RowGrid<Row>({
  state: { grid, drawn, height, measure, count, onFocus, onKeyDown },
  label,
  columns = null,
  heads = null,
  rowOf,
  ...rest
}: Pick<ComponentProps<"div">, "aria-multiselectable" | "onCopy" | "onClick"> & {
  readonly state: RowGridState<Row>;
  readonly label: string;
  /** null: each row has a look of its own. */
  readonly columns?: Columns | null;
  readonly heads?: ReactNode;
  readonly rowOf: (row: Row, placed: Placed) => ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are not drawn have no place in a table
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-rowcount={count + 1}
      onKeyDown={onKeyDown}
      onFocus={onFocus}
      style={columns === null ? undefined : variables(columns)}
      className={columns === null ? "pb-16" : "pb-16 sm:min-w-(--least)"}
      {...rest}
    >
      {heads !== null && <Heads>{heads}</Heads>}
      <div className="relative" style={{ height }}>
        {drawn.map(({ row, at, top }) => rowOf(row, { at, top, measure }))}
      </div>
    </div>
  );
}
