"use client";

import { useWords } from "@/components/ui/words";
import type { Prepared } from "./use-prepared";

const saying = {
  loading: "share.facts.loading",
  gone: "share.facts.gone",
  "not-kept": "share.facts.notKept",
  failed: "share.facts.failed",
} as const;

/** What a facts file is, before anybody sends one: nothing in it is replaced. */
export function FactsPart({ facts }: { readonly facts: Prepared["facts"] }) {
  const words = useWords();
  return (
    <>
      <p className="text-[12px] leading-5 text-muted">{words("share.about.facts")}</p>
      <div
        role="alert"
        className="rounded-md border-2 border-bad bg-inset px-3 py-2 text-[13px] leading-5 font-semibold"
      >
        <p>{words("share.facts.title")}</p>
        <p className="mt-1 font-normal">{words("share.facts.warning")}</p>
      </div>
      {facts.status !== "read" && (
        <p role="status" className="text-[13px] leading-5 text-warn">
          {words(saying[facts.status])}
        </p>
      )}
    </>
  );
}
