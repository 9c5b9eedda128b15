import { linkLook } from "@/components/grid/cell-button";
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

/** The look of a word of a line that can be pressed: the name of a chain. */
export const jumpLook = `${linkLook} font-mono text-[12px] break-all decoration-line`;
