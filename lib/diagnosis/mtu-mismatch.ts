import type { Bridge, Link } from "@/lib/topology/model";
import { commandsIn } from "./commands";
import type { Ground } from "./ground";
import type { FaultCheck, Finding } from "./model";
import { ownerOf } from "./owner";

const mtuOf = ({ mtu }: Link): number => mtu ?? 0;

/** The links whose MTU is not what most of them have; of two the larger one. */
function odd(links: readonly Link[]): { readonly usual: number; readonly odd: readonly Link[] } {
  const known = links.filter(({ mtu }) => mtu !== null);
  const [usual] = [...Map.groupBy(known, mtuOf)].toSorted(
    ([a, ofA], [b, ofB]) => ofB.length - ofA.length || a - b,
  );
  if (usual === undefined) return { usual: 0, odd: [] };
  return { usual: usual[0], odd: known.filter((link) => mtuOf(link) !== usual[0]) };
}

/** All that must hand on the same frames: the bridge, its ports and what is behind them. */
const wiredTo = (ground: Ground, bridge: Bridge): readonly Link[] => [
  bridge,
  ...ground.portsOf(bridge.id).flatMap((port) => {
    const far = ground.peerOf(port);
    return far === null ? [port] : [port, far];
  }),
];

function finding(ground: Ground, place: Link, links: readonly Link[]): readonly Finding[] {
  const { usual, odd: others } = odd(links);
  const [first] = others;
  const regular = links.find(({ mtu }) => mtu === usual);
  if (first === undefined || regular === undefined) return [];
  return [
    {
      id: "D56",
      severity: "medium",
      about: [first.key, ...others.slice(1).map(({ key }) => key)],
      values: {
        link: first.name,
        owner: ownerOf(ground, first),
        mtu: mtuOf(first),
        usual,
        regular: regular.name,
        regularOwner: ownerOf(ground, regular),
        place: place.name,
        n: others.length,
      },
      evidence: [...others.slice(0, 6), regular].map(({ evidence }) => evidence),
      remedy: others
        .slice(0, 6)
        .flatMap((link) =>
          commandsIn(ground, link.netns, [
            ...["ip", "link", "set", "dev", link.name, "mtu", `${usual}`],
          ]),
        ),
    },
  ];
}

/** Pairs with no bridge at either end, each told once. */
const loosePairs = (ground: Ground): readonly (readonly [Link, Link])[] =>
  ground.topology.links.flatMap((link) => {
    const far = ground.peerOf(link);
    if (far === null || link.id > far.id) return [];
    const bridged = ground.bridge(link.master) ?? ground.bridge(far.master);
    return bridged === null ? [[link, far] as const] : [];
  });

const find = (ground: Ground): readonly Finding[] => [
  ...ground.topology.links.flatMap((link) =>
    link.kind === "bridge" ? finding(ground, link, wiredTo(ground, link)) : [],
  ),
  ...loosePairs(ground).flatMap((pair) => finding(ground, pair[0], pair)),
];

/** On one layer 2 nobody tells the sender that a frame was too large: it is dropped without a word. */
export const mtuMismatch: FaultCheck = { id: "D56", needs: ["host-links", "namespaces"], find };
