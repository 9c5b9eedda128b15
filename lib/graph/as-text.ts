import type { Block, Box, Chip, Edge, Graph, ProjectSpan, Row, Uplink } from "./model";

const signs = { up: "●", down: "▽", unknown: "○" } as const;
const wires = { exact: "═══", consistent: "╌╌╌", unproven: "┈┈┈" } as const;

const chipText = ({ state, label }: Chip): string => `${signs[state]} ${label}`;

const boxText = ({ badges, ghost, unread, ports, kind }: Box): string =>
  [
    badges
      .map(({ name, state }) => (state === "running" || state === "none" ? name : `(${name})`))
      .join(" + "),
    ...(kind === "host" ? ["(host)"] : []),
    ...(ghost ? ["↗"] : []),
    ...(unread ? ["(unread)"] : []),
    ...ports.map(({ text, reach }) => (reach === "open" ? text : `(${text})`)),
  ].join(" ");

const wireText = (edge: Edge | null): string =>
  edge === null ? "   " : edge.means === "wired" ? wires[edge.proof] : "───";

const openSigns = { unseen: "!", ambiguous: "?", contradictory: "✕" } as const;

const rowText = ({ owner, port, host, wire, inner, box, note, open }: Row): string =>
  [
    port === null ? "  " : port.means === "stacked" ? "-·-·" : "──",
    ...(owner === null ? [] : [`${owner.name}/`]),
    ...(host === null ? [] : [chipText(host)]),
    wireText(wire),
    ...(inner === null ? [] : [chipText(inner)]),
    ...(box === null ? [] : [`[${boxText(box)}]`]),
    ...(note === null ? [] : [`${open === null ? "!" : openSigns[open]} ${note}`]),
  ].join(" ");

const headText = (block: Block): string => {
  if (block.kind !== "bridge") return block.title;
  const { bridge } = block;
  const lines = bridge.lines.map(({ text }) => ` · ${text}`).join("");
  return `${signs[bridge.state]} ${bridge.label}${lines}${bridge.internal ? " ⊘" : ""}`;
};

const projectText = ({ name, count }: ProjectSpan): string => ` ┌ ${name} · ${count}`;

const blockText = (graph: Graph, block: Block): readonly string[] => {
  if (block.kind === "list") return [`${headText(block)}: ${block.boxes.map(boxText).join(", ")}`];
  const ways = block.ways.map(({ uplink, edge }) => {
    const from = graph.uplinks.find(({ chip }) => chip.key === uplink);
    return `${from?.chip.label ?? "?"} ${edge.means} `;
  });
  return [
    `${ways.join("")}${headText(block)}`,
    ...block.rows.flatMap((row, nth) => [
      ...block.projects.filter(({ first }) => first === nth).map(projectText),
      `  ${rowText(row)}`,
    ]),
  ];
};

const uplinkText = ({ chip, addresses, out, over }: Uplink): string =>
  [
    out === null
      ? "        "
      : out.means === "tunnelled" || (out.means === "reaches" && out.proof === "unproven")
        ? "outside┈"
        : "outside─",
    chipText(chip),
    ...addresses,
    ...(over === null ? [] : [`upon ${over.uplink}`]),
  ].join(" ");

const natText = ({ nat }: Graph): readonly string[] =>
  nat === null
    ? []
    : [
        ...nat.backends.map(({ name, counts }) => `NAT ${name}: ${counts}`),
        ...nat.ports.map(({ text, reach }) => (reach === "open" ? `NAT ${text}` : `NAT (${text})`)),
      ];

/** A graph as lines that a person can compare: one for each row, in the order of the picture. */
export const asText = (graph: Graph): string =>
  [
    graph.summary,
    ...graph.uplinks.map(uplinkText),
    ...natText(graph),
    ...graph.blocks.flatMap((block) => ["", ...blockText(graph, block)]),
    "",
    ...[...graph.legend, ...graph.signs].map(({ text }) => `legend: ${text}`),
    "",
  ].join("\n");
