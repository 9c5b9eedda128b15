"use client";

import { createContext, type ReactNode, useContext, useState } from "react";
import type { LegendEntry, SignEntry } from "@/lib/graph/model";

/** What of the legend is pointed at: all of its kind is lit in the picture. null: nothing is. */
type Pointed = LegendEntry | SignEntry | null;

const Point = createContext<Pointed>(null);
const SetPoint = createContext<(pointed: Pointed) => void>(() => undefined);

/** Between the legend and the picture alone: what is around them is not drawn anew. */
export function LegendPointProvider({ children }: { readonly children: ReactNode }) {
  const [pointed, setPointed] = useState<Pointed>(null);
  return (
    <SetPoint value={setPointed}>
      <Point value={pointed}>{children}</Point>
    </SetPoint>
  );
}

export const useLegendPoint = (): Pointed => useContext(Point);
export const useSetLegendPoint = (): ((pointed: Pointed) => void) => useContext(SetPoint);
