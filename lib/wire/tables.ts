import { containerId, key, netnsId, netnsLabel, networkId } from "@/lib/net/ids";
import type {
  Attachment,
  Container,
  Engine,
  Host,
  Link,
  Namespace,
  NamespaceName,
  Network,
  PublishedPort,
  Route,
  Topology,
} from "@/lib/topology/model";
import {
  type Fields,
  type Here,
  isCount,
  isFlag,
  isFlagOrNull,
  isNumber,
  isNumberOrNull,
  oneOf,
  text,
  textOrNull,
} from "./columns";
import type { Draft } from "./drafts";
import { isEvidence, isEvidenceOrNull, placeInAnswer } from "./evidence";
import { firewallFields } from "./firewall";
import { bareMac, containerPlace, rowIn } from "./forms";
import { gapFields } from "./gaps";
import { linkFields } from "./links";

type In<T> = Here<T, Here<Topology>>;

const isRead = ({ row }: Here<Engine, In<Host>>): boolean => row.status === "read";

const hostFields: Fields<Host, In<Host>> = {
  id: { is: text() },
  key: { is: text(), predict: ({ row }) => key(`host:${row.id}`) },
  name: { is: text() },
  source: { is: oneOf<Host["source"]>({ live: true, recorded: true }) },
  at: { is: text() },
  bootId: { is: textOrNull() },
  kernel: { is: textOrNull() },
  os: { is: textOrNull() },
  engine: {
    fields: {
      status: { is: oneOf<Engine["status"]>({ read: true, unread: true, "not-asked": true }) },
      name: { is: text(), when: isRead },
      version: { is: text(), when: isRead },
      api: { is: text(), when: isRead },
      why: { when: ({ row }) => row.status === "unread", fields: gapFields() },
    },
  },
  netns: { is: textOrNull() },
  complete: { is: isFlag },
  twice: { fields: { settled: { is: isNumber }, open: { is: isNumber } } },
  firewall: { fields: firewallFields() },
};

const networkFields: Fields<Network, In<Network>> = {
  engineId: { is: text() },
  id: {
    is: text(),
    predict: ({ row, world }) => networkId(`${world.host().id}`, `${row.engineId}`),
  },
  name: { is: text() },
  key: { is: text(), predict: ({ row }) => key(`net:${row.name}`) },
  driver: { is: text() },
  internal: { is: isFlag },
  icc: { is: isFlagOrNull, predict: () => null },
  subnets: {
    count: { is: isCount },
    each: { subnet: { is: text() }, gateway: { is: textOrNull() } },
  },
  bridge: { is: textOrNull() },
  parent: { is: textOrNull() },
  evidence: { is: isEvidence, form: placeInAnswer },
};

/** What differs from the word itself in the first part of the keys of what is in a namespace (./naming). */
const prefixes: Partial<Readonly<Record<NamespaceName["by"], string>>> = {
  container: "ctr",
  "load-balancer": "lb",
  "ip-netns": "ns",
  process: "proc",
};

function ownerOf({ by, text: name }: Draft<NamespaceName>): string {
  return by === "host" ? by : `${(by && prefixes[by]) ?? by}:${name}`;
}

const namespaceFields: Fields<Namespace, In<Namespace>> = {
  inode: { is: isNumberOrNull },
  label: { is: text(), predict: ({ row }) => netnsLabel(`${row.inode}`) },
  id: {
    is: text(),
    predict: ({ row, world }) => row.label && netnsId(`${world.host().id}`, row.label),
  },
  name: {
    fields: {
      by: {
        is: oneOf<NamespaceName["by"]>({
          host: true,
          container: true,
          "ip-netns": true,
          pod: true,
          overlay: true,
          "load-balancer": true,
          ingress: true,
          unit: true,
          process: true,
          inode: true,
        }),
      },
      text: { is: text(), like: ({ row }) => [`${row.by}`] },
    },
  },
  key: { is: text(), predict: ({ row }) => key(`netns:${ownerOf(row.name ?? {})}`) },
  containers: {
    count: { is: isCount },
    items: { is: text(), form: containerPlace },
  },
  pid: { is: isNumberOrNull },
  paths: {
    count: { is: isCount },
    items: { is: text(), predict: ({ up }) => `/proc/${up.row.pid}/ns/net` },
  },
  read: {
    fields: {
      status: { is: oneOf<Namespace["read"]["status"]>({ read: true, unread: true }) },
      why: { when: ({ row }) => row.status === "unread", fields: gapFields() },
    },
  },
};

type HereAttachment = Here<Attachment, In<Container>>;

const attachedLink = ({ row, world }: HereAttachment): Draft<Link> | undefined =>
  world.link(row.link);
const attachedNetwork = ({ row, world }: HereAttachment): Draft<Network> | undefined =>
  world.network(row.network);

/** The engine's network whose bridge the other end of the link is a port of. */
function networkOf(here: HereAttachment): Draft<Network> | undefined {
  const other = here.world.link(attachedLink(here)?.peer?.link);
  return here.world.networkOfBridge(other?.master);
}

