import type { Finding } from "@/lib/diagnosis/model";
import { isLoopback } from "@/lib/ports/world";
import type { Table } from "@/lib/topology/firewall/model";
import type { RuleCheck } from "./check";
import type { Binding, RuleGround } from "./ground";
import { reachedAt } from "./reached";
import { listed, ruleTold } from "./told";
import { iptablesOf } from "./tools";
import { isAbout, isOfFamily, type Translation, translationsOf } from "./translations";

/** Whether a packet from outside may come to it at all. */
function isLed(ground: RuleGround, { table, chain }: Translation): boolean {
  const sets = ground.firewall?.sets ?? [];
  return reachedAt(table, "prerouting", sets).includes(chain);
}

type Lost = {
  readonly binding: Binding;
  readonly how: "jump" | "rule";
  readonly rule: Translation | null;
};

function lostOf(ground: RuleGround, binding: Binding, all: readonly Translation[]): Lost | null {
  const mine = all.filter((each) => isOfFamily(each, binding.family) && isAbout(each, binding));
  const [first] = mine;
  if (first === undefined) return { binding, how: "rule", rule: null };
  return mine.some((each) => isLed(ground, each)) ? null : { binding, how: "jump", rule: first };
}

const isDocker = ({ chains, madeBy }: Table): boolean =>
  madeBy.who === "docker" || chains.some((chain) => chain.madeBy.who === "docker");

/** Docker keeps a table for translation there: without one it was told to leave rules alone (./docker-rules-gone). */
const natTable = ({ firewall }: RuleGround): Table | null =>
  (firewall?.tables ?? []).find(
    (table) =>
      isDocker(table) &&
      (table.family === "ip" || table.family === "inet") &&
      table.chains.some(({ base }) => base?.type === "nat"),
  ) ?? null;

/** 127.0.0.1 is not reached from outside in any case; a network that is routed has nothing to translate. */
const isTranslated = (
  { family, hostAddress, endpoints, protocol }: Binding,
  routed: ReadonlySet<string>,
): boolean =>
  family === "ip" &&
  (protocol === "tcp" || protocol === "udp") &&
  !isLoopback(hostAddress) &&
  endpoints.every(({ network }) => !routed.has(network.id));

function findingOf(table: Table, how: Lost["how"], all: readonly [Lost, ...Lost[]]): Finding {
  const [first] = all;
  const base = table.chains.find(({ base: of }) => of?.hook === "prerouting") ?? null;
  return {
    id: "D25",
    severity: "medium",
    about: [
      first.binding.container.key,
      ...all.slice(1).map(({ binding }) => binding.container.key),
    ],
    values: {
      how,
      ports: listed(all.map(({ binding }) => `${binding.hostPort}/${binding.protocol}`)),
      containers: listed(all.map(({ binding }) => binding.container.name)),
      n: new Set(all.map(({ binding }) => `${binding.hostPort}/${binding.protocol}`)).size,
      chain: first.rule?.chain.name ?? "",
      told: first.rule === null ? "" : ruleTold(first.rule),
    },
    evidence: [
      ...(base === null ? [table.evidence] : [base.evidence]),
      ...all.flatMap(({ rule }) => rule?.rule.evidence ?? []),
      ...all.flatMap(({ binding }) => binding.container.evidence ?? []),
    ],
    remedy: [
      ["systemctl", "restart", "docker"],
      ...(how === "jump" && table.backend !== "nft"
        ? [
            [
              ...[
                iptablesOf(table.backend, "ip"),
                "-t",
                "nat",
                "-A",
                "PREROUTING",
                "-m",
                "addrtype",
                "--dst-type",
                "LOCAL",
              ],
              ...["-j", first.rule?.chain.name ?? "DOCKER"],
            ],
          ]
        : []),
    ],
  };
}

function find(ground: RuleGround): readonly Finding[] {
  const table = natTable(ground);
  if (table === null || !ground.isWhole("ip")) return [];
  const routed = new Set<string>(
    ground.bridged
      .filter(({ option }) => option("com.docker.network.bridge.gateway_mode_ipv4") === "routed")
      .map(({ network }) => network.id),
  );
  const all = translationsOf(ground);
  const lost = ground.bindings
    .filter((binding) => isTranslated(binding, routed))
    .flatMap((binding) => lostOf(ground, binding, all) ?? []);
  return [...Map.groupBy(lost, ({ how }) => how)].flatMap(([how, [first, ...more]]) =>
    first === undefined ? [] : [findingOf(table, how, [first, ...more])],
  );
}

/** Published ports that no rule translates: what still answers is docker-proxy alone. */
export const translationMissing: RuleCheck = { ids: ["D25"], find };
