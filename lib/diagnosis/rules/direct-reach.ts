import type { Finding } from "@/lib/diagnosis/model";
import type { Origin } from "@/lib/ports/model";
import { reach } from "@/lib/ports/reach";
import { isLoopback } from "@/lib/ports/world";
import type { Socket } from "@/lib/topology/listening";
import type { Link } from "@/lib/topology/model";
import type { RuleCheck } from "./check";
import { meet, onward, packetOf } from "./flow";
import type { Binding, BridgedNetwork, RuleGround } from "./ground";
import { listed } from "./told";
import { dockerBackend, iptablesOf } from "./tools";

/** A walk through all rules each. */
const mostAsked = 64;

/** A machine on the same wire as the uplink, which may send for any address through this host: the router is one. */
const neighbour = (ground: RuleGround, uplink: Link): string | null =>
  ground
    .routesIn(ground.home)
    .find(({ to, dev, family }) => to === "default" && dev === uplink.name && family === "inet")
    ?.via ?? null;

type Open = {
  readonly net: BridgedNetwork;
  readonly socket: Socket;
  readonly name: string;
  readonly at: string;
};

const isInner = ({ address }: Socket): boolean =>
  isLoopback(address) || address === "::1" || address.startsWith("::ffff:127.");

/** TCP only: of UDP nobody tells a server from a program that waits for an answer. */
function unpublished(ground: RuleGround, net: BridgedNetwork): readonly Open[] {
  return net.endpoints.flatMap(({ container, far, attachment }) => {
    const at = attachment.address;
    if (at === null || at === "") return [];
    const shared = new Set(ground.namespace(far.netns)?.containers ?? [container.id]);
    const published = new Set(
      ground.bindings
        .filter((each) => shared.has(each.container.id) && each.protocol === "tcp")
        .map(({ containerPort }) => containerPort),
    );
    const own = (ground.world.sockets(far.netns) ?? []).filter(
      (socket) => socket.protocol === "tcp" && !isInner(socket) && !published.has(socket.port),
    );
    const once = new Map(own.map((socket) => [socket.port, socket]));
    return [...once.values()].map((socket) => ({ net, socket, name: container.name, at }));
  });
}

/** Docker's nftables backend closes both by itself. */
function ofIptables(
  ground: RuleGround,
  commands: (tool: string) => readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const backend = dockerBackend(ground, "ip");
  return backend === "nft" ? [] : commands(iptablesOf(backend, "ip"));
}

function foundOpen(ground: RuleGround, origin: Origin): readonly Finding[] {
  const asked = ground.bridged
    .filter(({ network }) => !network.internal)
    .flatMap((net) => unpublished(ground, net))
    .slice(0, mostAsked);
  const open = asked.filter(({ socket, at }) => {
    const found = reach(ground.world, origin, { protocol: "tcp", address: at, port: socket.port });
    return found.answer === "yes";
  });
  const byNetwork = Map.groupBy(open, ({ net }) => net);
  return [...byNetwork].flatMap(([net, all]): readonly Finding[] => {
    const containers = net.endpoints
      .map(({ container }) => container)
      .filter(({ name }) => all.some((each) => each.name === name));
    return [
      {
        id: "D37",
        severity: "medium",
        about: [net.bridge.key, ...containers.map(({ key }) => key)],
        values: {
          network: net.network.name,
          subnet: net.network.subnets[0]?.subnet ?? "",
          n: all.length,
          ports: listed(all.map(({ name, socket }) => `${name}:${socket.port}`)),
        },
        evidence: [
          ...all.map(({ socket }) => socket.evidence).slice(0, 8),
          ...(ground.firewall?.tables ?? [])
            .flatMap(({ chains }) => chains)
            .flatMap(({ base, evidence }) => (base?.hook === "forward" ? [evidence] : [])),
        ],
        remedy: ofIptables(ground, (tool) => [
          [
            ...[tool, "-I", "DOCKER-USER", "-o", net.bridge.name, "!", "-i", net.bridge.name],
            ...["-m", "conntrack", "--ctstate", "NEW", "!", "--ctstatus", "DNAT", "-j", "DROP"],
          ],
        ]),
      },
    ];
  });
}

const isInnerBinding = ({ family, hostAddress, protocol }: Binding): boolean =>
  family === "ip" && isLoopback(hostAddress) && (protocol === "tcp" || protocol === "udp");

/**
 * prerouting translates before the kernel looks whether 127.0.0.1 may come by this interface: what is a
 * container's address by then is forwarded like any other.
 */
function isLetIn(ground: RuleGround, uplink: Link, source: string, binding: Binding): boolean {
  const { protocol, hostAddress, hostPort, endpoints } = binding;
  if (protocol !== "tcp" && protocol !== "udp") return false;
  const flow = {
    family: "ip",
    protocol,
    in: uplink.name,
    out: null,
    source,
    destination: hostAddress,
    port: hostPort,
  } as const;
  const sent = onward(meet(ground, "prerouting", packetOf(flow)));
  const to = endpoints.find(({ attachment }) => attachment.address === sent?.destination);
  const bridge = ground.bridge(to?.network.bridge ?? null);
  if (sent === null || bridge === null) return false;
  return onward(meet(ground, "forward", { ...sent, out: bridge.name })) !== null;
}

function foundLoopback(ground: RuleGround, uplink: Link, source: string): readonly Finding[] {
  if (ground.setting("net/ipv4/ip_forward")?.value === "0") return [];
  const open = ground.bindings
    .filter(isInnerBinding)
    .slice(0, mostAsked)
    .filter((binding) => isLetIn(ground, uplink, source, binding));
  const [first, ...more] = open;
  if (first === undefined) return [];
  return [
    {
      id: "D38",
      severity: "medium",
      about: [first.container.key, ...more.map(({ container }) => container.key)],
      values: {
        n: open.length,
        ports: listed(open.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`)),
        containers: listed(open.map(({ container }) => container.name)),
        port: first.hostPort,
      },
      evidence: [
        ...open.flatMap(({ container }) => container.evidence ?? []),
        ...(ground.firewall?.tables ?? [])
          .flatMap(({ chains }) => chains)
          .flatMap(({ base, evidence }) => (base?.hook === "prerouting" ? [evidence] : [])),
      ],
      remedy: ofIptables(ground, (tool) =>
        open.map(({ hostAddress, hostPort, protocol }) => [
          ...[tool, "-t", "raw", "-A", "PREROUTING", "-d", hostAddress, "!", "-i", "lo"],
          ...["-p", protocol, "--dport", `${hostPort}`, "-j", "DROP"],
        ]),
      ),
    },
  ];
}

function find(ground: RuleGround): readonly Finding[] {
  const uplink = ground.uplink("ip");
  const address = uplink === null ? null : neighbour(ground, uplink);
  if (uplink === null || address === null || ground.place === null) return [];
  return [
    ...foundOpen(ground, { at: "outside", link: uplink.id, address }),
    ...foundLoopback(ground, uplink, address),
  ];
}

/** A machine on the same wire sends what it likes to this host's MAC address: only rules keep it out. */
export const directReach: RuleCheck = { ids: ["D37", "D38"], find };
