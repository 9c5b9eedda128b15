"use client";

import { Check, Copy } from "lucide-react";
import { Button } from "./button";
import { useCopy } from "./use-copy";
import { useWords } from "./words";

/** Copies, or, where the browser does not allow it, shows the text selected in a dialog. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const words = useWords();
  const { copy, copied, byHand } = useCopy(label);
  return (
    <>
      <Button
        look="quiet"
        data-copy
        label={copied ? words("ui.copied") : label}
        className="h-7 min-w-7 px-1.5 text-muted"
        onClick={() => void copy(text)}
      >
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </Button>
      <span role="status" className="sr-only">
        {copied && words("ui.copied")}
      </span>
      {byHand}
    </>
  );
}
