import type { Container, Topology } from "@/lib/topology/model";
import type { Rights } from "@/server/transport/port";
import type { Barrier } from "./barrier";
import type { NamedBy } from "./config/named-by";
import type { Remark } from "./config/remark";
import type { HeldHost } from "./held-host";

/** One host as the list shows it. Crosses the wire. */
export type HostEntry = {
  readonly id: string;
  readonly source: "live" | "recorded";
  /** null: this machine or the sample, which the reader's language names. */
  readonly name: string | null;
  readonly state: HostState;
  /** Of the last reading; null: not read yet. */
  readonly last: LastReading | null;
  /** null: not reached by SSH. */
  readonly ssh: SshEntry | null;
  /** Its engine is all that is reached; null: any other host. */
  readonly engineOnly: EngineOnlyEntry | null;
};

/** `address`: `tcp://host:port`. */
type EngineOnlyEntry = { readonly address: string; readonly namedBy: NamedBy };

type HostState =
  | { readonly state: "unread" }
  | { readonly state: "reading" }
  | { readonly state: "ready" }
  | { readonly state: "barred"; readonly barrier: Barrier };

type LastReading = {
  /** ISO 8601. */
  readonly at: string;
  /** What the kernel calls itself. */
  readonly hostName: string;
  readonly engine: { readonly name: string; readonly version: string } | null;
  readonly running: number;
  readonly stopped: number;
  readonly namespaces: number;
  /** Of them: how many could not be read. */
  readonly unread: number;
};

type SshEntry = {
  /** `user@host:port`; null: not to be reached (see the remarks). */
  readonly address: string | null;
  /** Jump hosts, the nearest first. */
  readonly via: readonly string[];
  readonly namedBy: NamedBy;
  readonly remarks: readonly Remark[];
  /** null: not connected yet, or its shell runs no commands. */
  readonly rights: Rights | null;
  /** Some host key on the way was accepted without comparing it. */
  readonly unverified: boolean;
};

export const hostEntry = (held: HeldHost): HostEntry => {
  const { id, source, ssh, engineOnly } = held.source;
  const latest = held.latest();
  return {
    id,
    source,
    name: ssh?.configured.name ?? engineOnly?.name ?? null,
    state: stateOf(held),
    last: latest === null ? null : lastReading(latest.topology),
    ssh: ssh === undefined ? null : sshEntry(ssh),
    engineOnly:
      engineOnly === undefined
        ? null
        : { address: engineOnly.target.address, namedBy: engineOnly.namedBy },
  };
};

const stateOf = (held: HeldHost): HostState => {
  // Known without trying.
  if (held.source.ssh?.configured.target === null) {
    return { state: "barred", barrier: { kind: "unusable" } };
  }
  const barrier = held.barrier();
  if (barrier !== null) return { state: "barred", barrier };
  if (held.reading()) return { state: "reading" };
  return { state: held.latest() === null ? "unread" : "ready" };
};

const runs = ({ state }: Container): boolean => !["exited", "created", "dead"].includes(state);

const lastReading = ({ host, containers, namespaces }: Topology): LastReading => {
  const running = containers.filter(runs).length;
  return {
    at: host.at,
    hostName: host.name,
    engine:
      host.engine.status === "read"
        ? { name: host.engine.name, version: host.engine.version }
        : null,
    running,
    stopped: containers.length - running,
    namespaces: namespaces.length,
    unread: namespaces.filter(({ read }) => read.status === "unread").length,
  };
};

const sshEntry = ({
  configured: { target, namedBy, remarks },
  reached,
}: NonNullable<HeldHost["source"]["ssh"]>): SshEntry => {
  const place = reached();
  return {
    address: target === null ? null : placeOf(target),
    via: target?.via.map(placeOf) ?? [],
    namedBy,
    remarks,
    rights: place?.rights ?? null,
    unverified: place?.unverified ?? false,
  };
};

const placeOf = ({
  user,
  host,
  port,
}: {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}): string => `${user}@${host.includes(":") ? `[${host}]` : host}:${port}`;
