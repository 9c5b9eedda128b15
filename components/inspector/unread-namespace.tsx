"use client";

import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { gapWords } from "@/components/workbench/gap-words";
import type { Namespace } from "@/lib/topology/model";

/** Where a namespace could not be read: why, and what to do. Nothing where it was. */
export function UnreadNamespace({ namespace }: { readonly namespace: Namespace }) {
  const words = useWords();
  const { index } = useWorkbench();
  if (namespace.read.status === "read") return null;
  const gap = gapWords(words, index, namespace.read.why);
  return (
    <div className="mt-3 rounded-md border border-edge bg-inset p-3 text-[13px] leading-5 break-words">
      <p className="font-medium text-warn">{words("inspector.unread")}</p>
      <p>{gap.what}</p>
      <p className="text-muted">{gap.next}</p>
    </div>
  );
}
