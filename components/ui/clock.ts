"use client";

import { useSyncExternalStore } from "react";

const second = 1000;

const subscribe = (changed: () => void) => {
  const timer = setInterval(changed, second);
  return () => clearInterval(timer);
};

const wholeSeconds = () => Math.floor(Date.now() / second) * second;

/**
 * Milliseconds since 1970, in steps of a second. null while the server renders: its clock and its
 * time zone are not the reader's.
 */
export const useNow = (): number | null =>
  useSyncExternalStore<number | null>(subscribe, wholeSeconds, () => null);
