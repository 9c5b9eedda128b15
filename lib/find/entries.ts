import { type Lookup, lookup } from "@/lib/graph/lookup";
import { visible } from "@/lib/graph/names";
import type { Key, LinkId } from "@/lib/net/ids";
import type {
  Container,
  Link,
  Lower,
  Namespace,
  Network,
  PublishedPort,
  Topology,
  VethPeer,
} from "@/lib/topology/model";

/** What a piece of text says of a thing. Several of them answer to one field of a query. */
export type Tag =
  | "container"
  | "namespace"
  | "veth"
  | "eth"
  | "link"
  | "network"
  | "on"
  | "image"
  | "id"
  | "project"
  | "service"
  | "ip"
  | "subnet"
  | "mac"
  | "ifindex"
  | "netns"
  | "port"
  | "state"
  | "kind"
  | "proof";

/** Something that can be selected. `name` as the page shows it. */
export type Thing = {
  readonly key: Key;
  readonly kind: "container" | "namespace" | "link" | "bridge" | "network";
  readonly name: string;
};

export type Value = {
  readonly tag: Tag;
  /** As the page shows it. */
  readonly text: string;
  readonly folded: string;
  /** Whose it is; null: of the entry as a whole. */
  readonly thing: Thing | null;
};

/** One attachment, or something that is on none, with all that it can be found by. */
export type Entry = {
  readonly main: Thing;
  /** By which its rows are known in table and picture: links, or a container or namespace without one. */
  readonly rows: readonly Key[];
  readonly values: readonly Value[];
};

const value = (tag: Tag, raw: string | null, thing: Thing | null): readonly Value[] => {
  if (raw === null || raw === "") return [];
  const text = visible(raw);
  return [{ tag, text, folded: text.toLowerCase(), thing }];
};

const thingOfLink = (link: Link): Thing => ({
  key: link.key,
  kind: link.kind === "bridge" ? "bridge" : "link",
  name: visible(link.label),
});

const containerThing = ({ key, name }: Container): Thing => ({
  key,
  kind: "container",
  name: visible(name),
});

const namespaceThing = ({ key, name }: Namespace): Thing => ({
  key,
  kind: "namespace",
  name: visible(name.text),
});

const proofName = (peer: VethPeer | Lower): string =>
  peer.status === "found" ? peer.proof : peer.status;

const proofValues = (link: Link): readonly Value[] => {
  if (link.kind === "veth") return value("proof", proofName(link.peer), null);
  return "lower" in link ? value("proof", proofName(link.lower), null) : [];
};

const linkValues = (link: Link, tag: "veth" | "eth" | "link"): readonly Value[] => {
  const thing = thingOfLink(link);
  return [
    ...value(tag, link.label, thing),
    ...link.addresses.flatMap(({ address, prefix }) => value("ip", `${address}/${prefix}`, thing)),
    ...value("mac", link.mac, thing),
    ...value("ifindex", link.ifindex > 0 ? `${link.ifindex}` : null, thing),
    ...value("state", link.state, thing),
    ...value("kind", link.kind, thing),
  ];
};

/** `8080→80/tcp`; only exposed: `80/tcp`. */
export const portText = ({ hostAddress, hostPort, containerPort, protocol }: PublishedPort) => {
  if (hostPort === null) return `${containerPort}/${protocol}`;
  const local = hostAddress !== null && /^(127[.]|::1$)/.test(hostAddress);
  return `${local ? "lo:" : ""}${hostPort}→${containerPort}/${protocol}`;
};

const runningStates = ["running", "paused", "restarting"];

const containerValues = (container: Container): readonly Value[] => {
  const thing = containerThing(container);
  const stopped = container.netns === null && !runningStates.includes(container.state);
  return [
    ...value("container", container.name, thing),
    ...value("image", container.image, thing),
    ...value("id", container.engineId, thing),
    ...value("project", container.project, thing),
    ...value("service", container.service, thing),
    ...value("state", container.state, thing),
    ...(stopped ? value("state", "stopped", thing) : []),
    ...value("kind", "container", thing),
    ...[...new Set(container.ports.map(portText))].flatMap((text) => value("port", text, thing)),
  ];
};

