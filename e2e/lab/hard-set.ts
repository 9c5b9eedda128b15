import { statSync } from "node:fs";
import type { LinkId } from "@/lib/net/ids";
import { linkId, netnsId, netnsLabel } from "@/lib/net/ids";
import { engineOf } from "./engine";
import { plainImage } from "./image";
import { onHost } from "./lab-env";
import { must } from "./run-command";
import type { LabHost } from "./truth";

/** How a namespace is kept alive. mount: by a bind mount outside /run/netns, where `ip netns` does not look. */
type Keeper = "process" | "name" | "mount";

export type Spot = { readonly name: string; readonly path: string; readonly inode: number };
export type HardEnd = { readonly spot: Spot; readonly ifname: string; readonly ifindex: number };
export type HardPair = readonly [HardEnd, HardEnd];

export const hardId = (host: string, { spot, ifindex }: HardEnd): LinkId =>
  linkId(netnsId(host, netnsLabel(spot.inode)), ifindex);

/** Runs a script on the host and returns what it printed; anything but exit 0 throws. */
export async function sh(host: LabHost, script: string, ...args: string[]): Promise<string> {
  const ran = await onHost(host, ["sh", "-c", script, "sh", ...args]);
  if (ran.code !== 0) throw new Error(`${script}: ${ran.stderr || ran.stdout}`);
  return ran.stdout.trim();
}

const inodeAt = (host: LabHost, path: string): number =>
  statSync(`/proc/${host.pid}/root${path}`).ino;

const makers: Readonly<Record<Keeper, (host: LabHost, name: string) => Promise<string>>> = {
  process: async (host) =>
    `/proc/${await sh(host, "unshare --net sleep 99999 >/dev/null 2>&1 </dev/null & echo $!")}/ns/net`,
  name: async (host, name) => {
    await sh(host, 'ip netns add "$1"', name);
    return `/run/netns/${name}`;
  },
  mount: async (host, name) => {
    const path = `/run/kept/${name}`;
    await sh(host, 'mkdir -p /run/kept; : >"$1"; unshare --net="$1" true', path);
    return path;
  },
};

