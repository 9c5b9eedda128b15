import { defineProbe } from "./define";
import { readLines } from "./lines";

/** One line of one of the files that say which machine this is. */
export type IdentityLine = { readonly file: string; readonly line: string };

export const identity = defineProbe<IdentityLine>({
  name: "identity",
  scope: "machine",
  ask: {
    kind: "command",
    argv: [
      "grep",
      "-sH",
      "",
      "/proc/sys/kernel/hostname",
      "/proc/sys/kernel/osrelease",
      "/proc/sys/kernel/random/boot_id",
      "/etc/os-release",
    ],
  },
  right: "anyone",
  why: "name, kernel, boot and system of the host",
  fine: [2],
  parse: ({ stdout }) =>
    readLines(stdout, (line) => {
      const found = /^(\/[^:]+):(.*)$/.exec(line);
      if (found === null) return null;
      const [, file = "", text = ""] = found;
      return { file, line: text };
    }),
});
