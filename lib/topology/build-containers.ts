import { type Key, netnsId } from "@/lib/net/ids";
import type { EngineContainer, EngineEndpoint } from "@/lib/probes/engine-containers";
import { containerName, type FoundContainer, shortId } from "./find-containers";
import type { FoundNetwork } from "./find-networks";
import type { Attachment, Container, Link, Runtime } from "./model";

export type ContainerParts = {
  readonly host: string;
  readonly networks: readonly FoundNetwork[];
  /** The engine that lists containers. */
  readonly engine: Runtime;
  /** The links of each namespace. */
  readonly linksIn: ReadonlyMap<string, readonly Link[]>;
  readonly keyOf: (container: FoundContainer) => Key;
};

/** By MAC or address inside the container's own namespace, so it is what the kernel has, not what was planned. */
const linkOf = (endpoint: EngineEndpoint, links: readonly Link[]): Link | undefined =>
  links.find((link) => endpoint.mac !== null && link.mac === endpoint.mac) ??
  links.find((link) => link.addresses.some(({ address }) => address === endpoint.address));

function attachmentsOf(found: FoundContainer, parts: ContainerParts): readonly Attachment[] {
  const netns = found.netns === null ? null : netnsId(parts.host, found.netns);
  const links = netns === null ? [] : (parts.linksIn.get(netns) ?? []);
  return (found.engine?.endpoints ?? [])
    .map((endpoint) => ({
      network:
        parts.networks.find(({ id, name }) =>
          endpoint.networkId === null ? name === endpoint.networkName : id === endpoint.networkId,
        )?.networkId ?? null,
      networkName: endpoint.networkName,
      address: endpoint.address ?? endpoint.address6,
      gateway: endpoint.gateway,
      mac: endpoint.mac,
      link: linkOf(endpoint, links)?.id ?? null,
    }))
    .toSorted((a, b) => (a.networkName < b.networkName ? -1 : 1));
}

const label = (engine: EngineContainer | null, name: string): string | null =>
  engine?.labels[name] ?? null;

/** Only its processes were seen: that much they say. */
const seenRunning = "running";

export function buildContainer(found: FoundContainer, parts: ContainerParts): Container {
  const { engine } = found;
  return {
    id: found.id,
    key: parts.keyOf(found),
    engineId: found.cgroup?.name ?? shortId(found.engineId),
    name: containerName(found),
    named: engine?.name ? "engine" : "cgroup",
    runtime: engine === null ? (found.cgroup?.runtime ?? "unknown") : parts.engine,
    pod: found.cgroup?.pod ?? label(engine, "io.kubernetes.pod.uid"),
    image: engine?.image ?? null,
    state: engine?.state ?? seenRunning,
    project: label(engine, "com.docker.compose.project"),
    service: label(engine, "com.docker.compose.service"),
    netns: found.netns === null ? null : netnsId(parts.host, found.netns),
    pid: found.pid,
    mode: found.mode,
    attachments: attachmentsOf(found, parts),
    ports: (engine?.ports ?? []).toSorted(
      (a, b) => a.containerPort - b.containerPort || (a.hostPort ?? 0) - (b.hostPort ?? 0),
    ),
    evidence: engine?.evidence ?? null,
    placed: found.placed,
  };
}
