import { isJsonObject, type JsonObject } from "@/lib/facts/json-object";
import type { Ruling } from "@/lib/topology/ruling";
import { isModest } from "./limits";
import { type FileKind, type Refused, refused } from "./refusal";
import { brokenRelation } from "./relations";
import { rulingShape } from "./ruling-shape";
import { nullable, type Reading, type Shape } from "./shape";
import { plainlyShown, type Snapshot, shownShape } from "./snapshot";
import { topologyShape } from "./topology-shape";
import { steps, upgraded } from "./versions";

/** A row of a table in each line, so that people and `diff` can read it. */
const table = (rows: readonly unknown[]): string =>
  rows.length === 0 ? "[]" : `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]`;

/** Fields of rulings that hold rows, or what holds rows. */
const unfolded = new Set(
  "rules firewall tables chains sets sources settings listening sockets proxies options".split(" "),
);

/** The same of rules, which lie deeper: tables of chains of rules. */
function unfold(value: unknown): string {
  if (Array.isArray(value))
    return value.length === 0 ? "[]" : `[\n${value.map(unfold).join(",\n")}\n]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value);
  const isFolded = ([name, each]: readonly [string, unknown]): boolean =>
    !(unfolded.has(name) && typeof each === "object" && each !== null);
  if (fields.every(isFolded)) return JSON.stringify(value);
  const texts = fields.map((field) => {
    const [name, each] = field;
    return `${JSON.stringify(name)}: ${isFolded(field) ? JSON.stringify(each) : unfold(each)}`;
  });
  return `{\n${texts.join(",\n")}\n}`;
}

/**
 * The snapshot as `.topo.json`: the topology as public/schema describes it, rules and ports where it has them
 * (`ruling`), and how it was looked at (`shown`). Ends with a line end.
 */
export const topologyJson = ({ topology, ruling, shown }: Snapshot): string => {
  const fields = Object.entries({ ...topology, ...(ruling && { ruling }), shown }).map(
    ([name, value]) => {
      const text =
        name === "ruling"
          ? unfold(value)
          : Array.isArray(value)
            ? table(value)
            : JSON.stringify(value);
      return `${JSON.stringify(name)}: ${text}`;
    },
  );
  return `{\n${fields.join(",\n")}\n}\n`;
};

export type Opened = {
  readonly kind: "topology";
  readonly snapshot: Snapshot;
  /** How many fields were left out because this version does not know them: a newer one wrote the file. */
  readonly unknown: number;
};

/** JSON that is no bomb; undefined with the refusal otherwise. */
export function parsedJson(text: string, kind: FileKind): { readonly value: unknown } | Refused {
  if (!isModest(text)) return refused({ why: "bomb", kind });
  try {
    return { value: JSON.parse(text) };
  } catch {
    return refused({ why: "damaged", kind, at: "" });
  }
}

/** A value of a shape, or the place where it is none. */
export function readAs<T>(
  shape: Shape<T>,
  value: unknown,
  kind: FileKind,
): { readonly value: T; readonly unknown: number } | Refused {
  const reading: Reading = { fault: [], unknown: 0 };
  const read = shape.read(value, reading);
  return read === undefined
    ? refused({ why: "damaged", kind, at: reading.fault.toReversed().join(".") })
    : { value: read, unknown: reading.unknown };
}

/** A file is a recording, whatever it says of itself; and its ids have to lead somewhere. */
export function asOpened({ topology, ruling, shown }: Snapshot, unknown: number): Opened | Refused {
  const broken = brokenRelation(topology, ruling);
  if (broken !== null) return refused(broken);
  const host = { ...topology.host, source: "recorded" } as const;
  return {
    kind: "topology",
    snapshot: { topology: { ...topology, host }, ruling, shown },
    unknown,
  };
}

/** Older files have none. */
const maybeRuling: Shape<Ruling | null> = nullable(rulingShape);

/** The snapshot in JSON that was parsed: of this version, or of an older one. `kind`: where it was found. */
export function openTopology(given: JsonObject, kind: FileKind): Opened | Refused {
  const current = upgraded(given, steps);
  if ("kind" in current) return current;
  const { shown, ruling: rules = null, ...tables } = current.file;
  const topology = readAs(topologyShape, tables, kind);
  if ("kind" in topology) return topology;
  const ruling = readAs(maybeRuling, rules, kind);
  if ("kind" in ruling) return ruling;
  const how = shown === undefined ? null : readAs(shownShape, shown, kind);
  if (how !== null && "kind" in how) return how;
  const unknown = topology.unknown + ruling.unknown + (how?.unknown ?? 0);
  const snapshot = {
    topology: topology.value,
    ruling: ruling.value,
    shown: how?.value ?? plainlyShown,
  };
  return asOpened(snapshot, unknown);
}

/** The snapshot in the text that a picture carries. */
export function openCarried(text: string, kind: FileKind): Opened | Refused {
  const json = parsedJson(text, kind);
  if ("kind" in json) return json;
  return isJsonObject(json.value)
    ? openTopology(json.value, kind)
    : refused({ why: "damaged", kind, at: "" });
}
