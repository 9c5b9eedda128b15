import type { Words } from "@/lib/messages/words";
import { type Key, key } from "@/lib/net/ids";
import type { Backend, SourceSummary } from "@/lib/topology/firewall/model";
import type { Container, PublishedPort, Topology } from "@/lib/topology/model";
import { runs } from "./boxes";
import type { Nat, NatPort } from "./model";
import { isolated, naturally, shortened, visible } from "./names";

export const natKey = key("nat:host");

/** So many stand under the tag; the list of ports has all. */
const mostPorts = 8;
const longestName = 16;

const tools: readonly Backend[] = ["iptables-nft", "iptables-legacy", "nft"];

const names: Readonly<Record<Backend, string>> = {
  "iptables-nft": "iptables (nft)",
  "iptables-legacy": "iptables (legacy)",
  nft: "nftables",
  ipset: "ipset",
};

const sum = (sources: readonly SourceSummary[], what: "dnat" | "snat"): number =>
  sources.reduce((all, source) => all + source[what], 0);

/** What one backend translates, of both families; nothing where it is known to translate nothing. */
function backendOf(backend: Backend, all: readonly SourceSummary[], words: Words): Nat["backends"] {
  const sources = all.filter((source) => source.backend === backend);
  const unread = sources.some(({ status }) => status === "unreadable");
  const [dnat, snat] = [sum(sources, "dnat"), sum(sources, "snat")];
  if (dnat + snat === 0 && !unread) return [];
  const name = names[backend];
  if (!unread) return [{ name, counts: words("graph.nat.counts", { dnat, snat }), unread }];
  const counts =
    dnat + snat === 0 ? words("graph.nat.unread") : words("graph.nat.partly", { dnat, snat });
  return [{ name, counts, unread }];
}

const loopback = /^(127[.]|::1$)/;

const endText = ({ hostAddress, hostPort }: PublishedPort): string => {
  const address = visible(hostAddress ?? "*");
  return `${address.includes(":") ? `[${address}]` : address}:${hostPort}`;
};

/** As the list of ports (lib/ports) calls it. */
export const publishedKey = (
  { protocol, hostAddress, hostPort }: PublishedPort,
  { key: of }: Container,
): Key => key(`port:${protocol}/${hostAddress}/${hostPort}/${of}`);

function natPort(port: PublishedPort, container: Container): NatPort {
  const protocol = port.protocol === "tcp" ? "" : `/${visible(port.protocol)}`;
  const name = visible(container.name);
  const before = `${endText(port)}${protocol} → `;
  return {
    key: publishedKey(port, container),
    container: container.key,
    text: `${before}${isolated(shortened(name, longestName))}`,
    full: `${before}${name}`,
    reach: port.hostAddress !== null && loopback.test(port.hostAddress) ? "loopback" : "open",
  };
}

/** Docker lists a port once for each address family: one line for both, by its IPv4 one. */
function portsOf(containers: readonly Container[]): readonly NatPort[] {
  const lines = containers.filter(runs).flatMap((container) => {
    const published = container.ports.filter(({ hostPort }) => hostPort !== null);
    const four = new Set(
      published.flatMap(({ hostAddress, hostPort, protocol }) =>
        hostAddress?.includes(":") === true ? [] : [`${hostPort}/${protocol}`],
      ),
    );
    return published
      .filter(
        ({ hostAddress, hostPort, protocol }) =>
          hostAddress !== "::" || !four.has(`${hostPort}/${protocol}`),
      )
      .map((port) => ({ port, line: natPort(port, container) }));
  });
  return lines
    .sort(
      (a, b) =>
        (a.port.hostPort ?? 0) - (b.port.hostPort ?? 0) || naturally(a.line.full, b.line.full),
    )
    .map(({ line }) => line);
}

/** null: no rule translates and no port is published, and that is known; or the rules were not asked for and none is. */
export function natOf({ host, containers }: Topology, words: Words): Nat | null {
  const { firewall } = host;
  const ports = portsOf(containers);
  const backends: Nat["backends"] =
    firewall.status === "read"
      ? tools.flatMap((backend) => backendOf(backend, firewall.sources, words))
      : firewall.status === "unreadable" || ports.length > 0
        ? [{ name: words("graph.nat.rules"), counts: words("graph.nat.unread"), unread: true }]
        : [];
  if (backends.length === 0 && ports.length === 0) return null;
  const more = Math.max(0, ports.length - mostPorts);
  return {
    key: natKey,
    backends,
    listed: words("graph.nat.published"),
    ports: more === 0 ? ports : ports.slice(0, mostPorts - 1),
    more: more === 0 ? "" : words("graph.nat.more", { n: ports.length - mostPorts + 1 }),
  };
}