/** A new namespace; its first link gets index 2. */
async function makeSpot(host: LabHost, keeper: Keeper, name: string): Promise<Spot> {
  const path = await makers[keeper](host, name);
  const own = inodeAt(host, "/proc/1/ns/net");
  const deadline = Date.now() + 5000;
  // A process is there a little before it is in its new namespace.
  while (inodeAt(host, path) === own && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { name, path, inode: inodeAt(host, path) };
}

const hostSpot = (host: LabHost): Spot => ({
  name: "host",
  path: "/proc/1/ns/net",
  inode: inodeAt(host, "/proc/1/ns/net"),
});

/** `ip` takes a path for a namespace, so that no name or process is needed. */
async function pair(
  host: LabHost,
  [a, ifnameA]: readonly [Spot, string],
  [b, ifnameB]: readonly [Spot, string],
): Promise<HardPair> {
  await sh(
    host,
    'nsenter --net="$1" ip link add name "$2" type veth peer name "$4" netns "$3"; nsenter --net="$1" ip link set dev "$2" up; nsenter --net="$3" ip link set dev "$4" up',
    ...[a.path, ifnameA, b.path, ifnameB],
  );
  return [await end(host, a, ifnameA), await end(host, b, ifnameB)];
}

async function end(host: LabHost, spot: Spot, ifname: string): Promise<HardEnd> {
  const printed = await sh(host, 'nsenter --net="$1" ip -j link show dev "$2"', spot.path, ifname);
  const [{ ifindex }] = JSON.parse(printed) as [{ ifindex: number }];
  return { spot, ifname, ifindex };
}

/** Four namespaces of one kind, two pairs, and every end is (ifindex 2, iflink 2, nsid 0). */
async function four(host: LabHost, keeper: Keeper, name: string): Promise<readonly HardPair[]> {
  const spots = [];
  for (const nth of [1, 2, 3, 4]) spots.push(await makeSpot(host, keeper, `${name}${nth}`));
  const [one, two, three, last] = spots;
  if (!one || !two || !three || !last) throw new Error("four were made");
  return [
    await pair(host, [one, "vh"], [three, "eth0"]),
    await pair(host, [two, "vh"], [last, "eth0"]),
  ];
}

export type HardSet = {
  readonly withProcesses: readonly HardPair[];
  readonly withNames: readonly HardPair[];
  readonly withMounts: readonly HardPair[];
  /** A namespace behind a bridge inside the container `nest`. */
  readonly nested: HardPair;
  readonly nestedMaster: HardEnd;
  /** Host end of a pair whose other end is kept by an open file only. */
  readonly byFile: HardEnd;
  /** Host end of a pair whose other end's path leads elsewhere by now. */
  readonly covered: HardPair;
  readonly macvlan: { readonly child: HardEnd; readonly parent: HardEnd };
};

async function startNest(host: LabHost): Promise<Spot> {
  const container = await engineOf(host).createContainer({
    name: "nest",
    Image: plainImage,
    Cmd: ["/bin/busybox", "sleep", "99999"],
    HostConfig: { CapAdd: ["NET_ADMIN"] },
  });
  await container.start();
  const { State } = await container.inspect();
  const path = `/proc/${State.Pid}/ns/net`;
  return { name: "nest", path, inode: inodeAt(host, path) };
}

async function makeNested(host: LabHost) {
  const nest = await startNest(host);
  const inner = await makeSpot(host, "process", "inner");
  await sh(host, 'nsenter --net="$1" ip link add cbr type bridge', nest.path);
  const nested = await pair(host, [nest, "vin"], [inner, "eth0"]);
  await sh(host, 'nsenter --net="$1" ip link set vin master cbr', nest.path);
  return { nested, nestedMaster: await end(host, nest, "cbr") };
}

async function makeByFile(host: LabHost): Promise<HardEnd> {
  const spot = await makeSpot(host, "mount", "file");
  const [onHost] = await pair(host, [hostSpot(host), "vfile"], [spot, "eth0"]);
  await sh(
    host,
    'sleep 99999 9<"$1" >/dev/null 2>&1 & sleep 0.2; umount -l "$1"; rm "$1"',
    spot.path,
  );
  return onHost;
}

async function makeCovered(host: LabHost): Promise<HardPair> {
  const spot = await makeSpot(host, "mount", "covered");
  const made = await pair(host, [hostSpot(host), "vcover"], [spot, "eth0"]);
  await sh(host, 'mount --bind /etc/hostname "$1"', spot.path);
  return made;
}

async function makeMacvlan(host: LabHost) {
  const spot = await makeSpot(host, "mount", "mv");
  await sh(
    host,
    'ip link add mvp type bridge; ip link add link mvp name mv0 netns "$1" type macvlan mode bridge',
    spot.path,
  );
  return { child: await end(host, spot, "mv0"), parent: await end(host, hostSpot(host), "mvp") };
}

/** The wirings that the numbers alone cannot tell; what belongs together is known by making it. */
export async function makeHardSet(host: LabHost): Promise<HardSet> {
  return {
    withProcesses: await four(host, "process", "p"),
    withNames: await four(host, "name", "n"),
    withMounts: await four(host, "mount", "m"),
    ...(await makeNested(host)),
    byFile: await makeByFile(host),
    covered: await makeCovered(host),
    macvlan: await makeMacvlan(host),
  };
}

/** A bridge takes 1,023 ports (BR_MAX_PORTS 1024, one is its own); their other ends are all in one namespace. */
export async function makeFullBridge(host: LabHost): Promise<{ ports: number; spot: Spot }> {
  const spot = await makeSpot(host, "name", "crowd");
  const ports = 1023;
  const lines = Array.from({ length: ports }, (_, nth) => [
    `link add name port${nth} type veth peer name e${nth} netns crowd`,
    `link set port${nth} master full`,
  ]).flat();
  await sh(host, "ip link add full type bridge");
  await must(
    ["nsenter", "-t", String(host.pid), "--mount", "--net", "--", "ip", "-batch", "-"],
    lines.join("\n"),
  );
  return { ports, spot };
}
