import { isWhole } from "@/lib/diagnosis/known";
import type { Finding } from "@/lib/diagnosis/model";
import { familyOf } from "@/lib/netfilter/packet";
import { isLocal, isLoopback } from "@/lib/ports/world";
import type { RuleCheck } from "./check";
import { type Binding, isAnyAddress, type RuleGround } from "./ground";

const isHere = ({ world, home }: RuleGround, address: string): boolean =>
  isAnyAddress(address) ||
  isLoopback(address) ||
  address === "::1" ||
  isLocal(world, home, address);

function findingOf(
  ground: RuleGround,
  address: string,
  all: readonly [Binding, ...Binding[]],
): Finding {
  const [{ container, hostPort, protocol }] = all;
  const uplink = ground.uplink(familyOf(address));
  return {
    id: "D30",
    severity: "high",
    about: [container.key],
    values: {
      container: container.name,
      address,
      port: hostPort,
      protocol,
      n: all.length,
    },
    evidence: [
      ...(container.evidence ? [container.evidence] : []),
      ...(uplink === null ? [] : [uplink.evidence]),
    ],
    remedy: [["ip", "addr", "show", "to", address]],
  };
}

function find(ground: RuleGround): readonly Finding[] {
  if (!isWhole(ground, ground.home)) return [];
  const lost = ground.bindings.filter(({ hostAddress }) => !isHere(ground, hostAddress));
  const alike = Map.groupBy(lost, ({ container, hostAddress }) => `${container.id} ${hostAddress}`);
  return [...alike.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [findingOf(ground, first.hostAddress, [first, ...more])],
  );
}

/** Published on an address of the host that it has no more: what comes for it is not the host's own. */
export const bindingNotLocal: RuleCheck = { ids: ["D30"], find };
