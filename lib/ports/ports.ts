import { askAll, type Circle, circleOf } from "./asked";
import type { Draft } from "./draft";
import { isOnlyInside } from "./inside-rows";
import type { PortRow, Ports } from "./model";
import { drafts } from "./rows";
import { scopeOf } from "./scope";
import { standing } from "./stand-ins";
import { distinct } from "./trip";
import type { World } from "./world";

function rowOf(circle: Circle, draft: Draft): PortRow {
  const { netns: _, standIns: __, ...row } = draft;
  if (isOnlyInside(row)) return { ...row, asked: [], unasked: [], scope: "nobody" };
  const all = standing(draft).map((each) => askAll(circle, each));
  const told = {
    ...row,
    asked: all.flatMap(({ asked }) => asked),
    unasked: distinct(all.flatMap(({ unasked }) => unasked)),
  };
  return { ...told, scope: scopeOf(told) };
}

function lacksOf(world: World): Ports["lacks"] {
  const { host, topology } = world;
  const rules = host === null ? null : world.rules(host);
  return [
    ...(rules?.firewall.status === "read" ? [] : (["rules"] as const)),
    ...(host === null || world.sockets(host) === null ? (["sockets"] as const) : []),
    ...(topology.host.engine.status === "read" ? [] : (["engine"] as const)),
    ...(host !== null && world.hasSettings(host) ? [] : (["settings"] as const)),
  ];
}

/** The Ports view of a host. Never throws. */
export function ports(world: World): Ports {
  const circle = circleOf(world);
  return { rows: drafts(world).map((draft) => rowOf(circle, draft)), lacks: lacksOf(world) };
}
