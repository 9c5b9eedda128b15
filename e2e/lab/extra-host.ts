import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { engineOf } from "./engine";
import { startHost } from "./host";
import { makeImages } from "./image";
import { lab } from "./lab-env";
import { run } from "./run-command";
import type { LabHost } from "./truth";

export type ExtraHost = {
  readonly host: LabHost;
  /** A folder for files of its tests; it ends with the sandbox. */
  readonly scratch: string;
  /** Ends its PID 1, and with it all that lives in it. */
  readonly end: () => Promise<void>;
};

/** The folder of this run, which the lab's own file lies in. */
const state = (): string => dirname(process.env["VETHSCOPE_LAB"] ?? "");

/** The folder of cgroups that the run's janitor removes: the lab's containers lie in it. */
function cgroupOfLab(): string {
  const [host] = lab().hosts;
  const { pid = 0 } = lab().containers["web"] ?? {};
  const lines = readFileSync(`/proc/${host?.pid}/root/proc/${pid}/cgroup`, "utf8");
  const [folder] = /\/vethscope-lab-\d+/.exec(lines) ?? [];
  if (folder === undefined)
    throw new Error(`the lab's containers are in no cgroup of it: ${lines}`);
  return folder;
}

/** One more host beside the lab's, for one test file: what it holds is no business of the other tests. */
export async function startExtraHost(
  name: string,
  address: string,
  dockerd: readonly string[] = [],
): Promise<ExtraHost> {
  const scratch = `${state()}/scratch`;
  const host = await startHost({
    name,
    address,
    keys: `${state()}/keys-${name}`,
    scratch,
    cgroup: cgroupOfLab(),
    quiet: true,
    dockerd,
  });
  const end = async (): Promise<void> => {
    process.kill(host.pid, "SIGKILL");
    await run(["ip", "netns", "del", name]);
  };
  try {
    await makeImages(engineOf(host), `${scratch}/of-${name}`, "no-secret");
  } catch (error) {
    await end();
    throw error;
  }
  return { host, scratch: `${scratch}/of-${name}`, end };
}
