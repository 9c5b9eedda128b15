import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import type { Bridge, Network } from "@/lib/topology/model";
import { namespaceBox } from "./boxes";
import { attached, reaches } from "./edges";
import type { Lookup } from "./lookup";
import type { Block, BridgeNode, Uplink, Way } from "./model";
import { isolated, naturally, shortened, visible } from "./names";
import { noHue, type Places, projectsOf, rowsAt } from "./seats";

type BridgeBlock = Extract<Block, { kind: "bridge" }>;

const subnetOf = (bridge: Bridge | null, network: Network | null): string | null => {
  const own =
    bridge?.addresses.find(({ family }) => family === "inet") ??
    bridge?.addresses.find(({ scope }) => scope === "global");
  if (own !== undefined) return `${own.address}/${own.prefix}`;
  return network?.subnets[0]?.subnet ?? null;
};

const bridgeLines = (
  known: Lookup,
  words: Words,
  bridge: Bridge | null,
  network: Network | null,
): BridgeNode["lines"] => {
  const abroad =
    bridge !== null && bridge.netns !== known.topology.host.netns
      ? namespaceBox(known, bridge.netns, true)?.badges[0]
      : undefined;
  const subnet = subnetOf(bridge, network);
  const named = network === null ? null : shortened(visible(network.name), 26);
  return [
    ...(named === null
      ? []
      : [{ text: bridge === null ? words("graph.bridge.unseen") : named, font: "sans" as const }]),
    ...(abroad === undefined
      ? []
      : [
          {
            text: words("graph.bridge.inside", {
              name: isolated(shortened(abroad.full, 22)),
            }),
            font: "sans" as const,
            of: abroad,
          },
        ]),
    ...(subnet === null ? [] : [{ text: subnet, font: "mono" as const }]),
  ];
};

const bridgeNode = (
  known: Lookup,
  words: Words,
  bridge: Bridge | null,
  network: Network | null,
): BridgeNode | null => {
  const key = bridge?.key ?? network?.key;
  if (key === undefined) return null;
  return {
    key,
    link: bridge?.id ?? null,
    network: network?.key ?? null,
    label: bridge === null ? shortened(visible(network?.name ?? ""), 26) : visible(bridge.label),
    state: bridge?.state ?? "unknown",
    internal: network?.internal ?? false,
    lines: bridgeLines(known, words, bridge, network),
  };
};

const enslaved = (known: Lookup, bridge: Bridge, uplinks: readonly Uplink[]): readonly Way[] =>
  uplinks
    .filter(({ chip }) => known.link.get(chip.link)?.master === bridge.id)
    .map(({ chip }) => ({ uplink: chip.key, edge: attached(chip.key) }));

/** By its ports where a NIC is one of them; else the host routes, through its default device, if it has an address there. */
const waysTo = (
  known: Lookup,
  bridge: Bridge,
  internal: boolean,
  uplinks: readonly Uplink[],
): readonly Way[] => {
  const ports = enslaved(known, bridge, uplinks);
  if (ports.length > 0) return ports;
  const home = bridge.netns === known.topology.host.netns;
  const [through] = uplinks.filter(({ out }) => out !== null);
  if (through === undefined || !home || internal || bridge.addresses.length === 0) return [];
  return [{ uplink: through.chip.key, edge: reaches(through.chip.key, bridge.key, "exact") }];
};

const identity = (node: Pick<BridgeNode, "key" | "network">): Key => node.network ?? node.key;

const bridgeBlock = (places: Places, bridge: Bridge): BridgeBlock | null => {
  const { known, words, uplinks, hues } = places;
  const network = bridge.network === null ? null : (known.network.get(bridge.network) ?? null);
  const node = bridgeNode(known, words, bridge, network);
  if (node === null) return null;
  const rows = rowsAt(places, { at: "bridge", bridge: bridge.id });
  return {
    kind: "bridge",
    bridge: node,
    hue: hues.get(identity(node)) ?? noHue,
    ways: waysTo(known, bridge, node.internal, uplinks),
    rows,
    projects: projectsOf(places, rows),
  };
};

/** A network whose bridge was not seen, if containers are on it. */
const networkBlock = (places: Places, network: Network): BridgeBlock | null => {
  const rows = rowsAt(places, { at: "network", network: network.id });
  const node = bridgeNode(places.known, places.words, null, network);
  if (rows.length === 0 || node === null) return null;
  return {
    kind: "bridge",
    bridge: node,
    hue: places.hues.get(identity(node)) ?? noHue,
    ways: [],
    rows,
    projects: projectsOf(places, rows),
  };
};

const blockOrder = (known: Lookup, block: BridgeBlock): string => {
  const { bridge } = block;
  const link = bridge.link === null ? undefined : known.link.get(bridge.link);
  if (link === undefined) return `2 ${bridge.label}`;
  if (link.netns !== known.topology.host.netns) return `1 ${bridge.label}`;
  return bridge.label === "docker0" ? "0" : `0 ${bridge.label}`;
};

/** Bridges with their rows: docker0, the others by name, those in other namespaces, networks whose bridge was not seen. */
export const bridgeBlocks = (places: Places): readonly BridgeBlock[] => {
  const { known } = places;
  return [
    ...known.topology.links.flatMap((link) =>
      link.kind === "bridge" ? (bridgeBlock(places, link) ?? []) : [],
    ),
    ...known.topology.networks.flatMap((network) => networkBlock(places, network) ?? []),
  ].sort(
    (a, b) =>
      naturally(blockOrder(known, a), blockOrder(known, b)) ||
      naturally(a.bridge.key, b.bridge.key),
  );
};
