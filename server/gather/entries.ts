import type { NetnsMount } from "@/lib/probes/mountinfo";
import type { NetnsPath } from "@/lib/probes/netns-paths";

/** A namespace and the one path by which it is entered. */
export type Entry = { readonly inode: number; readonly path: string };

export type Entries = {
  /** Of the namespace that the shell is in: asked directly, never entered. null: it was not seen. */
  readonly own: number | null;
  readonly others: readonly Entry[];
};

const self = "/proc/self/ns/net";
const processPath = /^\/proc\/(\d+)\/ns\/net$/;
const plainPath = /^[A-Za-z0-9._/-]+$/;

/**
 * Lower is better. A bind mount pins its namespace, so its path cannot come to mean another one while
 * we work; a pid can. Of processes the oldest is likely to stay. Odd names work too, but a person
 * who checks by hand is spared them where there is another way. Last what only mountinfo told: another
 * mount may lie over it, so that the path does not lead there.
 */
function rank(path: string, seen: ReadonlySet<string>): number {
  const [, pid] = processPath.exec(path) ?? [];
  if (pid !== undefined) return Number(pid);
  if (!seen.has(path)) return Number.MAX_SAFE_INTEGER;
  return plainPath.test(path) ? 0 : Number.MAX_SAFE_INTEGER - 1;
}

/**
 * The paths that lead to namespaces, as inode → paths. (st_dev, st_ino) is the identity: a plain file
 * that was left behind in /run/docker/netns has another st_dev than nsfs. Without /proc/self/ns/net
 * there is no telling, and nothing counts.
 */
function pathsByInode(
  paths: readonly NetnsPath[],
  mounts: readonly NetnsMount[],
): ReadonlyMap<number, ReadonlySet<string>> {
  const nsfs = paths.find(({ path }) => path === self)?.dev;
  const byPath = new Map<string, number>();
  // The last mount on a path is the one that a path lookup finds; what stat saw is better still.
  for (const { path, inode } of mounts) byPath.set(path, inode);
  for (const { path, inode, dev } of paths) {
    if (dev === nsfs) byPath.set(path, inode);
    else byPath.delete(path);
  }
  const byInode = new Map<number, Set<string>>();
  if (nsfs === undefined) return byInode;
  for (const [path, inode] of byPath) {
    const known = byInode.get(inode);
    if (known === undefined) byInode.set(inode, new Set([path]));
    else known.add(path);
  }
  return byInode;
}

/** Each namespace with the path by which to enter it, in order of inode. */
export function chooseEntries(paths: readonly NetnsPath[], mounts: readonly NetnsMount[]): Entries {
  const own = paths.find(({ path }) => path === self)?.inode ?? null;
  const seen = new Set(paths.map(({ path }) => path));
  const others = [...pathsByInode(paths, mounts)]
    .filter(([inode]) => inode !== own)
    .sort(([a], [b]) => a - b)
    .map(([inode, held]) => {
      const [path = ""] = [...held].sort(
        (a, b) => rank(a, seen) - rank(b, seen) || (a < b ? -1 : 1),
      );
      return { inode, path };
    });
  return { own, others };
}

/** Whether the path by which a namespace was entered still leads to it. */
export function stillThere(
  entry: Entry,
  paths: readonly NetnsPath[],
  mounts: readonly NetnsMount[],
): boolean {
  return pathsByInode(paths, mounts).get(entry.inode)?.has(entry.path) ?? false;
}
