import { defineProbe } from "./define";
import { readLines } from "./lines";

/** A process that a cgroup places in a container. */
export type CgroupPlace = {
  readonly pid: number;
  /** 64 hex digits; of the innermost container, since the last match in the path wins. */
  readonly containerId: string;
  readonly at: number;
};

const containerIds = /[0-9a-f]{64}/g;

/**
 * cgroup paths name the container in every engine (forms: netfacts §2.2); -m1 since cgroup v1 says
 * the same once for each controller. `libpod-conmon-<id>` is podman's monitor, which lives in the
 * host's namespace.
 */
export const cgroups = defineProbe<CgroupPlace>({
  name: "cgroups",
  scope: "machine",
  ask: {
    kind: "script",
    script: 'printf "%s\\0" /proc/[0-9]*/cgroup | xargs -0 grep -sHE -m1 "[0-9a-f]{64}"',
  },
  right: "anyone",
  why: "which container a process belongs to",
  fine: [1, 2, 123],
  parse: ({ stdout }) =>
    readLines(stdout, (line, at) => {
      const found = /^\/proc\/(\d+)\/cgroup:(.*)$/.exec(line);
      if (found === null) return null;
      const [, pid = "", path = ""] = found;
      const id = path.match(containerIds)?.at(-1);
      if (id === undefined || path.includes(`libpod-conmon-${id}`)) return undefined;
      return { pid: Number(pid), containerId: id, at };
    }),
});
