"use client";

import { ChevronRight, Waypoints } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { QuoteSection } from "@/components/inspector/quote-section";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { useSelected } from "@/components/workbench/context";
import type { Finding } from "@/lib/diagnosis/model";
import type { Key } from "@/lib/net/ids";
import { AboutList } from "./about-list";
import { findingWords } from "./finding-words";
import { RemedyList } from "./remedy-list";
import { SaidText } from "./said-text";
import { severityLooks } from "./severity-look";

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="grid gap-x-4 gap-y-0.5 border-t border-edge py-2.5 sm:grid-cols-[10.5rem_1fr]">
      <h5 className="text-[13px] font-semibold">{title}</h5>
      <div className="min-w-0 text-[13px] leading-5 break-words">{children}</div>
    </section>
  );
}

/** One finding: what, why it matters, where, what would mend it, and what the host said that shows it. */
export function FindingCard({
  finding,
  initiallyOpen,
  onShow,
}: {
  readonly finding: Finding;
  readonly initiallyOpen: boolean;
  readonly onShow: (key: Key) => void;
}) {
  const words = useWords();
  const selected = useSelected();
  const isCurrent = selected !== null && finding.about.includes(selected);
  const [open, setOpen] = useState(initiallyOpen || isCurrent);
  const card = useRef<HTMLLIElement>(null);
  const arrived = useRef(isCurrent);
  // Whoever comes from the thing wants to read of it.
  useEffect(() => {
    if (arrived.current) card.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const { title, what, why, fix } = findingWords(words, finding);
  const { icon: Icon, tone } = severityLooks[finding.severity];
  return (
    <li
      ref={card}
      data-finding={finding.id}
      aria-current={isCurrent ? "true" : undefined}
      className="rounded-lg border border-edge bg-panel aria-[current]:border-accent"
    >
      <details
        open={open}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        className="group/finding"
      >
        <summary
          data-summary
          className="flex cursor-pointer list-none gap-2.5 rounded-lg px-3.5 py-2.5 hover:bg-inset [&::-webkit-details-marker]:hidden"
        >
          <Icon size={17} aria-hidden className={`mt-0.5 shrink-0 ${tone}`} />
          <span className="min-w-0 flex-1 break-words">
            <span className="sr-only">{words(`diagnose.severity.${finding.severity}`)}: </span>
            <h4 className="inline text-[14px] leading-5 font-semibold">{title}</h4>
            <span className="mt-0.5 block text-[13px] leading-5">
              <SaidText text={what} values={finding.values} />
            </span>
          </span>
          <ChevronRight
            size={15}
            aria-hidden
            className="mt-0.5 shrink-0 text-muted transition-transform group-open/finding:rotate-90 motion-reduce:transition-none"
          />
        </summary>
        {open && (
          <div className="px-3.5 pb-3 sm:pl-10">
            <Part title={words("diagnose.why")}>{why}</Part>
            <Part title={words("diagnose.where")}>
              <AboutList about={finding.about} />
              <Button className="mt-2" onClick={() => onShow(finding.about[0])}>
                <Waypoints size={14} aria-hidden />
                {words("diagnose.show")}
              </Button>
            </Part>
            <Part title={words("diagnose.remedy")}>
              <p>{fix}</p>
              <RemedyList commands={finding.remedy} />
            </Part>
            {finding.evidence.length > 0 && (
              <QuoteSection title={words("diagnose.evidence")} evidence={finding.evidence} />
            )}
          </div>
        )}
      </details>
    </li>
  );
}
