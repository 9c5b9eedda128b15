import { readFileSync, statSync } from "node:fs";
import type { Remark } from "@/lib/hosts/entry";
import { codeOf } from "@/server/store/data-folder";

export type SmallFile =
  | { readonly status: "read"; readonly text: string }
  | { readonly status: "absent" }
  | { readonly status: "unreadable"; readonly remark: Remark };

const largest = 1024 * 1024;

/** A file of configuration. Pipes and devices are not read: they would keep us waiting, or never end. */
export const readSmallFile = (file: string): SmallFile => {
  const at = { file, line: null };
  try {
    const found = statSync(file);
    const remark = (error: Remark["error"]): SmallFile => ({
      status: "unreadable",
      remark: { error, values: {}, at },
    });
    if (!found.isFile()) return remark("hosts.config.noFile");
    if (found.size > largest) return remark("hosts.config.tooLarge");
    return { status: "read", text: readFileSync(file, "utf8") };
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return { status: "absent" };
    const remark: Remark = { error: "hosts.config.unreadable", values: { code }, at };
    return { status: "unreadable", remark };
  }
};
