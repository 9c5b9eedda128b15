"use client";

import { useDeferredValue, useMemo } from "react";
import type { Fetched } from "@/components/inspector/fetched";
import { useWords } from "@/components/ui/words";
import { pngSize } from "@/lib/render/picture-file";
import { svgSize } from "@/lib/render/svg";
import type { Redacted } from "@/lib/share/redact";
import type { Snapshot } from "@/lib/share/snapshot";
import { type Choices, type Frozen, holdsRules, isPicture, type Ruled } from "./choices";
import { chosen, type Picture, pictureOf, type Redaction, redacted, snapshotOf } from "./prepare";
import { useSaidFacts } from "./said-facts";
import { codeOf, useLink } from "./shared-link";
import { textOf } from "./text-of";
import { useRuling } from "./use-ruling";

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
  /** Rules and ports that can go along. */
  readonly ruled: Ruled;
  /** What it is called there. */
  readonly host: string;
  readonly link: string | null;
  /** The text of a facts file, where that is what is wanted. */
  readonly facts: Fetched<string>;
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
  facts: string,
): Content => {
  const words = useWords();
  const { format, code: wantsCode } = choices;
  const base = useMemo((): Content => {
    if (format === "link") return { kind: "link", link: null };
    if (format === "facts") return { kind: "text", text: facts };
    return isPicture(format)
      ? { kind: "picture", picture: pictureOf(redaction, frozen, choices, words) }
      : { kind: "text", text: textOf(format, redaction, frozen, choices, words) };
  }, [format, redaction, frozen, choices, words, facts]);
  return useMemo(() => {
    if (base.kind === "link") return { kind: "link", link };
    if (base.kind === "text" || !wantsCode || link === null) return base;
    const code = codeOf(link, words("share.codeCaption"));
    if (code === null) return base;
    const { scene, options } = base.picture;
    return { kind: "picture", picture: { scene, options: { ...options, code } } };
  }, [base, link, wantsCode, words]);
};

/** What leaves, with rules where they are wanted; `isWhole`: they are there, or will not come. */
const useSent = (frozen: Frozen, choices: Choices) => {
  const words = useWords();
  const { redaction: preset, part } = choices;
  const ruled = useRuling(frozen);
  const wantsRules = holdsRules(choices);
  const ruling = wantsRules && ruled.status === "there" ? ruled.ruling : null;
  const all = useMemo(() => redacted(frozen, preset, ruling), [frozen, preset, ruling]);
  const redaction = useMemo(() => chosen(all, frozen, part, words), [all, frozen, part, words]);
  return { redaction, ruled, isWhole: !(wantsRules && ruled.status === "asked") };
};

/** Everything that follows from what was chosen. Writing a title does not wait for the picture. */
export function usePrepared(frozen: Frozen, now: Choices): Prepared {
  const choices = useDeferredValue(now);
  const { format, code, scale, base } = choices;
  const { redaction, ruled, isWhole } = useSent(frozen, choices);
  const snapshot = useMemo(
    () => snapshotOf(redaction, frozen, choices),
    [redaction, frozen, choices],
  );
  const wantsLink = format === "link" || (isPicture(format) && code);
  const link = useLink(wantsLink ? snapshot : null, base);
  const facts = useSaidFacts(frozen, format === "facts");
  const said = facts.status === "read" ? facts.value : "";
  const content = useContent(frozen, choices, redaction, link, said);
  const size =
    content.kind === "picture" && format === "png"
      ? pngSize(svgSize(content.picture.scene, content.picture.options), scale)
      : null;
  const isFacts = format === "facts";
  const { name: host } = (isFacts ? frozen : snapshot).topology.host;
  const made = isWhole && (!wantsLink || link !== null) && (!isFacts || facts.status === "read");
  const ready = choices === now && made;
  const { replaced } = redaction;
  return { content, snapshot, replaced, ruled, host, link, facts, size, ready };
}
