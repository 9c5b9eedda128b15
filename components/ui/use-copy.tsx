"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "./button";
import { useWords } from "./words";

const shownFor = 1500;

/** Tells whether it worked: there is no clipboard outside a secure context (plain http from another machine). */
const toClipboard = async (text: string): Promise<boolean> => {
  if (!navigator.clipboard) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
};

/**
 * Copies a text. `byHand` has to stand in the page: where the browser allows no copying it shows the
 * text, selected. `copied`: it worked a moment ago. `label` names the field with the text.
 */
export const useCopy = (label: string) => {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState("");
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);
  useEffect(() => {
    if (text === "") return;
    dialog.current?.showModal();
    field.current?.select();
  }, [text]);

  const copy = async (wanted: string): Promise<void> => {
    if (await toClipboard(wanted)) return setCopied(true);
    setText(wanted);
  };
  const byHand = (
    <dialog
      ref={dialog}
      aria-label={words("ui.copyByHand")}
      onClose={() => setText("")}
      className="m-auto w-[min(34rem,calc(100vw-2rem))] rounded-xl border border-edge bg-panel p-5 text-ink shadow-float backdrop:bg-black/40"
    >
      <p className="mb-3 text-[13px]">{words("ui.copyByHand")}</p>
      <textarea
        ref={field}
        readOnly
        rows={4}
        value={text}
        aria-label={label}
        className="w-full resize-none rounded-md border border-edge bg-inset p-2 font-mono text-[12px]"
      />
      <div className="mt-3 flex justify-end">
        <Button onClick={() => dialog.current?.close()}>{words("ui.close")}</Button>
      </div>
    </dialog>
  );
  return { copy, copied, byHand };
};
