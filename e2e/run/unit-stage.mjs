import { join } from "node:path";
import { vitestResult } from "./reports.mjs";
import { runTool } from "./run-tool.mjs";
import { timed } from "./tally.mjs";

/** @returns {Promise<string[]>} the test files that ran */
export async function unitStage(tally, run) {
  const json = join(run.reports, "unit.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${json}`];
  const { value, took } = await timed("unit", () =>
    runTool(["vitest", "run", "--project", "unit", ...reporters]),
  );
  const result = vitestResult(json, value.code);
  tally.add("unit", result, took);
  return result.files;
}
