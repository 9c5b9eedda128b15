import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { engineOf } from "./engine";
import { eventually, must } from "./run-command";
import type { LabHost } from "./truth";
import { plugIn, routeToNowhere } from "./underlay";

const init = fileURLToPath(new URL("host-init.sh", import.meta.url));
const dockerSocket = "/run/docker.sock";

export type HostPlan = {
  readonly name: string;
  readonly address: string;
  /** A real folder, seen from outside the sandbox too: keys lie in it. */
  readonly keys: string;
  /** A tmpfs of the sandbox: whatever lies in it ends with the sandbox. */
  readonly scratch: string;
  readonly cgroup: string;
  /** Keeps no stream of ours open: what outlives its PID 1 for a while would keep whoever waits for them. */
  readonly quiet?: true;
  /** Options of its dockerd, beside those that every lab host has. */
  readonly dockerd?: readonly string[];
};

/** A host of its own: network, files, pids, name, sshd and dockerd. */
export async function startHost(plan: HostPlan): Promise<LabHost> {
  const home = `${plan.scratch}/${plan.name}`;
  mkdirSync(home);
  await must(["ip", "netns", "add", plan.name]);
  await plugIn(plan.name, plan.address);
  await routeToNowhere(plan.name);
  const knownHostsFile = await makeKeys(plan);
  // `ip netns exec` would hide the cgroups that dockerd needs.
  const argv = [
    ...["nsenter", `--net=/run/netns/${plan.name}`, "--", "unshare", "--mount", "--pid", "--uts"],
    ...["--ipc", "--fork", "--kill-child", "--mount-proc", "--", "sh", init],
    ...[home, plan.keys, plan.cgroup, plan.address, plan.name, ...(plan.dockerd ?? [])],
  ];
  const [command = "", ...args] = argv;
  const child = spawn(command, args, {
    stdio: plan.quiet ? "ignore" : ["ignore", "inherit", "inherit"],
  });
  const ended = new Promise<never>((_, reject) => {
    child.on("exit", (code) => reject(new Error(diedWith(home, code))));
  });
  const pid = await Promise.race([ended, eventually("the host's init", async () => initOf(child))]);
  const host: LabHost = {
    name: plan.name,
    pid,
    address: plan.address,
    sshPort: 22,
    sshKeyFile: `${plan.keys}/client`,
    knownHostsFile,
    user: "root",
    dockerSocket,
  };
  await Promise.race([ended, eventually("dockerd", async () => answers(host))]);
  ended.catch(() => undefined);
  return host;
}

async function makeKeys({ keys, address }: HostPlan): Promise<string> {
  mkdirSync(keys);
  for (const name of ["host", "client"]) {
    await must([
      "ssh-keygen",
      "-q",
      "-t",
      "ed25519",
      "-N",
      "",
      "-C",
      name,
      "-f",
      `${keys}/${name}`,
    ]);
  }
  const known = `${keys}/known_hosts`;
  await must([
    "sh",
    "-c",
    'printf "%s %s\\n" "$1" "$(cat "$2")" >"$3"',
    "sh",
    address,
    `${keys}/host.pub`,
    known,
  ]);
  return known;
}

/** unshare forks its only child into the new pid namespace: that child is the host's PID 1. */
function initOf({ pid }: { pid?: number | undefined }): number | null {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return children === "" ? null : Number(children);
}

async function answers(host: LabHost): Promise<true | null> {
  if (!existsSync(`/proc/${host.pid}/root${dockerSocket}`)) return null;
  return engineOf(host)
    .ping()
    .then(() => true as const)
    .catch(() => null);
}

function diedWith(home: string, code: number | null): string {
  const log = `${home}/dockerd.log`;
  const tail = existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(-8).join("\n") : "";
  return `the lab host ended (exit ${code})\n${tail}`;
}

/** The inode of a network namespace, by a process that the host numbers `pid`. */
export const netnsOf = (host: Pick<LabHost, "pid">, pid: number): number =>
  statSync(`/proc/${host.pid}/root/proc/${pid}/ns/net`).ino;
