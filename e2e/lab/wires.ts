import { onHost } from "./lab-env";
import type { LabHost } from "./truth";

/** Where an end of a hand-made pair lies: the host, a container, or the processless namespace. */
export type Place = "(host)" | "(ip netns lonely)" | { readonly container: string };

type WireEnd = {
  readonly at: Place;
  readonly name: string;
  readonly index?: number;
  readonly address?: string;
  readonly gateway?: string;
  readonly master?: string;
};
export type Wire = readonly [WireEnd, WireEnd];

const host = "(host)";
const lonely = "(ip netns lonely)";
const ctr = (container: string): Place => ({ container });
const modernBridge = "br-modern";

/**
 * Docker ≥ 28 makes the pair inside the new container, where the first free index is always 2: so
 * every host end reads `@if2`, and the number alone names nobody.
 */
const modern = (number: number): Wire => [
  {
    at: ctr(`modern-${number}`),
    name: "eth0",
    address: `172.28.0.${number + 1}/24`,
    gateway: "172.28.0.1",
  },
  { at: host, name: `vethmodern${number}`, master: modernBridge },
];

const odd = (onTheHost: string, container: string, inside: string): Wire => [
  { at: host, name: onTheHost },
  { at: ctr(container), name: inside },
];

/** The pairs that the lab makes itself; the end named first is where the command runs. */
export const wires: readonly Wire[] = [
  modern(1),
  modern(2),
  modern(3),
  [
    { at: host, name: "twin0", index: 77 },
    { at: ctr("web2"), name: "twin1", index: 77 },
  ],
  [
    { at: host, name: "orphan0" },
    { at: host, name: "orphan1" },
  ],
  [
    { at: ctr("web"), name: "xa", address: "10.66.0.1/30" },
    { at: ctr("db"), name: "xb", address: "10.66.0.2/30" },
  ],
  [
    { at: host, name: "lv0", address: "10.77.0.1/30" },
    { at: lonely, name: "lv1", address: "10.77.0.2/30" },
  ],
  odd("$(id)", "q1", "<b>x"),
  odd("a@b", "q1", 'q"z'),
  odd("-dash", "q1", "$(id)"),
  odd("<b>x", "q2", "a@b"),
  odd('q"z', "q2", "-dash"),
];

export type PidOf = (container: string) => number;

/** Runs argv on the host, in the network namespace of a place. */
export async function at(
  labHost: LabHost,
  pidOf: PidOf,
  place: Place,
  argv: readonly string[],
): Promise<string> {
  const path = place === lonely ? "/run/netns/lonely" : `/proc/${pidAt(place, pidOf)}/ns/net`;
  const ran = await onHost(labHost, ["nsenter", `--net=${path}`, "--", ...argv]);
  if (ran.code !== 0) throw new Error(`${argv.join(" ")}: ${ran.stderr || ran.stdout}`);
  return ran.stdout;
}

const pidAt = (place: Exclude<Place, typeof lonely>, pidOf: PidOf): number =>
  place === host ? 1 : pidOf(place.container);

export async function wireUp(labHost: LabHost, pidOf: PidOf): Promise<void> {
  const ip: Ip = (place, ...argv) => at(labHost, pidOf, place, ["ip", ...argv]);
  await ip(host, "netns", "add", "lonely");
  await ip(host, "link", "add", modernBridge, "type", "bridge");
  await ip(host, "addr", "add", "172.28.0.1/24", "dev", modernBridge);
  await ip(host, "link", "set", modernBridge, "up");
  for (const [a, b] of wires) {
    const target = b.at === lonely ? "lonely" : String(pidAt(b.at, pidOf));
    const peer = ["peer", ...named(b), "netns", target];
    await ip(a.at, "link", "add", ...named(a), "type", "veth", ...peer);
    for (const end of [a, b]) await bringUp(ip, end);
  }
}

type Ip = (place: Place, ...argv: readonly string[]) => Promise<string>;

async function bringUp(ip: Ip, { at: place, name, address, gateway, master }: WireEnd) {
  if (address !== undefined) await ip(place, "addr", "add", address, "dev", name);
  const into = master === undefined ? [] : ["master", master];
  await ip(place, "link", "set", "dev", name, ...into, "up");
  if (gateway !== undefined) await ip(place, "route", "add", "default", "via", gateway);
}

/** `name` stands before the name: one that starts with a dash would be read as an option. */
const named = ({ name, index }: WireEnd): readonly string[] => [
  ...["name", name],
  ...(index === undefined ? [] : ["index", String(index)]),
];
