import { isDeepStrictEqual } from "node:util";
import type { Details, Opened, OpenedQuestion } from "@/lib/details/model";
import type { Evidence } from "@/lib/facts/model";
import type { Quote } from "@/lib/facts/words";
import type { HostEntry, Remark } from "@/lib/hosts/entry";
import type { Key, NetnsId } from "@/lib/net/ids";
import type { Ports, Way } from "@/lib/ports/model";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import type { Listening } from "@/lib/topology/listening";
import type { Ruling } from "@/lib/topology/ruling";
import {
  type HeldHost,
  type HostEvent,
  holdHost,
  type Look,
  type Snapshot,
  type Told,
  type WayEnd,
} from "./held-host";
import { hostEntry } from "./host-entry";
import type { HostSource, KeyAnswer } from "./source";
import { type Trouble, unknownHost } from "./trouble";

/** What came of something that a person said about a host. */
export type Said =
  | { readonly status: "done"; readonly look: Look }
  | { readonly status: "unknown-host"; readonly trouble: Trouble }
  /** It was not what is wanted, or nothing is. */
  | { readonly status: "refused"; readonly trouble: Trouble };

/** What came of a line that a person typed. */
type AddedHost =
  | { readonly status: "added"; readonly host: string }
  /** Of the same name, and reached the same way. */
  | { readonly status: "there"; readonly host: string }
  /** Its configuration says otherwise (key, jump host) than what was typed. `name`: as it is called there. */
  | { readonly status: "configured"; readonly name: string }
  | { readonly status: "unreadable"; readonly part: string };

/** Where hosts come from, besides those that are there from the start. */
export type MoreHosts = {
  /** What of the configuration belongs to no host, and is not used. */
  readonly remarks: readonly Remark[];
  /** A host by what one would write behind `ssh`. */
  readonly sourceOf: (
    line: string,
  ) =>
    | { readonly status: "read"; readonly source: HostSource }
    | { readonly status: "unreadable"; readonly part: string };
};

type Removed = "removed" | "unknown-host" | "not-removable";

/** Hosts come (the page adds one) and go; each is read only when it is looked at, and none waits for another. */
export type Hosts = {
  /** Recordings last. */
  readonly list: () => readonly HostEntry[];
  /** null: no such host. */
  readonly entry: (host: string) => HostEntry | null;
  /** The latest reading; the first to ask makes it be read. */
  readonly snapshot: (host: string) => Promise<Look>;
  /** The latest reading as it is; nothing is read for it. null: there is none, or no such host. */
  readonly latest: (host: string) => Snapshot | null;
  /** A reading that a page still shows. null: no longer kept (the last two are), or no such host. */
  readonly kept: (host: string, snapshot: string) => Snapshot | null;
  /** A person wants it read anew. Those who ask while it is read get the same reading. */
  readonly refresh: (host: string) => Promise<Look>;
  /** In the order of the evidence; null: no longer kept (the last two readings are). */
  readonly quote: (
    host: string,
    snapshot: string,
    evidence: readonly Evidence[],
  ) => readonly (Quote | null)[] | null;
  /** What is held of one thing of a reading beyond its topology; nothing is asked. null: no such host. */
  readonly details: (host: string, snapshot: string, of: Key) => Told<Details> | null;
  /** One more question, put to the host when a person opens something. null: no such host. */
  readonly open: (
    host: string,
    snapshot: string,
    question: OpenedQuestion,
    of: Key,
  ) => Promise<Told<Opened>> | null;
  /** Rules of one namespace of a reading. null: no such host. */
  readonly rules: (
    host: string,
    snapshot: string,
    netns: NetnsId,
  ) => Promise<Told<NetnsRules>> | null;
  /** Who listened on a host when a reading was made. null: no such host. */
  readonly listening: (host: string, snapshot: string) => Told<Listening> | null;
  /** All that decides besides the wiring; null: there is no such host. */
  readonly ruling: (host: string, snapshot: string) => Told<Ruling> | null;
  /** The ports of a host when a reading was made. null: no such host. */
  readonly ports: (host: string, snapshot: string) => Told<Ports> | null;
  /** The way in to one of them, or out of a namespace. null: no such host. */
  readonly way: (host: string, snapshot: string, end: WayEnd) => Told<Way> | null;
  /** Answers how to unsubscribe; null: no such host. */
  readonly subscribe: (host: string, listener: (event: HostEvent) => void) => (() => void) | null;
  readonly remarks: readonly Remark[];
  /**
   * `user@host -p 22`: until Vethscope stops. One that was typed before, with another key or jump host, is reached
   * as it is typed now.
   */
  readonly add: (line: string) => AddedHost;
  /** Only what a page added; configuration is a person's own. */
  readonly remove: (host: string) => Promise<Removed>;
  /** Accepts the host key that is shown, and goes on. */
  readonly acceptKey: (host: string, answer: KeyAnswer) => Promise<Said>;
  /** Answers the question that is open (password, passphrase, code), and goes on. */
  readonly answer: (host: string, secret: string) => Promise<Said>;
  /** Ends what is being read, and waits for its end. */
  readonly close: () => Promise<void>;
};

