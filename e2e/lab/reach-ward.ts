import type Docker from "dockerode";
import { engineOf } from "./engine";
import { type ExtraHost, startExtraHost } from "./extra-host";
import { sh } from "./hard-set";
import { netnsOf } from "./host";
import { plainImage } from "./image";
import { insideHost, lab } from "./lab-env";
import {
  type Listens,
  type Receivers,
  receive,
  type Sender,
  type Spot,
  sender,
} from "./nonces/nonces";
import { type FarWorld, openWorld } from "./reach-world";
import { ipBatch, must } from "./run-command";
import type { LabHost } from "./truth";
import { plugIn } from "./underlay";

/** A host whose containers listen where its engine publishes, and where it does not. */
export type ReachWard = {
  readonly host: LabHost;
  /** Inodes of the namespaces of those on the host. */
  readonly inodes: ReadonlyMap<string, number>;
  /** Of both families, as the engine tells them. */
  readonly addressesOf: (container: string) => readonly string[];
  readonly receivers: Receivers;
  /** By name: `host`, `outside`, `neighbour`, `world` where the plan has one, and the containers. */
  readonly sender: (name: string) => Sender;
  /** `neighbour` or `world` may send from this address from now on. */
  readonly lend: (name: "neighbour" | "world", address: string) => Promise<void>;
  /** What programs of containers themselves received, noted where the other nonces are. */
  readonly collect: () => Promise<void>;
  readonly end: () => Promise<void>;
};

type Guest = {
  readonly name: string;
  readonly network: string;
  readonly address?: string;
  /** `[host address:]host port:container port/protocol`. */
  readonly ports?: readonly string[];
  /** `protocol address port`. */
  readonly listens?: readonly string[];
  /** A program of the container itself, started by a shell, listens on this TCP port of all its addresses. */
  readonly runs?: number;
};

export type ReachPlan = {
  readonly name: string;
  readonly address: string;
  readonly dockerd?: readonly string[];
  readonly networks: readonly Docker.NetworkCreateOptions[];
  readonly guests: readonly Guest[];
  /** Whether a machine with a public address is there too, beyond a router. */
  readonly world?: true;
  /** The host's address of IPv6 on docker0, where it has one. */
  readonly gateway6?: string;
  /** Programs of the host itself. */
  readonly hostListens: readonly string[];
};

const published = /^(?:(.+):)?(\d+):(\d+\/\w+)$/;

function bindings(ports: readonly string[]): Docker.HostConfig["PortBindings"] {
  const found: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of ports) {
    const [, HostIp = "", HostPort = "", inside = ""] = published.exec(port) ?? [];
    found[inside] = [...(found[inside] ?? []), { HostIp, HostPort }];
  }
  return found;
}

const sleeps = ["/bin/busybox", "sleep", "99999"];

const kept = "/got";

/** The shell stays, so that who listens is not the container's first process. */
const listening = (port: number): readonly string[] => [
  ...["/bin/sh", "-c"],
  `/bin/nc -ll -p ${port} -e /bin/sh -c 'read -r nonce; echo "$nonce" >>${kept}; echo got it'; exit 1`,
];

async function run(engine: Docker, guest: Guest): Promise<void> {
  const { name, network, address, ports = [], runs } = guest;
  const container = await engine.createContainer({
    name,
    Image: plainImage,
    Cmd: [...(runs === undefined ? sleeps : listening(runs))],
    ExposedPorts: Object.fromEntries(ports.map((each) => [published.exec(each)?.[3] ?? "", {}])),
    HostConfig: { NetworkMode: network, PortBindings: bindings(ports) },
    ...(address === undefined
      ? {}
      : {
          NetworkingConfig: {
            EndpointsConfig: { [network]: { IPAMConfig: { IPv4Address: address } } },
          },
        }),
  });
  await container.start();
}

const listensOf = (specs: readonly string[] = []): readonly Listens[] =>
  specs.map((spec) => {
    const [protocol, address = "", port] = spec.split(" ");
    return { protocol: protocol === "udp" ? "udp" : "tcp", address, port: Number(port) };
  });

async function guestOf(engine: Docker, host: LabHost, { name }: Guest) {
  const { State, NetworkSettings } = await engine.getContainer(name).inspect();
  const [first] = Object.values(NetworkSettings.Networks);
  const addresses = [first?.IPAddress, first?.GlobalIPv6Address].filter((each) => each);
  return { name, pid: State.Pid, inode: netnsOf(host, State.Pid), addresses };
}

