"use client";

import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import type { Pair, TopologyIndex } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";

/** A pair of this host to explain with, rather than an invented one. */
const examplePair = (index: TopologyIndex): Pair | null => {
  for (const link of index.topology.links) {
    if (link.kind !== "veth" || link.netns !== index.topology.host.netns) continue;
    const pair = index.pair(link);
    if (pair !== null && pair.far.netns !== pair.near.netns) return pair;
  }
  return null;
};

export function HowToRead() {
  const words = useWords();
  const { index } = useWorkbench();
  const example = examplePair(index);
  const near = example === null ? "vethXXX@ifN" : visible(example.near.label);
  const far = example === null ? "eth0@ifM" : visible(example.far.label);
  return (
    <Section title={words("summary.howTo")} open>
      <ul className="flex list-disc flex-col gap-1.5 pl-4 text-[13px] leading-5 text-muted marker:text-line">
        <li className="break-words">{words("summary.howPair", { near, far })}</li>
        <li>{words("summary.howNumber")}</li>
        <li>{words("summary.howSelect")}</li>
      </ul>
    </Section>
  );
}
