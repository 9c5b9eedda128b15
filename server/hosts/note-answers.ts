import { type SaidOnHost, saidOnHost } from "@/lib/learn/said";
import type { Term } from "@/lib/learn/terms";
import type { Key } from "@/lib/net/ids";
import type { Hosts } from "./hosts";

/**
 * What a host answered about a note's subject: from its last reading, nothing is asked for it.
 * absent: as far as it was read, the host has no such thing; unread: it was not read yet. `sample`: what
 * the sample host answered in its place; null: it has no such thing either.
 */
export type NoteAnswers = { readonly host: string } & (
  | { readonly status: "answered"; readonly said: SaidOnHost }
  | { readonly status: "absent" | "unread"; readonly sample: SaidOnHost | null }
);

const sample = "sample";

/** The first of these that is a host; the sample where none is. */
export const noteHost = (hosts: Hosts, ...wanted: readonly (string | undefined)[]): string =>
  wanted.find((host) => host !== undefined && hosts.entry(host) !== null) ?? sample;

/** A recording is read on demand: that asks nobody. */
const sampleSays = async (hosts: Hosts, term: Term): Promise<SaidOnHost | null> => {
  const look = await hosts.snapshot(sample);
  return look.status === "ready" ? saidOnHost(look.snapshot, term, null) : null;
};

export const noteAnswers = async (
  hosts: Hosts,
  host: string,
  term: Term,
  selected: Key | null,
): Promise<NoteAnswers> => {
  if (host === sample) await hosts.snapshot(sample);
  const latest = hosts.latest(host);
  if (latest === null) return { status: "unread", host, sample: await sampleSays(hosts, term) };
  const said = saidOnHost(latest, term, selected);
  return said === null
    ? { status: "absent", host, sample: host === sample ? null : await sampleSays(hosts, term) }
    : { status: "answered", host, said };
};
