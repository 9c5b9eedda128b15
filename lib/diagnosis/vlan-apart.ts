import type { Bridge, Link, Vlans } from "@/lib/topology/model";
import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import type { Finding } from "./model";
import { ownerOf } from "./owner";

const holds = ({ ranges }: Vlans, vlan: number): boolean =>
  ranges.some(({ from, to }) => from <= vlan && vlan <= to);

/** Containers send frames without a tag: they belong to the port's own VLAN, and get out where that is known too. */
function isCutOff(ground: Ground, bridge: Bridge, port: Link): boolean {
  if (port.vlans === null) return false;
  const { pvid } = port.vlans;
  if (pvid === null) return true;
  const others = [bridge, ...ground.portsOf(bridge.id)].filter(({ id }) => id !== port.id);
  return others.every(({ vlans }) => vlans !== null && !holds(vlans, pvid));
}

/** The bridge's own VLAN where it has one, else no VLANs at all. */
function remedyOf(ground: Ground, bridge: Bridge, port: Link): Finding["remedy"] {
  const { netns, name, vlans } = bridge;
  const join =
    vlans?.pvid == null
      ? ["ip", "link", "set", "dev", name, "type", "bridge", "vlan_filtering", "0"]
      : ["bridge", "vlan", "add", "vid", `${vlans.pvid}`, "dev", port.name, "pvid", "untagged"];
  return commandsIn(ground, netns, join);
}

/** Ports of containers whose VLAN no other port has, nor the bridge itself. */
export function vlanApart(ground: Ground): readonly Finding[] {
  return ground.topology.links.flatMap((port): readonly Finding[] => {
    const bridge = ground.bridge(port.master);
    const far = ground.peerOf(port);
    if (bridge?.filtersVlans !== true || far === null || !isCutOff(ground, bridge, port)) return [];
    if ((ground.namespace(far.netns)?.containers.length ?? 0) === 0) return [];
    return [
      {
        id: "D21",
        severity: "medium",
        about: [port.key, far.key],
        values: {
          how: "vlan",
          port: port.label,
          bridge: bridge.name,
          container: ownerOf(ground, far),
          pvid: port.vlans?.pvid ?? "none",
          ports: 1,
          containers: ownerOf(ground, far),
          state: "",
        },
        evidence: [bridge.evidence, ...(port.vlans === null ? [] : [port.vlans.evidence])],
        remedy: remedyOf(ground, bridge, port),
      },
    ];
  });
}
