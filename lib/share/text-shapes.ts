import type { Evidence } from "@/lib/facts/model";
import type {
  AnswerId,
  ContainerId,
  Key,
  LinkId,
  NetnsId,
  NetnsLabel,
  NetworkId,
} from "@/lib/net/ids";
import { list, named, number, object, ownId, type Shape, textOf } from "./shape";
import type { TextKind } from "./text-kinds";

const isText = (value: unknown): value is string => typeof value === "string";
const isId = <T extends string>(value: unknown): value is T => typeof value === "string";

export const text = (kind: TextKind, description: string): Shape<string> =>
  textOf(kind, isText, description);
const reference = <T extends string>(kind: TextKind, table: string): Shape<T> =>
  textOf<T>(kind, isId, `id of a row of ${table}`);

export const netns = reference<NetnsId>("netns-id", "namespaces");
export const link = reference<LinkId>("link-id", "links");
export const container = reference<ContainerId>("container-id", "containers");
export const network = reference<NetworkId>("network-id", "networks");
export const own = <T extends string>(kind: TextKind): Shape<T> =>
  ownId<T>(kind, isId, "unique in its table");

export const key = textOf<Key>("key", isId, "the same thing in another snapshot");
export const ruleKey = textOf<Key>("rule-key", isId, "the same rule in another snapshot");
export const socketKey = textOf<Key>("socket-key", isId, "the same socket in another snapshot");
export const label = textOf<NetnsLabel>(
  "netns-label",
  isId,
  "inode of the namespace, or a name for it",
);
export const address = text("address", "IPv4 or IPv6 address");
export const mac = text("mac", "MAC address, lower case");
export const interfaceName = text("interface", "name of an interface");

const evidencePath = list<string | number>({
  read: (value, reading) => (isText(value) ? value : number.read(value, reading)),
  map: (value, visitor, row) => (isText(value) ? visitor.text("evidence-path", value, row) : value),
  schema: () => ({ type: ["string", "number"] }),
});
const atLine = object<{ readonly line: number }>({ line: number });
const atPath = object<{ readonly path: readonly (string | number)[] }>({ path: evidencePath });

/** A line of an answer, or a path into its JSON. */
const at: Shape<Evidence["at"]> = {
  read: (value, reading) =>
    typeof value === "object" && value !== null && "line" in value
      ? atLine.read(value, reading)
      : atPath.read(value, reading),
  map: (value, visitor, row) => ("line" in value ? value : atPath.map(value, visitor, row)),
  schema: (definitions) => ({
    anyOf: [atLine.schema(definitions), atPath.schema(definitions)],
  }),
};

export const evidence = named(
  "Evidence",
  object<Evidence>({
    answer: textOf<AnswerId>("answer-id", isId, "the question, and the namespace it was asked in"),
    at,
  }),
);
export const range = text("range", "CIDR; of a route also default, or one address");
