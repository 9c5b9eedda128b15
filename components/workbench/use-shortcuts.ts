"use client";

import { useEffect } from "react";
import { isTyping } from "@/components/ui/is-typing";
import { singleKeysOn } from "./single-keys";

/** What a key does, by `KeyboardEvent.key`. Keys with Ctrl, Alt or Meta belong to the browser. */
export type Shortcuts = Readonly<Record<string, () => void>>;

const isChord = ({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean =>
  ctrlKey || altKey || metaKey;

const isOff = (pressed: string): boolean => pressed.length === 1 && !singleKeysOn();

const isOurs = (event: KeyboardEvent): boolean => {
  if (event.defaultPrevented || isChord(event) || isTyping(event) || isOff(event.key)) return false;
  return document.querySelector("[role=menu], dialog[open]") === null;
};

/** Keys that work wherever the focus is, but while one types, composes or has a menu open. */
export const useShortcuts = (shortcuts: Shortcuts): void => {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const act = isOurs(event) ? shortcuts[event.key] : undefined;
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, [shortcuts]);
};
