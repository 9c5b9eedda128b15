import type { ContainerId, NetnsId, NetworkId } from "@/lib/net/ids";
import type {
  Attachment,
  Container,
  ContainerMode,
  Engine,
  Host,
  Leftover,
  Namespace,
  NamespaceName,
  Network,
  PublishedPort,
  Route,
  Topology,
} from "@/lib/topology/model";
import { firewall } from "./firewall-shape";
import { gap } from "./gap-shape";
import { links } from "./link-shape";
import {
  flag,
  inode,
  list,
  named,
  nullable,
  number,
  object,
  oneOf,
  type Shape,
  since,
  union,
} from "./shape";
import {
  address,
  container,
  evidence,
  interfaceName,
  key,
  label,
  link,
  mac,
  netns,
  network,
  own,
  range,
  text,
} from "./text-shapes";

const read = union<Namespace["read"], "status">("status", { read: {}, unread: { why: gap } });

const givenBootId = text("boot-id", "ids never cross a reboot");
/** What is left out is not known: two pictures without it are not of one boot for that. */
const bootId: Shape<string | null> = {
  ...nullable(givenBootId),
  map: (value, visitor, row) =>
    value === null ? null : visitor.text("boot-id", value, row) || null,
};

const host = object<Host>({
  id: text("host-id", "first part of every id"),
  key,
  name: text("host-name", "uname -n"),
  source: oneOf<Host["source"]>({ live: true, recorded: true }),
  at: text("time", "ISO 8601: when the host was read"),
  bootId,
  kernel: nullable(text("kernel-version", "uname -r")),
  os: nullable(text("os", "PRETTY_NAME of os-release")),
  engine: union<Engine, "status">("status", {
    read: {
      name: text("engine", "Docker, Podman, …"),
      version: text("version", "of the engine"),
      api: text("version", "of its API"),
    },
    unread: { why: gap },
    "not-asked": {},
  }),
  netns: nullable(netns),
  complete: flag,
  twice: object<Host["twice"]>({ settled: number, open: number }),
  firewall,
});

/** Alone too: keys are made of the names of namespaces. */
export const namespaceName = union<NamespaceName, "by">("by", {
  host: { text: text("our-word", "host") },
  container: { text: text("container-name", "of the container that lives in it") },
  "ip-netns": { text: text("namespace-name", "file in /run/netns") },
  pod: { text: text("pod", "name or id of a pod") },
  overlay: { text: text("network-name", "name of the network, or digits of its id") },
  "load-balancer": { text: text("network-name", "name of the network, or digits of its id") },
  ingress: { text: text("our-word", "ingress_sbox") },
  unit: { text: text("namespace-name", "systemd unit") },
  process: { text: text("namespace-name", "comm of its first process") },
  inode: { text: text("netns-label", "inode of the namespace") },
});

const namespaces = object<Namespace>({
  id: own<NetnsId>("netns-id"),
  key,
  label,
  inode: nullable(inode),
  name: namespaceName,
  containers: list(container),
  paths: list(text("path", "nsfs path")),
  pid: nullable(number),
  read,
});

const networks = object<Network>({
  id: own<NetworkId>("network-id"),
  key,
  engineId: text("engine-id", "the engine's id"),
  name: text("network-name", "the engine's name"),
  driver: text("driver", "bridge, overlay, macvlan, …"),
  internal: flag,
  icc: since(nullable(flag), null),
  subnets: list(object<Network["subnets"][number]>({ subnet: range, gateway: nullable(address) })),
  bridge: nullable(link),
  parent: nullable(interfaceName),
  evidence,
});

const mode = union<ContainerMode, "kind">("kind", {
  own: {},
  host: {},
  none: {},
  container: { of: nullable(container) },
  unknown: {},
});

const attachment = named(
  "Attachment",
  object<Attachment>({
    network: nullable(network),
    networkName: text("network-name", "the engine's name"),
    address: nullable(address),
    gateway: nullable(address),
    mac: nullable(mac),
    link: nullable(link),
  }),
);

const port = named(
  "PublishedPort",
  object<PublishedPort>({
    hostAddress: nullable(address),
    hostPort: nullable(number),
    containerPort: number,
    protocol: text("protocol", "tcp, udp, sctp"),
  }),
);

const containers = object<Container>({
  id: own<ContainerId>("container-id"),
  key,
  engineId: text("engine-id", "the first twelve digits of its id"),
  name: text("container-name", "the engine's name, else the id"),
  named: oneOf<Container["named"]>({ engine: true, cgroup: true }),
  runtime: oneOf<Container["runtime"]>({
    docker: true,
    podman: true,
    containerd: true,
    cri: true,
    lxc: true,
    nspawn: true,
    unknown: true,
  }),
  pod: nullable(text("pod", "id of its pod")),
  image: nullable(text("image", "name of its image")),
  state: text("state", "running, exited, …"),
  project: nullable(text("project", "of compose")),
  service: nullable(text("service", "of compose")),
  netns: nullable(netns),
  pid: nullable(number),
  mode,
  attachments: list(attachment),
  ports: list(port),
  evidence: nullable(evidence),
  placed: list(evidence),
});

const routes = object<Route>({
  netns,
  family: oneOf<Route["family"]>({ inet: true, inet6: true }),
  to: range,
  via: nullable(address),
  dev: nullable(interfaceName),
  table: text("table", "routing table"),
});

const leftovers = object<Leftover>({ path: text("path", "where a namespace was"), evidence });

/**
 * The topology as files hold it. A field that the model gains does not compile until it is listed, and
 * its texts say of which kind they are: that settles how they are redacted.
 */
export const topologyShape: Shape<Topology> = object<Topology>({
  format: oneOf<Topology["format"]>({ "vethscope-topology/1": true }),
  host,
  namespaces: list(namespaces),
  links: list(links),
  networks: list(networks),
  containers: list(containers),
  routes: list(routes),
  leftovers: since(list(leftovers), []),
  gaps: list(gap),
});