/** To the containers of a ward, so that it is the host which decides about them. */
const routed = ["172.16.0.0/12", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"];

const routed6 = ["fd00:6::/64", "fd00:14::/64", "fd00:27::/64", "fd00:31::/64"];

const outside = (): string => lab().around.outside;

/** Of a host with this IPv4 address. */
export const secondAddress = (address: string): string => address.replace(/.*\./, "fd00:99::");

const near = { netns: "neighbour", v4: "10.99.1.9", v6: "fd00:99::9" } as const;

/**
 * A machine beside the host that sends by it whatever it likes: also to 127.0.0.1, for which it has no address of its own.
 */
async function openNeighbour({ address }: ReachPlan): Promise<void> {
  await must(["ip", "netns", "add", near.netns]);
  await plugIn(near.netns, near.v4);
  await must([
    ...["nsenter", `--net=/run/netns/${near.netns}`, "--", "sh", "-c"],
    "echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet; echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter",
  ]);
  const v6 = secondAddress(address);
  await ipBatch(
    [
      "addr del 127.0.0.1/8 dev lo",
      `addr add ${near.v6}/64 dev eth0 nodad`,
      ...[...routed, "127.0.0.0/8"].map((each) => `route replace ${each} via ${address}`),
      ...routed6.map((each) => `route replace ${each} via ${v6}`),
    ],
    near.netns,
  );
}

const lendNear = (address: string): Promise<unknown> => {
  const v6 = address.includes(":");
  return ipBatch(
    [`addr replace ${address}/${v6 ? 128 : 32} dev eth0${v6 ? " nodad" : ""}`],
    near.netns,
  );
};

export async function openReachWard(plan: ReachPlan): Promise<ReachWard> {
  const extra: ExtraHost = await startExtraHost(plan.name, plan.address, plan.dockerd);
  const { host } = extra;
  const engine = engineOf(host);
  const v6 = secondAddress(plan.address);
  await ipBatch([`addr add ${v6}/64 dev eth0 nodad`], plan.name);
  await ipBatch(
    [
      "addr replace fd00:99::2/64 dev eth0 nodad",
      ...routed.map((each) => `route replace ${each} via ${plan.address}`),
      ...routed6.map((each) => `route replace ${each} via ${v6}`),
    ],
    outside(),
  );
  const far: FarWorld | null =
    plan.world === undefined
      ? null
      : await openWorld({ netns: plan.name, v4: plan.address, v6 }, [...routed, ...routed6]);
  await openNeighbour(plan);
  for (const network of plan.networks) await engine.createNetwork(network);
  for (const guest of plan.guests) await run(engine, guest);
  const guests = await Promise.all(plan.guests.map((guest) => guestOf(engine, host, guest)));
  const within = (pid: number): readonly string[] =>
    insideHost(host, ["nsenter", "-t", String(pid), "-n"]);
  const spots = new Map<string, Spot>([
    ["outside", { name: "outside", enter: ["nsenter", `--net=/run/netns/${outside()}`] }],
    ["neighbour", { name: "neighbour", enter: ["nsenter", `--net=/run/netns/${near.netns}`] }],
    ...(far === null
      ? []
      : [
          [
            "world",
            { name: "world", enter: ["nsenter", `--net=/run/netns/${far.netns}`] },
          ] as const,
        ]),
    ["host", { name: "host", enter: insideHost(host, []) }],
    ...guests.map(({ name, pid }) => [name, { name, enter: within(pid) }] as const),
  ]);
  const places = [
    { name: "host", listens: listensOf(plan.hostListens) },
    ...plan.guests.map(({ name, listens }) => ({ name, listens: listensOf(listens) })),
  ];
  const receivers = await receive(
    places
      .filter(({ listens }) => listens.length > 0)
      .map(({ name, listens }) => ({ ...(spots.get(name) as Spot), listens })),
  );
  const senders = new Map<string, Sender>();
  const senderAt = (name: string): Sender => {
    const spot = spots.get(name);
    if (spot === undefined) throw new Error(`no spot ${name}`);
    const made = senders.get(name) ?? sender(spot);
    senders.set(name, made);
    return made;
  };
  const lent = new Set<string>();
  const programs = plan.guests.flatMap(({ name, runs }) => {
    const guest = guests.find((each) => each.name === name);
    return runs === undefined || guest === undefined ? [] : [{ name, port: runs, pid: guest.pid }];
  });
  const known = new Map(guests.map(({ name, addresses }) => [name, addresses]));
  return {
    host,
    inodes: new Map([
      ["host", netnsOf(host, 1)],
      ...guests.map(({ name, inode }) => [name, inode] as const),
    ]),
    addressesOf: (name) => (known.get(name) ?? []).map(String),
    receivers,
    sender: senderAt,
    lend: async (name, address) => {
      if (lent.has(`${name} ${address}`)) return;
      lent.add(`${name} ${address}`);
      await (name === "world" ? far?.lend(address) : lendNear(address));
    },
    collect: async () => {
      for (const { name, port, pid } of programs) {
        const text = await sh(host, `cat /proc/${pid}/root${kept} 2>/dev/null || true`);
        for (const nonce of text.split("\n").filter(Boolean))
          receivers.note(nonce, { spot: name, port });
      }
    },
    end: async () => {
      receivers.end();
      for (const each of senders.values()) each.end();
      await ipBatch(
        [
          ...[...routed, ...routed6].map((each) => `route del ${each}`),
          "addr del fd00:99::2/64 dev eth0",
        ],
        outside(),
      );
      await must(["ip", "netns", "del", near.netns]);
      await far?.end();
      await extra.end();
    },
  };
}

export const onWard = ({ host }: ReachWard, script: string): Promise<string> =>
  sh(host, `set -e; ${script}`);
