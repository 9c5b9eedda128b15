import { randomUUID } from "node:crypto";
import type { Evidence, HostFacts } from "@/lib/facts/model";
import { type Quote, quote } from "@/lib/facts/words";
import { understand } from "@/lib/pipeline";
import type { Topology } from "@/lib/topology/model";
import { contradicts } from "@/lib/topology/open-ends";
import type { Progress } from "@/server/gather/gather";
import type { HostSource, Reading } from "./source";
import { gatherFailed, stopping, type Trouble, unknownHost } from "./trouble";

/** One reading of one host. The facts stay on the server: a topology's evidence refers to them. */
export type Snapshot = {
  /** Unique across hosts and restarts. */
  readonly id: string;
  readonly facts: HostFacts;
  readonly topology: Topology;
};

export type Look =
  | { readonly status: "ready"; readonly snapshot: Snapshot }
  | { readonly status: "unknown-host"; readonly trouble: Trouble }
  /** A bug of ours: whatever a host does or denies is in its snapshot's gaps. */
  | { readonly status: "failed"; readonly trouble: Trouble };

export type HostEvent =
  | { readonly type: "gathering" }
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "snapshot"; readonly snapshot: string }
  | { readonly type: "failed"; readonly trouble: Trouble };

type Listener = (event: HostEvent) => void;

export type Hosts = {
  readonly list: () => readonly Pick<HostSource, "id" | "source">[];
  /** The latest reading; the first to ask makes it be read. */
  readonly snapshot: (host: string) => Promise<Look>;
  /** Reads the host anew. Those who ask while it is read get the same reading. */
  readonly refresh: (host: string) => Promise<Look>;
  /** In the order of the evidence; null: no longer kept (the last two readings are). */
  readonly quote: (
    host: string,
    snapshot: string,
    evidence: readonly Evidence[],
  ) => readonly (Quote | null)[] | null;
  /** Answers how to unsubscribe; null: no such host. */
  readonly subscribe: (host: string, listener: Listener) => (() => void) | null;
  /** Ends what is being read, and waits for its end. */
  readonly close: () => Promise<void>;
};

type Held = {
  readonly source: HostSource;
  readonly listeners: Set<Listener>;
  /** The latest first. */
  kept: readonly Snapshot[];
  running: Promise<Look> | null;
};

/** A page may be a moment older than the latest reading; its evidence must still lead somewhere. */
const keep = 2;

/** `onBug`: told of what our own code threw while a host was read. */
export const openHosts = (
  sources: readonly HostSource[],
  onBug: (error: unknown) => void,
): Hosts => {
  const closing = new AbortController();
  const held: ReadonlyMap<string, Held> = new Map(
    sources.map((source) => [source.id, { source, listeners: new Set(), kept: [], running: null }]),
  );

  const read = async (of: Held): Promise<Look> => {
    const { id } = of.source;
    if (closing.signal.aborted) return { status: "failed", trouble: stopping };
    const tell = teller(of, onBug);
    tell({ type: "gathering" });
    try {
      const onProgress = (progress: Progress): void => tell({ type: "progress", progress });
      const reading = { signal: closing.signal, onProgress };
      const first = await readOnce(of.source, reading);
      // A host that changed while it was read denies itself: read again; what then still does is shown.
      const settled = contradicts(first.topology) ? await readOnce(of.source, reading) : first;
      const snapshot = { id: randomUUID(), ...settled };
      of.kept = [snapshot, ...of.kept].slice(0, keep);
      tell({ type: "snapshot", snapshot: snapshot.id });
      return { status: "ready", snapshot };
    } catch (error) {
      const trouble = closing.signal.aborted ? stopping : gatherFailed(id, error);
      if (trouble !== stopping) onBug(error);
      tell({ type: "failed", trouble });
      return { status: "failed", trouble };
    }
  };

  const refreshed = (of: Held): Promise<Look> => {
    of.running ??= read(of).finally(() => {
      of.running = null;
    });
    return of.running;
  };

  const unknown = (host: string): Look => ({ status: "unknown-host", trouble: unknownHost(host) });

  return {
    list: () => sources.map(({ id, source }) => ({ id, source })),
    snapshot: async (host) => {
      const of = held.get(host);
      if (of === undefined) return unknown(host);
      const [latest] = of.kept;
      return latest === undefined ? refreshed(of) : { status: "ready", snapshot: latest };
    },
    refresh: async (host) => {
      const of = held.get(host);
      return of === undefined ? unknown(host) : refreshed(of);
    },
    quote: (host, snapshot, evidence) => {
      const found = held.get(host)?.kept.find(({ id }) => id === snapshot);
      return found === undefined ? null : evidence.map((each) => quote(found.facts, each));
    },
    subscribe: (host, listener) => {
      const of = held.get(host);
      if (of === undefined) return null;
      of.listeners.add(listener);
      if (of.running !== null) listener({ type: "gathering" });
      return () => of.listeners.delete(listener);
    },
    close: async () => {
      closing.abort();
      await Promise.all([...held.values()].map((of) => of.running));
    },
  };
};

async function readOnce(source: HostSource, reading: Reading): Promise<Omit<Snapshot, "id">> {
  const facts = await source.gather(reading);
  return { facts, topology: understand(facts) };
}

/** One listener that throws takes nothing from the others, nor from the reading. */
const teller =
  (of: Held, onBug: (error: unknown) => void): Listener =>
  (event) => {
    for (const listener of of.listeners) {
      try {
        listener(event);
      } catch (error) {
        onBug(error);
      }
    }
  };
