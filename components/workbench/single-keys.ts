"use client";

import { useSyncExternalStore } from "react";

const name = "vethscope-single-keys";
const changed = "vethscope-single-keys-changed";

/** Whether keys without Ctrl, Alt or Meta act (WCAG 2.1.4): those who speak or whose hand slips turn them off. */
export const singleKeysOn = (): boolean => {
  try {
    return localStorage.getItem(name) !== "off";
  } catch {
    // A browser that keeps nothing: on, as for everyone who chose nothing.
    return true;
  }
};

const choose = (on: boolean): void => {
  try {
    localStorage.setItem(name, on ? "on" : "off");
  } catch {
    return;
  }
  dispatchEvent(new Event(changed));
};

const subscribe = (listener: () => void) => {
  addEventListener(changed, listener);
  addEventListener("storage", listener);
  return () => {
    removeEventListener(changed, listener);
    removeEventListener("storage", listener);
  };
};

/** The choice, kept in this browser, and how to change it. */
export const useSingleKeys = () => ({
  on: useSyncExternalStore(subscribe, singleKeysOn, () => true),
  choose,
});
