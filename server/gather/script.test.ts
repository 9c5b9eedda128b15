import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { netnsLabel } from "@/lib/net/ids";
import { shellQuote } from "@/lib/net/shell-quote";
import { catalogue } from "@/lib/probes/catalogue";
import { otherFormsOf, shownAs } from "@/lib/probes/shown";
import type { Where } from "@/server/transport/port";
import { afterSteps, hostSteps, lastSteps, netnsSteps, openedStep, type Unnumbered } from "./plan";
import { laneScript, typedArgv } from "./script";

const folder = mkdtempSync(join(tmpdir(), "vethscope-script-"));
afterAll(() => rmSync(folder, { recursive: true }));

const numbered = (steps: readonly Unnumbered[]) =>
  steps.map((step, number) => ({ ...step, number }));
const netns = (path: string): Where => ({ kind: "netns", label: netnsLabel(7), path });
const every = numbered([
  ...hostSteps(catalogue).first,
  ...hostSteps(catalogue).beside,
  ...netnsSteps(catalogue, netns("/proc/7/ns/net")),
  ...lastSteps(catalogue, "observer", netns("/proc/7/ns/net")),
  ...lastSteps(catalogue, "held", { kind: "machine" }),
  ...lastSteps(catalogue, "filtering", { kind: "own" }),
  ...afterSteps(catalogue.slice(0, 1)),
  ...catalogue
    .filter(({ scope, ask }) => scope === "opened" && ask.kind !== "engine")
    .map((probe) => openedStep(probe, { kind: "own" })),
]);

/** The shells that this machine has, of those that hosts have. */
const shells = [["sh"], ["dash"], ["bash"], ["busybox", "ash"]].filter(
  ([command = ""]) => spawnSync(command, ["-c", ":"]).error === undefined,
);

test("the commands of the catalogue in all their forms, and no others, are what runs on a host", () => {
  const formsOf = (probe: (typeof catalogue)[number], { ask, otherwise = [] } = probe) =>
    [ask, ...(ask.kind === "ip-batch" ? otherFormsOf(probe) : otherwise)].map((_, form) => form);
  const asked = every.flatMap((step) =>
    step.questions.flatMap(({ name, probe }) =>
      formsOf(probe).map((form) => typedArgv(step, name, form)),
    ),
  );
  const typed = asked.map((argv) =>
    argv[0] === "sh" && argv.length === 3 ? `${argv[2]}` : shellQuote(argv),
  );
  const listed = catalogue
    .filter(({ ask }) => ask.kind !== "engine")
    .flatMap((probe) => [shownAs(probe.ask), ...otherFormsOf(probe).map(({ form }) => form)]);
  expect([...new Set(typed)].sort()).toEqual([...new Set(listed)].sort());
});

test("a namespace costs one process and the pipe to it", () => {
  const steps = numbered(netnsSteps(catalogue, netns("/run/netns/blue")));
  const script = laneScript("m", steps, 60);
  expect(script.split("\n").filter((line) => line.includes("blue"))).toEqual([
    "  begin 0; batch 0 /run/netns/blue 'addr show' 'netns list-id' 'route show table all'; ended 0",
  ]);
  expect(script).toContain(`lines "$@" | into "$from" "$ip" -d -s -j -force -batch - 3<&- &`);
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
