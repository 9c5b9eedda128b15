import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import { drawnTopology } from "@/lib/share/net-names";
import { type PairRow, pairRows } from "@/lib/share/pair-rows";
import type { Snapshot } from "@/lib/share/snapshot";
import { pairTable } from "@/lib/share/text-tables";
import type { Link } from "@/lib/topology/model";

/** An end of a cable; `label` as `ip link` prints it. */
const endOf = (link: Link | null) =>
  link === null ? null : { name: link.name, ifindex: link.ifindex, label: link.label };

const pairOf = ({
  containers,
  namespace,
  inner,
  outer,
  bridge,
  network,
  address,
  proof,
}: PairRow) => ({
  container: containers[0]?.name ?? null,
  containers: containers.map(({ name, image, state }) => ({ name, image, state })),
  namespace,
  eth: endOf(inner),
  veth: endOf(outer),
  bridge: bridge?.name ?? null,
  network: network?.name ?? null,
  address,
  proof,
});

/** What scripts read: fields are added to it, never renamed. */
export const pairsJson = (snapshot: Snapshot) => {
  const topology = drawnTopology(snapshot);
  return {
    format: "vethscope-pairs/1",
    host: topology.host.name,
    at: topology.host.at,
    pairs: pairRows(topology).map(pairOf),
    gaps: topology.gaps.length,
  };
};

const isWide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const isMark = /\p{M}/u;

/** Columns that a terminal takes for it. */
export const columnsOf = (text: string): number =>
  [...text].reduce(
    (sum, letter) => sum + (isMark.test(letter) ? 0 : isWide.test(letter) ? 2 : 1),
    0,
  );

const padded = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - columnsOf(text)));

/** Container, both ends, bridge, network, address, proof: without image and state a line fits. */
const shownColumns = 7;

/** The pairs as a table for a terminal. */
export function pairsText(snapshot: Snapshot, words: Words): string {
  const { head, rows } = pairTable(drawnTopology(snapshot), words);
  const lines = [head, ...rows].map((cells) => cells.slice(0, shownColumns).map(visible));
  const widths = head.map((_, at) => Math.max(...lines.map((cells) => columnsOf(cells[at] ?? ""))));
  return lines
    .map(
      (cells) =>
        `${cells
          .map((cell, at) => padded(cell, widths[at] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}
