import { randomUUID } from "node:crypto";
import { detailsOf } from "@/lib/details/details";
import type { Details, Opened, OpenedQuestion } from "@/lib/details/model";
import type { RuleDiagnosis } from "@/lib/diagnosis/model";
import type { Evidence, HostFacts } from "@/lib/facts/model";
import { type Quote, quote } from "@/lib/facts/words";
import type { Barrier } from "@/lib/hosts/barrier";
import type { Key, NetnsId } from "@/lib/net/ids";
import { examine, listeningOn, portsOf, rulingOf, wayInto, wayOutOf } from "@/lib/pipeline";
import type { Ports, Way } from "@/lib/ports/model";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import type { Listening } from "@/lib/topology/listening";
import type { Topology } from "@/lib/topology/model";
import { contradicts } from "@/lib/topology/open-ends";
import type { Ruling } from "@/lib/topology/ruling";
import type { Progress } from "@/server/gather/gather";
import { askingMore } from "./ask-more";
import { openingOf } from "./opened";
import { rulesIn } from "./rules-of";
import type { Barred, HostSource, Reading } from "./source";
import { gatherFailed, stopping, type Trouble } from "./trouble";

/** One reading of one host. The facts stay on the server: a topology's evidence refers to them. */
export type Snapshot = {
  /** Unique across hosts and restarts. */
  readonly id: string;
  readonly facts: HostFacts;
  readonly topology: Topology;
  /** What its rules, settings and sockets show of its faults. */
  readonly ruled: RuleDiagnosis;
};

export type Look =
  | { readonly status: "ready"; readonly snapshot: Snapshot }
  /** The host was not reached; `snapshot`: the last reading, from before. */
  | { readonly status: "barred"; readonly barrier: Barrier; readonly snapshot: Snapshot | null }
  | { readonly status: "unknown-host"; readonly trouble: Trouble }
  /** A bug of ours: whatever a host does or denies is in its snapshot's gaps. */
  | { readonly status: "failed"; readonly trouble: Trouble };

export type HostEvent =
  | { readonly type: "gathering" }
  | { readonly type: "progress"; readonly progress: Progress }
  | { readonly type: "snapshot"; readonly snapshot: string }
  | { readonly type: "barred"; readonly barrier: Barrier }
  | { readonly type: "failed"; readonly trouble: Trouble };

/** gone: that reading is no longer kept. nothing: it has no such thing, or that cannot be asked about it. */
export type Told<Value> =
  | { readonly status: "told"; readonly value: Value }
  | { readonly status: "gone" }
  | { readonly status: "nothing" };

type Listener = (event: HostEvent) => void;

/** One host with its readings, the one that is under way, and what bars the way to it. */
export type HeldHost = {
  readonly source: HostSource;
  readonly reading: () => boolean;
  readonly barrier: () => Barrier | null;
  readonly latest: () => Snapshot | null;
  /** null: no longer kept (the last two readings are). */
  readonly kept: (snapshot: string) => Snapshot | null;
  /** The latest reading; the first to ask makes it be read. */
  readonly snapshot: () => Promise<Look>;
  /** Reads anew. Those who ask while it is read get the same reading; one that waits for a person answers so. */
  readonly refresh: () => Promise<Look>;
  /** The person did what was wanted: what the reading comes to, or the next thing that is in its way. */
  readonly goOn: () => Promise<Look>;
  readonly quote: (
    snapshot: string,
    evidence: readonly Evidence[],
  ) => readonly (Quote | null)[] | null;
  /** From what is held of that reading; nothing is asked. */
  readonly details: (snapshot: string, of: Key) => Told<Details>;
  /** Asks the host about something of that reading. Throws only when Vethscope stops. */
  readonly open: (snapshot: string, question: OpenedQuestion, of: Key) => Promise<Told<Opened>>;
  /** Rules of one namespace of that reading; asked now where they are a container's. Throws only when Vethscope stops. */
  readonly rules: (snapshot: string, netns: NetnsId) => Promise<Told<NetnsRules>>;
  /** Who listened when that reading was made. */
  readonly listening: (snapshot: string) => Told<Listening>;
  /** Rules, settings and sockets of that reading, as files of it hold them; rules of containers that were asked. */
  readonly ruling: (snapshot: string) => Told<Ruling>;
  /** Every port of that reading, joined with who listens and from where it is reached. */
  readonly ports: (snapshot: string) => Told<Ports>;
  /** In to a port, or out of a namespace; nothing where nobody is there to begin it. */
  readonly way: (snapshot: string, end: WayEnd) => Told<Way>;
  readonly subscribe: (listener: Listener) => () => void;
  /** Ends what is being read, closes the connection, and waits for the end. */
  readonly close: () => Promise<void>;
};

