import type { HostEntry, HostState, LastReading, SshEntry } from "@/lib/hosts/entry";
import type { Container, Topology } from "@/lib/topology/model";
import { nothingRead } from "@/lib/topology/nothing-read";
import type { HeldHost } from "./held-host";

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

const lastReading = (topology: Topology): LastReading => {
  const { host, containers, namespaces } = topology;
  const running = containers.filter(runs).length;
  return {
    at: host.at,
    hostName: host.name,
    told: !nothingRead(topology),
    engine:
      host.engine.status === "read"
        ? { name: host.engine.name, version: host.engine.version }
        : null,
    running,
    stopped: containers.length - running,
    namespaces: namespaces.length,
    unread: namespaces.filter(({ read }) => read.status === "unread").length,
    maybeTwice: host.twice.open,
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
    authorities: place?.authorities ?? [],
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
