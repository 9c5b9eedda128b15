import { type CgroupPlace, cgroupOwner, type UnitPlace } from "./cgroup-owner";
import { defineProbe } from "./define";
import { readLines } from "./lines";

/**
 * cgroup paths name the container in every engine (forms: netfacts §2.2); -m1 since cgroup v1 says
 * the same once for each controller. Of units only systemd's own hierarchy counts: it comes last in
 * v1, so that a container that any controller knows is found before.
 */
export const cgroups = defineProbe<CgroupPlace | UnitPlace>({
  name: "cgroups",
  scope: "machine",
  ask: {
    kind: "script",
    script:
      'printf "%s\\0" /proc/[0-9]*/cgroup | xargs -0 grep -sHE -m1 "[0-9a-f]{64}|/lxc[./]|/machine-|^(0:|1:name=systemd):.*[.]service"',
  },
  right: "anyone",
  why: "which container or systemd unit a process belongs to",
  fine: [1, 2, 123],
  parse: ({ stdout }) =>
    readLines<CgroupPlace | UnitPlace>(stdout, (line, at) => {
      const found = /^\/proc\/(\d+)\/cgroup:(.*)$/.exec(line);
      if (found === null) return null;
      const [, pid = "", path = ""] = found;
      const owner = cgroupOwner(path);
      return owner === null ? undefined : { ...owner, pid: Number(pid), at };
    }),
});