/** Of which port the way in is asked, or of which namespace the way out. */
export type WayEnd = { readonly into: Key } | { readonly out: NetnsId };

/** A page may be a moment older than the latest reading; its evidence must still lead somewhere. */
const keep = 2;

/** `onBug`: told of what our own code threw while the host was read. */
export const holdHost = (source: HostSource, onBug: (error: unknown) => void): HeldHost => {
  const closing = new AbortController();
  const listeners = new Set<Listener>();
  /** The latest first. */
  let kept: readonly Snapshot[] = [];
  let barrier: Barrier | null = null;
  let run: Promise<Look> | null = null;
  /** Where the run waits for a person: another place when that person has answered. */
  let waits = Promise.withResolvers<Look>();

  const askMore = askingMore(source, closing.signal);

  /** Asked by every panel that shows a port, and the most work of all that is derived. */
  const portsKnown = new WeakMap<HostFacts, Ports>();
  const tellPorts = ({ facts, topology }: Snapshot): Ports => {
    const known = portsKnown.get(facts) ?? portsOf(facts, topology);
    portsKnown.set(facts, known);
    return known;
  };

  const tellWay = (found: Snapshot, end: WayEnd): Told<Way> => {
    const { facts, topology } = found;
    if ("out" in end) return toldOr(wayOutOf(facts, topology, end.out));
    const row = tellPorts(found).rows.find(({ key }) => key === end.into);
    return toldOr(row === undefined ? null : wayInto(facts, topology, row));
  };

  let lastRules: Promise<unknown> = Promise.resolve();
  /** One namespace after the other; what was asked joins the reading's facts, so that it can be quoted. */
  const tellRules = async (snapshot: string, netns: NetnsId): Promise<Told<NetnsRules>> => {
    const found = kept.find(({ id }) => id === snapshot);
    if (found === undefined) return { status: "gone" };
    const told = await rulesIn(source, found, netns, closing.signal);
    if (told === null) return { status: "nothing" };
    kept = kept.map((each) => (each.id === snapshot ? { ...each, facts: told.facts } : each));
    return { status: "told", value: told.rules };
  };

  const tell = (event: HostEvent): void => {
    for (const listener of listeners) {
      // One listener that throws takes nothing from the others, nor from the reading.
      try {
        listener(event);
      } catch (error) {
        onBug(error);
      }
    }
  };

  const bar = (raised: Barrier): Look => {
    barrier = raised;
    tell({ type: "barred", barrier });
    return { status: "barred", barrier, snapshot: kept[0] ?? null };
  };

  const settled = (read: Omit<Snapshot, "id"> | Barred): Look => {
    if (closing.signal.aborted) return { status: "failed", trouble: stopping };
    if ("barred" in read) return bar(read.barred);
    const snapshot = { id: randomUUID(), ...read };
    kept = [snapshot, ...kept].slice(0, keep);
    barrier = null;
    tell({ type: "snapshot", snapshot: snapshot.id });
    return { status: "ready", snapshot };
  };

  const broken = (error: unknown): Look => {
    const stopped = closing.signal.aborted;
    if (!stopped) onBug(error);
    const trouble = stopped ? stopping : gatherFailed(source.id, error);
    tell({ type: "failed", trouble });
    return { status: "failed", trouble };
  };

  const read = async (): Promise<Look> => {
    if (closing.signal.aborted) return { status: "failed", trouble: stopping };
    tell({ type: "gathering" });
    const reading: Reading = {
      signal: closing.signal,
      onProgress: (progress) => tell({ type: "progress", progress }),
      onBarrier: (raised) => waits.resolve(bar(raised)),
    };
    return readSettled(source, reading).then(settled, broken);
  };

  const begin = (): Promise<Look> => {
    waits = Promise.withResolvers();
    return read().finally(() => {
      run = null;
    });
  };

  const refresh = (): Promise<Look> => {
    run ??= begin();
    return Promise.race([run, waits.promise]);
  };

  return {
    source,
    reading: () => run !== null,
    barrier: () => barrier,
    latest: () => kept[0] ?? null,
    kept: (snapshot) => kept.find(({ id }) => id === snapshot) ?? null,
    snapshot: async () => {
      const [snapshot] = kept;
      return snapshot === undefined ? refresh() : { status: "ready", snapshot };
    },
    refresh,
    goOn: () => {
      barrier = null;
      waits = Promise.withResolvers();
      return refresh();
    },
    quote: (snapshot, evidence) => {
      const found = kept.find(({ id }) => id === snapshot);
      return found === undefined ? null : evidence.map((each) => quote(found.facts, each));
    },
    details: (snapshot, of) => {
      const found = kept.find(({ id }) => id === snapshot);
      if (found === undefined) return { status: "gone" };
      const value = detailsOf(found.facts, found.topology, of);
      return value === null ? { status: "nothing" } : { status: "told", value };
    },
    open: async (snapshot, question, of) => {
      const found = kept.find(({ id }) => id === snapshot);
      if (found === undefined) return { status: "gone" };
      const opening = openingOf(found, question, of);
      if (opening === null) return { status: "nothing" };
      return {
        status: "told",
        value: await askMore(opening, question === "tools" ? snapshot : null),
      };
    },
    rules: (snapshot, netns) => {
      const told = lastRules.then(() => tellRules(snapshot, netns));
      lastRules = told.catch(() => undefined);
      return told;
    },
    listening: (snapshot) => {
      const found = kept.find(({ id }) => id === snapshot);
      return found === undefined
        ? { status: "gone" }
        : { status: "told", value: listeningOn(found.facts) };
    },
    ruling: (snapshot) => {
      const found = kept.find(({ id }) => id === snapshot);
      return found === undefined
        ? { status: "gone" }
        : { status: "told", value: rulingOf(found.facts, found.topology) };
    },
    ports: (snapshot) => {
      const found = kept.find(({ id }) => id === snapshot);
      return found === undefined ? { status: "gone" } : { status: "told", value: tellPorts(found) };
    },
    way: (snapshot, end) => {
      const found = kept.find(({ id }) => id === snapshot);
      return found === undefined ? { status: "gone" } : tellWay(found, end);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      if (run !== null) listener({ type: "gathering" });
      return () => listeners.delete(listener);
    },
    close: async () => {
      closing.abort();
      source.ssh?.close();
      await run;
    },
  };
};

const toldOr = <Value>(value: Value | null): Told<Value> =>
  value === null ? { status: "nothing" } : { status: "told", value };

/** A host that changed while it was read denies itself: read again; what then still does is shown. */
async function readSettled(
  source: HostSource,
  reading: Reading,
): Promise<Omit<Snapshot, "id"> | Barred> {
  const first = await readOnce(source, reading);
  return "barred" in first || !contradicts(first.topology) ? first : readOnce(source, reading);
}

async function readOnce(
  source: HostSource,
  reading: Reading,
): Promise<Omit<Snapshot, "id"> | Barred> {
  const facts = await source.gather(reading);
  return "barred" in facts ? facts : { facts, ...calledAsWritten(source, examine(facts)) };
}

/** A host that did not say its name is called as people call it, and not by its id. */
function calledAsWritten(
  source: HostSource,
  examined: ReturnType<typeof examine>,
): typeof examined {
  const { topology } = examined;
  const name = source.ssh?.configured.name ?? source.engineOnly?.name;
  if (name === undefined || topology.host.name !== source.id) return examined;
  return { ...examined, topology: { ...topology, host: { ...topology.host, name } } };
}
