import type { Finding } from "@/lib/diagnosis/model";
import type { RuleCheck } from "./check";
import type { Binding, RuleGround } from "./ground";
import { listed } from "./told";

const isHeld = ({ world, home }: RuleGround, { protocol, hostPort }: Binding): boolean =>
  (world.sockets(home) ?? []).some(
    (socket) => socket.protocol === protocol && socket.port === hostPort,
  );

/**
 * Where no docker-proxy runs at all Docker was told to do without (userland-proxy), and dockerd or nobody holds
 * the ports. SCTP has no sockets of this kind.
 */
function find(ground: RuleGround): readonly Finding[] {
  const { proxies, sockets } = ground.listening;
  const [proxy] = proxies;
  if (sockets.status !== "read" || !sockets.namespaces.includes(ground.home) || proxy === undefined)
    return [];
  const missing = ground.bindings.filter(
    (binding) =>
      binding.family === "ip" &&
      (binding.protocol === "tcp" || binding.protocol === "udp") &&
      !isHeld(ground, binding),
  );
  const byContainer = Map.groupBy(missing, ({ container }) => container);
  return [...byContainer].map(
    ([container, all]): Finding => ({
      id: "D26",
      severity: "medium",
      about: [container.key],
      values: {
        container: container.name,
        ports: listed(all.map(({ hostPort, protocol }) => `${hostPort}/${protocol}`)),
        n: all.length,
        others: proxies.length,
      },
      evidence: [...(container.evidence ? [container.evidence] : []), proxy.evidence],
      remedy: [["docker", "restart", container.name]],
    }),
  );
}

/** Connections from the host itself, and from its containers to the host's address, are passed on by nobody. */
export const proxyMissing: RuleCheck = { ids: ["D26"], find };
