import { defineProbe, type Reading } from "./define";
import { ipSetInKernel } from "./in-kernel";
import { excerpt, readLines } from "./lines";

/** A line of `ipset save`. Names hold no spaces. */
export type IpsetRow =
  | {
      readonly kind: "create";
      readonly name: string;
      readonly type: string;
      readonly options: string;
      readonly at: number;
    }
  | {
      readonly kind: "add";
      readonly name: string;
      /** Fields are joined by commas: `10.0.0.0/24,tcp:80`. */
      readonly entry: string;
      readonly options: readonly string[];
      readonly at: number;
    };

function rowOf(line: string, at: number): IpsetRow | null {
  const [word, name, third, ...rest] = line.split(" ");
  if (name === undefined || third === undefined) return null;
  if (word === "create") return { kind: "create", name, type: third, options: rest.join(" "), at };
  return word === "add" ? { kind: "add", name, entry: third, options: rest, at } : null;
}

/** Its form has no end but that of its last line: a part of a line would be another address. */
function readIpsetSave(text: string): Reading<IpsetRow> {
  if (text === "" || text.endsWith("\n")) return readLines(text, rowOf);
  const lines = text.split("\n");
  const torn = { at: lines.length - 1, excerpt: excerpt(lines.at(-1) ?? "") };
  const { rows, unread } = readLines(lines.slice(0, -1).join("\n"), rowOf);
  return { rows, unread: [...unread, torn], torn };
}

export const ipsetSave = defineProbe<IpsetRow>({
  name: "ipset-save",
  scope: "rules",
  ask: {
    kind: "script",
    script: [`${ipSetInKernel} || exit 0`, "exec ipset save"].join("; "),
  },
  right: "root",
  why: "the sets of addresses that rules name; only where the kernel has them",
  parse: ({ stdout }) => readIpsetSave(stdout),
});
