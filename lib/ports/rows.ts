import { type Key, key, type NetnsId } from "@/lib/net/ids";
import { familyOf } from "@/lib/netfilter/packet";
import type { DockerProxy, Process, Socket } from "@/lib/topology/listening";
import type { Container } from "@/lib/topology/model";
import { type Draft, type HostSpan, listenersIn, onePort, onPort, runs } from "./draft";
import { exposed, unpublished } from "./inside-rows";
import type { Listener, PortEnd, PortRow, PortSpan, Sending } from "./model";
import { portRules } from "./port-rules";
import { isAbout, isSame, type PortRules, sendingOf, sorted } from "./sendings";
import { standInsOf } from "./stand-ins";
import { untoldPorts } from "./untold-ports";
import { containersOf, endAt, endIn } from "./whose";
import { portName, type World } from "./world";

const processesOf = (sockets: readonly Socket[]): readonly Process[] =>
  sockets.flatMap(({ holder }) => (holder.by === "processes" ? holder.processes : []));

/** Sockets that a connection to this port of the host meets, if no rule takes it before. */
const holding = (world: World, { protocol, address, port, last }: HostSpan): readonly Socket[] =>
  world.host === null || port !== last
    ? []
    : onPort(world, world.host, protocol, port).filter((socket) => isSame(socket.address, address));

const proxyFor = (world: World, host: HostSpan): DockerProxy | undefined =>
  host.port === host.last
    ? world.proxiesOn(portName(host)).find((proxy) => isSame(proxy.hostAddress, host.address))
    : undefined;

const portKey = ({ protocol, address, port, last }: HostSpan, owner: string): Key =>
  key(`port:${protocol}/${address}/${port === last ? port : `${port}-${last}`}/${owner}`);

/** What an engine says of one of its ports. */
type Told = { readonly container: Container; readonly port: number };

type Target = NonNullable<PortRow["target"]>;

/** Where rules and docker-proxy send it; the engine tells the port alone. */
function targetOf(
  sending: Sending | undefined,
  proxy: DockerProxy | undefined,
  told: Told | null,
): Target | null {
  if (sending !== undefined) return sending.to;
  if (proxy !== undefined)
    return { address: proxy.containerAddress, ...onePort(proxy.containerPort) };
  return told === null ? null : { address: null, ...onePort(told.port) };
}

/** Who takes it where nobody listens, in the namespace that swarm keeps for what comes from outside. */
function listenerOf(
  world: World,
  netns: NetnsId | null,
  target: { readonly protocol: string } & PortSpan,
  address: string | null,
): Listener {
  const listener = listenersIn(world, netns, target, address);
  const isIngress = netns !== null && world.namespace(netns)?.name.by === "ingress";
  return isIngress && listener.status !== "listening" ? { status: "spread" } : listener;
}

const leadsTo = (world: World, { container: { netns }, port }: Told, { to }: Sending): boolean => {
  const end = endAt(world, to.address);
  return to.port === port && end.at === "namespace" && end.netns === netns;
};

/** To the address of which another port is meant, or to the host itself. */
function endOf(world: World, host: HostSpan, sending: Sending | undefined, target: Target | null) {
  const address = target?.address ?? null;
  if (sending === undefined || address !== null) return endAt(world, address);
  return isAny(host.address) ? endIn(world.host) : endAt(world, host.address);
}

const isAny = (address: string): boolean => address === "0.0.0.0" || address === "::";

const netnsOf = (end: PortEnd): NetnsId | null => (end.at === "namespace" ? end.netns : null);

