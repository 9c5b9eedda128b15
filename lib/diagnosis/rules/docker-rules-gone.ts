import type { Finding } from "@/lib/diagnosis/model";
import type { Chain, Table } from "@/lib/topology/firewall/model";
import type { RuleCheck } from "./check";
import type { BridgedNetwork, RuleGround } from "./ground";
import { listed, policyTold } from "./told";

type Placed = { readonly table: Table; readonly chain: Chain };

const ofDocker = new Set(["docker", "docker-user", "docker-swarm"]);

const chainsOf = ({ firewall }: RuleGround): readonly Placed[] =>
  (firewall?.tables ?? [])
    .filter(({ family }) => family === "ip" || family === "inet")
    .flatMap((table) => table.chains.map((chain) => ({ table, chain })));

const isMade = ({ table, chain }: Placed): boolean =>
  ofDocker.has(table.madeBy.who) ||
  ofDocker.has(chain.madeBy.who) ||
  chain.rules.some(({ madeBy }) => ofDocker.has(madeBy.who));

/** One of Docker's rules is met by what is forwarded. */
const isForwarding = ({ chain }: Placed): boolean =>
  chain.base?.hook === "forward" && chain.rules.some(({ madeBy }) => ofDocker.has(madeBy.who));

const about = ({ topology }: RuleGround, nets: readonly BridgedNetwork[]) =>
  [topology.host.key, ...nets.map(({ bridge }) => bridge.key)] as const;

const valuesOf = (ground: RuleGround, nets: readonly BridgedNetwork[]) => ({
  networks: listed(nets.map(({ network }) => network.name)),
  containers: new Set(
    nets.flatMap(({ endpoints }) => endpoints.map(({ container }) => container.id)),
  ).size,
  proxies: ground.listening.proxies.length,
});

function flushed(
  ground: RuleGround,
  nets: readonly BridgedNetwork[],
  all: readonly Placed[],
): readonly Finding[] {
  const forward = all.filter(({ chain }) => chain.base?.hook === "forward");
  // Where the rest is dropped it is not open but dead (./forward-dropped).
  if (forward.some(({ chain }) => chain.base?.policy === "drop")) return [];
  if (all.some(isForwarding)) return [];
  return [
    {
      id: "D47",
      severity: "critical",
      about: about(ground, nets),
      values: {
        ...valuesOf(ground, nets),
        told: listed(forward.map(({ table, chain }) => policyTold(table, chain))),
        left: listed(
          all
            .filter(({ chain }) => ofDocker.has(chain.madeBy.who))
            .map(({ table, chain }) => `${table.name} ${chain.name}`),
        ),
      },
      evidence: [
        ...forward.map(({ chain }) => chain.evidence),
        ...all.filter(isMade).map(({ chain }) => chain.evidence),
        ...nets.map(({ network }) => network.evidence),
      ],
      remedy: [["systemctl", "restart", "docker"]],
    },
  ];
}

function absent(ground: RuleGround, nets: readonly BridgedNetwork[]): readonly Finding[] {
  return [
    {
      id: "D52",
      severity: "medium",
      about: about(ground, nets),
      values: valuesOf(ground, nets),
      evidence: [
        ...nets.map(({ network }) => network.evidence),
        ...ground.listening.proxies.map(({ evidence }) => evidence),
      ],
      remedy: [
        ["grep", "-n", "iptables", "/etc/docker/daemon.json"],
        ["systemctl", "restart", "docker"],
      ],
    },
  ];
}

function find(ground: RuleGround): readonly Finding[] {
  const nets = ground.bridged.filter(({ endpoints }) => endpoints.length > 0);
  if (nets.length === 0 || !ground.isDockerAlone || !ground.isWhole("ip")) return [];
  const all = chainsOf(ground);
  return all.some(isMade) ? flushed(ground, nets, all) : absent(ground, nets);
}

/** Networks keep working without the rules that keep them apart: nothing is heard of it. */
export const dockerRulesGone: RuleCheck = { ids: ["D47", "D52"], find };
