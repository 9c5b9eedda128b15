import type { Link } from "@/lib/topology/model";
import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import { isolatedFrom } from "./isolated-ports";
import type { FaultCheck, Finding } from "./model";
import { ownerOf } from "./owner";
import { vlanApart } from "./vlan-apart";

/** Ports of a bridge or a link that is down are `disabled`, which is that fault's doing. */
const isHeld = (ground: Ground, port: Link): boolean =>
  port.state === "up" &&
  port.portState !== null &&
  port.portState !== "forwarding" &&
  port.portState !== "disabled" &&
  ground.bridge(port.master)?.adminUp === true;

/** Of a NIC it may be spanning tree's will: only ports with one container behind them cannot close a loop. */
function heldPorts(ground: Ground): readonly Finding[] {
  return ground.topology.links.flatMap((port): readonly Finding[] => {
    const bridge = ground.bridge(port.master);
    const far = ground.peerOf(port);
    if (bridge === null || far === null || !isHeld(ground, port)) return [];
    if ((ground.namespace(far.netns)?.containers.length ?? 0) === 0) return [];
    const { netns, name } = bridge;
    return [
      {
        id: "D21",
        severity: "medium",
        about: [port.key, far.key],
        values: {
          how: "state",
          port: port.label,
          bridge: bridge.name,
          state: port.portState ?? "",
          container: ownerOf(ground, far),
          ports: 1,
          containers: ownerOf(ground, far),
          pvid: "",
        },
        evidence: [port.evidence],
        // Without STP the kernel keeps no port from forwarding; with it, none may be set by hand (EBUSY).
        remedy: commandsIn(ground, netns, [
          ...["ip", "link", "set", "dev", name, "type", "bridge", "stp_state", "0"],
        ]),
      },
    ];
  });
}

/** Three ways in which a bridge keeps a container's port from others: its state, isolation, VLANs. */
export const portNotForwarding: FaultCheck = {
  id: "D21",
  needs: ["host-links", "namespaces"],
  find: (ground) => [...heldPorts(ground), ...isolatedFrom(ground), ...vlanApart(ground)],
};
