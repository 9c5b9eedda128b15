import { join } from "node:path";
import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { z } from "zod";
import type { Remark } from "@/lib/hosts/entry";
import { readSmallFile } from "./small-file";

const line = z.string().min(1).max(1024);

const fields = z.strictObject({
  /** As it is shown; without it, what `ssh` says. */
  name: line.optional(),
  /** Whatever one would write behind `ssh`: `user@host -p 22`, `ssh://user@host:22`, a name of ~/.ssh/config. */
  ssh: line,
  identityFile: z.union([line, z.array(line).max(16)]).optional(),
  /** `user@host:port`, separated by commas; `none`. */
  jump: line.optional(),
});

/** An engine that is reached over TCP, with TLS; nothing else of its host is. */
const engineFields = z.strictObject({
  name: line.optional(),
  /** `tcp://host:2376`. */
  engine: line,
  /** The folder of ca.pem, cert.pem and key.pem, as in DOCKER_CERT_PATH. */
  certPath: line.optional(),
});

/** A line alone is short for one with that `ssh`, or with that `engine`. */
const whole = (each: unknown): unknown => {
  if (typeof each !== "string") return each;
  return /^tcp:/i.test(each) ? { engine: each } : { ssh: each };
};

const isEngine = (each: unknown): boolean =>
  typeof each === "object" && each !== null && "engine" in each;

const form = z.strictObject({ hosts: z.array(z.unknown()).max(2000) });

/** One host as the file names it. */
export type FileHost = {
  readonly name: string | null;
  readonly ssh: string;
  readonly identityFiles: readonly string[];
  readonly jump: string | null;
  readonly line: number;
};

/** One engine as the file names it; `certPath` null: without TLS. */
export type FileEngine = {
  readonly name: string;
  readonly engine: string;
  readonly certPath: string | null;
  readonly line: number;
};

export type HostsFile = {
  readonly hosts: readonly FileHost[];
  readonly engines: readonly FileEngine[];
  readonly remarks: readonly Remark[];
};

/** `must`: the file was named by a person, so that its absence is worth a word. */
export const readHostsFile = (file: string, must: boolean): HostsFile => {
  const read = readSmallFile(file);
  if (read.status === "read") return parseHostsFile(read.text, file);
  if (read.status === "unreadable") return { hosts: [], engines: [], remarks: [read.remark] };
  return must
    ? only(file, null, "hosts.config.unreadable", { code: "ENOENT" })
    : { hosts: [], engines: [], remarks: [] };
};

export const hostsFileIn = (data: string): string => join(data, "hosts.yaml");

/** An entry that is not understood takes nothing from the others. */
export const parseHostsFile = (text: string, file: string): HostsFile => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const [at] = broken.linePos ?? [];
    return only(file, at?.line ?? null, "hosts.config.yaml", { words: firstLine(broken.message) });
  }
  // An empty file, or one of comments only.
  if (document.contents === null) return { hosts: [], engines: [], remarks: [] };
  const list = form.safeParse(plain(document));
  if (!list.success) {
    const at = lineOf(document, list.error.issues[0]?.path ?? [], lines);
    return only(file, at, "hosts.config.yamlForm", {});
  }
  return entriesOf(list.data.hosts, document, file, lines);
};

function entriesOf(
  entries: readonly unknown[],
  document: Document,
  file: string,
  lines: LineCounter,
): HostsFile {
  const hosts: FileHost[] = [];
  const engines: FileEngine[] = [];
  const remarks: Remark[] = [];
  for (const [index, each] of entries.entries()) {
    const at = lineOf(document, ["hosts", index], lines) ?? 1;
    const read = readEntry(whole(each), at);
    if (read.kind === "ssh") hosts.push(read.host);
    else if (read.kind === "engine") engines.push(read.host);
    else remarks.push(wrongEntry(document, index, read.error, file, lines));
  }
  return { hosts, engines, remarks };
}

/** Aliases may unfold to more than memory holds; yaml caps them and throws. */
const plain = (document: Document): unknown => {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return null;
  }
};

type Entry =
  | { readonly kind: "ssh"; readonly host: FileHost }
  | { readonly kind: "engine"; readonly host: FileEngine }
  | { readonly kind: "wrong"; readonly error: z.ZodError };

function readEntry(each: unknown, at: number): Entry {
  if (isEngine(each)) {
    const read = engineFields.safeParse(each);
    if (!read.success) return { kind: "wrong", error: read.error };
    const { name, engine, certPath = null } = read.data;
    return { kind: "engine", host: { name: name ?? engine, engine, certPath, line: at } };
  }
  const read = fields.safeParse(each);
  return read.success
    ? { kind: "ssh", host: fileHost(read.data, at) }
    : { kind: "wrong", error: read.error };
}

const fileHost = (
  { name, ssh, identityFile = [], jump }: z.infer<typeof fields>,
  at: number,
): FileHost => ({
  name: name ?? null,
  ssh,
  identityFiles: [identityFile].flat(),
  jump: jump ?? null,
  line: at,
});

function wrongEntry(
  document: Document,
  index: number,
  { issues: [issue] }: z.ZodError,
  file: string,
  lines: LineCounter,
): Remark {
  const at = (path: readonly PropertyKey[]): Remark["at"] => ({
    file,
    line: lineOf(document, ["hosts", index, ...path], lines),
  });
  if (issue?.code === "unrecognized_keys") {
    const [field = ""] = issue.keys;
    return { error: "hosts.config.yamlField", values: { field }, at: at([field]) };
  }
  const [field] = issue?.path ?? [];
  return {
    error: "hosts.config.yamlEntry",
    values: { entry: String(field ?? index + 1) },
    at: at(field === undefined ? [] : [field]),
  };
}

/** Counts from 1; of the deepest part of the path that is there. */
function lineOf(
  document: Document,
  path: readonly PropertyKey[],
  lines: LineCounter,
): number | null {
  let node: unknown = document.contents;
  for (const step of path) {
    const next = isMap(node) || isSeq(node) ? keyOrValue(node, step) : undefined;
    if (next === undefined) break;
    node = next;
  }
  const range = (node as Node | null)?.range;
  return range ? lines.linePos(range[0]).line : null;
}

const keyOrValue = (
  node: { readonly get: (key: unknown, keep: true) => unknown },
  step: PropertyKey,
) => node.get(step, true);

const only = (
  file: string,
  at: number | null,
  error: Remark["error"],
  values: Remark["values"],
): HostsFile => ({ hosts: [], engines: [], remarks: [{ error, values, at: { file, line: at } }] });

/** The rest of yaml's message draws the place with a caret. */
const firstLine = (message: string): string => (message.split("\n", 1)[0] ?? "").replace(/:$/, "");
