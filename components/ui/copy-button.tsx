"use client";

import { Check, Copy } from "lucide-react";
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

/** Copies, or, where the browser does not allow it, shows the text selected in a dialog. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownFor);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    if (await toClipboard(text)) return setCopied(true);
    dialog.current?.showModal();
    field.current?.select();
  };

  return (
    <>
      <Button
        look="quiet"
        label={copied ? words("ui.copied") : label}
        className="h-7 min-w-7 px-1.5 text-muted"
        onClick={() => void copy()}
      >
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </Button>
      <dialog
        ref={dialog}
        aria-label={words("ui.copyByHand")}
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
    </>
  );
}
