import { useWords } from "@/components/ui/words";
import type { RuleDiagnosis } from "@/lib/diagnosis/model";
import type { Topology } from "@/lib/topology/model";
import { useWorkbench } from "./context";

/** How many things are said not to have been read: every gap, and who listens inside containers as one. */
export const unreadCount = ({ gaps }: Topology, ruled: RuleDiagnosis | null): number =>
  gaps.length + (ruled !== null && ruled.unheard > 0 ? 1 : 0);

/** Why it is not known who listens inside containers, and what to do; nothing, where it is. */
export function UnheardLine() {
  const words = useWords();
  const { index, ruled } = useWorkbench();
  if (ruled === null || ruled.unheard === 0) return null;
  const isRecorded = index.topology.host.source === "recorded";
  return (
    <div className="text-[13px] leading-5 break-words" data-unheard={ruled.unheard}>
      <p className="font-medium">{words("gap.unheard.what", { n: ruled.unheard })}</p>
      <p className="text-muted">
        {words(isRecorded ? "gap.unheard.recorded" : "gap.unheard.next")}
      </p>
    </div>
  );
}
