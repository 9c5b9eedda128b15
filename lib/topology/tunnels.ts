import type { Evidence } from "@/lib/facts/model";
import type { FdbEntry } from "@/lib/probes/bridge-fdb";
import type { Read } from "@/lib/probes/read";
import type { Remote } from "./model";
import type { SeenLink } from "./seen";

/** Where frames go whose destination is not known: to every remote that has this entry. */
const anyone = "00:00:00:00:00:00";

type Told = { readonly address: string; readonly mac: string | null; readonly by: Evidence };

/** What the fdb says of this tunnel, entry by entry. */
const toldByFdb = (link: SeenLink, fdb: readonly Read<FdbEntry>[]): readonly Told[] =>
  fdb.flatMap(({ answer, rows }) =>
    rows.flatMap(({ port, remote, mac, at }) =>
      port !== link.name || remote === undefined
        ? []
        : {
            address: remote,
            mac: mac === anyone ? null : mac,
            by: { answer, at: { path: [at] } },
          },
    ),
  );

/**
 * The hosts that a vxlan sends to. Swarm and flannel write them into the fdb, one entry for each MAC
 * behind it; a tunnel made by hand has one remote of its own. null: the fdb was not read.
 */
export function remotesOf(
  link: SeenLink,
  fdb: readonly Read<FdbEntry>[] | undefined,
): readonly Remote[] | null {
  const configured = link.vxlan?.remote ?? null;
  if (fdb === undefined && configured === null) return null;
  const told = [
    ...(configured === null ? [] : [{ address: configured, mac: null, by: link.evidence }]),
    ...toldByFdb(link, fdb ?? []),
  ];
  return [...Map.groupBy(told, ({ address }) => address)]
    .map(([address, each]) => ({
      address,
      macs: [...new Set(each.flatMap(({ mac }) => mac ?? []))].sort(),
      evidence: each.map(({ by }) => by),
    }))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}
