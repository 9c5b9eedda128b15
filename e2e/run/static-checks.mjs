import { existsSync } from "node:fs";
import { join } from "node:path";
import { isCi, root, runTool } from "./run-tool.mjs";
import { timed } from "./tally.mjs";
import { filesOf, fromRoot } from "./test-files.mjs";

/** Biome, types, layers and dead code: each is one check. */
export async function staticChecks(tally) {
  const checks = [
    ["Biome", biome],
    ["tsc", types],
    ["layers", layers],
    ["knip", () => passes(["knip"])],
  ];
  for (const [name, check] of checks) {
    const { value, took } = await timed(name, check);
    tally.check(name, value, took);
  }
}

const passes = async (argv) => (await runTool(argv)).code === 0;

const biome = () => passes(["biome", isCi() ? "ci" : "check", "."]);

async function types() {
  // Next writes the types of the routes; without pages there are none.
  if (existsSync(join(root, "app")) && !(await passes(["next", "typegen"]))) return false;
  return passes(["tsc", "--noEmit"]);
}

const rooms = ["app", "components", "lib", "server", "e2e"];

/**
 * dependency-cruiser that cannot read a TypeScript reports no violations in zero modules: so each
 * source file has to be among the modules that it read.
 */
async function layers() {
  const there = rooms.filter((room) => existsSync(join(root, room)));
  const config = ["--config", ".dependency-cruiser.mjs"];
  const { stdout } = await runTool(["depcruise", ...config, "--output-type", "json", ...there], {
    capture: true,
  });
  const report = parsed(stdout);
  if (report === null) return false;
  const { violations, totalCruised, totalDependenciesCruised } = report.summary;
  for (const { rule, from, to } of violations) {
    console.error(`${rule.severity} ${rule.name}: ${from} → ${to}`);
  }
  const read = new Set(report.modules.map(({ source }) => source));
  const unread = there
    .flatMap((room) => filesOf((name) => /[.]tsx?$/.test(name), join(root, room)))
    .map(fromRoot)
    .filter((source) => !read.has(source));
  for (const source of unread) console.error(`not read: ${source}`);
  console.log(`${totalCruised} modules, ${totalDependenciesCruised} dependencies read`);
  const errors = violations.filter(({ rule }) => rule.severity === "error");
  return errors.length + unread.length === 0 && totalDependenciesCruised > 0;
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    console.error(json);
    return null;
  }
}