/** `onBug`: told of what our own code threw while a host was read. */
export const openHosts = (
  sources: readonly HostSource[],
  onBug: (error: unknown) => void,
  more: MoreHosts = { remarks: [], sourceOf: (part) => ({ status: "unreadable", part }) },
): Hosts => {
  const held = new Map<string, HeldHost>(
    sources.map((source) => [source.id, holdHost(source, onBug)]),
  );
  const unknown = (host: string) =>
    ({ status: "unknown-host", trouble: unknownHost(host) }) as const;

  return {
    list: () => {
      const entries = [...held.values()].map(hostEntry);
      const live = entries.filter(({ source }) => source === "live");
      return [...live, ...entries.filter(({ source }) => source !== "live")];
    },
    entry: (host) => {
      const of = held.get(host);
      return of === undefined ? null : hostEntry(of);
    },
    snapshot: async (host) => held.get(host)?.snapshot() ?? unknown(host),
    latest: (host) => held.get(host)?.latest() ?? null,
    kept: (host, snapshot) => held.get(host)?.kept(snapshot) ?? null,
    refresh: async (host) => {
      const of = held.get(host);
      of?.source.ssh?.retryNow();
      return of?.refresh() ?? unknown(host);
    },
    quote: (host, snapshot, evidence) => held.get(host)?.quote(snapshot, evidence) ?? null,
    details: (host, snapshot, of) => held.get(host)?.details(snapshot, of) ?? null,
    open: (host, snapshot, question, of) => held.get(host)?.open(snapshot, question, of) ?? null,
    rules: (host, snapshot, netns) => held.get(host)?.rules(snapshot, netns) ?? null,
    listening: (host, snapshot) => held.get(host)?.listening(snapshot) ?? null,
    ruling: (host, snapshot) => held.get(host)?.ruling(snapshot) ?? null,
    ports: (host, snapshot) => held.get(host)?.ports(snapshot) ?? null,
    way: (host, snapshot, end) => held.get(host)?.way(snapshot, end) ?? null,
    subscribe: (host, listener) => held.get(host)?.subscribe(listener) ?? null,
    remarks: more.remarks,
    add: (line) => {
      const read = more.sourceOf(line);
      if (read.status !== "read") return read;
      const { id, ssh } = read.source;
      const known = held.get(id);
      if (known !== undefined) {
        const before = known.source.ssh?.configured;
        if (isDeepStrictEqual(before?.target, ssh?.configured.target))
          return { status: "there", host: id };
        if (before?.namedBy !== "page") return { status: "configured", name: before?.name ?? id };
        // Whoever waits for it is told that it ended; the next to look finds the new one.
        void known.close();
      }
      held.set(id, holdHost(read.source, onBug));
      return { status: "added", host: id };
    },
    remove: async (host) => {
      const of = held.get(host);
      if (of === undefined) return "unknown-host";
      if (of.source.ssh?.configured.namedBy !== "page") return "not-removable";
      held.delete(host);
      await of.close();
      return "removed";
    },
    acceptKey: async (host, answer) => {
      const of = held.get(host);
      if (of === undefined) return unknown(host);
      if (of.source.ssh === undefined) return refused({ error: "hosts.key.notAsked", values: {} });
      const verdict = await of.source.ssh.acceptKey(answer);
      return verdict.status === "refused"
        ? refused(verdict.why)
        : { status: "done", look: await of.goOn() };
    },
    answer: async (host, secret) => {
      const of = held.get(host);
      if (of === undefined) return unknown(host);
      // The reading goes on in a later turn, and finds goOn waiting.
      if (of.source.ssh?.answer(secret) !== true)
        return refused({ error: "hosts.secret.notAsked", values: {} });
      return { status: "done", look: await of.goOn() };
    },
    close: async () => {
      await Promise.all([...held.values()].map((of) => of.close()));
    },
  };
};

const refused = (trouble: Trouble): Said => ({ status: "refused", trouble });
