import { familyOf, type Ports } from "@/lib/netfilter/packet";
import type { NatPorts } from "@/lib/topology/firewall/actions";
import type { Match } from "@/lib/topology/firewall/matches";
import type { Chain, MadeBy, Rule, RuleSet, Table } from "@/lib/topology/firewall/model";
import { printRule } from "@/lib/topology/firewall/print-rule";
import type { AddressValue } from "@/lib/topology/firewall/values";
import { type Mapped, mappedSendings } from "./mapped-sendings";
import type { Sending } from "./model";
import type { World } from "./world";

/** A rule that sends what comes for these ports elsewhere: to an address, or (redirect) to another port of the host itself. */
export type PortRule = {
  readonly sending: Sending;
  readonly protocol: string;
  readonly ports: Ports;
  /** The addresses that it is for; empty: whichever. */
  readonly on: readonly AddressValue[];
  /** What it writes for the port; null: the port stays. */
  readonly becomes: NatPorts | null;
  readonly madeBy: MadeBy["who"];
};

/** What the packets have in common that come to a rule. */
type Meant = {
  /** null: any. */
  readonly protocols: readonly string[] | null;
  /** null: any. */
  readonly ports: readonly Ports[] | null;
  /** Empty: any. */
  readonly on: readonly AddressValue[];
  /** A set or a part that nobody understood tells ports or addresses apart: without ports of its own nothing is told of it. */
  readonly isVague: boolean;
};

const whichever: Meant = { protocols: null, ports: null, on: [], isVague: false };
const allPorts: Ports = { first: 1, last: 65_535 };
const usual = ["tcp", "udp"] as const;
const withPorts: ReadonlySet<string> = new Set([...usual, "sctp", "dccp", "udplite"]);

const common = (one: readonly Ports[], other: readonly Ports[]): readonly Ports[] =>
  one.flatMap((a) =>
    other.flatMap((b) => {
      const both = { first: Math.max(a.first, b.first), last: Math.min(a.last, b.last) };
      return both.first <= both.last ? [both] : [];
    }),
  );

const allBut = (ports: readonly Ports[]): readonly Ports[] =>
  ports.reduce<readonly Ports[]>(
    (left, { first, last }) =>
      common(left, [
        { first: allPorts.first, last: first - 1 },
        { first: last + 1, last: allPorts.last },
      ]),
    [allPorts],
  );

type PortMatch = Extract<Match, { readonly kind: "destination-port" | "source-port" | "port" }>;

function byPorts(meant: Meant, { ports: all, negated, protocol }: PortMatch): Meant {
  const ranges = all.flatMap((port) => (port.of === "range" ? [port] : []));
  const own = ranges.map(({ first, last }) => ({ first, last }));
  const isWhole = own.length === all.length;
  const said = negated ? allBut(own) : own;
  return {
    ...meant,
    protocols: protocol === null ? meant.protocols : [protocol],
    ports: meant.ports === null ? said : common(meant.ports, said),
    isVague: meant.isVague || !isWhole,
  };
}

/** Of what a rule asks, that which says for which ports of which addresses it is. */
function byMatch(meant: Meant, match: Match): Meant {
  switch (match.kind) {
    case "destination-port":
      return byPorts(meant, match);
    case "protocol": {
      const named = match.protocols.filter((each) => typeof each === "string");
      if (match.negated || named.includes("all")) return meant;
      const { protocols } = meant;
      return { ...meant, protocols: named.filter((each) => protocols?.includes(each) ?? true) };
    }
    case "destination":
      return match.negated ? meant : { ...meant, on: match.addresses };
    case "ipset":
      return { ...meant, isVague: meant.isVague || match.ends.includes("destination") };
    case "set":
    case "opaque":
      return { ...meant, isVague: true };
    default:
      return meant;
  }
}

const meantBy = ({ parts }: Rule, coming: Meant): Meant =>
  parts.reduce((meant, part) => (part.part === "match" ? byMatch(meant, part) : meant), coming);

/** More ways to one chain are not followed. */
const mostWays = 64;

/** nft's part of a table of iptables lies beside it under the same name. */
const placeOf = ({ backend, family, name }: Table, chain: string): string =>
  `${backend === "iptables-legacy" ? "legacy" : "nft"}/${family}/${name}/${chain}`;

/** What comes to each chain, by the jumps that lead there from where packets enter; a chain that nothing leads to is left out. */
function comingTo(tables: readonly Table[]): ReadonlyMap<string, readonly Meant[]> {
  const chains = new Map(
    tables.flatMap((table) =>
      table.chains.map((chain) => [placeOf(table, chain.name), { table, chain }] as const),
    ),
  );
  const found = new Map<string, Map<string, Meant>>();
  const todo: { readonly place: string; readonly meant: Meant }[] = [];
  const come = (place: string, meant: Meant): void => {
    const known = found.get(place) ?? new Map<string, Meant>();
    found.set(place, known);
    const name = JSON.stringify(meant);
    if (known.has(name) || known.size >= mostWays) return;
    known.set(name, meant);
    todo.push({ place, meant });
  };
  for (const [place, { chain }] of chains) if (chain.base !== null) come(place, whichever);
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const at = chains.get(next.place);
    for (const rule of at?.chain.rules ?? []) {
      const jump = rule.parts.find(({ kind }) => kind === "jump" || kind === "goto");
      if (at === undefined || jump === undefined || !("chain" in jump)) continue;
      come(placeOf(at.table, jump.chain), meantBy(rule, next.meant));
    }
  }
  return new Map([...found].map(([place, all]) => [place, [...all.values()]]));
}

