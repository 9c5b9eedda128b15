import type { Graph } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import { type OutlineNode, outlineOf, type Stroke } from "./outline";

/** All but plain letters; and where `fa:fa-bell` would become a bell. */
const special = /[^\p{L}\p{M}\p{N} .,:@/_()+=·→-]|:(?=fa-)/giu;

/** Mermaid reads markup, Markdown and its own words in labels, also in quotes; as entities they are text. */
const quoted = (text: string): string =>
  `"${visible(text).replace(special, (letter) => `#${letter.codePointAt(0)};`)}"`;

const shapes: Readonly<Record<OutlineNode["kind"], readonly [string, string]>> = {
  outside: ["([", "])"],
  chip: ["[", "]"],
  bridge: ["[[", "]]"],
  box: ["(", ")"],
};

const node = ({ id, label, kind }: OutlineNode): string =>
  `${id}${shapes[kind][0]}${quoted(label)}${shapes[kind][1]}`;

/** Mermaid knows no dashes other than dots: what is not proven says so by a question mark. */
const lines: Readonly<Record<Stroke, string>> = {
  solid: "---",
  dashed: "-.-",
  dotted: '-. "?" .-',
};

/**
 * As YAML in front of the diagram has it: Mermaid mends what looks like a tag before it parses that, so no
 * sign of either is left.
 */
const frontMatter = (title: string | null): readonly string[] => {
  if (title === null) return [];
  const spelled = visible(title).replace(
    special,
    (letter) => `\\U${(letter.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`,
  );
  return ["---", `title: "${spelled}"`, "---"];
};

/** The picture as a flowchart, for Markdown that draws it. */
export const mermaid = (graph: Graph, title: string | null = null): string => {
  const { across, nodes, groups, edges } = outlineOf(graph);
  return [
    ...frontMatter(title),
    `flowchart ${across ? "LR" : "BT"}`,
    ...nodes.map((each) => `  ${node(each)}`),
    ...groups.flatMap((group) => [
      `  subgraph ${group.id}[${quoted(group.label)}]`,
      ...group.nodes.map((each) => `    ${node(each)}`),
      "  end",
    ]),
    ...edges.map(({ from, to, stroke }) => `  ${from} ${lines[stroke]} ${to}`),
    "",
  ].join("\n");
};
