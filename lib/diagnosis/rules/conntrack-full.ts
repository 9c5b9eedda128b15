import type { Finding } from "@/lib/diagnosis/model";
import type { RuleCheck } from "./check";
import type { RuleGround } from "./ground";

const fullAt = 0.9;

/** The count is of this namespace, the limit of the whole host. */
function find(ground: RuleGround): readonly Finding[] {
  const count = ground.setting("net/netfilter/nf_conntrack_count");
  const max = ground.setting("net/netfilter/nf_conntrack_max");
  if (count === null || max === null) return [];
  const [held, limit] = [Number(count.value), Number(max.value)];
  // 0: no limit.
  if (!(limit > 0) || !(held > limit * fullAt)) return [];
  return [
    {
      id: "D58",
      severity: "critical",
      about: [ground.topology.host.key],
      values: { count: held, max: limit, percent: Math.round((100 * held) / limit) },
      evidence: [count.evidence, max.evidence],
      remedy: [["sysctl", "-w", `${max.name}=${2 * limit}`]],
    },
  ];
}

/** When the table is full, packets of new connections are dropped without any rule. */
export const conntrackFull: RuleCheck = { ids: ["D58"], find };