/** docker-proxy on `::` passes on to an address of IPv4: rules for that family say nothing of it. */
function publishedRow(world: World, rules: PortRules, host: HostSpan, told: Told | null): Draft {
  // A chain that several rules lead to is for each of them.
  const about = [
    ...new Map(
      rules
        .on(host)
        .filter((rule) => isAbout(rule, host))
        .map((rule) => [rule.sending.rule, rule] as const),
    ).values(),
  ];
  const sendings = about.map((rule) => sendingOf(rule, host));
  // Wider rules may stand before the one that its engine wrote.
  const own = told === null ? -1 : sendings.findIndex((each) => leadsTo(world, told, each));
  const nth = Math.max(own, 0);
  const [sending, rule] = [sendings[nth], about[nth]];
  const proxy = proxyFor(world, host);
  const target = targetOf(sending, proxy, told);
  const end =
    told?.container.netns == null
      ? endOf(world, host, sending, target)
      : endIn(told.container.netns);
  const netns = netnsOf(end);
  const listener: Listener =
    target === null
      ? { status: "not-read" }
      : listenerOf(world, netns, { ...host, port: target.port, last: target.last }, target.address);
  return {
    key: portKey(host, told?.container.key ?? target?.address ?? ""),
    kind: told === null && sending?.to.address === null ? "redirected" : "published",
    protocol: host.protocol,
    family: familyOf(host.address),
    host: { address: host.address, port: host.port, last: host.last },
    containers: containersOf(world, netns, listener, told?.container ?? null),
    end,
    target,
    rules: sending === undefined ? [] : [sending, ...sendings.toSpliced(nth, 1)],
    proxy: proxy === undefined ? null : { pid: proxy.pid },
    heldBy: processesOf(holding(world, host)),
    listener,
    netns,
    standIns:
      rule === undefined || sending === undefined
        ? []
        : standInsOf(rules, rule, host, sending, listener),
  };
}

/** As the engine tells it, container by container. */
const byEngine = (world: World, rules: PortRules): readonly Draft[] =>
  world.topology.containers
    .filter(runs)
    .flatMap((container) =>
      container.ports.flatMap(({ hostAddress, hostPort, containerPort, protocol }) =>
        hostPort === null
          ? []
          : [
              publishedRow(
                world,
                rules,
                { protocol, address: hostAddress ?? "0.0.0.0", ...onePort(hostPort) },
                { container, port: containerPort },
              ),
            ],
      ),
    );

/** Programs of the host, those of containers that share its network among them. */
function ofHost(world: World, drafts: readonly Draft[]): readonly Draft[] {
  const { host } = world;
  if (host === null) return [];
  const taken = new Set(
    drafts.flatMap(({ protocol, host: at, heldBy, proxy }) =>
      at !== null && (proxy !== null || heldBy.some(({ name }) => isEngine(name)))
        ? [`${protocol} ${at.address} ${at.port}`]
        : [],
    ),
  );
  return (world.sockets(host) ?? [])
    .filter(({ protocol, address, port }) => !taken.has(`${protocol} ${address} ${port}`))
    .map((socket) => {
      const at = { ...socket, last: socket.port };
      const { address, holder } = socket;
      const listener = { status: "listening", socket: socket.key, address, holder } as const;
      return {
        key: portKey(at, "host"),
        kind: "host",
        protocol: socket.protocol,
        family: familyOf(address),
        host: { address, ...onePort(socket.port) },
        containers: containersOf(world, host, listener, null),
        end: endIn(host),
        target: null,
        rules: [],
        proxy: null,
        heldBy: processesOf([socket]),
        listener,
        netns: host,
        standIns: [],
      };
    });
}

const isEngine = (name: string): boolean => name === "docker-proxy" || name === "dockerd";

/** A second one of a name ends in `~2`. */
function keyed(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Map<string, number>();
  return drafts.map((draft) => {
    const nth = (seen.get(draft.key) ?? 0) + 1;
    seen.set(draft.key, nth);
    return nth === 1 ? draft : { ...draft, key: key(`${draft.key}~${nth}`) };
  });
}

/** All ports: published ones first, then what images name, then who else listens. */
export function drafts(world: World): readonly Draft[] {
  const rules = sorted(portRules(world));
  const told = byEngine(world, rules);
  const untold = untoldPorts(world, rules, told).map((host) =>
    publishedRow(world, rules, host, null),
  );
  const published = [...told, ...untold];
  const named = [...published, ...exposed(world)];
  return keyed([...named, ...unpublished(world, named), ...ofHost(world, published)]);
}
