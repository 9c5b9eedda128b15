import { defineProbe } from "./define";
import { readLines } from "./lines";

/** A path that leads to a network namespace. Identity is (dev, inode); only nsfs's dev counts. */
export type NetnsPath = {
  readonly dev: number;
  readonly inode: number;
  readonly path: string;
  readonly at: number;
};

/**
 * All paths by which namespaces are held: processes, `ip netns` names, Docker's sandboxes.
 * GNU and BusyBox stat agree on these formats for nsfs. A name with a line break in it makes a line
 * that no reader understands.
 */
export const netnsPaths = defineProbe<NetnsPath>({
  name: "netns-paths",
  scope: "machine",
  ask: {
    kind: "script",
    script:
      'printf "%s\\0" /proc/self/ns/net /proc/[0-9]*/ns/net /run/netns/* /run/docker/netns/* | xargs -0 stat -L -c "%d %i %n"',
  },
  otherwise: [
    {
      // xargs: 1 says that it does not know -0, 127 that there is none; 123 is a path that failed.
      unless: "test $status -ne 1 && test $status -ne 127",
      ask: {
        kind: "script",
        script:
          'stat -L -c "%d %i %n" /proc/self/ns/net /proc/[0-9]*/ns/net /run/netns/* /run/docker/netns/*',
      },
    },
  ],
  right: "root",
  why: "which network namespaces there are, and by which paths they are held",
  // xargs: some stat failed, because a process ended meanwhile or a folder is not there.
  fine: [1, 123],
  parse: ({ stdout }) =>
    readLines(stdout, (line, at) => {
      const found = /^(\d+) (\d+) (\/.+)$/.exec(line);
      if (found === null) return null;
      const [, dev = "", inode = "", path = ""] = found;
      return { dev: Number(dev), inode: Number(inode), path, at };
    }),
});
