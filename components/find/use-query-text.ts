"use client";

import { useEffect, useRef, useState } from "react";
import { mostText } from "@/lib/find/query";

/** Browsers refuse more than a few changes of the address in a second. */
const restMs = 250;

/** A letter that was cut in two cannot be written into an address. */
const forUrl = (text: string): string => text.slice(0, mostText).toWellFormed().trim();

/**
 * What is typed, at once; the URL follows when the typing rests, and leads where it changes by itself
 * (the back button, a link).
 */
export const useQueryText = (inUrl: string, write: (text: string) => void) => {
  const [text, setText] = useState(inUrl);
  const written = useRef(inUrl);
  useEffect(() => {
    if (inUrl === written.current) return;
    written.current = inUrl;
    setText(inUrl);
  }, [inUrl]);
  useEffect(() => {
    const wanted = forUrl(text);
    if (wanted === written.current) return;
    const timer = setTimeout(() => {
      written.current = wanted;
      write(wanted);
    }, restMs);
    return () => clearTimeout(timer);
  }, [text, write]);
  return [text, setText] as const;
};
