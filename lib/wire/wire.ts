import { isJsonObject } from "@/lib/facts/json-object";
import type { Topology } from "@/lib/topology/model";
import { type Code, decode, encode } from "./codes";
import { lookups } from "./lookups";
import { topologyFields } from "./tables";
import { type Scribe, type Slot, walk } from "./walk";

/**
 * A topology as it crosses from server to browser, for JSON and gzip. By one idea: both sides walk
 * the same columns in the same order and expect each value by the same rule (./wire-tables); only
 * what differs is written. So the rules are part of the format: who changes one raises its number.
 */
export type PackedTopology = {
  readonly format: "vethscope-wire/1";
  /** By the path of the column (`links.peer.link`), one code for each row that has it; left out where all are as expected. */
  readonly columns: Readonly<Record<string, readonly Code[]>>;
};

const format = "vethscope-wire/1";

function begin(topology: object): Slot {
  const row = {};
  const world = lookups(row);
  return { row, before: undefined, place: 0, up: undefined, world, from: { ...topology } };
}

/** The paths of all columns that there are, in the order in which they are walked. */
export function columnPaths(): readonly string[] {
  const paths: string[] = [];
  walk(topologyFields, "", [], {
    column: (path) => {
      paths.push(path);
      return () => undefined;
    },
    mayAdd: () => true,
    isWhole: () => true,
  });
  return paths;
}

/** Loses nothing: `unpack(pack(t))` equals `t`. Throws where `t` is not what its type says, which is our own bug. */
export function pack(topology: Topology): PackedTopology {
  const written = new Map<string, Code[]>();
  const scribe: Scribe = {
    column: (name, _, form) => {
      const codes: Code[] = [];
      written.set(name, codes);
      return (_row, given, expected, world) => {
        codes.push(encode(given, expected, form, world));
        return given;
      };
    },
    mayAdd: () => true,
    isWhole: ({ from, row }) => Object.keys(from).every((name) => name in row),
  };
  if (!walk(topologyFields, "", [begin(topology)], scribe)) {
    const [last] = [...written.keys()].slice(-1);
    throw new Error(`a topology holds what its model does not have, at or before ${last}`);
  }
  const isTelling = ([, codes]: [string, Code[]]) => codes.some((code) => code !== 0);
  return { format, columns: Object.fromEntries([...written].filter(isTelling)) };
}

/**
 * What a forged count may not exceed, in all tables together: a thousand containers have about forty
 * thousand rows and three million characters.
 */
const mostRows = 500_000;
const mostText = 50_000_000;

/**
 * The topology that was packed. null: this is nothing that {@link pack} made, or of another format.
 * Takes anything: every field is checked to be of its type; whether ids lead somewhere is not.
 */
export function unpack(packed: unknown): Topology | null {
  if (!isJsonObject(packed) || packed["format"] !== format) return null;
  const { columns } = packed;
  if (!isJsonObject(columns)) return null;
  let rows = 0;
  let text = 0;
  const measured = (value: unknown): unknown => {
    text += typeof value === "string" ? value.length : 0;
    return text <= mostText ? value : undefined;
  };
  const scribe: Scribe = {
    column: (name, length, form) => {
      const codes = columns[name];
      if (codes === undefined) return (_row, _given, expected) => measured(expected);
      if (!Array.isArray(codes) || codes.length !== length) return null;
      return (row, _given, expected, world) => measured(decode(codes[row], expected, form, world));
    },
    mayAdd: (more) => {
      rows += more;
      return rows <= mostRows;
    },
    isWhole: () => true,
  };
  const root = begin({});
  return walk(topologyFields, "", [root], scribe) ? (root.row as Topology) : null;
}
