import type { Finding } from "@/lib/diagnosis/model";
import type { RuleCheck } from "./check";
import type { BridgedNetwork, RuleGround, Setting } from "./ground";
import { listed } from "./told";

const whole = "net/ipv4/ip_forward";

/** Those whose containers want to go beyond their bridge. */
const routed = ({ bridged }: RuleGround): readonly BridgedNetwork[] =>
  bridged.filter(({ network, endpoints }) => !network.internal && endpoints.length > 0);

/** `sysctl` takes slashes too, and only they leave a dot in the name of a bridge alone. */
const switchOn = ({ name }: Setting): readonly string[] => ["sysctl", "-w", `${name}=1`];

function ofAll(nets: readonly BridgedNetwork[], setting: Setting): readonly Finding[] {
  const [first, ...more] = nets;
  if (first === undefined) return [];
  return [
    {
      id: "D03",
      severity: "critical",
      about: [first.bridge.key, ...more.map(({ bridge }) => bridge.key)],
      values: {
        networks: listed(nets.map(({ network }) => network.name)),
        containers: nets.reduce((sum, { endpoints }) => sum + endpoints.length, 0),
      },
      evidence: [setting.evidence, ...nets.map(({ bridge }) => bridge.evidence)],
      remedy: [switchOn(setting)],
    },
  ];
}

function find(ground: RuleGround): readonly Finding[] {
  const nets = routed(ground);
  const setting = ground.setting(whole);
  if (setting?.value === "0") return ofAll(nets, setting);
  return nets.flatMap(({ network, bridge, endpoints }): readonly Finding[] => {
    const own = ground.setting(`net/ipv4/conf/${bridge.name}/forwarding`);
    if (own?.value !== "0") return [];
    return [
      {
        id: "D04",
        severity: "high",
        about: [bridge.key],
        values: { bridge: bridge.name, network: network.name, containers: endpoints.length },
        evidence: [own.evidence, bridge.evidence, ...(setting === null ? [] : [setting.evidence])],
        remedy: [switchOn(own)],
      },
    ];
  });
}

/** The kernel passes nothing from one interface to another that came by this one. */
export const forwardingOff: RuleCheck = { ids: ["D03", "D04"], find };
