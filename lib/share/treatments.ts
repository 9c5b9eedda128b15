import { cidr, ipAddress } from "@/lib/net/ip-address";
import { addressText } from "./addresses";
import type { Hider } from "./hidden-addresses";
import {
  isCommonDriver,
  isCommonEngine,
  isCommonEnginePath,
  isCommonNetwork,
  isCommonProtocol,
  isCommonScope,
  isCommonSocket,
  isCommonState,
  isCommonTable,
  plainOs,
  plainVersion,
} from "./kernel-names";
import type { Pseudonyms } from "./names";
import {
  isCommonIpProtocol,
  isCommonProcess,
  isCommonRuleComment,
  isCommonRuleTable,
  isCommonSet,
  isCommonUser,
  plainChain,
  plainModule,
  plainOptionName,
  plainOptions,
  plainOptionValue,
  plainSetType,
  plainSysctl,
  plainSysctlValue,
  plainWord,
  unsaid,
} from "./rule-words";
import type { TextKind } from "./text-kinds";

/** What becomes of one text; `row` is the row that it stands in. */
export type Treatment = (text: string, row: object) => string;
export type Treatments = Readonly<Record<TextKind, Treatment>>;

/** Ids, labels and keys are made of other texts: whoever knows the tables makes them anew. */
export type Remade = Readonly<
  Record<"netns-id" | "link-id" | "container-id" | "network-id" | "key" | "netns-label", Treatment>
>;

const unsaidAlways: Treatment = () => unsaid;
const asItIs: Treatment = (text) => text;

const fieldOf = (row: object, name: string): unknown =>
  Object.hasOwn(row, name) ? (row as Readonly<Record<string, unknown>>)[name] : undefined;

/** `fe80::1%eth0`: the zone is the name of an interface. */
const zoned = (text: string, interfaceName: (name: string) => string): string => {
  const at = text.indexOf("%");
  return at < 0 ? "" : `%${interfaceName(text.slice(at + 1))}`;
};

type Reached = {
  readonly hider: Hider;
  readonly interfaceName: (name: string) => string;
  /** For what was expected to be an address and is none. */
  readonly other: Treatment;
};

const addressTreatment =
  ({ hider, interfaceName, other }: Reached): Treatment =>
  (text, row) => {
    const address = ipAddress(text);
    if (address === null) return other(text, row);
    const prefix = fieldOf(row, "prefix");
    // A link's address names its network: addresses of that network stay together.
    if (typeof prefix === "number") hider.prefix(address, Math.min(prefix, address.length * 8));
    return addressText(hider.address(address)) + zoned(text, interfaceName);
  };

const rangeTreatment =
  (reached: Reached): Treatment =>
  (text, row) => {
    const net = cidr(text);
    if (text === "default") return text;
    if (net === null) return addressTreatment(reached)(text, {});
    const { address, prefix } = net;
    const base = addressText(reached.hider.prefix(address, prefix));
    return text.includes("%") ? reached.other(text, row) : `${base}/${prefix}`;
  };

/** What is left of the beginning of names (`veth+`) stays: it is no name. */
const interfaceTreatment =
  (interfaceName: (name: string) => string): Treatment =>
  (text, row) =>
    fieldOf(row, "wildcard") === true ? text : interfaceName(text);

/** Tunnels have an address where others have a MAC; InfiniBand has twenty bytes. */
const macTreatment =
  ({ hider, other }: Reached): Treatment =>
  (text, row) => {
    const address = ipAddress(text);
    const hidden = hider.mac(text);
    if (hidden !== null) return hidden;
    return address === null ? other(text, row) : addressText(hider.address(address));
  };

/** `ip-addr@4026531840`: the question is ours, what follows is the namespace. */
const answerTreatment =
  (label: Treatment): Treatment =>
  (text, row) => {
    const at = text.indexOf("@");
    return at < 0 ? text : `${text.slice(0, at + 1)}${label(text.slice(at + 1), row)}`;
  };

/** `veth9a1c2d3@if4`, `orphan0@orphan1`: the row says where its own name ends. */
const labelTreatment =
  (interfaceName: (name: string) => string): Treatment =>
  (text, row) => {
    const name = fieldOf(row, "name");
    if (typeof name !== "string" || !text.startsWith(`${name}@`)) return interfaceName(text);
    const peer = text.slice(name.length + 1);
    return `${interfaceName(name)}@${/^if\d+$/.test(peer) ? peer : interfaceName(peer)}`;
  };

const tool = /^(?:\/(?:usr\/)?s?bin\/)?[a-z][a-z0-9_-]{0,15}(?= |$)/;

/** The tool that was run; paths and names of namespaces are among its arguments. */
const toolOf: Treatment = (text) => {
  if (isCommonEnginePath(text)) return text;
  const [name = ""] = tool.exec(text) ?? [];
  return name === text ? text : `${name} ${unsaid}`.trimStart();
};

const networkFolder = /^(\/(?:var\/)?run\/netns\/)([^/]+)$/;
const ofProcess = /^\/proc\/(?:\d+|self)\/ns\/net$/;

const pathTreatment =
  (names: Pseudonyms): Treatment =>
  (text) => {
    if (ofProcess.test(text)) return text;
    const [, folder, file = ""] = networkFolder.exec(text) ?? [];
    return folder === undefined
      ? `/${unsaid}/${names.name("path", text)}`
      : `${folder}${names.name("ns", file)}`;
  };

