import type { NetnsId } from "@/lib/net/ids";
import type {
  BaseChain,
  Chain,
  Family,
  Firewall,
  Hook,
  MadeBy,
  NetnsRules,
  Rule,
  RuleCounters,
  RuleSet,
  Source,
  Table,
} from "@/lib/topology/firewall/model";
import type { DockerProxy, Listening, Process, Settings, Socket } from "@/lib/topology/listening";
import type { NetworkOption, Ruling } from "@/lib/topology/ruling";
import { backend, maker, ofTables } from "./firewall-shape";
import { gap } from "./gap-shape";
import { elementValue, family, mapElement, part, setName } from "./rule-shape";
import { list, named, nullable, number, object, oneOf, type Shape, textOf, union } from "./shape";
import {
  address,
  container,
  evidence,
  netns,
  network,
  ruleKey,
  socketKey,
  text,
} from "./text-shapes";

const tableFamily = oneOf<Family>({
  ip: true,
  ip6: true,
  inet: true,
  bridge: true,
  arp: true,
  netdev: true,
});
const tableName = text("rule-table", "of a table");

/** Kernels count to 2^64. */
const isCount = (value: unknown): value is string =>
  typeof value === "string" && /^\d{1,20}$/.test(value);
const count = textOf("our-word", isCount, "decimal digits");
const counters = named(
  "RuleCounters",
  nullable(object<RuleCounters>({ packets: count, bytes: count })),
);

const madeBy = named(
  "MadeBy",
  object<MadeBy>({
    who: maker,
    because: oneOf<MadeBy["because"]>({
      table: true,
      chain: true,
      jump: true,
      comment: true,
      form: true,
      nothing: true,
    }),
  }),
);

const rule = object<Rule>({
  key: ruleKey,
  place: number,
  parts: list(part),
  counters,
  comment: nullable(text("rule-comment", "wherever in the rule it stands")),
  handle: nullable(number),
  verbatim: nullable(text("opaque", "its own words, where its parts would print others")),
  madeBy,
  evidence,
});

const base = object<BaseChain>({
  type: oneOf<BaseChain["type"]>({ filter: true, nat: true, route: true }),
  hook: oneOf<Hook>({
    ingress: true,
    prerouting: true,
    input: true,
    forward: true,
    output: true,
    postrouting: true,
    egress: true,
  }),
  priority: number,
  policy: oneOf<BaseChain["policy"]>({ accept: true, drop: true }),
});

const chain = object<Chain>({
  name: text("chain", "of a chain"),
  base: nullable(base),
  counters,
  rules: list(rule),
  madeBy,
  evidence,
});

const table = object<Table>({
  backend: oneOf<Table["backend"]>(ofTables),
  family: tableFamily,
  name: tableName,
  chains: list(chain),
  madeBy,
  evidence,
});

const source = object<Source>({
  backend,
  family: nullable(family),
  version: nullable(text("version", "as it says itself")),
  state: union<Source["state"], "status">("status", {
    read: {},
    absent: {},
    unreadable: { why: gap },
  }),
});

const ruleSet = object<RuleSet>({
  backend: oneOf<RuleSet["backend"]>({ ipset: true, nft: true }),
  table: nullable(object<NonNullable<RuleSet["table"]>>({ family: tableFamily, name: tableName })),
  name: setName,
  type: text("set-type", "as declared"),
  holds: union<RuleSet["holds"], "of">("of", {
    elements: { elements: list(list(elementValue)), except: list(number) },
    mappings: { elements: list(mapElement) },
  }),
  options: text("rule-text", "as declared"),
  evidence,
});

const firewall = union<Firewall, "status">("status", {
  read: { sources: list(source), tables: list(table), sets: list(ruleSet), opaque: number },
  "not-asked": {},
  unreadable: { why: gap },
});

type Setting = Extract<Settings, { readonly status: "read" }>["settings"][number];

const settings = union<Settings, "status">("status", {
  read: {
    settings: list(
      object<Setting>({
        name: text("sysctl", "file below /proc/sys"),
        value: text("sysctl-value", "what it holds"),
        evidence,
      }),
    ),
  },
  unreadable: { why: gap },
  "not-asked": {},
});

const process = object<Process>({
  pid: number,
  name: text("process", "comm"),
  container: nullable(container),
});

const socket = object<Socket>({
  key: socketKey,
  netns,
  protocol: oneOf<Socket["protocol"]>({ tcp: true, udp: true }),
  family: oneOf<Socket["family"]>({ inet: true, inet6: true }),
  address,
  port: number,
  answersIpv4: oneOf<Socket["answersIpv4"]>({ yes: true, likely: true, no: true }),
  uid: number,
  holder: union<Socket["holder"], "by">("by", {
    processes: { processes: list(process) },
    kernel: {},
    unknown: {},
  }),
  evidence,
});

const proxy = object<DockerProxy>({
  pid: number,
  protocol: text("ip-protocol", "tcp, udp, sctp"),
  hostAddress: address,
  hostPort: number,
  containerAddress: address,
  containerPort: number,
  evidence,
});

const listening = object<Listening>({
  sockets: union<Listening["sockets"], "status">("status", {
    read: { sockets: list(socket), namespaces: list<NetnsId>(netns) },
    unreadable: { why: gap },
    "not-asked": {},
  }),
  proxies: list(proxy),
});

const option = object<NetworkOption>({
  network,
  name: text("option-name", "as the engine calls it"),
  value: text("option-value", "of the option"),
});

/**
 * Rules, settings and sockets as files hold them. As with the topology, a field that the model gains does not
 * compile until it is listed, and its texts say of which kind they are.
 */
export const rulingShape: Shape<Ruling> = object<Ruling>({
  rules: list(object<NetnsRules>({ netns, firewall, settings })),
  listening,
  options: list(option),
});
