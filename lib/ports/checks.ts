import type { NetnsId } from "@/lib/net/ids";
import { spelt } from "@/lib/netfilter/bytes-of";
import type { Tuple } from "@/lib/netfilter/packet";
import type { Link } from "@/lib/topology/model";
import type { Condition, Doubt, Stop } from "./model";
import { routeTo } from "./route";
import { type Family, isLocal, isLoopback, type World } from "./world";

/** What a setting of the kernel says to a packet: it goes on, it ends, or it cannot be told. */
export type Checked =
  | { readonly says: "pass"; readonly given: Condition | null }
  | { readonly says: "stop"; readonly stop: Stop }
  | { readonly says: "unknown"; readonly doubt: Doubt };

const pass: Checked = { says: "pass", given: null };

const stop = (found: Stop): Checked => ({ says: "stop", stop: found });

type Ends = "source" | "destination";

const loopback6 = spelt("::1");

const numberAt = (world: World, netns: NetnsId, name: string): number | null => {
  const value = world.setting(netns, name);
  return value === null ? null : Number(value);
};

const notRead = (netns: NetnsId, name: string): Checked => ({
  says: "unknown",
  doubt: { why: "setting-not-read", netns, name },
});

/** IPv4 asks the interface by which a packet came, IPv6 the whole namespace. */
export function mayForward(world: World, link: Link, family: Family): Checked {
  const { netns } = link;
  const name =
    family === "ip" ? `net/ipv4/conf/${link.name}/forwarding` : "net/ipv6/conf/all/forwarding";
  const value = numberAt(world, netns, name);
  if (value !== null) return value > 0 ? pass : stop({ why: "setting", netns, name });
  const whole = "net/ipv4/ip_forward";
  const all = family === "ip" ? numberAt(world, netns, whole) : null;
  if (all === null) return notRead(netns, name);
  return { says: "pass", given: { given: "setting", netns, name: whole } };
}

/** Either the interface's own or that of all. */
function mayLoop(world: World, link: Link): Checked {
  const { netns } = link;
  const name = `net/ipv4/conf/${link.name}/route_localnet`;
  const own = numberAt(world, netns, name);
  const all = numberAt(world, netns, "net/ipv4/conf/all/route_localnet");
  if (own === 1 || all === 1) return pass;
  return own === null ? notRead(netns, name) : stop({ why: "setting", netns, name });
}

/** Packets of 127/8 leave and come by a real interface only where route_localnet is on. */
export const mayCarryLoopback = (world: World, link: Link, address: string): Checked =>
  link.kind !== "loopback" && isLoopback(address) ? mayLoop(world, link) : pass;

/** rp_filter: the larger of the interface's and that of all; 1: the way back must use this link, 2: there must be one. */
function byReversePath(world: World, link: Link, source: string): Checked {
  const { netns } = link;
  const back = routeTo(world, netns, "ip", source);
  if (back.to === "link" && back.link.id === link.id) return pass;
  const name = `net/ipv4/conf/${link.name}/rp_filter`;
  const own = numberAt(world, netns, name);
  const all = numberAt(world, netns, "net/ipv4/conf/all/rp_filter");
  if (own === null || all === null) return notRead(netns, name);
  const value = Math.max(own, all);
  if (value === 0) return pass;
  if (back.to === "unknown")
    return { says: "unknown", doubt: { why: "routing", netns, to: source } };
  if (value === 2 && back.to === "link") return pass;
  return stop({ why: "setting", netns, name });
}

/** ::1 comes by no link but lo, neither as source nor as destination: ip6_rcv_core drops it before any rule (RFC 4291 2.5.3). */
export function mayEnter(link: Link, { source, destination }: Pick<Tuple, Ends>): Checked {
  if (link.kind === "loopback") return pass;
  const address = [source, destination].find((each) => spelt(each) === loopback6);
  return address === undefined ? pass : stop({ why: "martian", netns: link.netns, address });
}

/** Translated to ::1, or back to it: what came by a link finds no route there (seen: Ip6InNoRoutes), and no setting allows it. */
export const mayBeFor = (link: Link, destination: string): Checked =>
  link.kind !== "loopback" && spelt(destination) === loopback6
    ? stop({ why: "no-route", netns: link.netns, to: destination })
    : pass;

/** Whether a packet with this source may come by this link. Of IPv6 the kernel asks no more. */
export function maySource(world: World, link: Link, family: Family, source: string): Checked {
  if (family === "ip6" || link.kind === "loopback") return pass;
  if (isLoopback(source)) return mayLoop(world, link);
  if (isLocal(world, link.netns, source))
    return stop({ why: "martian", netns: link.netns, address: source });
  return byReversePath(world, link, source);
}

const isDown = ({ adminUp, state }: Link): boolean => !adminUp || state === "down";

export const isCarrying = (link: Link): Checked =>
  isDown(link) ? stop({ why: "link-down", link: link.id }) : pass;

/** What settles it first: one that ends the way, then one that cannot be told. */
export function allPass(checks: readonly Checked[]): Checked {
  const first =
    checks.find(({ says }) => says === "stop") ?? checks.find(({ says }) => says === "unknown");
  if (first !== undefined) return first;
  return checks.find((check) => check.says === "pass" && check.given !== null) ?? pass;
}
