import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import type { Rights } from "@/lib/hosts/entry";
import { wordsBefore } from "./rights";

/** How this machine is reached: the words before `sh -s`, whose rights that gives, and where its files are. */
export type Way = {
  readonly before: readonly string[];
  readonly rights: Rights;
  /** `/proc/1/root` where the host is seen through one of its processes, else "". */
  readonly root: string;
};

/** null: not there, or not allowed. */
const linkOf = (path: string): Promise<string | null> => readlink(path).catch(() => null);
const textOf = async (path: string): Promise<string> =>
  readFile(path, "utf8").then(
    (text) => text.trim(),
    () => "",
  );

const runs = (command: string, argv: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = execFile(command, argv, { timeout: 3000 }, (error) => resolve(error === null));
    child.stdin?.on("error", () => undefined).end();
  });

const namespaceOf = async (pid: string): Promise<string | null> => {
  const [net, mounts] = await Promise.all([
    linkOf(`/proc/${pid}/ns/net`),
    linkOf(`/proc/${pid}/ns/mnt`),
  ]);
  return net === null || mounts === null ? null : `${net} ${mounts}`;
};

/** Made by the engines in every container. */
const inContainer = async (): Promise<boolean> => {
  const marks = await Promise.all(
    ["/.dockerenv", "/run/.containerenv"].map((path) =>
      readFile(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return marks.includes(true);
};

/**
 * A process of the host itself, where Vethscope runs in a container that shows the host's processes
 * (pid 2 is kthreadd only in the first pid namespace); null: we are on the host already, or there is
 * no way. The namespaces of PID 1 are unreadable on some hosts even for root; kthreadd's are always
 * the host's. Not dockerd's: one that runs in a container has the same name.
 */
async function hostProcess(): Promise<number | null> {
  if ((await textOf("/proc/2/comm")) !== "kthreadd" || !(await inContainer())) return null;
  const ours = await namespaceOf("self");
  for (const pid of ["1", "2"]) {
    const theirs = await namespaceOf(pid);
    if (theirs !== null) return theirs === ours ? null : Number(pid);
  }
  return null;
}

/**
 * Root as we are, else `sudo -n` where it gives the shell that is needed (sudoers may allow that alone, or all but
 * that) and asks nothing, else what one user sees.
 */
async function raised(): Promise<Rights> {
  if (process.geteuid?.() === 0) return "root";
  return (await runs("sudo", ["-n", "sh", "-s"])) ? "sudo" : "user";
}

/** `through`: a process whose namespaces are the host's; undefined: find out whether one is needed. */
export async function findWay(through: number | undefined): Promise<Way> {
  const [rights, pid] = await Promise.all([raised(), through ?? hostProcess()]);
  const before = wordsBefore[rights];
  if (pid === null) return { before, rights, root: "" };
  return {
    // Short options: BusyBox's nsenter knows them too.
    before: [...before, "nsenter", "-t", `${pid}`, "-m", "-u", "-i", "-n", "-p"],
    rights,
    root: `/proc/${pid}/root`,
  };
}