const attachmentFields: Fields<Attachment, HereAttachment> = {
  link: {
    is: textOrNull(),
    form: rowIn("links"),
    predict: ({ up, place, world }) => world.linksIn(up.row.netns)[place]?.id ?? null,
  },
  network: { is: textOrNull(), form: rowIn("networks"), predict: (here) => networkOf(here)?.id },
  networkName: { is: text(), predict: (here) => attachedNetwork(here)?.name },
  address: {
    is: textOrNull(),
    predict: (here) => attachedLink(here)?.addresses?.[0]?.address ?? null,
  },
  gateway: {
    is: textOrNull(),
    like: ({ row }) => [`${row.network} ${row.address === null}`],
  },
  mac: { is: textOrNull(), form: bareMac, predict: (here) => attachedLink(here)?.mac ?? null },
};

type HerePort = Here<PublishedPort, In<Container>>;

const likeAtPlace = ({ place }: HerePort): readonly string[] => [`${place}`];

/** Most ports are published twice, for IPv4 and for IPv6, with one number. */
const portBefore = ({ row, before, place }: HerePort): number | null | undefined =>
  place > 0 && before?.containerPort === row.containerPort ? before?.hostPort : undefined;

const portFields: Fields<PublishedPort, HerePort> = {
  protocol: { is: text(), like: likeAtPlace },
  containerPort: { is: isNumber, like: likeAtPlace },
  hostAddress: { is: textOrNull(), like: likeAtPlace },
  hostPort: { is: isNumberOrNull, predict: portBefore, like: likeAtPlace },
};

const containerFields: Fields<Container, In<Container>> = {
  id: {
    is: text(),
    predict: ({ place, world }) => containerId(`${world.host().id}`, place),
  },
  netns: {
    is: textOrNull(),
    form: rowIn("namespaces"),
    predict: ({ row, world }) => world.netnsOf(row.id)?.id ?? null,
  },
  name: { is: text(), predict: ({ row, world }) => world.netns(row.netns)?.name?.text },
  key: { is: text(), predict: ({ row }) => key(`ctr:${row.name}`) },
  engineId: { is: text() },
  named: { is: oneOf<Container["named"]>({ engine: true, cgroup: true }) },
  runtime: {
    is: oneOf<Container["runtime"]>({
      docker: true,
      podman: true,
      containerd: true,
      cri: true,
      lxc: true,
      nspawn: true,
      unknown: true,
    }),
  },
  pod: { is: textOrNull() },
  image: { is: textOrNull() },
  state: { is: text() },
  project: { is: textOrNull() },
  service: { is: textOrNull() },
  pid: { is: isNumberOrNull, predict: ({ row, world }) => world.netns(row.netns)?.pid ?? null },
  mode: {
    fields: {
      kind: {
        is: oneOf<Container["mode"]["kind"]>({
          own: true,
          host: true,
          none: true,
          container: true,
          unknown: true,
        }),
      },
      of: {
        is: textOrNull(),
        when: ({ row }) => row.kind === "container",
        form: rowIn("containers"),
      },
    },
  },
  attachments: { count: { is: isCount }, each: attachmentFields },
  ports: { count: { is: isCount }, each: portFields },
  evidence: { is: isEvidenceOrNull, form: placeInAnswer },
  placed: {
    count: { is: isCount },
    items: { is: isEvidence, form: placeInAnswer, like: ({ place }) => [`${place}`] },
  },
};

/** Namespaces of one kind have the same routes in the same order: a route follows the one before it. */
const likeTheLast = ({ row, before }: In<Route>): readonly string[] =>
  before?.netns === row.netns ? [`after ${before?.to} ${row.to}`] : [`first ${row.to}`];

const routeFields: Fields<Route, In<Route>> = {
  netns: { is: text(), form: rowIn("namespaces") },
  to: { is: text(), like: likeTheLast },
  family: { is: oneOf<Route["family"]>({ inet: true, inet6: true }), like: likeTheLast },
  via: { is: textOrNull(), like: likeTheLast },
  dev: { is: textOrNull(), like: likeTheLast },
  table: { is: text(), like: likeTheLast },
};

/** In the order in which they follow from each other. */
export const topologyFields: Fields<Topology, Here<Topology>> = {
  format: {
    is: oneOf<Topology["format"]>({ "vethscope-topology/1": true }),
    predict: () => "vethscope-topology/1",
  },
  host: { fields: hostFields },
  networks: { count: { is: isCount }, each: networkFields },
  namespaces: { count: { is: isCount }, each: namespaceFields },
  links: { count: { is: isCount }, each: linkFields },
  containers: { count: { is: isCount }, each: containerFields },
  routes: { count: { is: isCount }, each: routeFields },
  leftovers: {
    count: { is: isCount, predict: () => 0 },
    each: { path: { is: text() }, evidence: { is: isEvidence, form: placeInAnswer } },
  },
  gaps: { count: { is: isCount }, each: gapFields() },
};
