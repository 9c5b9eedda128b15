import type { Graph, Orientation } from "@/lib/graph/model";
import type { Placed, Scene } from "./model";
import { rails } from "./rails";
import { textbook } from "./textbook";

const arrangements: Readonly<Record<Orientation, (graph: Graph) => Placed>> = { rails, textbook };

/** Where everything stands: once through the graph, nothing is searched or settled. */
export const scene = (graph: Graph): Scene => ({
  ...arrangements[graph.orientation](graph),
  orientation: graph.orientation,
  legend: [...graph.legend, ...graph.signs],
  host: graph.host.name,
  at: graph.host.at,
  summary: graph.summary,
});
