"use client";

import { useEffect } from "react";
import { isTyping } from "@/components/ui/is-typing";

/** What a key does, by `KeyboardEvent.key`. Keys with Ctrl, Alt or Meta belong to the browser. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** Keys that work wherever the focus is, but while one types, composes or has a menu open. */
export const useShortcuts = (shortcuts: Shortcuts): void => {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (isTyping(event) || document.querySelector("[role=menu], dialog[open]")) return;
      const act = shortcuts[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [shortcuts]);
};
