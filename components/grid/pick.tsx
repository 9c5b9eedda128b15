"use client";

import type { ReactNode } from "react";
import { useWorkbench } from "@/components/workbench/context";
import type { Key } from "@/lib/net/ids";
import { CellButton, linkLook } from "./cell-button";

/** A cell's button that chooses what it names. */
export function Pick({
  cell,
  to,
  selected,
  mono = false,
  children,
}: {
  readonly cell: number;
  readonly to: Key;
  readonly selected: Key | null;
  readonly mono?: boolean;
  readonly children: ReactNode;
}) {
  const { select } = useWorkbench();
  return (
    <CellButton
      cell={cell}
      aria-pressed={selected === to}
      onClick={() => select(to)}
      className={`${linkLook} max-w-full aria-pressed:font-semibold aria-pressed:text-accent ${mono ? "font-mono text-[12px] wrap-anywhere" : "break-words"}`}
    >
      {children}
    </CellButton>
  );
}
