import {
  type ContainerId,
  key,
  linkId,
  type NetnsId,
  type NetnsLabel,
  netnsId,
  networkId,
} from "@/lib/net/ids";
import type { Attachment, Container, LinkBase, Namespace, Network, Route, Topology } from "./model";

/**
 * Rows of the model with every field, as they are where nothing is out of the ordinary or nothing is known: what
 * hosts that were written by hand (sketches of the notes, tests) say nothing of stands here once.
 */

/** Up, with the usual MTU, a port of nothing. `named`: its key. */
export const blankLink = (
  netns: NetnsId,
  ifindex: number,
  name: string,
  named: string,
): Omit<LinkBase, "evidence"> => ({
  id: linkId(netns, ifindex),
  key: key(named),
  netns,
  ifindex,
  name,
  label: name,
  mac: null,
  mtu: 1500,
  state: "up",
  adminUp: true,
  master: null,
  portState: null,
  isolated: null,
  hairpin: null,
  vlans: null,
  addresses: [],
  counters: null,
});

/** Read, with nobody in it. `named`: its key. */
export const blankNamespace = (
  host: string,
  label: NetnsLabel,
  named: string,
  name: Namespace["name"],
): Namespace => ({
  id: netnsId(host, label),
  key: key(named),
  label,
  inode: null,
  name,
  containers: [],
  paths: [],
  pid: null,
  read: { status: "read" },
});

/** Of Docker, running, on no network. */
export const blankContainer = (id: ContainerId, name: string): Container => ({
  id,
  key: key(`ctr:${name}`),
  engineId: name,
  name,
  named: "engine",
  runtime: "docker",
  pod: null,
  image: null,
  state: "running",
  project: null,
  service: null,
  netns: null,
  pid: null,
  mode: { kind: "own" },
  attachments: [],
  ports: [],
  evidence: null,
  placed: [],
});

/** The engine tells that it is there, and no more. */
export const blankAttachment = (host: string, network: string): Attachment => ({
  network: networkId(host, network),
  networkName: network,
  address: null,
  gateway: null,
  mac: null,
  link: null,
});

/** A bridge network whose bridge was not seen. */
export const blankNetwork = (host: string, name: string): Omit<Network, "evidence"> => ({
  id: networkId(host, name),
  key: key(`net:${name}`),
  engineId: name,
  name,
  driver: "bridge",
  internal: false,
  icc: null,
  subnets: [],
  bridge: null,
  parent: null,
});

/** Of the main table, IPv4. */
export const blankRoute = (
  netns: NetnsId,
  to: string,
  via: string | null,
  dev: string | null,
): Route => ({ netns, family: "inet", to, via, dev, table: "main" });

/** An empty host, all of which was read; `at` is 2026-11-21T16:20:31Z. `home`: its own namespace. */
export const blankTopology = (host: string, home: NetnsId): Topology => ({
  format: "vethscope-topology/1",
  host: {
    id: host,
    key: key(`host:${host}`),
    name: host,
    source: "recorded",
    at: "2026-11-21T16:20:31.000Z",
    bootId: null,
    kernel: null,
    os: null,
    engine: { status: "not-asked" },
    netns: home,
    complete: true,
    twice: { settled: 0, open: 0 },
    firewall: { status: "not-asked" },
  },
  namespaces: [],
  links: [],
  networks: [],
  containers: [],
  routes: [],
  leftovers: [],
  gaps: [],
});
