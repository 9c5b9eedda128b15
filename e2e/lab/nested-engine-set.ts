import { existsSync } from "node:fs";
import { engineOf } from "./engine";
import type { ExtraHost } from "./extra-host";
import { makeImages, plainImage } from "./image";
import { eventually } from "./run-command";

export type NestedEngine = {
  /** The container that the inner engine runs in; its first process as the host numbers it. */
  readonly outer: { readonly id: string; readonly pid: number };
  /** The inner engine's only container, on the inner docker0. */
  readonly deep: { readonly id: string };
};

/** The machine's programs in place of an image of them: the lab reaches no registry. */
const programs = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/etc/alternatives"]
  // Docker would make a folder that is not there, on the machine.
  .filter((folder) => existsSync(folder))
  .map((folder) => `${folder}:${folder}:ro`);

/**
 * A container is shown its own folder of each hierarchy, read-only: made writable, what the inner engine
 * makes lies below it. In cgroup v2 a folder with processes can have no folders with limits below it.
 */
const innerEngine = `
for folder in /sys/fs/cgroup $(grep -o "/sys/fs/cgroup/[^ ]*" /proc/self/mountinfo); do
  mount -o remount,rw,bind "$folder"
done
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
  mkdir /sys/fs/cgroup/init
  echo $$ >/sys/fs/cgroup/init/cgroup.procs
fi
exec dockerd --iptables=false --ip-masq=false -H unix:///run/docker.sock >/run/dockerd.log 2>&1
`;

/** Throws where the machine does not let an engine run inside a container. */
export async function makeNestedEngine({ host, scratch }: ExtraHost): Promise<NestedEngine> {
  const container = await engineOf(host).createContainer({
    name: "outer",
    Image: plainImage,
    Cmd: ["/bin/sh", "-c", innerEngine],
    HostConfig: {
      // A sandboxed machine may lack some of them all, and then runc refuses `ALL` and --privileged.
      CapAdd: ["NET_ADMIN", "SYS_ADMIN", "SYS_PTRACE"],
      SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined"],
      // The inner engine sets up its bridge in /proc/sys.
      MaskedPaths: [],
      ReadonlyPaths: [],
      Binds: programs,
      Tmpfs: { "/var/lib/docker": "", "/run": "" },
    },
  });
  await container.start();
  const { State, Id } = await container.inspect();
  const socket = `/proc/${State.Pid}/root/run/docker.sock`;
  const inner = engineOf({ pid: host.pid, dockerSocket: socket });
  await eventually("the inner engine", () =>
    inner.ping().then(
      () => true,
      () => null,
    ),
  );
  await makeImages(inner, `${scratch}/inner`, "no-secret");
  const deep = await inner.createContainer({
    name: "deep",
    Image: plainImage,
    Cmd: ["/bin/busybox", "sleep", "99999"],
  });
  await deep.start();
  return { outer: { id: Id, pid: State.Pid }, deep: { id: deep.id } };
}
