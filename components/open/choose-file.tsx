"use client";

import { type ReactNode, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { useOpening } from "./opening-context";

/** A button that asks for a file. What it is its bytes say, so every file may be chosen. */
export function ChooseFile({
  look = "main",
  children,
}: {
  readonly look?: "main" | "plain";
  readonly children: ReactNode;
}) {
  const words = useWords();
  const { openFile, busy } = useOpening();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={words("open.choose")}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          // The same file may be chosen once more, changed in between.
          currentTarget.value = "";
          if (file !== undefined) openFile(file);
        }}
      />
      <Button look={look} disabled={busy} aria-busy={busy} onClick={() => field.current?.click()}>
        {busy ? words("open.reading") : children}
      </Button>
    </>
  );
}
