"use client";

import { useDeferredValue, useMemo } from "react";
import { useWords } from "@/components/ui/words";
import { pngSize } from "@/lib/render/picture-file";
import { svgSize } from "@/lib/render/svg";
import type { Redacted } from "@/lib/share/redact";
import type { Snapshot } from "@/lib/share/snapshot";
import { type Choices, type Frozen, isPicture } from "./choices";
import { chosen, type Picture, pictureOf, type Redaction, redacted, snapshotOf } from "./prepare";
import { codeOf, useLink } from "./shared-link";
import { textOf } from "./text-of";

/** What is previewed, which is what is saved. */
export type Content =
  | { readonly kind: "picture"; readonly picture: Picture }
  | { readonly kind: "text"; readonly text: string }
  /** null: it is being made. */
  | { readonly kind: "link"; readonly link: string | null };

export type Prepared = {
  readonly content: Content;
  readonly snapshot: Snapshot;
  readonly replaced: Redacted["replaced"];
  /** What it is called there. */
  readonly host: string;
  readonly link: string | null;
  /** Of a PNG in px; null: it is none. */
  readonly size: ReturnType<typeof pngSize> | null;
  /** All of this is made of what is chosen now. Else nothing may leave: it could hold what was to be replaced. */
  readonly ready: boolean;
};

const useContent = (
  frozen: Frozen,
  choices: Choices,
  redaction: Redaction,
  link: string | null,
): Content => {
  const words = useWords();
  const { format, code: wantsCode } = choices;
  const base = useMemo((): Content => {
    if (format === "link") return { kind: "link", link: null };
    return isPicture(format)
      ? { kind: "picture", picture: pictureOf(redaction, frozen, choices, words) }
      : { kind: "text", text: textOf(format, redaction, frozen, choices, words) };
  }, [format, redaction, frozen, choices, words]);
  return useMemo(() => {
    if (base.kind === "link") return { kind: "link", link };
    if (base.kind === "text" || !wantsCode || link === null) return base;
    const code = codeOf(link, words("share.codeCaption"));
    if (code === null) return base;
    const { scene, options } = base.picture;
    return { kind: "picture", picture: { scene, options: { ...options, code } } };
  }, [base, link, wantsCode, words]);
};

/** Everything that follows from what was chosen. Writing a title does not wait for the picture. */
export function usePrepared(frozen: Frozen, now: Choices): Prepared {
  const words = useWords();
  const choices = useDeferredValue(now);
  const { redaction: preset, format, part, code, scale, base } = choices;
  const all = useMemo(() => redacted(frozen, preset), [frozen, preset]);
  const redaction = useMemo(() => chosen(all, frozen, part, words), [all, frozen, part, words]);
  const snapshot = useMemo(
    () => snapshotOf(redaction, frozen, choices),
    [redaction, frozen, choices],
  );
  const wantsLink = format === "link" || (isPicture(format) && code);
  const link = useLink(wantsLink ? snapshot : null, base);
  const content = useContent(frozen, choices, redaction, link);
  const size =
    content.kind === "picture" && format === "png"
      ? pngSize(svgSize(content.picture.scene, content.picture.options), scale)
      : null;
  const host = snapshot.topology.host.name;
  const ready = choices === now && (!wantsLink || link !== null);
  return { content, snapshot, replaced: redaction.replaced, host, link, size, ready };
}
