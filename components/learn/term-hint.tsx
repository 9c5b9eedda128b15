"use client";

import { CircleQuestionMark } from "lucide-react";
import Link from "next/link";
import { Popover } from "radix-ui";
import { useWords } from "@/components/ui/words";
import { useSelected, useWorkbench } from "@/components/workbench/context";
import type { Term } from "@/lib/learn/terms";
import { fromNowhere, noteHref } from "./note-links";
import { RichText } from "./rich-text";

/** A `?` beside a word of the picture: what it means, and the way to its note. */
export function TermHint({ term }: { readonly term: Term }) {
  const words = useWords();
  const { host, inFile } = useWorkbench();
  const selected = useSelected();
  const from = inFile ? fromNowhere : { host, selected };
  const title = words(`learn.terms.${term}.title`);
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          aria-label={words("learn.what", { title })}
          data-term={term}
          className="-mr-2 -ml-0.5 inline-grid size-6 shrink-0 cursor-pointer place-items-center rounded-sm align-middle text-muted hover:text-ink data-[state=open]:text-accent"
        >
          <CircleQuestionMark size={13} aria-hidden />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          aria-label={title}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-[min(21rem,calc(100vw-1rem))] rounded-lg border border-edge bg-panel p-4 text-[13px] leading-5 text-ink shadow-float outline-none"
        >
          <p className="mb-1.5 text-[14px] font-semibold">{title}</p>
          <p className="text-pretty text-muted">
            <RichText text={words(`learn.terms.${term}.lead`)} from={from} />
          </p>
          <Link
            href={noteHref(term, from)}
            prefetch={false}
            className="mt-2.5 inline-block rounded-sm py-0.5 text-accent underline underline-offset-3"
          >
            {words("learn.more")}
          </Link>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
