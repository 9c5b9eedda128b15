import { useCallback, useEffect, useMemo } from "react";
import { usePainted } from "@/components/ui/use-painted";
import { useWords } from "@/components/ui/words";
import { diagnose } from "@/lib/diagnosis/diagnose";
import { troubleOf } from "@/lib/diagnosis/trouble";
import { runs } from "@/lib/graph/boxes";
import { graph } from "@/lib/graph/graph";
import type { Graph } from "@/lib/graph/model";
import type { Key } from "@/lib/net/ids";
import type { Workbench } from "./context";
import { hueFinder } from "./hue-finder";
import type { Reading } from "./reading";
import { type TopologyIndex, topologyIndex } from "./topology-index";
import type { ViewName } from "./url-state";
import type { useUrlState } from "./use-url-state";

/** What does not run is left out of the picture until it is asked for, which choosing it is. */
const isStopped = (index: TopologyIndex, selected: Key | null): boolean => {
  const thing = selected === null ? null : index.thing(selected);
  return thing?.kind === "container" && !runs(thing.container);
};

type Of = {
  readonly host: string;
  readonly inFile: boolean;
  readonly reading: Reading;
  readonly url: ReturnType<typeof useUrlState>;
};

/** What the panels of a host's page need of its reading, and the usual picture of it: rails, by network. */
export const useTools = ({
  host,
  inFile,
  reading,
  url,
}: Of): { readonly tools: Workbench; readonly drawn: Graph } => {
  const words = useWords();
  const { state, change } = url;
  const { topology, snapshot } = reading;
  const index = useMemo(() => topologyIndex(topology), [topology]);
  // What changed is drawn first: what is wrong with it is a moment's work more.
  const settled = usePainted(reading);
  const findings = useMemo(() => diagnose(settled.topology, settled.ruled ?? null), [settled]);
  const trouble = useMemo(() => troubleOf(findings), [findings]);
  // A click should wait for nothing.
  useEffect(() => {
    const idle = setTimeout(() => index.prepare(), 300);
    return () => clearTimeout(idle);
  }, [index]);
  const drawn = useMemo(
    () => graph(topology, { orientation: "rails", stopped: state.stopped }, words),
    [topology, state.stopped, words],
  );
  const select = useCallback(
    (selected: Key | null) =>
      change({ selected, ...(isStopped(index, selected) && { stopped: true }) }),
    [change, index],
  );
  const show = useCallback((view: ViewName, selected: Key) => change({ view, selected }), [change]);
  const inside = state.inside === null ? null : index.thing(state.inside);
  const rulesIn = inside?.kind === "namespace" ? inside.namespace.id : topology.host.netns;
  const hueOf = useMemo(() => hueFinder(drawn), [drawn]);
  const ruled = reading.ruled ?? null;
  const tools = useMemo(
    () => ({
      host,
      inFile,
      snapshot,
      index,
      findings,
      trouble,
      ruled,
      hueOf,
      rulesIn,
      show,
      select,
    }),
    [host, inFile, snapshot, index, findings, trouble, ruled, hueOf, rulesIn, show, select],
  );
  return { tools, drawn };
};
