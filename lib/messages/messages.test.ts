import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import compile from "icu-minify/compile";
import { expect, test } from "vitest";
import en from "./en.json" with { type: "json" };
import zh from "./zh-CN.json" with { type: "json" };

type Tree = { readonly [name: string]: string | Tree };

const leaves = (tree: Tree, prefix = ""): readonly (readonly [key: string, message: string])[] =>
  Object.entries(tree).flatMap(([name, node]) =>
    typeof node === "string"
      ? [[`${prefix}${name}`, node] as const]
      : leaves(node, `${prefix}${name}.`),
  );

const english = new Map(leaves(en));
const chinese = new Map(leaves(zh));

/**
 * What a message asks its caller for: names of arguments, and the branches of a select, which are
 * values of the code. Plural forms are each language's own. In icu-minify's form a part of a message
 * is text, or `[name, kind, branches]`.
 */
const argumentsOf = (part: unknown): readonly string[] => {
  if (!Array.isArray(part)) return [];
  const [name, kind, branches] = part;
  if (typeof name !== "string" || !isArgument(part)) return part.flatMap(argumentsOf);
  const options = Object.entries(branches ?? {});
  return [
    name,
    ...(kind === select ? options.map(([option]) => `${name}=${option}`) : []),
    ...options.flatMap(([, branch]) => branchArguments(branch)),
  ];
};

const select = 1;
const isArgument = (part: readonly unknown[]): boolean =>
  part.length === 1 || typeof part[1] === "number";
const branchArguments = (branch: unknown): readonly string[] =>
  Array.isArray(branch) ? branch.flatMap(argumentsOf) : [];

const asksFor = (message: string): readonly string[] => {
  const compiled: unknown = compile(message);
  return [...new Set(branchArguments(compiled))].sort();
};

const sourceFolders = ["app", "components", "lib", "server"];
const sources = sourceFolders
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((file) => file.isFile() && /(?<![.]test)[.](ts|tsx|mjs)$/.test(file.name))
  .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"))
  .join("\n");

/** A key is used where it stands whole, or where code completes a template of it: `graph.block.${what}`. */
const isUsed = (key: string): boolean => {
  if (sources.includes(`"${key}"`)) return true;
  const parts = key.split(".");
  return parts.some((_, at) => at > 0 && sources.includes(`\`${parts.slice(0, at).join(".")}.\${`));
};

test("arguments are read from messages", () => {
  expect(
    asksFor("{n, plural, one {# of {x}} other {{y}}}, {k, select, a {b} other {{c}}}"),
  ).toEqual(["c", "k", "k=a", "k=other", "n", "x", "y"]);
  expect(asksFor("plain text")).toEqual([]);
});

test("both languages have the same messages", () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
});

test("no message is empty", () => {
  const empty = [...english, ...chinese].filter(([, message]) => message.trim() === "");
  expect(empty).toEqual([]);
});

test.each([...english])("%s takes the same arguments in both languages", (key, message) => {
  expect(asksFor(chinese.get(key) ?? "")).toEqual(asksFor(message));
});

test("every message is used", () => {
  expect(sources.length).toBeGreaterThan(100_000);
  expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
});
