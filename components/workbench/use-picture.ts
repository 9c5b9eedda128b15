"use client";

import { useMemo, useState } from "react";
import { useWords } from "@/components/ui/words";
import { hideRest } from "@/lib/find/hide-rest";
import { folded, foldKeys, hasRowOf, isFold, mostOpen } from "@/lib/graph/fold";
import { foldOf } from "@/lib/graph/fold-of";
import { graph } from "@/lib/graph/graph";
import type { Graph, Grouping, Trouble } from "@/lib/graph/model";
import { drawnTrouble } from "@/lib/graph/trouble";
import type { Key } from "@/lib/net/ids";
import { scene } from "@/lib/scene/scene";
import { useWorkbench } from "./context";
import { useUrlState } from "./use-url-state";

/**
 * The picture as the URL asks for it. `usual`: the same host as rails, grouped by network. `always`:
 * what is drawn also where its block is closed; and so is what is selected. `rows`: what is left where
 * the rest is hidden; null: nothing is. `wrong`: what closed blocks tell of.
 */
export const usePicture = (
  usual: Graph,
  always: ReadonlySet<Key>,
  selected: Key | null,
  rows: ReadonlySet<Key> | null,
  wrong: Trouble,
) => {
  const words = useWords();
  const { index } = useWorkbench();
  const { state, change } = useUrlState();
  const { orientation, group, stopped } = state;
  const all = useMemo(
    () =>
      orientation === usual.orientation && group === "network"
        ? usual
        : graph(index.topology, { orientation, group, stopped }, words),
    [usual, index, orientation, group, stopped, words],
  );
  const shown = useMemo(
    () =>
      rows === null ? all : hideRest(all, selected === null ? rows : new Set([...rows, selected])),
    [all, rows, selected],
  );
  const [open, setOpen] = useState<ReadonlySet<Key>>(new Set());
  const closed = useMemo(
    () => folded(shown, { open, always, trouble: wrong }, words),
    [shown, open, always, wrong, words],
  );
  // A selection moves nothing that is drawn already; one in a closed block gets its row.
  const hides = selected !== null && !hasRowOf(closed.graph, selected) && hasRowOf(shown, selected);
  const extra = hides ? selected : null;
  const now = useMemo(
    () =>
      extra === null
        ? closed
        : folded(shown, { open, always: new Set([...always, extra]), trouble: wrong }, words),
    [shown, open, always, wrong, words, closed, extra],
  );
  const drawn = useMemo(() => scene(now.graph), [now.graph]);
  const trouble = useMemo(() => drawnTrouble(now.graph, wrong), [now, wrong]);
  return {
    /** With all of its rows. */
    whole: shown,
    /** Conditions hide every row. */
    hidden: rows !== null && shown.blocks.length === 0,
    graph: now.graph,
    scene: drawn,
    /** What of it has a problem. */
    trouble,
    /** How many rows are drawn, and how many there are. */
    counts: now,
    /** Opens or closes a block; false: this is no fold. */
    fold: (key: Key): boolean => {
      if (!isFold(key)) return false;
      setOpen((now) =>
        now.has(key) ? new Set([...now].filter((each) => each !== key)) : new Set([...now, key]),
      );
      return true;
    },
    /** The block of a thing is opened or closed, where it is not so already. */
    foldBlockOf: (thing: Key, wanted: "open" | "closed"): void => {
      const fold = foldOf(now.graph, thing);
      if (fold === null || open.has(fold) === (wanted === "open")) return;
      setOpen(
        wanted === "open"
          ? new Set([...open, fold])
          : new Set([...open].filter((each) => each !== fold)),
      );
    },
    /** Opens all blocks, or closes them again; null: they are too many, and the table is asked instead. */
    openAll: now.all > mostOpen ? null : () => setOpen(new Set(foldKeys(shown))),
    closeAll: open.size === 0 ? null : () => setOpen(new Set()),
    toTable: () => change({ view: "table" }),
    orientation,
    group,
    stopped,
    showStopped: () => change({ stopped: true }),
    turn: () => change({ orientation: orientation === "rails" ? "textbook" : "rails" }),
    regroup: (wanted: Grouping) => change({ group: wanted }),
  };
};
