import type { Finding } from "@/lib/diagnosis/model";
import type { Chain, Table } from "@/lib/topology/firewall/model";
import type { PortRange } from "@/lib/topology/firewall/values";
import type { RuleCheck } from "./check";
import type { Binding, PlacedRule, RuleGround } from "./ground";
import { jumpsOf, reachedAt } from "./reached";
import { ruleTold } from "./told";
import { iptablesOf } from "./tools";

const name = "DOCKER-USER";

type Placed = { readonly table: Table; readonly chain: Chain };

const userChains = ({ firewall }: RuleGround): readonly Placed[] =>
  (firewall?.tables ?? [])
    .filter((table) => table.backend !== "nft" && table.name === "filter")
    .flatMap((table) =>
      table.chains.filter((chain) => chain.name === name).map((chain) => ({ table, chain })),
    );

/** Docker's own `-j RETURN` at its end is none of them. */
const byPeople = ({ table, chain }: Placed): readonly PlacedRule[] =>
  chain.rules
    .filter(({ madeBy }) => madeBy.who !== "docker")
    .map((rule) => ({ table, chain, rule }));

const toolOf = ({ backend, family }: Table): string => iptablesOf(backend, family);

/** Where in FORWARD packets are sent to it, and what of Docker's stands before; null: nowhere. */
function hookOf(
  { table, chain }: Placed,
  ground: RuleGround,
): { before: readonly PlacedRule[] } | null {
  const sets = ground.firewall?.sets ?? [];
  if (!reachedAt(table, "forward", sets).includes(chain)) return null;
  const base = table.chains.find((each) => each.base?.hook === "forward");
  const at = base?.rules.findIndex((rule) => jumpsOf(rule, table, sets).includes(name)) ?? -1;
  const earlier = at < 0 || base === undefined ? [] : base.rules.slice(0, at);
  return {
    before: earlier
      .filter(({ madeBy }) => madeBy.who === "docker")
      .flatMap((rule) => (base === undefined ? [] : [{ table, chain: base, rule }])),
  };
}

function unhooked(ground: RuleGround, placed: Placed): readonly Finding[] {
  const people = byPeople(placed);
  const [first] = people;
  const hook = hookOf(placed, ground);
  if (first === undefined || (hook !== null && hook.before.length === 0)) return [];
  const [before] = hook?.before ?? [];
  const { table, chain } = placed;
  const tool = toolOf(table);
  return [
    {
      id: "D35",
      severity: "high",
      about: [ground.topology.host.key],
      values: {
        how: hook === null ? "unhooked" : "late",
        family: table.family === "ip6" ? "IPv6" : "IPv4",
        n: people.length,
        told: ruleTold(first),
        before: before === undefined ? "" : ruleTold(before),
      },
      evidence: [
        chain.evidence,
        ...people.map(({ rule }) => rule.evidence),
        ...(before === undefined ? [] : [before.rule.evidence]),
        ...table.chains.flatMap(({ base, evidence }) =>
          base?.hook === "forward" ? [evidence] : [],
        ),
      ],
      remedy: [
        ...(hook === null ? [] : [[tool, "-D", "FORWARD", "-j", name]]),
        [tool, "-I", "FORWARD", "-j", name],
      ],
    },
  ];
}

type Blind = { readonly placed: PlacedRule; readonly port: PortRange; readonly protocol: string };

const refuses = ({ rule }: PlacedRule): boolean =>
  rule.parts.some(({ kind }) => kind === "drop" || kind === "reject");

function portsOf({ rule }: PlacedRule): readonly Blind["port"][] {
  const ports = rule.parts.find((part) => part.kind === "destination-port");
  if (ports?.kind !== "destination-port" || ports.negated) return [];
  return ports.ports.flatMap((value) => (value.of === "range" ? [value] : []));
}

const protocolOf = ({ rule }: PlacedRule): string => {
  const named = rule.parts.find((part) => part.kind === "protocol");
  const [said] = named?.kind === "protocol" && !named.negated ? named.protocols : [];
  return typeof said === "string" ? said : "tcp";
};

const isIn = ({ first, last }: PortRange, port: number): boolean => first <= port && port <= last;

/** Meant for these host ports, while no container is reached under such a number inside. */
function blindTo(placed: PlacedRule, bindings: readonly Binding[]): readonly Binding[] {
  const protocol = protocolOf(placed);
  const mine = bindings.filter((each) => each.protocol === protocol && each.family === "ip");
  return portsOf(placed).flatMap((port) =>
    mine.some(({ containerPort }) => isIn(port, containerPort))
      ? []
      : mine.filter(({ hostPort }) => isIn(port, hostPort)),
  );
}

function ineffective(ground: RuleGround, placed: PlacedRule): readonly Finding[] {
  const missed = refuses(placed) ? blindTo(placed, ground.bindings) : [];
  const [first] = missed;
  if (first === undefined) return [];
  const { container, hostPort, containerPort, protocol } = first;
  return [
    {
      id: "D33",
      severity: "medium",
      about: [container.key],
      values: {
        container: container.name,
        port: hostPort,
        inside: containerPort,
        protocol,
        told: ruleTold(placed),
        n: missed.length,
      },
      evidence: [placed.rule.evidence, ...(container.evidence ? [container.evidence] : [])],
      remedy: [
        [
          ...[toolOf(placed.table), "-I", name, "-p", protocol, "-m", "conntrack"],
          ...["--ctorigdstport", `${hostPort}`, "--ctdir", "ORIGINAL", "-j", "DROP"],
        ],
      ],
    },
  ];
}

const find = (ground: RuleGround): readonly Finding[] =>
  userChains(ground).flatMap((placed) => [
    ...unhooked(ground, placed),
    ...(placed.table.family === "ip"
      ? byPeople(placed).flatMap((rule) => ineffective(ground, rule))
      : []),
  ]);

/** Rules that people wrote for published ports, and that no packet meets as they meant it. */
export const userChain: RuleCheck = { ids: ["D33", "D35"], find };
