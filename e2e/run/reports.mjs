import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./run-tool.mjs";

const read = (file) => {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
};

const nothing = { passed: 0, failed: 1, skipped: 0, files: [] };

/**
 * What Vitest's JSON report says. Its exit status counts too: an error outside of every test
 * fails a run in which no test failed.
 */
export function vitestResult(file, code) {
  const report = read(file);
  if (report === null) return nothing;
  const { numPassedTests: passed, numPendingTests, numTodoTests, testResults } = report;
  // A file that could not be loaded is failed without holding one test.
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  const told = report.numFailedTests + unloaded;
  const failed = told === 0 && (code !== 0 || passed === 0) ? 1 : told;
  const files = testResults.map(({ name }) => resolve(root, name));
  return { passed, failed, skipped: numPendingTests + numTodoTests, files };
}

/** What Playwright's JSON report says; a test that passed only when repeated has failed. */
export function playwrightResult(file, code) {
  const report = read(file);
  if (report === null) return nothing;
  const { expected: passed, unexpected, flaky, skipped } = report.stats;
  const told = unexpected + flaky + report.errors.length;
  const failed = told === 0 && (code !== 0 || passed === 0) ? 1 : told;
  const files = report.suites.map((suite) => resolve(report.config.rootDir, suite.file));
  return { passed, failed, skipped, files };
}
