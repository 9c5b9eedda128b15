import type { Link } from "@/lib/topology/model";
import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import type { FaultCheck, Finding } from "./model";
import { ownerOf } from "./owner";

const isStacked = (link: Link) =>
  link.kind === "macvlan" || link.kind === "ipvlan" || link.kind === "vlan" ? link : null;

/** By its parent: one device that is down takes all that stands on it with it. */
function find(ground: Ground): readonly Finding[] {
  const standing = ground.topology.links.flatMap((each) => {
    const child = isStacked(each);
    if (child === null || !child.adminUp || child.lower.status !== "found") return [];
    const parent = ground.link(child.lower.link);
    return parent?.state === "down" ? [{ child, parent }] : [];
  });
  return [...Map.groupBy(standing, ({ parent }) => parent)].flatMap(([parent, on]) => {
    const [first] = on;
    if (first === undefined) return [];
    return [
      {
        id: "D65" as const,
        severity: "high" as const,
        about: [parent.key, ...on.map(({ child }) => child.key)] as const,
        values: {
          parent: parent.name,
          child: first.child.name,
          owner: ownerOf(ground, first.child),
          n: on.length,
          off: parent.adminUp ? "carrier" : "admin",
        },
        evidence: [parent.evidence, ...on.slice(0, 4).map(({ child }) => child.evidence)],
        remedy: parent.adminUp
          ? []
          : commandsIn(ground, parent.netns, ["ip", "link", "set", "dev", parent.name, "up"]),
      },
    ];
  });
}

export const parentDown: FaultCheck = { id: "D65", needs: ["host-links", "namespaces"], find };
