"use client";

import { Keyboard } from "lucide-react";
import { useMedia } from "@/components/ui/media";
import { useWords } from "@/components/ui/words";
import type { LegendEntry, SignEntry } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import { nothingRead } from "@/lib/topology/nothing-read";
import { useWorkbench } from "./context";
import { countsOf } from "./counts";
import { FoldedLegend, Legend } from "./legend";
import { unreadCount } from "./unheard-line";

function Sources() {
  const words = useWords();
  const { topology } = useWorkbench().index;
  const { engine, twice } = topology.host;
  const { settled, open } = twice;
  const counts = countsOf(topology);
  const complete = counts.readNamespaces === counts.namespaces;
  return (
    <>
      <span className={engine.status === "unread" ? "text-warn" : ""}>
        {engine.status === "read" &&
          words("strip.engineRead", {
            engine: visible(engine.name),
          })}
        {engine.status === "unread" && words("strip.engineUnread")}
        {engine.status === "not-asked" && words("strip.engineNotAsked")}
      </span>
      <span className={topology.host.netns === null ? "text-warn" : ""}>
        {words(topology.host.netns === null ? "states.kernelUnread" : "states.kernelRead")}
      </span>
      {counts.namespaces > 0 && (
        <span
          className={complete ? "" : "text-warn"}
          title={settled > 0 ? words("strip.settled", { n: settled }) : undefined}
        >
          {words(open > 0 ? "strip.namespacesUpTo" : "strip.namespaces", {
            read: counts.readNamespaces,
            all: counts.namespaces,
          })}
        </span>
      )}
    </>
  );
}

/** What the lines mean, how much there is, what was read and what was not. */
export function StatusStrip({
  legend,
  onGaps,
  onHelp,
}: {
  readonly legend: readonly (LegendEntry | SignEntry)[] | null;
  readonly onGaps: () => void;
  readonly onHelp: () => void;
}) {
  const words = useWords();
  const { index, ruled } = useWorkbench();
  const narrow = useMedia("(max-width: 639px)");
  const counts = countsOf(index.topology);
  const gaps = unreadCount(index.topology, ruled);
  return (
    <footer className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-edge bg-panel px-4 py-1.5 text-[12px] text-muted tabular-nums">
      {legend && (narrow ? <FoldedLegend entries={legend} /> : <Legend entries={legend} />)}
      <span className="ml-auto flex flex-wrap items-center gap-x-4 gap-y-1">
        <Sources />
        {!nothingRead(index.topology) && (
          <span>{words("strip.containers", { n: counts.running })}</span>
        )}
        {/* None was seen is another thing than none is there. */}
        {index.topology.host.netns !== null && (
          <span>{words("strip.bridges", { n: counts.bridges })}</span>
        )}
        {gaps > 0 && (
          <button
            type="button"
            onClick={onGaps}
            className="min-h-6 cursor-pointer rounded-sm text-warn underline decoration-dotted underline-offset-3"
          >
            {words("strip.gaps", { n: gaps })}
          </button>
        )}
        <button
          type="button"
          aria-label={words("states.keys.show")}
          title={words("states.keys.show")}
          onClick={onHelp}
          className="-my-1 inline-flex size-6 cursor-pointer items-center justify-center rounded-sm hover:text-ink"
        >
          <Keyboard size={15} aria-hidden />
        </button>
      </span>
    </footer>
  );
}
