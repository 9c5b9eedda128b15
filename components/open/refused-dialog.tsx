"use client";

import { useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { visible } from "@/lib/graph/names";
import { refusalText } from "@/lib/share/refusal";
import { ChooseFile } from "./choose-file";
import { useOpening } from "./opening-context";
import type { NotOpened } from "./use-opened";

/** Why something was not opened, and what to ask for instead. */
export function RefusedDialog({
  refused: { refusal, origin },
  onClose,
}: {
  readonly refused: NotOpened;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { goPaste } = useOpening();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const text = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={title}
      aria-describedby={text}
      onClose={onClose}
      className="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-xl border border-edge bg-panel p-5 text-ink shadow-float backdrop:bg-black/40"
    >
      <h2 id={title} className="text-[15px] font-semibold break-words">
        {origin.kind === "file"
          ? words("open.refused.file", { name: visible(origin.name) })
          : words(`open.refused.${origin.kind}`)}
      </h2>
      <p id={text} className="mt-2 text-[13px] leading-6 text-pretty break-words">
        {refusalText(refusal, words)}
      </p>
      {refusal.why === "not-ours" && (
        <p className="mt-2 text-[13px] leading-6 text-pretty text-muted">
          {words("open.refused.text")}
        </p>
      )}
      <div className="mt-4 flex flex-wrap justify-end gap-2">
        {refusal.why === "not-ours" && (
          <Button onClick={() => goPaste(null)}>{words("open.toPaste")}</Button>
        )}
        <ChooseFile look="plain">{words("open.another")}</ChooseFile>
        <Button look="main" onClick={() => dialog.current?.close()}>
          {words("ui.close")}
        </Button>
      </div>
    </dialog>
  );
}
