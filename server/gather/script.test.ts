import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { netnsLabel } from "@/lib/net/ids";
import { shellQuote } from "@/lib/net/shell-quote";
import { catalogue } from "@/lib/probes/catalogue";
import type { Where } from "@/server/transport/port";
import { afterSteps, hostSteps, netnsSteps, observerSteps, type Unnumbered } from "./plan";
import { laneScript, typedArgv } from "./script";

const folder = mkdtempSync(join(tmpdir(), "vethscope-script-"));
afterAll(() => rmSync(folder, { recursive: true }));

const numbered = (steps: readonly Unnumbered[]) =>
  steps.map((step, number) => ({ ...step, number }));
const netns = (path: string): Where => ({ kind: "netns", label: netnsLabel(7), path });
const every = numbered([
  ...hostSteps(catalogue),
  ...netnsSteps(catalogue, netns("/proc/7/ns/net")),
  ...observerSteps(catalogue, netns("/proc/7/ns/net")),
  ...afterSteps(catalogue.slice(0, 1)),
]);

/** The shells that this machine has, of those that hosts have. */
const shells = [["sh"], ["dash"], ["bash"], ["busybox", "ash"]].filter(
  ([command = ""]) => spawnSync(command, ["-c", ":"]).error === undefined,
);

test("these commands, and no others, are what runs on a host", () => {
  const asked = every.flatMap((step) => step.questions.map(({ name }) => typedArgv(step, name)));
  const typed = asked.map((argv) => (argv[0] === "sh" ? `${argv[2]}` : shellQuote(argv)));
  expect([...new Set(typed)].sort()).toEqual([
    "bridge -j fdb show",
    "grep -s ' - nsfs ' /proc/self/mountinfo",
    "grep -sH '' /proc/sys/kernel/hostname /proc/sys/kernel/osrelease /proc/sys/kernel/random/boot_id /etc/os-release",
    "ip -d -s -j addr show",
    "ip -d -s -j netns list-id",
    "ip -d -s -j route show table all",
    "lsns -t net -o NS,PID,NETNSID",
    'printf "%s\\0" /proc/[0-9]*/cgroup | xargs -0 grep -sHE -m1 "[0-9a-f]{64}"',
    'printf "%s\\0" /proc/[0-9]*/comm | xargs -0 grep -sH ""',
    'printf "%s\\0" /proc/self/ns/net /proc/[0-9]*/ns/net /run/netns/* /run/docker/netns/* | xargs -0 stat -L -c "%d %i %n"',
  ]);
});

test("a namespace costs one process and the pipe to it", () => {
  const steps = numbered(netnsSteps(catalogue, netns("/run/netns/blue")));
  const script = laneScript("m", steps, 60);
  expect(script.split("\n").filter((line) => line.includes("nsenter"))).toEqual([
    `  begin 0; lines 'addr show' 'netns list-id' 'route show table all' | nsenter --net=/run/netns/blue ip -d -s -j -force -batch - 3<&- & finish 0 "$!"`,
  ]);
});

test.each(shells)("the script is one that %s %s understands", (command, ...words) => {
  const { stderr, status } = spawnSync(command, [...words, "-n"], {
    input: laneScript("vethscope-m", every, 60),
    encoding: "utf8",
  });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
});

test.each(shells)("%s %s runs nothing that stands in a name", (command, ...words) => {
  const mark = join(folder, "ran");
  const paths = [
    `$(touch ${mark})`,
    `\`touch ${mark}\``,
    `';touch ${mark};'`,
    `\n touch ${mark}\n`,
  ];
  const steps = numbered(
    paths.flatMap((path) => netnsSteps(catalogue, netns(`/run/netns/${path}`))),
  );
  const { stdout, stderr } = spawnSync(command, [...words, "-s"], {
    // Its end of input ends its process group, which must not be this one.
    input: `${laneScript("vethscope-m", steps, 60).replace("kill -KILL 0", ":")}`,
    encoding: "utf8",
  });
  expect(stdout.match(/^vethscope-m e \d+ [1-9]\d*$/gm)).toHaveLength(paths.length);
  expect(stdout).toMatch(/\nvethscope-m d\n$/);
  expect(stderr).toContain("nsenter");
  expect(existsSync(mark)).toBe(false);
});

test("half a script runs nothing", () => {
  const script = laneScript("vethscope-m", every, 60);
  for (const part of [0.2, 0.5, 0.9, 0.99]) {
    const input = script.slice(0, Math.floor(script.length * part));
    expect(spawnSync("sh", ["-s"], { input, encoding: "utf8" }).stdout).toBe("");
  }
});
