"use client";

import Link from "next/link";
import { fromNowhere, noteHref } from "@/components/learn/note-links";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import type { Pair, TopologyIndex } from "@/components/workbench/topology-index";
import { useUrlState } from "@/components/workbench/use-url-state";
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
  const { host, inFile, index } = useWorkbench();
  const { state } = useUrlState();
  const example = examplePair(index);
  const near = example === null ? "vethXXX@ifN" : visible(example.near.label);
  const far = example === null ? "eth0@ifM" : visible(example.far.label);
  return (
    <Section title={words("summary.howTo")} open>
      <ul className="flex list-disc flex-col gap-1.5 pl-4 text-[13px] leading-5 text-muted marker:text-line">
        <li className="break-words">
          {words(state.orientation === "textbook" ? "graph.howColumn" : "summary.howPair", {
            near,
            far,
          })}
        </li>
        <li>{words("summary.howNumber")}</li>
        <li>{words("summary.howSelect")}</li>
      </ul>
      <Link
        href={noteHref(null, inFile ? fromNowhere : { host, selected: null })}
        prefetch={false}
        className="mt-2 inline-block rounded-sm py-0.5 text-[13px] text-accent underline underline-offset-3"
      >
        {words("learn.all")}
      </Link>
    </Section>
  );
}
