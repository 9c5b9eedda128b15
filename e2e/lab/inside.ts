import { mkdirSync, writeFileSync } from "node:fs";
import { containersNow, startContainers } from "./containers";
import { engineOf } from "./engine";
import { establishTruth } from "./establish-truth";
import { startHost } from "./host";
import { makeImages } from "./image";
import { ipBatch, must } from "./run-command";
import { SECRET_MARK } from "./standard-set";
import type { Lab } from "./truth";
import { around, layUnderlay } from "./underlay";
import { wireUp } from "./wires";

/** Makes the namespaces of this process a closed world: no way out, nothing left behind. */
export async function closeSandbox(state: string): Promise<void> {
  mkdirSync("/run/netns", { recursive: true });
  await must(["mount", "-t", "tmpfs", "tmpfs", "/run/netns"]);
  mkdirSync(scratchIn(state), { recursive: true });
  await must(["mount", "-t", "tmpfs", "tmpfs", scratchIn(state)]);
  await ipBatch(["link set lo up"]);
}

/** One lab host with the standard set, and the truth about it in `state`/lab.json. */
export async function bringUpLab(state: string, cgroup: string): Promise<Lab> {
  const scratch = scratchIn(state);
  await layUnderlay();
  const host = await startHost({
    name: "lab1",
    address: "10.99.1.11",
    keys: `${state}/keys`,
    scratch,
    cgroup,
  });
  const engine = engineOf(host);
  await makeImages(engine, scratch, SECRET_MARK);
  await startContainers(engine);
  const containers = await containersNow(engine, host);
  await wireUp(host, (name) => containers[name]?.pid ?? 0);
  const truth = await establishTruth(host, containers);
  const lab: Lab = { ...truth, secretMark: SECRET_MARK, hosts: [host], around };
  writeFileSync(labFileIn(state), JSON.stringify(lab, null, 1));
  return lab;
}

const scratchIn = (state: string): string => `${state}/scratch`;
export const labFileIn = (state: string): string => `${state}/lab.json`;
