import type { Key } from "@/lib/net/ids";
import { type IpAddress, ipAddress, sameAddress } from "@/lib/net/ip-address";
import type { Action, Verdict } from "@/lib/topology/firewall/actions";
import type { Chain, Rule, RuleSet, Table } from "@/lib/topology/firewall/model";
import type { ReadFirewall } from "./chain-id";
import { conversationsOf, type Flow } from "./flows";
import { meets } from "./hook-lines";
import type { Party } from "./party";
import { elementCan, heldBy, type Role } from "./role";
import { mapElements } from "./targets";

/** What becomes of all of them for certain; on: some may go on to the next rule. */
type End = "accept" | "drop" | "back" | "on";

type Walk = {
  readonly table: Table;
  readonly sets: readonly RuleSet[];
  readonly chains: ReadonlyMap<string, Chain>;
  readonly party: Party;
  readonly role: Role;
  readonly touched: Set<Key>;
  /** How each chain that they came to ended; chains in a ring end nowhere. */
  readonly ends: Map<string, End>;
};

const isOne = (text: string, addresses: readonly IpAddress[]): boolean => {
  const bytes = ipAddress(text);
  return bytes === null || addresses.some((each) => sameAddress(each, bytes));
};

/** A call to a published port is of this party only where it is sent on to it. */
const leadsElsewhere = (action: Action, { role, party }: Walk): boolean =>
  role.ports !== null &&
  action.kind === "dnat" &&
  action.addresses !== null &&
  action.addresses.first === action.addresses.last &&
  !isOne(action.addresses.first, party.addresses);

function verdictEnd(verdict: Verdict, walk: Walk): End {
  switch (verdict.kind) {
    case "accept":
    case "drop":
      return verdict.kind;
    case "reject":
      return "drop";
    case "return":
      return "back";
    case "continue":
      return "on";
    case "jump":
    case "goto": {
      const end = walkChain(verdict.chain, walk);
      if (end === "accept" || end === "drop") return end;
      return verdict.kind === "goto" && end === "back" ? "back" : "on";
    }
  }
}

/** Every element that they may meet is followed; none of them is certain. */
function mapEnd(action: Extract<Action, { readonly kind: "verdict-map" }>, walk: Walk): boolean {
  const { fields } = action.lookup;
  const met = mapElements(action, walk.table, walk.sets).filter(({ key }) =>
    key.every((value, nth) => {
      const field = fields[nth];
      return field === undefined || elementCan(field, value, walk.role);
    }),
  );
  for (const { to } of met) if (to.of === "verdict") verdictEnd(to.verdict, walk);
  return met.length > 0;
}

function actionEnd(action: Action, walk: Walk): End {
  switch (action.kind) {
    case "accept":
    case "drop":
    case "reject":
    case "return":
    case "continue":
    case "jump":
    case "goto":
      return verdictEnd(action, walk);
    case "dnat":
    case "snat":
    case "masquerade":
    case "redirect":
      return "accept";
    default:
      return "on";
  }
}

/** What one part of a rule makes of them. `goesOn`: the next part is met; `sure`: of all of them. */
type Met = { readonly goesOn: boolean; readonly sure: boolean; readonly end: End };

const failed: Met = { goesOn: false, sure: false, end: "on" };

function meetAction(action: Action, key: Key, walk: Walk): Met {
  if (leadsElsewhere(action, walk)) return failed;
  if (action.kind === "verdict-map") {
    if (mapEnd(action, walk)) walk.touched.add(key);
    return { goesOn: true, sure: false, end: "on" };
  }
  walk.touched.add(key);
  const end = actionEnd(action, walk);
  return { goesOn: end === "on", sure: true, end };
}

function meetPart(part: Rule["parts"][number], key: Key, walk: Walk): Met {
  if (part.part === "action") return meetAction(part, key, walk);
  const held = heldBy(part, walk.role, walk.party.host);
  return held === "no" ? failed : { goesOn: true, sure: held === "yes", end: "on" };
}

/** One rule: touched where its conditions can hold; its end where they surely do. */
function walkRule({ parts, key }: Rule, walk: Walk): End {
  let sure = true;
  for (const part of parts) {
    const met = meetPart(part, key, walk);
    sure &&= met.sure;
    if (!met.goesOn) return sure ? met.end : "on";
  }
  return "on";
}

function walkChain(name: string, walk: Walk): End {
  const known = walk.ends.get(name);
  if (known !== undefined) return known;
  walk.ends.set(name, "on");
  const chain = walk.chains.get(name);
  let end: End = "on";
  for (const rule of chain?.rules ?? []) {
    end = walkRule(rule, walk);
    if (end !== "on") break;
  }
  const last = end === "on" ? "back" : end;
  walk.ends.set(name, last);
  return last;
}

type Known = {
  readonly firewall: ReadFirewall;
  readonly chains: ReadonlyMap<Table, ReadonlyMap<string, Chain>>;
  readonly party: Party;
  readonly touched: Set<Key>;
};

/** The base chains at one hook, first to last; `drop` where all of them end there. */
function walkHook(
  hook: Flow[number][0],
  role: Role,
  family: "ip" | "ip6",
  { firewall, chains, party, touched }: Known,
): End {
  const met = firewall.tables
    .filter((table) => meets(family, table.family))
    .flatMap((table) => table.chains.map((chain) => ({ table, chain })))
    .filter(({ chain: { base } }) => base?.hook === hook)
    .filter(({ chain: { base } }) => role.state === "new" || base?.type !== "nat")
    .sort((a, b) => (a.chain.base?.priority ?? 0) - (b.chain.base?.priority ?? 0));
  for (const { table, chain } of met) {
    const end = walkChain(chain.name, {
      ...{ table, sets: firewall.sets, party, role, touched, ends: new Map() },
      chains: chains.get(table) ?? new Map(),
    });
    if (end === "drop") return "drop";
  }
  return "on";
}

/** Hook by hook, until all are dropped. */
function walkFlow(flow: Flow, family: "ip" | "ip6", known: Known): End {
  for (const [hook, role] of flow) {
    if (walkHook(hook, role, family, known) === "drop") return "drop";
  }
  return "on";
}

/**
 * The rules that packets between a container and others can be touched by, new and answering ones. What is not known
 * of a packet is taken to fit, so that none is left out that could; what surely ended before is not followed on.
 * Nobody beyond a NIC is taken to send from a bridge's own subnet.
 */
export function touching(firewall: ReadFirewall, party: Party): ReadonlySet<Key> {
  const touched = new Set<Key>();
  const chains = new Map(
    firewall.tables.map((table) => [
      table,
      new Map(table.chains.map((chain) => [chain.name, chain])),
    ]),
  );
  const known: Known = { firewall, chains, party, touched };
  for (const family of ["ip", "ip6"] as const) {
    for (const { first, later } of conversationsOf(party, family)) {
      const begun = first.map((flow) => walkFlow(flow, family, known));
      if (begun.includes("on")) for (const flow of later) walkFlow(flow, family, known);
    }
  }
  return touched;
}
