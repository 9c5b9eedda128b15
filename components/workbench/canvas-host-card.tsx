"use client";

import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { problems } from "@/lib/diagnosis/diagnose";
import { visible } from "@/lib/graph/names";
import { AsOf } from "./as-of";
import { useWorkbench } from "./context";
import { countsOf } from "./counts";

/** What is said of a host that is seen from so far that nothing in it can be read. */
export function HostCard({ onCloser }: { readonly onCloser: () => void }) {
  const words = useWords();
  const { index, findings } = useWorkbench();
  const { host } = index.topology;
  const counts = countsOf(index.topology);
  const wrong = problems(findings).length;
  return (
    <div className="absolute top-3 right-3 flex w-max max-w-[calc(100%-1.5rem)] min-w-60 flex-col gap-1.5 rounded-lg border border-edge bg-panel p-4 text-[13px] shadow-float">
      <p className="truncate text-[15px] font-semibold">{visible(host.name)}</p>
      <p className="text-muted tabular-nums">
        {words("strip.containers", { n: counts.running })} ·{" "}
        {words("strip.bridges", { n: counts.bridges })}
      </p>
      <p className={wrong > 0 ? "font-medium text-bad" : "text-muted"}>
        {words("diagnose.problems", { n: wrong })}
      </p>
      <AsOf at={host.at} recorded={host.source === "recorded"} />
      <Button className="mt-1" onClick={onCloser}>
        {words("graph.closer")}
      </Button>
    </div>
  );
}
