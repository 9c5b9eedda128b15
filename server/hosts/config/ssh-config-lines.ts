import { globSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import SSHConfig from "ssh-config";
import type { Remark } from "@/lib/hosts/entry";
import { readSmallFile } from "./small-file";
import type { Surroundings } from "./surroundings";

export type At = { readonly file: string; readonly line: number };

/** One line of a configuration of ssh; the lines that it includes stand in it. */
export type ConfigLine =
  | { readonly kind: "host"; readonly patterns: readonly string[]; readonly at: At }
  | { readonly kind: "match"; readonly words: readonly string[]; readonly at: At }
  | { readonly kind: "include"; readonly lines: readonly ConfigLine[]; readonly at: At }
  | {
      readonly kind: "setting";
      /** In lower case: ssh does not tell cases apart. */
      readonly name: string;
      readonly value: string;
      /** Its words, without the quotes that held one together. */
      readonly words: readonly string[];
      readonly at: At;
    };

export type SshConfig = {
  readonly lines: readonly ConfigLine[];
  readonly remarks: readonly Remark[];
};

/** ssh's own cap on files that include each other. */
const deepest = 16;
const mostFiles = 500;

type Reading = {
  readonly around: Surroundings;
  readonly remarks: Remark[];
  files: number;
};

/** `~/.ssh/config` with all that it includes. A file that is not there is an empty one. */
export const readSshConfig = (
  around: Surroundings,
  file: string = join(around.home, ".ssh", "config"),
): SshConfig => {
  const reading: Reading = { around, remarks: [], files: 0 };
  return { lines: readLines(file, 0, reading), remarks: reading.remarks };
};

function readLines(file: string, depth: number, reading: Reading): readonly ConfigLine[] {
  const text = readText(file, reading);
  return text
    .split(/\r?\n/)
    .flatMap((each, index) => readLine(each, { file, line: index + 1 }, depth, reading));
}

function readText(file: string, { remarks }: Reading): string {
  const read = readSmallFile(file);
  if (read.status === "unreadable") remarks.push(read.remark);
  return read.status === "read" ? read.text : "";
}

/** Each line alone: one that cannot be read takes nothing from the others. */
function readLine(text: string, at: At, depth: number, reading: Reading): readonly ConfigLine[] {
  const read = words(text);
  if (read === null) {
    reading.remarks.push({ error: "hosts.config.badLine", values: {}, at });
    return [];
  }
  const [param, ...values] = read;
  if (param === undefined) return [];
  const name = param.toLowerCase();
  switch (name) {
    case "host":
      return [{ kind: "host", patterns: values, at }];
    case "match":
      return [{ kind: "match", words: values, at }];
    case "include":
      return [{ kind: "include", lines: included(values, at, depth, reading), at }];
    default:
      return [{ kind: "setting", name, value: values.join(" "), words: values, at }];
  }
}

/** The directive and its values, without quotes and comments; null: quotes that do not close. */
function words(text: string): readonly string[] | null {
  try {
    const [line] = SSHConfig.parse(text.trim());
    if (line === undefined || !("param" in line)) return [];
    const { value } = line;
    return [line.param, ...(typeof value === "string" ? [value] : value.map(({ val }) => val))];
  } catch {
    return null;
  }
}

function included(
  patterns: readonly string[],
  at: At,
  depth: number,
  reading: Reading,
): readonly ConfigLine[] {
  if (depth >= deepest) {
    reading.remarks.push({ error: "hosts.config.includeTooDeep", values: {}, at });
    return [];
  }
  return patterns.flatMap((pattern) =>
    filesOf(pattern, reading.around).flatMap((file) => {
      reading.files += 1;
      return reading.files > mostFiles ? [] : readLines(file, depth + 1, reading);
    }),
  );
}

/** In the order of glob(3), which passes over files whose names begin with a dot. */
function filesOf(pattern: string, { home, env }: Surroundings): readonly string[] {
  const named = pattern
    .replace(/^~(?=\/|$)/, home)
    .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => env[name] ?? "");
  const path = isAbsolute(named) ? named : join(home, ".ssh", named);
  if (!/[*?[]/.test(path)) return [path];
  const hidden = /\/\.[^/]*$/;
  return globSync(path)
    .filter((file) => hidden.test(path) || !hidden.test(file))
    .sort();
}
