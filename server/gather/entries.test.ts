import { expect, test } from "vitest";
import type { NetnsPath } from "@/lib/probes/netns-paths";
import { chooseEntries, stillThere } from "./entries";

const nsfs = 4;
const at = (inode: number, path: string, dev = nsfs): NetnsPath => ({ dev, inode, path, at: 0 });
const self = at(100, "/proc/self/ns/net");

test("our own namespace is not entered, by none of its paths", () => {
  const paths = [self, at(100, "/proc/1/ns/net"), at(100, "/run/docker/netns/default")];
  expect(chooseEntries(paths, [])).toEqual({ own: 100, others: [] });
});

test("a file that pins a namespace is preferred to a process, and the lowest pid to others", () => {
  const paths = [
    self,
    at(200, "/proc/30/ns/net"),
    at(200, "/proc/4/ns/net"),
    at(300, "/proc/31/ns/net"),
    at(300, "/run/docker/netns/abc"),
  ];
  expect(chooseEntries(paths, []).others).toEqual([
    { inode: 200, path: "/proc/4/ns/net" },
    { inode: 300, path: "/run/docker/netns/abc" },
  ]);
});

test("an odd name is used only where nothing else leads there", () => {
  const paths = [self, at(200, "/run/netns/$(id)"), at(200, "/proc/9/ns/net")];
  expect(chooseEntries(paths, []).others[0]?.path).toBe("/proc/9/ns/net");
  expect(chooseEntries(paths.slice(0, 2), []).others[0]?.path).toBe("/run/netns/$(id)");
});

test("a plain file that was left behind is no namespace", () => {
  const paths = [self, at(200, "/run/docker/netns/old", 65024)];
  expect(chooseEntries(paths, []).others).toEqual([]);
  const mounts = [{ inode: 200, path: "/run/docker/netns/old" }];
  expect(chooseEntries(paths, mounts).others).toEqual([]);
});

test("a mount in an odd place is a way in, but a process is a surer one", () => {
  const mounts = [{ inode: 200, path: "/data/netns/a b" }];
  expect(chooseEntries([self], mounts).others).toEqual([{ inode: 200, path: "/data/netns/a b" }]);
  expect(chooseEntries([self, at(200, "/proc/9/ns/net")], mounts).others[0]?.path).toBe(
    "/proc/9/ns/net",
  );
});

test("of two mounts on one path the last one counts", () => {
  const mounts = [
    { inode: 200, path: "/data/n" },
    { inode: 300, path: "/data/n" },
  ];
  expect(chooseEntries([self], mounts).others).toEqual([{ inode: 300, path: "/data/n" }]);
});

test("without /proc/self/ns/net there is no telling which paths are namespaces", () => {
  expect(chooseEntries([at(200, "/proc/4/ns/net")], [])).toEqual({ own: null, others: [] });
});

test("a pid that was given to another process is another namespace", () => {
  const entry = { inode: 200, path: "/proc/4/ns/net" };
  expect(stillThere(entry, [self, at(200, "/proc/4/ns/net")], [])).toBe(true);
  expect(stillThere(entry, [self, at(300, "/proc/4/ns/net")], [])).toBe(false);
  expect(stillThere(entry, [self, at(200, "/proc/4/ns/net", 7)], [])).toBe(false);
  expect(stillThere(entry, [self, at(200, "/proc/5/ns/net")], [])).toBe(false);
  expect(stillThere(entry, [], [])).toBe(false);
});
