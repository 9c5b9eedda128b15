"use client";

import { useEffect, useState } from "react";
import { encode } from "uqr";
import type { Code } from "@/lib/render/code-svg";
import { linkFragment } from "@/lib/share/link";
import type { Snapshot } from "@/lib/share/snapshot";

/** Letters. Beyond that mail programs and chats cut a link off. */
export const mostLinkLetters = 8192;
/** Bytes: what the largest QR code holds, of 177 modules a side, with the least correction (ISO/IEC 18004, table 7). */
export const mostCodeBytes = 2953;
/** Bytes. Denser codes scan from a sharp picture only, not from what a chat makes of it. */
export const easyCodeBytes = 1200;

/** The link to a snapshot, which is all in its fragment; null: not made yet, or not wanted. */
export const useLink = (snapshot: Snapshot | null, base: string): string | null => {
  const [made, setMade] = useState<{ readonly of: Snapshot; readonly fragment: string } | null>(
    null,
  );
  useEffect(() => {
    if (snapshot === null) return;
    let left = false;
    void linkFragment(snapshot).then((fragment) => {
      if (!left) setMade({ of: snapshot, fragment });
    });
    return () => {
      left = true;
    };
  }, [snapshot]);
  if (made === null || made.of !== snapshot) return null;
  return `${base.replace(/#.*$/s, "")}#${made.fragment}`;
};

/** An address in other letters than ASCII takes several bytes for each. */
export const bytesOf = (link: string): number => new TextEncoder().encode(link).length;

/** null: the link is too long for any code. */
export const codeOf = (link: string, caption: string): Code | null =>
  bytesOf(link) > mostCodeBytes
    ? null
    : { modules: encode(link, { ecc: "L", border: 4 }).data, caption };
