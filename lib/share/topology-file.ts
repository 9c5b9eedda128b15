import { isJsonObject, type JsonObject } from "@/lib/facts/json-object";
import type { Topology } from "@/lib/topology/model";
import { isModest } from "./limits";
import { type FileKind, type Refused, refused } from "./refusal";
import { brokenRelation } from "./relations";
import type { Reading, Shape } from "./shape";
import { plainlyShown, type Shown, type Snapshot, shownShape } from "./snapshot";
import { topologyShape } from "./topology-shape";
import { steps, upgraded } from "./versions";

/** A row of a table in each line, so that people and `diff` can read it. */
const table = (rows: readonly unknown[]): string =>
  rows.length === 0 ? "[]" : `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]`;

/**
 * The snapshot as `.topo.json`: the topology as public/schema describes it, and how it was looked at
 * (`shown`). Ends with a line end.
 */
export const topologyJson = ({ topology, shown }: Snapshot): string => {
  const fields = Object.entries({ ...topology, shown }).map(
    ([name, value]) =>
      `${JSON.stringify(name)}: ${Array.isArray(value) ? table(value) : JSON.stringify(value)}`,
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
export function asOpened(topology: Topology, shown: Shown, unknown: number): Opened | Refused {
  const broken = brokenRelation(topology);
  if (broken !== null) return refused(broken);
  const host = { ...topology.host, source: "recorded" } as const;
  return { kind: "topology", snapshot: { topology: { ...topology, host }, shown }, unknown };
}

/** The snapshot in JSON that was parsed: of this version, or of an older one. `kind`: where it was found. */
export function openTopology(given: JsonObject, kind: FileKind): Opened | Refused {
  const current = upgraded(given, steps);
  if ("kind" in current) return current;
  const { shown, ...tables } = current.file;
  const topology = readAs(topologyShape, tables, kind);
  if ("kind" in topology) return topology;
  const how = shown === undefined ? null : readAs(shownShape, shown, kind);
  if (how !== null && "kind" in how) return how;
  const unknown = topology.unknown + (how?.unknown ?? 0);
  return asOpened(topology.value, how?.value ?? plainlyShown, unknown);
}

/** The snapshot in the text that a picture carries. */
export function openCarried(text: string, kind: FileKind): Opened | Refused {
  const json = parsedJson(text, kind);
  if ("kind" in json) return json;
  return isJsonObject(json.value)
    ? openTopology(json.value, kind)
    : refused({ why: "damaged", kind, at: "" });
}