/** Where it sends to; `address` null: to this host itself, or it stays. */
type Sent = {
  readonly address: string | null;
  readonly ports: NatPorts | null;
  readonly family: "ip" | "ip6" | null;
};

/** With what is said besides of the packets that are sent there. */
type SentOf = { readonly sent: Sent; readonly narrowed: (meant: Meant) => Meant };

const byMap =
  ({ protocol, ports, on }: Mapped) =>
  (meant: Meant): Meant => ({
    ...meant,
    protocols: protocol === null ? meant.protocols : [protocol],
    ports: ports === null ? meant.ports : common(meant.ports ?? [allPorts], [ports]),
    on: on.length === 0 ? meant.on : on,
  });

function sentBy(table: Table, { parts }: Rule, sets: readonly RuleSet[]): readonly SentOf[] {
  for (const part of parts) {
    if (part.kind === "redirect") {
      const { ports } = part;
      return [{ sent: { address: null, ports, family: null }, narrowed: (meant) => meant }];
    }
    if (part.kind !== "dnat") continue;
    if (part.lookup !== null)
      return mappedSendings(part.lookup, table, sets).map((mapped) => ({
        sent: {
          address: mapped.address,
          ports: mapped.becomes,
          family: familyOf(mapped.address),
        },
        narrowed: byMap(mapped),
      }));
    const address = part.addresses?.first ?? null;
    const family = part.family ?? (address === null ? null : familyOf(address));
    return [{ sent: { address, ports: part.ports, family }, narrowed: (meant) => meant }];
  }
  return [];
}

const familyOfValue = (value: AddressValue): "ip" | "ip6" | null => {
  if (value.of === "set") return null;
  return familyOf(value.of === "range" ? value.first : value.address);
};

/** nft's tables of both families say it with the statement, by an address, or mean both. */
function familiesOf(table: Table, rule: Rule, sent: Sent, { on }: Meant): readonly string[] {
  if (table.family !== "inet") return [table.family];
  const asked = rule.parts.find((part) => part.kind === "family");
  const told =
    sent.family ??
    (asked?.kind === "family" && !asked.negated ? asked.family : null) ??
    on.map(familyOfValue).find((each) => each !== null);
  return told == null ? ["ip", "ip6"] : [told];
}

/** As the rule writes it: a single port, or all that one of these may become. */
export function portsAfter(becomes: NatPorts | null, { first, last }: Ports): Ports {
  if (becomes === null) return { first, last };
  if (becomes.base !== undefined && becomes.base <= first) {
    const shift = becomes.first - becomes.base;
    if (last + shift <= becomes.last) return { first: first + shift, last: last + shift };
  }
  const isKept = becomes.base === undefined && becomes.first <= first && last <= becomes.last;
  return isKept ? { first, last } : { first: becomes.first, last: becomes.last };
}

type At = { readonly table: Table; readonly chain: Chain; readonly rule: Rule };

function rulesOf(at: At, sent: Sent, meant: Meant): readonly PortRule[] {
  const { table, chain, rule } = at;
  if (meant.ports === null && meant.isVague) return [];
  const protocols = (meant.protocols ?? usual).filter((each) => withPorts.has(each));
  const ports = meant.ports ?? [allPorts];
  return familiesOf(table, rule, sent, meant).flatMap((family) =>
    protocols.flatMap((protocol) =>
      ports.map((span): PortRule => {
        const to = portsAfter(sent.ports, span);
        return {
          protocol,
          ports: span,
          on: meant.on,
          becomes: sent.ports,
          madeBy: rule.madeBy.who,
          sending: {
            rule: rule.key,
            backend: table.backend,
            family,
            table: table.name,
            chain: chain.name,
            text: printRule(table.backend, { ...rule, counters: null }),
            counters: rule.counters,
            to: { address: sent.address, port: to.first, last: to.last },
          },
        };
      }),
    ),
  );
}

const translates = ({ chains }: Table): boolean =>
  chains.some(({ rules }) =>
    rules.some(({ parts }) => parts.some(({ kind }) => kind === "dnat" || kind === "redirect")),
  );

/** Of a chain that nothing known leads to, only what a rule itself names is told. */
const unled: readonly Meant[] = [{ ...whichever, isVague: true }];

/** Every rule of the host that sends a port of it elsewhere, in the order in which they were read. */
export function portRules(world: World): readonly PortRule[] {
  const firewall = world.host === null ? undefined : world.rules(world.host)?.firewall;
  if (firewall?.status !== "read") return [];
  const translating = new Set(
    firewall.tables.filter(translates).map(({ family, name }) => `${family} ${name}`),
  );
  const tables = firewall.tables.filter(({ family, name }) => translating.has(`${family} ${name}`));
  const coming = comingTo(tables);
  return tables.flatMap((table) =>
    table.chains.flatMap((chain) => {
      const ways = coming.get(placeOf(table, chain.name)) ?? unled;
      return chain.rules.flatMap((rule) => {
        const at = { table, chain, rule };
        return sentBy(table, rule, firewall.sets).flatMap(({ sent, narrowed }) => {
          const all = ways.map((way) => narrowed(meantBy(rule, way)));
          const once = new Map(all.map((meant) => [JSON.stringify(meant), meant]));
          return [...once.values()].flatMap((meant) => rulesOf(at, sent, meant));
        });
      });
    }),
  );
}