const namespaceValues = (namespace: Namespace | undefined): readonly Value[] => {
  if (namespace === undefined) return [];
  const { by, text } = namespace.name;
  return [
    ...value("netns", namespace.label, null),
    // By its container it is called in the row already; the host's own is what all is on.
    ...(by === "container" || by === "host" ? [] : value("namespace", text, null)),
  ];
};

type Ends = { readonly near: Link | null; readonly far: Link | null };

const bridgeOf = (known: Lookup, ...ends: readonly (Link | null)[]): Link | null => {
  const masters = ends.flatMap((end) =>
    end === null || end.master === null ? [] : (known.link.get(end.master) ?? []),
  );
  return masters.find(({ kind }) => kind === "bridge") ?? null;
};

const networkOf = (known: Lookup, far: Link | null, bridge: Link | null): Network | null => {
  const id =
    (far === null ? undefined : known.networkOf.get(far.id)) ??
    (bridge?.kind === "bridge" ? bridge.network : null);
  return id ? (known.network.get(id) ?? null) : null;
};

const onValues = (known: Lookup, { near, far }: Ends): readonly Value[] => {
  const bridge = bridgeOf(known, near, far);
  const network = networkOf(known, far, bridge);
  return [
    ...value("on", network?.name ?? null, null),
    ...(bridge !== null && bridge.name !== network?.name ? value("on", bridge.label, null) : []),
  ];
};

const holders = (known: Lookup, namespace: Namespace | undefined): readonly Container[] =>
  namespace === undefined || namespace.name.by === "host"
    ? []
    : namespace.containers.flatMap((id) => known.container.get(id) ?? []);

const isHome = (known: Lookup, link: Link): boolean => link.netns === known.topology.host.netns;

const mainThing = (
  link: Link,
  namespace: Namespace | undefined,
  containers: readonly Container[],
): Thing => {
  const [first] = containers;
  if (first !== undefined) return containerThing(first);
  return namespace === undefined || namespace.name.by === "host"
    ? thingOfLink(link)
    : namespaceThing(namespace);
};

const attachment = (known: Lookup, ends: Ends & { readonly of: Link }): Entry => {
  const { near, far, of } = ends;
  const namespace = known.namespace.get((far ?? of).netns);
  const containers = holders(known, namespace);
  return {
    main: mainThing(of, namespace, containers),
    rows: [near, far].flatMap((end) => (end === null ? [] : [end.key])),
    values: [
      ...containers.flatMap(containerValues),
      ...(near === null ? [] : linkValues(near, near.kind === "veth" ? "veth" : "link")),
      ...(far === null ? [] : linkValues(far, "eth")),
      ...onValues(known, ends),
      ...namespaceValues(namespace),
      ...proofValues(of),
    ],
  };
};

const vethEntry = (known: Lookup, told: Set<LinkId>, link: Link & { kind: "veth" }): Entry => {
  const peer = link.peer.status === "found" ? known.link.get(link.peer.link) : undefined;
  if (peer === undefined) {
    const home = isHome(known, link);
    return attachment(known, { of: link, near: home ? link : null, far: home ? null : link });
  }
  told.add(peer.id);
  const turned = isHome(known, peer) && !isHome(known, link);
  const [near, far] = turned ? [peer, link] : [link, peer];
  return attachment(known, { of: link, near, far });
};

const subnets = (network: Network | undefined, thing: Thing): readonly Value[] =>
  (network?.subnets ?? []).flatMap(({ subnet }) => value("subnet", subnet, thing));

