"use client";

import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { runs } from "@/lib/graph/boxes";
import type { Key } from "@/lib/net/ids";
import type { Topology } from "@/lib/topology/model";

/** How many containers do not run, of those that were searched for; null: nothing was, so of all. */
export const stoppedAmong = ({ containers }: Topology, rows: ReadonlySet<Key> | null): number =>
  containers.filter((each) => !runs(each) && (rows === null || rows.has(each.key))).length;

/** In place of rows where all that there are would be of containers that do not run, which are hidden. */
export function HiddenStopped({ n, onShow }: { readonly n: number; readonly onShow: () => void }) {
  const words = useWords();
  return (
    <div
      data-testid="hidden-stopped"
      className="mx-auto flex max-w-xl flex-col items-start gap-3 px-6 py-10 text-[13px]"
    >
      <p>{words("table.hiddenStopped", { n })}</p>
      <Button onClick={onShow}>{words("canvas.showStopped")}</Button>
    </div>
  );
}