/** A row of a rule says how many bits of it are meant. */
const netTreatment =
  ({ hider, other }: Reached): Treatment =>
  (text, row) => {
    const address = ipAddress(text);
    const length = fieldOf(row, "length");
    if (address === null || typeof length !== "number") return other(text, row);
    return addressText(hider.prefix(address, Math.min(length, address.length * 8)));
  };

/** The vocabulary of rules; whatever is not of it is not said. Their keys are made anew of what is left. */
const ofRules = (interfaceName: (name: string) => string) =>
  ({
    "rule-key": asItIs,
    "socket-key": asItIs,
    "ip-protocol": (text) => (isCommonIpProtocol(text) ? text : unsaid),
    "rule-word": plainWord,
    "rule-module": plainModule,
    "set-type": plainSetType,
    "rule-text": plainOptions,
    element: plainWord,
    opaque: unsaidAlways,
    sysctl: (text) => plainSysctl(text, interfaceName),
    "sysctl-value": plainSysctlValue,
    "option-name": plainOptionName,
    "option-value": plainOptionValue,
  }) as const satisfies Partial<Treatments>;

/** Texts that are replaced unless they are those that every machine has. */
const unless =
  (isCommon: (text: string) => boolean, names: Pseudonyms, kind: string): Treatment =>
  (text) =>
    isCommon(text) ? text : names.name(kind, text);

const ownSockets = /^\/run\/user\/\d{1,5}\/(?:docker|podman\/podman)[.]sock$/;

/** Nothing of what people named or what a machine is reached by is left. */
export function hidingNames(hider: Hider, names: Pseudonyms, remade: Remade): Treatments {
  const as =
    (kind: string): Treatment =>
    (text) =>
      names.name(kind, text);
  const interfaceName = (text: string) => names.interface(text);
  const reached = { hider, interfaceName, other: as("address") };
  return {
    ...remade,
    ...ofRules(interfaceName),
    "net-address": netTreatment(reached),
    "rule-table": unless(isCommonRuleTable, names, "table"),
    chain: (text) => plainChain(text, interfaceName) ?? names.name("chain", text),
    set: unless(isCommonSet, names, "set"),
    "rule-object": as("counter"),
    "rule-comment": unless(isCommonRuleComment, names, "comment"),
    user: unless(isCommonUser, names, "user"),
    process: unless(isCommonProcess, names, "process"),
    "answer-id": answerTreatment(remade["netns-label"]),
    "evidence-path": as("name"),
    address: addressTreatment(reached),
    range: rangeTreatment(reached),
    mac: macTreatment(reached),
    "host-id": unless((id) => id === "local" || id === "sample", names, "host"),
    "host-name": as("host"),
    "namespace-name": as("ns"),
    interface: interfaceTreatment(interfaceName),
    "interface-label": labelTreatment(interfaceName),
    "network-name": unless(isCommonNetwork, names, "network"),
    "container-name": as("ctr"),
    "engine-id": (text) => names.engineId(text),
    pod: as("pod"),
    image: as("image"),
    project: as("project"),
    service: as("service"),
    path: pathTreatment(names),
    comment: as("comment"),
    "kernel-version": plainVersion,
    os: plainOs,
    engine: unless(isCommonEngine, names, "engine"),
    version: plainVersion,
    driver: unless(isCommonDriver, names, "driver"),
    state: unless(isCommonState, names, "state"),
    scope: unless(isCommonScope, names, "scope"),
    table: unless(isCommonTable, names, "table"),
    protocol: unless(isCommonProtocol, names, "protocol"),
    words: unsaidAlways,
    command: toolOf,
    socket: unless((text) => isCommonSocket(text) || ownSockets.test(text), names, "socket"),
    "engine-path": (text) => (isCommonEnginePath(text) ? text : unsaid),
    "engine-address": as("engine-address"),
    "boot-id": () => "",
    "kernel-word": asItIs,
    "our-word": asItIs,
    time: asItIs,
  };
}

/**
 * Names stay, but for addresses in them (`ip-172-31-5-9`, `enx00e04c680001`). What a host said goes: it
 * may spell an address in any way.
 */
export function hidingAddresses(hider: Hider, remade: Remade): Treatments {
  const name: Treatment = (text) => hider.inText(text);
  const interfaceName = (text: string) => hider.inText(text);
  const reached = { hider, interfaceName, other: name };
  return {
    ...remade,
    ...ofRules(interfaceName),
    "net-address": netTreatment(reached),
    "rule-table": name,
    chain: name,
    set: name,
    "rule-object": name,
    "rule-comment": name,
    user: name,
    process: name,
    "answer-id": answerTreatment(remade["netns-label"]),
    "evidence-path": name,
    address: addressTreatment(reached),
    range: rangeTreatment(reached),
    mac: macTreatment(reached),
    "host-id": name,
    "host-name": name,
    "namespace-name": name,
    interface: interfaceTreatment(interfaceName),
    "interface-label": labelTreatment(interfaceName),
    "network-name": name,
    "container-name": name,
    "engine-id": name,
    pod: name,
    image: name,
    project: name,
    service: name,
    path: name,
    comment: name,
    "kernel-version": name,
    os: name,
    engine: name,
    version: asItIs,
    driver: name,
    state: name,
    scope: name,
    table: name,
    protocol: name,
    words: unsaidAlways,
    command: name,
    socket: name,
    "engine-path": name,
    "engine-address": name,
    "boot-id": asItIs,
    "kernel-word": asItIs,
    "our-word": asItIs,
    time: asItIs,
  };
}
