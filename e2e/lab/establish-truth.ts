import { statSync } from "node:fs";
import { type Inner, linksIn, provenByCarrier } from "./carrier-proof";
import { netnsOf } from "./host";
import type { ContainerTruth, End, LabHost, Truth } from "./truth";
import { at, type Place, type Wire, wires } from "./wires";

type Links = ReadonlyMap<string, { readonly ifindex: number; readonly master?: string }>;
type Containers = Readonly<Record<string, ContainerTruth>>;

/** Collects what the lab made; the pairs that docker made are proven by their carrier. */
export async function establishTruth(host: LabHost, containers: Containers): Promise<Truth> {
  const pidOf = (name: string): number => containers[name]?.pid ?? 0;
  const netnsAt = (place: Place): number => netnsNumber(host, place, pidOf);
  const names = namesByNetns(netnsAt("(host)"), netnsAt("(ip netns lonely)"), containers);
  const seen = new Map<number, Links>();

  async function end(place: Place, ifname: string): Promise<End> {
    const netns = netnsAt(place);
    const links = seen.get(netns) ?? (await linksAt(host, pidOf, place));
    seen.set(netns, links);
    const link = links.get(ifname);
    if (link === undefined) throw new Error(`no ${ifname} in namespace ${netns}`);
    return { netns, of: names.get(netns) ?? [], ifname, ...link };
  }

  const byHand = await Promise.all(
    wires.map(async ([a, b]) => [await end(a.at, a.name), await end(b.at, b.name)] as const),
  );
  const docker = dockerMade(host, containers);
  const proven = await provenByCarrier(host, await dockerHostEnds(host), docker.inners);
  const byDocker = await Promise.all(
    [...proven].map(
      async ([name, inner]) =>
        [
          await end({ container: docker.ownerOf(inner) }, inner.ifname),
          await end("(host)", name),
        ] as const,
    ),
  );
  return {
    host_netns: netnsAt("(host)"),
    containers,
    veth_pairs: [...byDocker, ...byHand],
    macvlan_parents: [[await end({ container: "camera" }, "eth0"), await end("(host)", "eth0")]],
    peer_unseen: [await end("(host)", "eth0")],
  };
}

function netnsNumber(host: LabHost, place: Place, pidOf: (name: string) => number): number {
  if (place === "(host)") return netnsOf(host, 1);
  if (typeof place === "object") return netnsOf(host, pidOf(place.container));
  return statSync(`/proc/${host.pid}/root/run/netns/lonely`).ino;
}

function namesByNetns(
  hostNetns: number,
  lonelyNetns: number,
  containers: Containers,
): ReadonlyMap<number, readonly string[]> {
  const names = new Map([
    [hostNetns, ["(host)"]],
    [lonelyNetns, ["(ip netns lonely)"]],
  ]);
  for (const [name, { netns }] of Object.entries(containers)) {
    if (netns === null) continue;
    names.set(Number(netns), [...(names.get(Number(netns)) ?? []), name]);
  }
  return names;
}

/** Names, numbers and masters only: which link pairs with which is not asked here. */
async function linksAt(
  host: LabHost,
  pidOf: (name: string) => number,
  place: Place,
): Promise<Links> {
  const rows: { ifname: string; ifindex: number; master?: string }[] = JSON.parse(
    await at(host, pidOf, place, ["ip", "-j", "link", "show"]),
  );
  return new Map(
    rows.map(({ ifname, ifindex, master }) => [
      ifname,
      { ifindex, ...(master === undefined ? {} : { master }) },
    ]),
  );
}

const handMade = (place: (wire: Wire) => readonly Wire[number][]): ReadonlySet<string> =>
  new Set(wires.flatMap((wire) => place(wire).map((each) => each.name)));

/** The host's veths that the lab did not make itself; its eth0 leads to the underlay. */
async function dockerHostEnds(host: LabHost): Promise<readonly string[]> {
  const ours = handMade((wire) => wire.filter((each) => each.at === "(host)"));
  const rows: { ifname: string }[] = JSON.parse(
    await at(host, () => 1, "(host)", ["ip", "-j", "link", "show", "type", "veth"]),
  );
  return rows
    .map(({ ifname }) => ifname)
    .filter((ifname) => ifname !== "eth0" && !ours.has(ifname));
}

/** The containers' links that docker made with a pair of their own: not lo, macvlan or by hand. */
function dockerMade(host: LabHost, containers: Containers) {
  const hostNetns = String(netnsOf(host, 1));
  const owners = new Map<number, string>();
  for (const [name, { pid, netns, network_mode }] of Object.entries(containers)) {
    const guest = network_mode.startsWith("container:");
    if (pid > 0 && netns !== hostNetns && !guest && network_mode !== "lan") owners.set(pid, name);
  }
  const inners = [...owners].flatMap(([pid, name]): Inner[] => {
    const byHand = handMade((wire) => wire.filter((each) => isIn(each.at, name)));
    return linksIn(host, pid)
      .filter((ifname) => /^eth\d+$/.test(ifname) && !byHand.has(ifname))
      .map((ifname) => ({ pid, ifname }));
  });
  return { inners, ownerOf: ({ pid }: Inner): string => owners.get(pid) ?? "" };
}

const isIn = (place: Place, container: string): boolean =>
  typeof place === "object" && place.container === container;
