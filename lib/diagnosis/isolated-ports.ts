import type { Bridge, Link, Network } from "@/lib/topology/model";
import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import type { Finding } from "./model";
import { ownerOf } from "./owner";

type Port = { readonly port: Link; readonly far: Link };

/** One isolated port may speak to all that are not: only two keep something apart. */
const isolatedPorts = (ground: Ground, bridge: Bridge): readonly Port[] =>
  ground.portsOf(bridge.id).flatMap((port): readonly Port[] => {
    const far = port.isolated === true ? ground.peerOf(port) : null;
    const lived = far !== null && (ground.namespace(far.netns)?.containers.length ?? 0) > 0;
    return lived ? [{ port, far }] : [];
  });

const mostNamed = 5;

/** Bridges whose containers cannot speak to each other, though nobody asked the engine for that (icc). */
export function isolatedFrom(ground: Ground): readonly Finding[] {
  const networks = new Map(ground.topology.networks.map((each) => [each.bridge, each] as const));
  const wanted = (network: Network | undefined): boolean => network?.icc === false;
  return ground.topology.links.flatMap((bridge): readonly Finding[] => {
    if (bridge.kind !== "bridge" || wanted(networks.get(bridge.id))) return [];
    const ports = isolatedPorts(ground, bridge);
    const [first, second, ...more] = ports;
    if (first === undefined || second === undefined) return [];
    return [
      {
        id: "D21",
        severity: "medium",
        about: [first.port.key, second.port.key, ...more.map(({ port }) => port.key)],
        values: {
          how: "isolated",
          bridge: bridge.name,
          ports: ports.length,
          containers: ports
            .slice(0, mostNamed)
            .map(({ far }) => ownerOf(ground, far))
            .join(", "),
          port: first.port.label,
          container: ownerOf(ground, first.far),
          state: "",
          pvid: "",
        },
        evidence: ports.map(({ port }) => port.evidence),
        remedy: commandsIn(
          ground,
          bridge.netns,
          ...ports.map(({ port }) => [
            "bridge",
            "link",
            "set",
            "dev",
            port.name,
            "isolated",
            "off",
          ]),
        ),
      },
    ];
  });
}
