import { inBrief } from "@/lib/diagnosis/diagnose";
import type { RuleDiagnosis, RuleNeed } from "@/lib/diagnosis/model";
import { bindingNotLocal } from "./binding-not-local";
import { bothBackends } from "./both-backends";
import type { RuleCheck } from "./check";
import { conntrackFull } from "./conntrack-full";
import { directReach } from "./direct-reach";
import { dockerRulesGone } from "./docker-rules-gone";
import { exposureOf } from "./exposure";
import { forwardDropped } from "./forward-dropped";
import { forwardingOff } from "./forwarding-off";
import { type RuleFacts, type RuleGround, ruleGroundOf } from "./ground";
import { iccUnenforced } from "./icc-unenforced";
import { macvlanApart } from "./macvlan-apart";
import { masqueradeMissing } from "./masquerade-missing";
import { nobodyListens } from "./nobody-listens";
import { publishedPastFirewall } from "./past-firewall";
import { poolExhausted } from "./pool-exhausted";
import { portsIgnored } from "./ports-ignored";
import { proxyMissing } from "./proxy-missing";
import { routeLocalnet } from "./route-localnet";
import { staleTranslation } from "./stale-translation";
import { translationMissing } from "./translation-missing";
import { userChain } from "./user-chain";

/** Every fault that rules, settings and sockets show, but for the one that is found with the exposure. */
const checks: readonly RuleCheck[] = [
  masqueradeMissing,
  forwardDropped,
  forwardingOff,
  staleTranslation,
  translationMissing,
  proxyMissing,
  nobodyListens,
  bindingNotLocal,
  userChain,
  directReach,
  iccUnenforced,
  routeLocalnet,
  dockerRulesGone,
  bothBackends,
  conntrackFull,
  macvlanApart,
  poolExhausted,
  portsIgnored,
];

/** Where no socket at all was read, that is said as a whole. */
function unheardIn({ listening, topology, home }: RuleGround): number {
  const { sockets } = listening;
  const looked = new Set(sockets.status === "read" ? sockets.namespaces : []);
  if (!looked.has(home)) return 0;
  return topology.containers.filter(({ netns }) => netns !== null && !looked.has(netns)).length;
}

/** Rules of either family; a container whose sockets were not read may have a listener that nobody saw. */
function lacksOf(ground: RuleGround): readonly RuleNeed[] {
  const { sockets } = ground.listening;
  const looked = new Set(sockets.status === "read" ? sockets.namespaces : []);
  const lived = ground.topology.containers.flatMap(({ netns }) => netns ?? []);
  const heard = [ground.home, ...lived].every((netns) => looked.has(netns));
  return [
    ...(ground.isWhole("ip") && ground.isWhole("ip6") ? [] : (["rules"] as const)),
    ...(heard ? [] : (["sockets"] as const)),
    ...(ground.hasSettings ? [] : (["settings"] as const)),
  ];
}

const nothing: RuleDiagnosis = {
  findings: [],
  lacks: ["rules", "sockets", "settings"],
  exposure: {
    families: (["ip", "ip6"] as const).map((family) => ({
      family,
      status: "unknown",
      why: "links",
    })),
    rows: [],
  },
  unheard: 0,
};

/** What the rules, settings and sockets of a host show of its faults, in no order. Never throws. */
export function diagnoseRules(facts: RuleFacts): RuleDiagnosis {
  const ground = ruleGroundOf(facts);
  if (ground === null) return nothing;
  const exposure = exposureOf(ground);
  const findings = [...checks, publishedPastFirewall(exposure)].flatMap(({ find }) => find(ground));
  return {
    findings: findings.map(inBrief),
    lacks: lacksOf(ground),
    exposure,
    unheard: unheardIn(ground),
  };
}
