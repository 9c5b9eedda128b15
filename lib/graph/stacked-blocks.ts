import type { Key } from "@/lib/net/ids";
import type { Link, Network } from "@/lib/topology/model";
import { stacked } from "./edges";
import type { Lookup } from "./lookup";
import type { Block, Row, Uplink, Way } from "./model";
import { isolated, naturally, shortened, visible } from "./names";
import type { SeatedRow } from "./rows";
import { noHue, type Places, projectsOf, rowsAt } from "./seats";

type RowsBlock = Extract<Block, { kind: "rows" }>;

const stackedWays = (
  lower: Link | undefined,
  uplinks: readonly Uplink[],
  rows: readonly Row[],
  key: Key,
): readonly Way[] => {
  const [first] = rows;
  const parent = uplinks.find(({ chip }) => chip.link === lower?.id);
  if (parent === undefined || first?.port?.means !== "stacked") return [];
  return [{ uplink: parent.chip.key, edge: stacked(key, first.port.proof) }];
};

const stackedTitle = (
  places: Places,
  network: Network | undefined,
  lower: Link | undefined,
  rows: readonly Row[],
): string => {
  const { known, words } = places;
  const inner = rows.flatMap(({ inner: each }) =>
    each === null ? [] : (known.link.get(each.link) ?? []),
  )[0];
  const kind = network?.driver ?? inner?.kind ?? "macvlan";
  const on = lower?.name ?? network?.parent;
  // Without an engine the kind is all that there is to call it.
  const title =
    network === undefined ? kind : `${isolated(shortened(visible(network.name), 26))} · ${kind}`;
  return on === undefined || on === null
    ? words("graph.block.stackedUnseen", { title })
    : words("graph.block.stacked", { title, on: visible(on) });
};

const lowerOfRows = (known: Lookup, seats: readonly SeatedRow[]): Link | undefined =>
  seats.flatMap(({ seat }) =>
    seat.at === "stacked" && seat.lower !== null ? (known.link.get(seat.lower) ?? []) : [],
  )[0];

/** What sits on a device of the host: one block for each network, or for each lower device. */
export const stackedBlocks = (places: Places): readonly RowsBlock[] => {
  const { known, rows, uplinks, hues } = places;
  return [...rows.values()]
    .flatMap((seats) => {
      const [first] = seats;
      if (first?.seat.at !== "stacked") return [];
      const ofBlock = rowsAt(places, first.seat);
      const lower = lowerOfRows(known, seats);
      const network =
        first.seat.network === null ? undefined : known.network.get(first.seat.network);
      const key = network?.key ?? lower?.key ?? null;
      return [
        {
          kind: "rows",
          what: "stacked",
          key: network?.key ?? null,
          title: stackedTitle(places, network, lower, ofBlock),
          hue: network === undefined ? null : (hues.get(network.key) ?? noHue),
          ways: key === null ? [] : stackedWays(lower, uplinks, ofBlock, key),
          rows: ofBlock,
          projects: projectsOf(places, ofBlock),
        } satisfies RowsBlock,
      ];
    })
    .sort((a, b) => naturally(a.title, b.title));
};
