"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";

/** Whether the browser took it: there is no clipboard outside a secure context (plain http from another machine). */
export const copyPicture = async (png: Blob): Promise<boolean> => {
  if (!navigator.clipboard?.write || typeof ClipboardItem === "undefined") return false;
  return navigator.clipboard.write([new ClipboardItem({ "image/png": png })]).then(
    () => true,
    () => false,
  );
};

/** The picture itself, to be copied by the browser's own menu. */
export function CopyByHand({ png, onClose }: { readonly png: Blob; readonly onClose: () => void }) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(png);
    setAddress(made);
    dialog.current?.showModal();
    return () => URL.revokeObjectURL(made);
  }, [png]);
  return (
    <dialog
      ref={dialog}
      aria-label={words("share.copy.byHandTitle")}
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(48rem,calc(100vw-2rem))] overflow-y-auto rounded-xl border border-edge bg-panel p-5 text-ink shadow-float backdrop:bg-black/40"
    >
      <p className="mb-3 text-[13px] leading-6 text-pretty">{words("share.copy.byHand")}</p>
      {address !== null && (
        // biome-ignore lint/performance/noImgElement: it lies in this page's memory
        <img
          src={address}
          alt={words("share.copy.byHandTitle")}
          className="max-h-[60dvh] w-full rounded-md border border-edge object-contain"
        />
      )}
      <div className="mt-4 flex justify-end">
        <Button onClick={() => dialog.current?.close()}>{words("ui.close")}</Button>
      </div>
    </dialog>
  );
}
