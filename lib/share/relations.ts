import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";
import type { Refusal } from "./refusal";
import { rulingShape } from "./ruling-shape";
import type { Visitor } from "./shape";
import type { TextKind } from "./text-kinds";
import { topologyShape } from "./topology-shape";

const idKinds: ReadonlySet<TextKind> = new Set([
  "netns-id",
  "link-id",
  "container-id",
  "network-id",
]);

/** Whether ids are ids: no two rows with one, and every reference leads to a row. null: all do. */
export function brokenRelation(topology: Topology, ruling: Ruling | null = null): Refusal | null {
  const own = new Set<string>();
  const named = new Set<string>();
  let twice: string | null = null;
  const visitor: Visitor = {
    own: (kind, id) => {
      const name = `${kind} ${id}`;
      if (own.has(name)) twice ??= id;
      own.add(name);
      return id;
    },
    text: (kind, text) => {
      if (idKinds.has(kind)) named.add(`${kind} ${text}`);
      return text;
    },
    inode: (inode) => inode,
  };
  topologyShape.map(topology, visitor, topology);
  if (ruling !== null) rulingShape.map(ruling, visitor, ruling);
  if (twice !== null) return { why: "twice", id: twice };
  const stray = [...named].find((name) => !own.has(name));
  return stray === undefined ? null : { why: "nowhere", id: stray.slice(stray.indexOf(" ") + 1) };
}
