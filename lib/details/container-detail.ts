import { z } from "zod";
import type { HostFacts } from "@/lib/facts/model";
import type { Key } from "@/lib/net/ids";
import type { Container, Topology } from "@/lib/topology/model";
import type { ContainerDetail, EndpointDetail, Mount } from "./model";

/** The engine writes "" for what there is not. */
const filled = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === null || text === "" ? null : text));
const names = z
  .array(z.string())
  .nullish()
  .transform((all) => all ?? []);

const mount = z.object({
  Type: z.string().default(""),
  Name: filled,
  Source: filled,
  Destination: z.string().default(""),
  RW: z.boolean().nullish(),
  Propagation: filled,
});

const endpoint = z.object({
  GlobalIPv6Address: filled,
  IPv6Gateway: filled,
  Aliases: names,
  DNSNames: names,
});

const element = z.object({
  ImageID: filled,
  Status: filled,
  Mounts: z.array(mount).nullish().catch(null),
  NetworkSettings: z
    .object({ Networks: z.record(z.string(), endpoint.nullable().catch(null)).nullish() })
    .nullish()
    .catch(null),
});

type Row = z.infer<typeof element>;

/** A volume is known by its name, what is bound by its path; tmpfs is each container's own. */
const sourceOf = ({ Type, Name, Source }: z.infer<typeof mount>): string | null => {
  if (Type === "tmpfs") return null;
  const told = Type === "volume" ? (Name ?? Source) : Source;
  return told === null ? null : `${Type} ${told}`;
};

type Place = { readonly answer: string; readonly at: number };

/** Where the engine's list tells of a container. */
const placeOf = ({ evidence }: Container): Place | null => {
  if (evidence === null || !("path" in evidence.at)) return null;
  const [at] = evidence.at.path;
  return typeof at === "number" ? { answer: evidence.answer, at } : null;
};

function rowsOf(facts: HostFacts, answer: string): readonly (Row | null)[] {
  const stdout = facts.answers.find(({ id }) => id === answer)?.stdout;
  try {
    const rows: unknown = JSON.parse(stdout ?? "null");
    return Array.isArray(rows) ? rows.map((row) => element.safeParse(row).data ?? null) : [];
  } catch {
    return [];
  }
}

/** The engine keeps them without an order, and says them in another each time. */
const byDestination = (a: z.infer<typeof mount>, b: z.infer<typeof mount>): number =>
  a.Destination < b.Destination ? -1 : 1;

/** Who mounts a source, by key. */
function sharersOf(
  topology: Topology,
  rows: readonly (Row | null)[],
  answer: string,
): ReadonlyMap<string, ReadonlySet<Key>> {
  const sharers = new Map<string, Set<Key>>();
  for (const container of topology.containers) {
    const place = placeOf(container);
    if (place === null || place.answer !== answer) continue;
    for (const source of (rows[place.at]?.Mounts ?? []).flatMap((each) => sourceOf(each) ?? [])) {
      const keys = sharers.get(source) ?? new Set<Key>();
      sharers.set(source, keys.add(container.key));
    }
  }
  return sharers;
}

const endpointsOf = (row: Row): readonly EndpointDetail[] =>
  Object.entries(row.NetworkSettings?.Networks ?? {}).map(([network, told]) => ({
    network,
    address6: told?.GlobalIPv6Address ?? null,
    gateway6: told?.IPv6Gateway ?? null,
    aliases: told?.Aliases ?? [],
    dnsNames: told?.DNSNames ?? [],
  }));

/** What the engine's list tells of a container besides what its picture needs; null: no engine lists it. */
export function containerDetail(
  facts: HostFacts,
  topology: Topology,
  container: Container,
): ContainerDetail | null {
  const place = placeOf(container);
  if (place === null) return null;
  const rows = rowsOf(facts, place.answer);
  const row = rows[place.at];
  if (!row) return null;
  const sharers = sharersOf(topology, rows, place.answer);
  return {
    mounts: (row.Mounts ?? []).toSorted(byDestination).map(
      (each): Mount => ({
        type: each.Type,
        name: each.Name,
        source: each.Source,
        destination: each.Destination,
        writable: each.RW ?? null,
        propagation: each.Propagation,
        sharedWith: [...(sharers.get(sourceOf(each) ?? "") ?? [])].filter(
          (key) => key !== container.key,
        ),
      }),
    ),
    endpoints: endpointsOf(row),
    imageId: row.ImageID,
    status: row.Status,
  };
}
