import type { Graph } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import { type OutlineNode, outlineOf } from "./outline";

/** In a label graphviz reads `\N` and HTML entities, also in quotes. */
const quoted = (text: string): string =>
  `"${visible(text).replaceAll("&", "&amp;").replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

const shapes: Readonly<Record<OutlineNode["kind"], string>> = {
  outside: "ellipse",
  chip: "box",
  bridge: "box3d",
  box: "component",
};

const node = ({ id, label, kind }: OutlineNode): string =>
  `${id} [label=${quoted(label)}, shape=${shapes[kind]}];`;

/** The picture as an undirected graph for graphviz: `dot -Tsvg`. `title`: null: what it shows, in short. */
export const dot = (graph: Graph, title: string | null = null): string => {
  const { summary, across, nodes, groups, edges } = outlineOf(graph);
  return [
    "graph vethscope {",
    `  graph [label=${quoted(title ?? summary)}, labelloc=t, rankdir=${across ? "LR" : "BT"}, fontname="sans-serif"];`,
    '  node [fontname="sans-serif", fontsize=11];',
    ...nodes.map((each) => `  ${node(each)}`),
    ...groups.flatMap((group) => [
      `  subgraph cluster_${group.id} {`,
      `    label=${quoted(group.label)};`,
      ...group.nodes.map((each) => `    ${node(each)}`),
      "  }",
    ]),
    ...edges.map(({ from, to, stroke }) => `  ${from} -- ${to} [style=${stroke}];`),
    "}",
    "",
  ].join("\n");
};
