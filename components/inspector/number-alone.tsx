"use client";

import { TermHint } from "@/components/learn/term-hint";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import type { MessageKey } from "@/lib/messages/keys";
import type { Veth } from "@/lib/topology/model";

type Lesson = {
  readonly message: MessageKey;
  readonly values: Readonly<Record<string, string | number>>;
};

/** null: both ends in one namespace, where ip prints the name and no number misleads. */
const lessonOf = (index: TopologyIndex, veth: Veth): Lesson | null => {
  if (veth.nsid === null || veth.iflink === null) return null;
  const n = index.numbered(veth.iflink, veth.netns).length;
  if (n === 0) return null;
  const proven = veth.peer.status === "found" && veth.peer.proof === "exact";
  const many: MessageKey = proven ? "alone.many" : "alone.manyUnproven";
  return {
    message: n === 1 ? "alone.one" : many,
    values: { label: visible(veth.label), n, iflink: `${veth.iflink}`, nsid: `${veth.nsid}` },
  };
};

/** What an `@ifN` leaves open, counted on this very host. */
export function NumberAlone({ ends }: { readonly ends: readonly Veth[] }) {
  const words = useWords();
  const { index } = useWorkbench();
  const lessons = ends.flatMap((end) => lessonOf(index, end) ?? []);
  if (lessons.length === 0) return null;
  return (
    <div className="mt-3 border-t border-edge pt-2.5 text-[13px] leading-5">
      <h4 className="font-semibold">
        {words("alone.title")}
        <TermHint term="nsid" />
      </h4>
      <ul className="mt-1 flex flex-col gap-1.5 text-muted">
        {lessons.map(({ message, values }) => (
          <li key={`${values["label"]}`} className="break-words">
            {words(message, values)}
          </li>
        ))}
      </ul>
    </div>
  );
}
