import { defineProbe } from "./define";
import { readLines } from "./lines";

/** The tools of the commands that a person is given to check things by hand. */
const toolNames = [
  "ip",
  "bridge",
  "brctl",
  "ethtool",
  "lsns",
  "nsenter",
  "grep",
  "docker",
  "podman",
] as const;

export const hostTools = defineProbe<string>({
  name: "host-tools",
  scope: "opened",
  ask: {
    kind: "script",
    script: `for each in ${toolNames.join(" ")}; do command -v "$each" >/dev/null && echo "$each"; done; true`,
  },
  right: "anyone",
  why: "which of the commands to check by hand can be typed on this host",
  parse: ({ stdout }) => readLines(stdout, (line) => (/^[a-z]+$/.test(line) ? line : null)),
});
