"use client";

import { useState } from "react";
import type { AttachmentRow } from "./attachment-rows";

type Range = { readonly from: number; readonly to: number };

/** Rows that are chosen together, to be copied: from where one began with Shift to where one is. */
export const usePickedRows = (rows: readonly AttachmentRow[]) => {
  // Other rows, another choice: places would mean other things.
  const [{ of, range }, setState] = useState<{
    readonly of: readonly AttachmentRow[];
    readonly range: Range | null;
  }>({ of: rows, range: null });
  const picked = of === rows ? range : null;
  const isPicked = (place: number): boolean =>
    picked !== null &&
    place >= Math.min(picked.from, picked.to) &&
    place <= Math.max(picked.from, picked.to);
  return {
    isPicked,
    rows: rows.filter((_, place) => isPicked(place)),
    clear: () => setState({ of: rows, range: null }),
    extend: (from: number, to: number) =>
      setState({ of: rows, range: { from: picked?.from ?? from, to } }),
  };
};
