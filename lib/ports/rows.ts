import { type ContainerId, type Key, key, type NetnsId } from "@/lib/net/ids";
import { spelt } from "@/lib/netfilter/bytes-of";
import { familyOf } from "@/lib/netfilter/packet";
import type { DockerProxy, Process, Socket } from "@/lib/topology/listening";
import type { Container } from "@/lib/topology/model";
import { type Draft, type HostPort, listenerAt, onPort, runs } from "./draft";
import { exposed, unpublished } from "./inside-rows";
import type { Sending } from "./model";
import {
  isAbout,
  isSame,
  type PortRule,
  type PortRules,
  portRules,
  sendingOf,
  sorted,
} from "./sendings";
import { portName, type World } from "./world";

const processesOf = (sockets: readonly Socket[]): readonly Process[] =>
  sockets.flatMap(({ holder }) => (holder.by === "processes" ? holder.processes : []));

/** Sockets that a connection to this port of the host meets, if no rule takes it before. */
const holding = (world: World, { protocol, address, port }: HostPort): readonly Socket[] =>
  world.host === null
    ? []
    : onPort(world, world.host, protocol, port).filter((socket) => isSame(socket.address, address));

const proxyFor = (world: World, host: HostPort): DockerProxy | undefined =>
  world.proxiesOn(portName(host)).find((proxy) => isSame(proxy.hostAddress, host.address));

const portKey = ({ protocol, address, port }: HostPort, owner: string): Key =>
  key(`port:${protocol}/${address}/${port}/${owner}`);

/** The namespace that has an address which rules or proxies send to. */
function netnsWith(world: World, address: string): NetnsId | null {
  const [only, another] = world.netnsWith(spelt(address) ?? "");
  return only !== undefined && another === undefined ? only : null;
}

type Target = { readonly address: string | null; readonly port: number };

/** Where rules and docker-proxy send it; the engine tells the port alone. */
function targetOf(
  sendings: readonly Sending[],
  proxy: DockerProxy | undefined,
  told: number | null,
): Target | null {
  const [first] = sendings;
  if (first !== undefined) return first.to;
  if (proxy !== undefined) return { address: proxy.containerAddress, port: proxy.containerPort };
  return told === null ? null : { address: null, port: told };
}

const sharing = (world: World, netns: NetnsId | null, owner?: Container): readonly ContainerId[] =>
  netns === null || netns === world.host
    ? owner === undefined
      ? []
      : [owner.id]
    : world.containersIn(netns).map(({ id }) => id);

/** docker-proxy on `::` passes on to an address of IPv4: rules for that family say nothing of it. */
function publishedRow(
  world: World,
  rules: PortRules,
  host: HostPort,
  told: { readonly container: Container; readonly port: number } | null,
): Draft {
  const sendings = rules
    .on(host)
    .filter((rule) => isAbout(rule, host))
    .map((rule) => sendingOf(rule, host.port));
  const proxy = proxyFor(world, host);
  const target = targetOf(sendings, proxy, told?.port ?? null);
  const netns =
    told?.container.netns ?? (target?.address == null ? null : netnsWith(world, target.address));
  return {
    key: portKey(host, told?.container.key ?? target?.address ?? ""),
    kind: "published",
    protocol: host.protocol,
    family: familyOf(host.address),
    host: { address: host.address, port: host.port },
    containers: sharing(world, netns, told?.container),
    target,
    rules: sendings,
    proxy: proxy === undefined ? null : { pid: proxy.pid },
    heldBy: processesOf(holding(world, host)),
    listener:
      target === null
        ? { status: "not-read" }
        : listenerAt(world, netns, { ...host, port: target.port }, target.address),
    netns,
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
                { protocol, address: hostAddress ?? "0.0.0.0", port: hostPort },
                { container, port: containerPort },
              ),
            ],
      ),
    );

const anyOf = { ip: "0.0.0.0", ip6: "::" } as const;

/** The address for which a rule is, as the engine would tell it. */
function addressOf({ on, sending }: PortRule): string | null {
  const [value, another] = on;
  if (value === undefined) return anyOf[sending.family === "ip6" ? "ip6" : "ip"];
  const isOne = value.of === "prefix" && value.length >= 32 && another === undefined;
  return isOne ? value.address : null;
}

/** Rules and proxies that no engine told of: another engine, or one that was not asked. */
function untold(world: World, rules: PortRules, told: readonly Draft[]): readonly Draft[] {
  const byRules = rules.all.flatMap((rule): readonly HostPort[] => {
    const address = addressOf(rule);
    if (address === null || rule.ports.first !== rule.ports.last) return [];
    return [{ protocol: rule.protocol, address, port: rule.ports.first }];
  });
  const byProxies = world.proxies.map(({ protocol, hostAddress, hostPort }) => ({
    protocol,
    address: hostAddress,
    port: hostPort,
  }));
  const known = new Set(
    told.map(({ protocol, host }) => `${protocol} ${host?.address} ${host?.port}`),
  );
  const rows: Draft[] = [];
  for (const host of [...byRules, ...byProxies]) {
    const name = `${host.protocol} ${host.address} ${host.port}`;
    if (known.has(name)) continue;
    known.add(name);
    rows.push(publishedRow(world, rules, host, null));
  }
  return rows;
}

/** By its main process: those that it started are not told apart. */
const ownersOf = (world: World, { holder }: Socket): readonly ContainerId[] =>
  holder.by !== "processes" || world.host === null
    ? []
    : world
        .containersIn(world.host)
        .filter((each) => holder.processes.some(({ pid }) => pid === each.pid))
        .map(({ id }) => id);

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
    .map((socket) => ({
      key: portKey(socket, "host"),
      kind: "host",
      protocol: socket.protocol,
      family: familyOf(socket.address),
      host: { address: socket.address, port: socket.port },
      containers: ownersOf(world, socket),
      target: null,
      rules: [],
      proxy: null,
      heldBy: socket.holder.by === "processes" ? socket.holder.processes : [],
      listener: {
        status: "listening",
        socket: socket.key,
        address: socket.address,
        holder: socket.holder,
      },
      netns: host,
    }));
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
  const published = [...told, ...untold(world, rules, told)];
  const named = [...published, ...exposed(world)];
  return keyed([...named, ...unpublished(world, named), ...ofHost(world, published)]);
}