const bridgeEntry = (known: Lookup, link: Link & { kind: "bridge" }): Entry => {
  const main = thingOfLink(link);
  const network = link.network === null ? undefined : known.network.get(link.network);
  return {
    main,
    rows: [link.key],
    values: [
      ...linkValues(link, "link"),
      ...value("network", network?.name ?? null, main),
      ...value("on", link.label, main),
      ...value("id", network?.engineId.slice(0, 12) ?? null, main),
      ...subnets(network, main),
      ...(network === undefined ? [] : value("kind", "network", main)),
      ...namespaceValues(known.namespace.get(link.netns)),
    ],
  };
};

const networkEntry = (network: Network): Entry => {
  const main: Thing = { key: network.key, kind: "network", name: visible(network.name) };
  return {
    main,
    rows: [network.key],
    values: [
      ...value("network", network.name, main),
      ...value("id", network.engineId.slice(0, 12), main),
      ...subnets(network, main),
      ...value("kind", "network", main),
    ],
  };
};

/** Every namespace has 127.0.0.1 on its lo: only what somebody put there is worth finding. */
const isBareLoopback = (link: Link): boolean =>
  link.kind === "loopback" &&
  link.addresses.every(({ address }) => address.startsWith("127.") || address === "::1");

/** Of the host, a NIC, a tunnel or a device under others: it is its own. In a container it is an attachment. */
const linkEntry = (known: Lookup, link: Link): Entry => {
  if (!isHome(known, link)) return attachment(known, { of: link, near: null, far: link });
  const main = thingOfLink(link);
  return {
    main,
    rows: [link.key],
    values: [
      ...linkValues(link, "link"),
      ...onValues(known, { near: link, far: null }),
      ...namespaceValues(known.namespace.get(link.netns)),
      ...proofValues(link),
    ],
  };
};

const linkEntries = (known: Lookup): readonly Entry[] => {
  const told = new Set<LinkId>();
  return known.topology.links.flatMap((link) => {
    if (told.has(link.id) || isBareLoopback(link)) return [];
    if (link.kind === "veth") return [vethEntry(known, told, link)];
    return [link.kind === "bridge" ? bridgeEntry(known, link) : linkEntry(known, link)];
  });
};

const attachmentValues = ({ attachments }: Container): readonly Value[] =>
  attachments.flatMap(({ networkName, address, mac }) => [
    ...value("on", networkName, null),
    ...value("ip", address, null),
    ...value("mac", mac, null),
  ]);

const containerEntry = (known: Lookup, container: Container): Entry => ({
  main: containerThing(container),
  rows: [container.key],
  values: [
    ...containerValues(container),
    ...attachmentValues(container),
    ...namespaceValues(container.netns === null ? undefined : known.namespace.get(container.netns)),
  ],
});

const namespaceEntry = (namespace: Namespace): Entry => {
  const main = namespaceThing(namespace);
  return {
    main,
    rows: [namespace.key],
    values: [...namespaceValues(namespace), ...value("kind", "netns", main)],
  };
};

/** All that can be found on a host. */
export const entriesOf = (topology: Topology): readonly Entry[] => {
  const known = lookup(topology);
  const links = linkEntries(known);
  const shown = new Set(links.flatMap(({ main, values }) => [main.key, ...thingKeys(values)]));
  const entered = new Set(
    topology.links.filter((link) => !isBareLoopback(link)).map(({ netns }) => netns),
  );
  return [
    ...links,
    ...topology.networks.filter(({ bridge }) => bridge === null).map(networkEntry),
    ...topology.containers
      .filter(({ key }) => !shown.has(key))
      .map((container) => containerEntry(known, container)),
    ...topology.namespaces
      .filter(({ id, containers, name }) => {
        return name.by !== "host" && containers.length === 0 && !entered.has(id);
      })
      .map(namespaceEntry),
  ];
};

const thingKeys = (values: readonly Value[]): readonly Key[] =>
  values.flatMap(({ thing }) => (thing === null ? [] : [thing.key]));
