"use client";

import { useEffect, useState } from "react";

const editable = "input, textarea, select, [contenteditable]";

const holdsFiles = (transfer: DataTransfer | null): boolean =>
  transfer?.types.includes("Files") ?? false;

/** A snapshot that was copied as text. */
const ours = /^\s*\{\s*"format"\s*:\s*"vethscope-/;

/** What a terminal printed has lines, or is one line that says much; a word that was copied is no try to open something. */
const mayBeOutput = (text: string): boolean =>
  text.trim().includes("\n") || /^\s*\d+: \S+: </.test(text);

const pastedFile = (event: ClipboardEvent): File | null => {
  const [file] = event.clipboardData?.files ?? [];
  if (file !== undefined) return file;
  if (event.target instanceof Element && event.target.closest(editable) !== null) return null;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  return ours.test(text) || mayBeOutput(text) ? new File([text], "") : null;
};

/**
 * Files that are dropped on any page, or pasted into it. `onNear`: one is held over the page. Says whether
 * one is held over it now.
 */
export const useDrops = (onFile: (file: File) => void, onNear: () => void): boolean => {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!holdsFiles(event.dataTransfer)) return;
      // Without this the browser would go to the file and show it by itself.
      event.preventDefault();
      setNear(true);
      onNear();
    };
    const left = (event: DragEvent) => {
      if (event.relatedTarget === null) setNear(false);
    };
    const dropped = (event: DragEvent) => {
      setNear(false);
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file !== undefined) onFile(file);
    };
    const pasted = (event: ClipboardEvent) => {
      const file = pastedFile(event);
      if (file === null) return;
      event.preventDefault();
      onFile(file);
    };
    addEventListener("dragover", over);
    addEventListener("dragleave", left);
    addEventListener("drop", dropped);
    addEventListener("paste", pasted);
    return () => {
      removeEventListener("dragover", over);
      removeEventListener("dragleave", left);
      removeEventListener("drop", dropped);
      removeEventListener("paste", pasted);
    };
  }, [onFile, onNear]);
  return near;
};
