import { type ChildProcess, spawn } from "node:child_process";
import { ipBatch, must } from "@/e2e/lab/run-command";

/** Namespaces made for a measurement, each with one process and one veth to a bridge of the host. */
export type Crowd = {
  readonly pids: readonly number[];
  readonly end: () => Promise<void>;
};

const bridge = "crowd0";
const nameOf = (place: number): string => `crowd-${place}`;
const vethOf = (place: number): string => `cv${place}`;

const all = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** Makes `count` namespaces in the sandbox that we are in. They end with `end`, and at the latest with the sandbox. */
export async function gatherCrowd(count: number): Promise<Crowd> {
  await must(["ip", "link", "add", bridge, "type", "bridge"]);
  await ipBatch(all(count).map((place) => `netns add ${nameOf(place)}`));
  await ipBatch(
    all(count).flatMap((place) => [
      `link add ${vethOf(place)} type veth peer name eth0 netns ${nameOf(place)}`,
      `link set ${vethOf(place)} master ${bridge} up`,
    ]),
  );
  const living = all(count).map((place) =>
    spawn("nsenter", [`--net=/run/netns/${nameOf(place)}`, "sleep", "100000"], { stdio: "ignore" }),
  );
  await must(["sleep", "1"]);
  return {
    pids: living.flatMap(({ pid }) => pid ?? []),
    end: () => disperse(count, living),
  };
}

async function disperse(count: number, living: readonly ChildProcess[]): Promise<void> {
  for (const child of living) child.kill("SIGKILL");
  await ipBatch(all(count).map((place) => `netns del ${nameOf(place)}`));
  await must(["ip", "link", "del", bridge]);
}
