import type { Evidence } from "@/lib/facts/model";
import { type ContainerId, containerId, type NetnsLabel } from "@/lib/net/ids";
import type { CgroupPlace } from "@/lib/probes/cgroup-owner";
import type { EngineContainer } from "@/lib/probes/engine-containers";
import type { Readings } from "@/lib/probes/read";
import type { FoundNamespaces } from "./find-namespaces";
import type { ContainerMode } from "./model";

/** A container and where its processes live; names, networks and links are attached later. */
export type FoundContainer = {
  readonly id: ContainerId;
  readonly engineId: string;
  /** null: the engine does not know it, or was not asked; its cgroup alone says that it is there. */
  readonly engine: (EngineContainer & { readonly evidence: Evidence }) | null;
  /** What its cgroup says of it; null: no process of it was seen. */
  readonly cgroup: Pick<CgroupPlace, "runtime" | "name" | "pod"> | null;
  readonly pid: number | null;
  readonly netns: NetnsLabel | null;
  readonly placed: readonly Evidence[];
  readonly mode: ContainerMode;
};

type Place = Pick<FoundContainer, "cgroup" | "pid" | "netns" | "placed">;
const nowhere: Place = { cgroup: null, pid: null, netns: null, placed: [] };

/** What a paste says of who lives where: by the container's name, or the first digits of its id. */
function pastedPlaces(
  { pasted }: Readings,
  listed: readonly EngineContainer[],
): readonly (readonly [id: string, Place])[] {
  return (pasted ?? []).flatMap(({ answer, rows }) =>
    rows.flatMap(({ netns, owner, at }) => {
      if (owner.kind !== "container") return [];
      const { name } = owner;
      const known = listed.find(({ id, name: own }) => own === name || isIdOf(name, id));
      const isNew = known === undefined && !isId(name);
      const cgroup = { runtime: "unknown", name: isNew ? name : null, pod: null } as const;
      return [[known?.id ?? name, { cgroup, pid: null, netns, placed: [lineOf(answer, at)] }]];
    }),
  );
}

const isId = (text: string): boolean => /^[0-9a-f]{12,64}$/.test(text);
const isIdOf = (text: string, id: string): boolean => isId(text) && id.startsWith(text);
const lineOf = (answer: Evidence["answer"], line: number): Evidence => ({ answer, at: { line } });

/** Container id → its lowest pid and that process's namespace, by cgroup and ns/net (netfacts §2.2). */
function placesOf(readings: Readings, namespaces: FoundNamespaces): ReadonlyMap<string, Place> {
  const rows = readings.cgroups
    .flatMap((read) =>
      read.rows.flatMap((row) => (row.kind === "container" ? { ...row, answer: read.answer } : [])),
    )
    .sort((a, b) => a.pid - b.pid);
  const places = new Map<string, Place>();
  for (const { containerId: id, pid, runtime, name, pod, answer, at } of rows) {
    if (places.get(id)?.netns) continue;
    const lives = namespaces.ofPid(pid);
    const cgroup: Evidence = { answer, at: { line: at } };
    places.set(id, {
      cgroup: { runtime, name, pod },
      pid,
      netns: lives?.label ?? null,
      placed: lives === undefined ? [cgroup] : [cgroup, lives.evidence],
    });
  }
  return places;
}

function modeOf(
  networkMode: string | null,
  idOf: (ref: string) => ContainerId | null,
): ContainerMode {
  if (networkMode === null) return { kind: "unknown" };
  if (networkMode === "host") return { kind: "host" };
  if (networkMode === "none") return { kind: "none" };
  const [, shared] = /^container:(.+)$/.exec(networkMode) ?? [];
  return shared === undefined ? { kind: "own" } : { kind: "container", of: idOf(shared) };
}

/** `docker ps` prints this much of an id. */
export const shortId = (id: string): string => id.slice(0, 12);

/** What is known of one container by its full id: from the engine, or from a cgroup alone. */
type Known = Pick<FoundContainer, "engineId" | "engine" | "cgroup">;

/** The engine's name, else that of LXC and nspawn, else the first digits of its id. */
export const containerName = ({ engineId, engine, cgroup }: Known): string =>
  engine?.name ?? cgroup?.name ?? shortId(engineId);

/**
 * Containers that the engine lists, and those that only a cgroup tells of (another engine's, or none
 * answered). By name: engines list the newest first, and tables keep one order from refresh to refresh.
 */
export function findContainers(
  readings: Readings,
  namespaces: FoundNamespaces,
): readonly FoundContainer[] {
  const engine = readings.engineContainers.flatMap(({ rows }) => rows);
  const places = new Map([...placesOf(readings, namespaces), ...pastedPlaces(readings, engine)]);
  const listed = readings.engineContainers.flatMap((read) =>
    read.rows.map((row) => ({
      ...(places.get(row.id) ?? nowhere),
      engineId: row.id,
      engine: {
        ...row,
        evidence: {
          answer: read.answer,
          at: row.line === undefined ? { path: [row.at] } : { line: row.line },
        },
      },
    })),
  );
  const ids = new Set(listed.map(({ engineId }) => engineId));
  const unlisted = [...places]
    .filter(([id]) => !ids.has(id))
    .map(([engineId, place]) => ({ ...place, engineId, engine: null }));
  const all = [...listed, ...unlisted].toSorted((a, b) => {
    const [one, other] = [containerName(a), containerName(b)];
    return one < other || (one === other && a.engineId < b.engineId) ? -1 : 1;
  });
  const byReference = new Map(
    all.flatMap(({ engineId, engine }, place) =>
      [engineId, engine?.name].map((each) => [each, place] as const),
    ),
  );
  const idOf = (reference: string): ContainerId | null => {
    const place = byReference.get(reference);
    return place === undefined ? null : containerId(readings.host, place);
  };
  return all.map((each, place) => ({
    ...each,
    id: containerId(readings.host, place),
    mode: each.engine === null ? { kind: "unknown" } : modeOf(each.engine.networkMode, idOf),
  }));
}
