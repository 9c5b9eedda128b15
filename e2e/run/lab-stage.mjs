import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { playwrightResult, vitestResult } from "./reports.mjs";
import { isCi } from "./run-tool.mjs";
import { onNode24, openSandbox, whyNoLab } from "./sandbox.mjs";
import { timed } from "./tally.mjs";
import { isBrowserTest, isLabTest, testFiles } from "./test-files.mjs";

const limit = 70 * 60_000;

/**
 * Lab tests, then the browser, in one sandbox.
 * @returns {Promise<string[]>} the test files that ran or were left out with a reason
 */
export async function labStage(tally, run, hold) {
  const why = whyNoLab();
  if (why !== null) return leaveOut(tally, "lab and browser", isLabOrBrowser, why);
  const { value: code, took } = await timed("lab", () => inSandbox(run, hold));
  const file = join(run.reports, "outcome.json");
  if (!existsSync(file)) {
    const up = existsSync(join(run.state, "lab.json"));
    const what = up ? "its tests did not end" : "it did not come up";
    tally.check("lab", false, `${what}, exit ${code}, ${took}`);
    return testFiles().filter(isLabOrBrowser);
  }
  const { lab, browser } = JSON.parse(readFileSync(file, "utf8"));
  const tests = vitestResult(join(run.reports, "lab.json"), lab.code);
  tally.add("lab", tests, took);
  if ("absent" in browser) {
    return [...tests.files, ...leaveOut(tally, "browser", isBrowserTest, browser.absent)];
  }
  const pages = playwrightResult(join(run.reports, "browser.json"), browser.code);
  tally.add("browser", pages);
  return [...tests.files, ...pages.files];
}

const isLabOrBrowser = (file) => isLabTest(file) || isBrowserTest(file);

async function inSandbox(run, hold) {
  const command = [...onNode24, "e2e/run/inside.mjs", "test", run.reports];
  const sandbox = openSandbox(run, command);
  hold(sandbox);
  const timer = setTimeout(() => {
    console.error(`The lab's stage took longer than ${limit / 60_000} minutes: taken down.`);
    sandbox.end();
  }, limit);
  const code = await sandbox.ended;
  clearTimeout(timer);
  return code;
}

/** Here it is no fault that a machine cannot hold a lab; where CI says it can, it is one. */
function leaveOut(tally, name, takes, why) {
  const files = testFiles().filter(takes);
  console.log(`\n── ${name}: left out, ${why}`);
  if (isCi()) tally.check(name, false, why);
  else tally.add(name, { skipped: files.length }, `test files left out: ${why}`);
  return files;
}
