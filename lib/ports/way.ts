import type { Key, NetnsId } from "@/lib/net/ids";
import type { Rule, Table } from "@/lib/topology/firewall/model";
import { printRule } from "@/lib/topology/firewall/print-rule";
import { firstPacket } from "./connection";
import {
  type Asked,
  type PortRow,
  type Target,
  vantages,
  type Way,
  type WayLine,
  type WayStep,
} from "./model";
import { reach } from "./reach";
import { distinct, type Ended } from "./trip";
import { strangerFor } from "./vantages";
import type { World } from "./world";

type Printed = { readonly table: Table; readonly rule: Rule };

function rulesIn(world: World, netns: NetnsId): ReadonlyMap<Key, Printed> {
  const firewall = world.rules(netns)?.firewall;
  if (firewall?.status !== "read") return new Map();
  return new Map(
    firewall.tables.flatMap((table) =>
      table.chains.flatMap(({ rules }) =>
        rules.map((rule) => [rule.key, { table, rule }] as const),
      ),
    ),
  );
}

/** Each rule that was met, in its own words. */
function lined(world: World, way: readonly WayStep[]): readonly WayLine[] {
  const known = new Map<NetnsId, ReadonlyMap<Key, Printed>>();
  const printed = (netns: NetnsId, key: Key): WayLine["rule"] => {
    const rules = known.get(netns) ?? rulesIn(world, netns);
    known.set(netns, rules);
    const found = rules.get(key);
    if (found === undefined) return null;
    const { table, rule } = found;
    return {
      text: printRule(table.backend, { ...rule, counters: null }),
      counters: rule.counters,
    };
  };
  return way.map((step) => ({
    step,
    rule:
      step.did === "met-rule" && step.step.rule !== null
        ? printed(step.netns, step.step.rule)
        : null,
  }));
}

/** Those from the widest circle that get there come first. */
function shown(asked: readonly Asked[]): Asked | null {
  const sorted = asked.toSorted((a, b) => vantages.indexOf(a.from) - vantages.indexOf(b.from));
  return sorted.find(({ arrives }) => arrives === "yes") ?? sorted[0] ?? null;
}

/** The way to a port: from the widest circle from which it gets there. null: nobody asks for it by its host port. */
export function wayIn(world: World, row: PortRow): Way | null {
  const asked = shown(row.asked.filter(({ to }) => row.host === null || to.port === row.host.port));
  if (asked === null) return null;
  const { answer, way, stop, doubts, conditions } = reach(world, asked.origin, asked.to);
  const lines = lined(world, way);
  const { from, whom, to } = asked;
  return { from, whom, to, answer, lines, stop, doubts, conditions };
}

/** What programs ask for most: any other port meets other rules only where a rule names one. */
const usual = { protocol: "tcp", port: 443 } as const;

const hasLeft = ({ next }: Ended): boolean => next.end === "left";

function answerOf(ended: readonly Ended[]): Way["answer"] {
  if (ended.length > 0 && ended.every(hasLeft)) return "yes";
  return ended.length > 0 && ended.every(({ next }) => next.end === "stopped")
    ? "no"
    : "cannot-tell";
}

/** The way out of a namespace, to a public address that no rule names. null: the host knows no such address. */
export function wayOut(world: World, netns: NetnsId): Way | null {
  const address = strangerFor(world, "ip");
  if (address === null) return null;
  const to: Target = { ...usual, address };
  const ended = firstPacket(world, { at: "namespace", netns }, to);
  const one = ended.find(hasLeft) ?? ended[0];
  const answer = answerOf(ended);
  const stop = one?.next.end === "stopped" ? { at: one.next.stop, phase: "first" as const } : null;
  const doubts = ended.flatMap(({ trip, next }) =>
    next.end === "unknown" && next.doubt !== null ? [...trip.doubts, next.doubt] : trip.doubts,
  );
  return {
    from: null,
    whom: { of: "any" },
    to,
    answer,
    lines: lined(world, one?.trip.way ?? []),
    stop: answer === "no" ? stop : null,
    doubts: answer === "cannot-tell" ? distinct(doubts) : [],
    conditions: distinct(ended.flatMap(({ trip }) => trip.conditions)),
  };
}
