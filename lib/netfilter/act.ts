import type { Action, Lookup, MapElement, Verdict } from "@/lib/topology/firewall/actions";
import type { Rule } from "@/lib/topology/firewall/model";

import type { Doubt, Packet, Traveller } from "./packet";
import { type Asking, elementFits, setNamed } from "./sets";
import { dnat, masquerade, redirect, snat } from "./translate";
import { doubting, type Left, stepOf, stepped, type Walk } from "./walk";

const on = (traveller: Traveller): readonly Left[] => [{ kind: "on", traveller }];

const ends = (
  walk: Walk,
  rule: Rule,
  traveller: Traveller,
  verdict: "accept" | "drop" | "reject",
): readonly Left[] => [
  { kind: "verdict", verdict, traveller: stepped(traveller, stepOf(walk, rule, verdict, null)) },
];

/** It cannot be told what becomes of it here: it may go on, or end. */
const eitherWay = (traveller: Traveller, doubt: Doubt): readonly Left[] => {
  const unsure = doubting(traveller, doubt);
  return [
    { kind: "on", traveller: unsure },
    { kind: "verdict", verdict: "taken", traveller: unsure },
  ];
};

/** jump comes back to the rule after it, goto to the caller of this chain; from a base chain's goto, to its policy. */
function enter(
  verdict: Extract<Verdict, { kind: "jump" | "goto" }>,
  rule: Rule,
  walk: Walk,
  traveller: Traveller,
): readonly Left[] {
  const chain = walk.table.chains.find(({ name }) => name === verdict.chain);
  if (chain === undefined)
    return eitherWay(traveller, { why: "missing-chain", rule: rule.key, chain: verdict.chain });
  if (walk.visited.includes(chain.name))
    return eitherWay(traveller, { why: "loop", rule: rule.key, chain: chain.name });
  const inside = { ...walk, chain, visited: [...walk.visited, chain.name] };
  const entered = stepped(traveller, stepOf(walk, rule, verdict.kind, chain.name));
  return walk
    .through(inside, entered)
    .map((left) =>
      left.kind === "back" && verdict.kind === "jump" ? { ...left, kind: "on" } : left,
    );
}

function decide(verdict: Verdict, rule: Rule, walk: Walk, traveller: Traveller): readonly Left[] {
  switch (verdict.kind) {
    case "accept":
    case "drop":
    case "reject":
      return ends(walk, rule, traveller, verdict.kind);
    case "return":
      return [{ kind: "back", traveller: stepped(traveller, stepOf(walk, rule, "return", null)) }];
    case "continue":
      return on(traveller);
    case "jump":
    case "goto":
      return enter(verdict, rule, walk, traveller);
  }
}

type Found = { readonly element: MapElement; readonly doubt: Doubt | null };

/**
 * The elements that may be the one that fits: an element that fits for certain ends the search. null: the map
 * was not read.
 */
function lookUp(lookup: Lookup, packet: Packet, asking: Asking): readonly Found[] | null {
  const { map } = lookup;
  const holds = map.of === "set" ? setNamed(map.name, asking)?.holds : null;
  if (holds !== null && holds?.of !== "mappings") return null;
  const elements = holds?.elements ?? (map.of === "elements" ? map.elements : []);
  const found: Found[] = [];
  for (const element of elements) {
    const answer = elementFits(packet, lookup.fields, element.key, asking);
    if (answer === "yes") return [...found, { element, doubt: null }];
    if (answer !== "no") found.push({ element, doubt: answer });
  }
  return found;
}

const nameOf = ({ map }: Lookup): string => (map.of === "set" ? map.name : "");

function byMap(lookup: Lookup, rule: Rule, walk: Walk, traveller: Traveller): readonly Left[] {
  const asking = { ...walk.place, table: walk.table, rule: rule.key };
  const found = lookUp(lookup, traveller.packet, asking);
  if (found === null)
    return eitherWay(traveller, { why: "set", rule: rule.key, set: nameOf(lookup) });
  const isSure = found.some(({ doubt }) => doubt === null);
  const ways = found.flatMap(({ element, doubt }) => {
    if (element.to.of !== "verdict") return on(traveller);
    const unsure = doubt === null ? traveller : doubting(traveller, doubt);
    return decide(element.to.verdict, rule, walk, unsure);
  });
  const [maybe] = found;
  if (isSure) return ways;
  return [...ways, ...on(maybe?.doubt ? doubting(traveller, maybe.doubt) : traveller)];
}

const marked = (traveller: Traveller, mark: number): Traveller => ({
  ...traveller,
  packet: { ...traveller.packet, mark },
});

/** The kernel's own formula for iptables' MARK --set-xmark and nft's `meta mark set`. */
const newMark = (old: number, { value, mask }: { value: number; mask: number }): number =>
  ((old & ~mask) ^ value) >>> 0;

const setConnectionMark = (traveller: Traveller, mark: number): Traveller => {
  const { packet } = traveller;
  return { ...traveller, packet: { ...packet, connection: { ...packet.connection, mark } } };
};

/** What an action does with a packet that meets it. */
export function act(action: Action, rule: Rule, walk: Walk, traveller: Traveller): readonly Left[] {
  const { packet } = traveller;
  switch (action.kind) {
    case "dnat":
      return dnat(action, rule, walk, traveller, lookUp);
    case "snat":
      return snat(action, rule, walk, traveller);
    case "masquerade":
      return masquerade(action, rule, walk, traveller);
    case "redirect":
      return redirect(action, rule, walk, traveller);
    case "netmap":
      return eitherWay(traveller, { why: "opaque", rule: rule.key, text: `NETMAP ${action.to}` });
    case "set-mark":
      return on(marked(traveller, newMark(packet.mark, action)));
    case "set-ct-mark":
      return on(setConnectionMark(traveller, newMark(packet.connection.mark, action)));
    case "save-mark":
      return on(setConnectionMark(traveller, packet.mark));
    case "restore-mark":
      return on(marked(traveller, packet.connection.mark));
    case "notrack":
      return on({
        ...traveller,
        packet: { ...packet, connection: { ...packet.connection, state: "untracked" } },
      });
    case "log":
    case "counter":
    case "tcp-mss":
      return on(traveller);
    case "queue":
      return eitherWay(traveller, { why: "queue", rule: rule.key });
    case "verdict-map":
      return byMap(action.lookup, rule, walk, traveller);
    case "opaque": {
      const doubt: Doubt = { why: "opaque", rule: rule.key, text: action.text };
      return action.flow === "goes-on" ? on(traveller) : eitherWay(traveller, doubt);
    }
    default:
      return decide(action, rule, walk, traveller);
  }
}
