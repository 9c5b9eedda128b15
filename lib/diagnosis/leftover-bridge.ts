import type { Bridge, Topology } from "@/lib/topology/model";
import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import { engineListed } from "./known";
import type { FaultCheck, Finding } from "./model";

/** What engines call the bridges that they make. Another engine's may well be in use. */
const patterns: readonly (readonly [engine: RegExp, bridge: RegExp])[] = [
  [/docker/i, /^br-[0-9a-f]{12}$/],
  [/podman/i, /^podman\d+$/],
];

const isEnginesName = ({ host: { engine } }: Topology, { name }: Bridge): boolean =>
  engine.status === "read" &&
  patterns.some(([ofEngine, ofBridge]) => ofEngine.test(engine.name) && ofBridge.test(name));

function find(ground: Ground): readonly Finding[] {
  const { topology } = ground;
  if (!engineListed(topology)) return [];
  return topology.links.flatMap((link): readonly Finding[] => {
    if (link.kind !== "bridge" || link.netns !== topology.host.netns || link.network !== null) {
      return [];
    }
    if (!isEnginesName(topology, link) || ground.portsOf(link.id).length > 0) return [];
    const [held] = link.addresses.filter(({ family }) => family === "inet");
    return [
      {
        id: "D78",
        severity: "low",
        about: [link.key],
        values: {
          bridge: link.name,
          address: held === undefined ? "" : `${held.address}/${held.prefix}`,
          has: held === undefined ? "none" : "address",
        },
        evidence: [link.evidence],
        remedy: commandsIn(ground, link.netns, ["ip", "link", "delete", "dev", link.name]),
      },
    ];
  });
}

/** A bridge that an engine made for a network that is gone. Its route may still draw packets. */
export const leftoverBridge: FaultCheck = { id: "D78", needs: ["host-links", "engine"], find };
