/**
 * `npm test`: sets up what it needs, runs every check, ends with `N passed, M failed`.
 * --only=static,unit,lab restricts the stages; --lab holds a lab for a person; --bench
 * measures; --picture draws the lab for the README; --look draws the visual references anew.
 */
import { installPackages } from "./apt.mjs";
import { holdLab } from "./hold-lab.mjs";
import { labStage } from "./lab-stage.mjs";
import { endRunning } from "./run-tool.mjs";
import { onNode24, openSandbox, startRun, whyNoLab } from "./sandbox.mjs";
import { setUp } from "./set-up.mjs";
import { staticChecks } from "./static-checks.mjs";
import { makeTally } from "./tally.mjs";
import { fromRoot, testFiles } from "./test-files.mjs";
import { unitStage } from "./unit-stage.mjs";

/** What runs beside a lab and is no test. */
const programs = { "--bench": "e2e/bench/main.ts", "--picture": "e2e/record/readme-picture.ts" };
const allStages = ["static", "unit", "lab"];
const args = process.argv.slice(2);
const run = startRun();
let sandbox = null;
const hold = (opened) => {
  sandbox = opened;
};

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end(130));
endWithParent();
await end(await main());

async function main() {
  if (args.includes("--lab")) {
    installPackages(console.log);
    await setUp({ build: true });
    return holdLab(run, hold);
  }
  if (args.includes("--look")) return look();
  const [task, ...rest] = args;
  if (Object.hasOwn(programs, task)) return beside(programs[task], rest);
  const stages = stagesAskedFor();
  return stages === null ? 2 : test(stages);
}

async function test(stages) {
  const tally = makeTally();
  if (stages.includes("lab") && !installPackages(console.log)) {
    tally.check("apt", false, "packages could not be installed");
  }
  if (!(await setUp({ build: stages.includes("lab") }))) tally.check("set-up", false);
  const ran = [];
  if (stages.includes("static")) await staticChecks(tally);
  if (stages.includes("unit")) ran.push(...(await unitStage(tally, run)));
  if (stages.includes("lab")) ran.push(...(await labStage(tally, run, hold)));
  if (stages.length === allStages.length) {
    const forgotten = testFiles().filter((file) => !ran.includes(file));
    for (const file of forgotten) console.error(`No runner picked up ${fromRoot(file)}`);
    tally.check("every test file was run", forgotten.length === 0);
  }
  return tally.conclude();
}

/** Runs one program beside a lab, with what else was asked for. */
async function beside(file, rest) {
  const why = whyNoLab();
  if (why !== null) {
    console.error(why);
    return 1;
  }
  if (!installPackages(console.log) || !(await setUp({ build: false }))) return 1;
  hold(openSandbox(run, [...onNode24, file, ...rest]));
  return sandbox.ended;
}

/** What e2e/visual.spec.ts compares with, as it looks now: in the lab, with its fonts. */
async function look() {
  const why = whyNoLab();
  if (why !== null) {
    console.error(why);
    return 1;
  }
  if (!installPackages(console.log) || !(await setUp({ build: true }))) return 1;
  hold(openSandbox(run, [...onNode24, "e2e/run/inside.mjs", "look", run.reports]));
  return sandbox.ended;
}

function stagesAskedFor() {
  const only = args.find((arg) => arg.startsWith("--only="));
  const stages = only === undefined ? allStages : only.slice("--only=".length).split(",");
  const unknown = stages.filter((stage) => !allStages.includes(stage));
  if (unknown.length === 0) return stages;
  console.error(`No stage ${unknown.join(", ")}: there are ${allStages.join(", ")}.`);
  return null;
}

/** npm killed by -9 passes nothing on: who started us is then another process. */
function endWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void end(130);
  }, 1000).unref();
}

async function end(code) {
  sandbox?.end();
  endRunning();
  await run.tidy();
  process.exit(code);
}
