import type { ReactNode } from "react";
import type { Key } from "@/lib/net/ids";
import type { OutlineRow } from "./outline";

/** What a line may ask of the list that it is in. */
export type RowDeeds = {
  readonly onTurn: (id: string, open: boolean) => void;
  readonly onSelect: (rule: Key) => void;
  /** To a chain or a rule, from the line `from`. */
  readonly onGo: (to: string, from: string) => void;
};

/** A line of one kind, and what it may ask. */
export type RowProps<Kind extends OutlineRow["kind"]> = {
  readonly row: Extract<OutlineRow, { readonly kind: Kind }>;
  readonly deeds: RowDeeds;
};

/** A word of a line that can be pressed. */
export const cellButton =
  "min-h-6 cursor-pointer rounded-sm text-left underline decoration-transparent underline-offset-3 hover:decoration-current";
/** The same for the name of a chain. */
export const jumpButton = `${cellButton} font-mono text-[12px] break-all decoration-line`;

/** A cell of the list, which is a grid. */
export function Cell({
  className = "",
  children,
}: {
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the list
    <div role="gridcell" tabIndex={-1} className={`min-w-0 ${className}`}>
      {children}
    </div>
  );
}
