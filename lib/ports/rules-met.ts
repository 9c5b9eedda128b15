import type { NetnsId } from "@/lib/net/ids";
import { throughHook } from "@/lib/netfilter/hook";
import type { Outcome, Step } from "@/lib/netfilter/packet";
import type { Firewall, Hook, Table } from "@/lib/topology/firewall/model";
import { groundOf } from "./ground";
import type { Doubt } from "./model";
import { type Ended, type Going, given, noting, type Trip } from "./trip";
import type { World } from "./world";

/** Those that go on beyond a hook, and those whose way ended at it. */
export type Passed = { readonly on: readonly Trip[]; readonly ended: readonly Going[] };

type Read = Extract<Firewall, { readonly status: "read" }>;

/** Swarm's hidden namespaces translate by IPVS, which no rule tells. */
const hidden = new Set(["overlay", "load-balancer", "ingress"]);

type Rules = Read | { readonly status: "taken-for-none" } | { readonly doubt: Doubt };

/** Of a container's own namespace nobody asks for rules unless a person does; what it does to its own packets is its own affair. */
function rulesOf(world: World, netns: NetnsId): Rules {
  const firewall = world.rules(netns)?.firewall;
  if (firewall?.status === "read") return firewall;
  if (firewall?.status === "unreadable")
    return { doubt: { why: "rules-not-read", netns, gap: firewall.why } };
  if (netns === world.host) return { doubt: { why: "rules-not-read", netns, gap: null } };
  const name = world.namespace(netns)?.name.by;
  if (name !== undefined && hidden.has(name)) return { doubt: { why: "not-followed", netns } };
  return { status: "taken-for-none" };
}

const halfOf: Readonly<Partial<Record<Hook, "destination" | "source">>> = {
  prerouting: "destination",
  output: "destination",
  input: "source",
  postrouting: "source",
};

const restoredAt = (trip: Trip, hook: Hook) => {
  const half = halfOf[hook];
  return half === undefined || trip.restores === null ? null : trip.restores[half];
};

const lastOf = (steps: readonly Step[]): Step | undefined => steps.at(-1);

function ending(netns: NetnsId, { verdict, traveller }: Outcome): Ended["next"] {
  const step = lastOf(traveller.steps);
  if (verdict === "taken" || step === undefined) return { end: "unknown", doubt: null, at: null };
  return { end: "stopped", stop: { why: "rule", netns, step } };
}

const after = (trip: Trip, netns: NetnsId, { traveller }: Outcome): Trip => ({
  ...noting(trip, ...traveller.steps.map((step) => ({ did: "met-rule", netns, step }) as const)),
  packet: traveller.packet,
  doubts: [...trip.doubts, ...traveller.doubts],
});

/** All that the rules of a namespace do with a packet at one hook. */
export function meetRules(world: World, netns: NetnsId, hook: Hook, trip: Trip): Passed {
  const rules = rulesOf(world, netns);
  const restored = restoredAt(trip, hook);
  if ("doubt" in rules)
    return { on: [], ended: [{ trip, next: { end: "unknown", doubt: rules.doubt, at: null } }] };
  if (rules.status === "taken-for-none") {
    const packet = { ...trip.packet, ...restored };
    return { on: [given({ ...trip, packet }, { given: "own-rules", netns })], ended: [] };
  }
  const place = { firewall: rules, ground: groundOf(world, netns) };
  const traveller = { packet: trip.packet, steps: [], doubts: [] };
  const outcomes = throughHook(place, hook, traveller, restored);
  const isOn = ({ verdict }: Outcome): boolean => verdict === "accept";
  return {
    on: outcomes.filter(isOn).map((outcome) => after(trip, netns, outcome)),
    ended: outcomes
      .filter((outcome) => !isOn(outcome))
      .map((outcome) => ({ trip: after(trip, netns, outcome), next: ending(netns, outcome) })),
  };
}

/** Through a hook, then on: `then` for each that got through. */
export function past(
  { on, ended }: Passed,
  then: (trip: Trip) => readonly Going[],
): readonly Going[] {
  return [...ended, ...on.flatMap(then)];
}

const ofFrames = new Set(["bridge", "netdev", "arp"]);

/** Those whose own programs in the kernel take packets past the rules. */
const isPastRules = ({ chains, madeBy }: Table): boolean =>
  madeBy.who === "cilium" || chains.some((chain) => chain.madeBy.who === "cilium");

const isOfFrames = ({ family, chains }: Table): boolean =>
  chains.some(
    ({ base, rules }) =>
      (ofFrames.has(family) || base?.hook === "ingress" || base?.hook === "egress") &&
      (rules.length > 0 || base?.policy === "drop"),
  );

function beside({ tables }: Read, netns: NetnsId): Doubt | null {
  if (tables.some(isPastRules)) return { why: "not-followed", netns };
  const table = tables.find(isOfFrames);
  return table === undefined ? null : { why: "frame-rules", netns, family: table.family };
}

const known = new WeakMap<Read, Doubt | null>();

/**
 * What packets meet before or beside IP's rules and is not followed here: rules for frames, programs in the kernel.
 * null: nothing that was seen.
 */
export function frameRules(world: World, netns: NetnsId): Doubt | null {
  const firewall = world.rules(netns)?.firewall;
  if (firewall?.status !== "read") return null;
  const found = known.get(firewall);
  if (found !== undefined) return found;
  const made = beside(firewall, netns);
  known.set(firewall, made);
  return made;
}
