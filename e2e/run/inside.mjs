/**
 * Runs in the sandbox, beside the lab: `inside.mjs test REPORTS` runs the lab tests and then the
 * browser against a Vethscope on the lab host; `inside.mjs look REPORTS` draws the visual references
 * anew; `inside.mjs hold DATA` only keeps one running.
 */
import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { insideHost, labHost } from "@/e2e/lab/lab-env";
import { root, runTool, toolEnv } from "./run-tool.mjs";
import { onNode24 } from "./sandbox.mjs";
import { isBrowserTest, testFiles } from "./test-files.mjs";

const server = "server/cli/serve.ts";
const [task, folder] = process.argv.slice(2);

/** nsenter starts in the root folder of the namespace that it enters. */
const onTheHost = (argv) => insideHost(labHost(), ["env", "-C", root, ...argv]);

/** Starts Vethscope on the lab host; its one-time link, once it prints it. All that it says goes to `log` too. */
function startServer(port, data, log) {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const [command, ...args] = onTheHost([...onNode24, server]);
  const child = spawn(command, args, {
    env: { ...toolEnv(), PORT: String(port), VETHSCOPE_DATA: data },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stderr.on("data", (text) => {
    process.stderr.write(text);
    appendFileSync(log, text);
  });
  return new Promise((resolve, reject) => {
    let said = "";
    const tooLate = setTimeout(
      () => reject(new Error("Vethscope printed no link in 60 s")),
      60_000,
    );
    child.on("exit", (code) => reject(new Error(`Vethscope ended (exit ${code})`)));
    child.stdout.setEncoding("utf8").on("data", (text) => {
      process.stdout.write(text);
      appendFileSync(log, text);
      said += text;
      const [link] = /http:\/\/127\.0\.0\.1:\d+\/enter\?token=\S+(?=\s)/.exec(said) ?? [];
      if (link === undefined) return;
      clearTimeout(tooLate);
      resolve(link);
    });
  });
}

const whyNoBrowser = () => {
  if (!existsSync(join(root, server))) return `there is no ${server}`;
  return testFiles().some(isBrowserTest) ? null : "there are no browser tests";
};

/** `more`: of Playwright's own arguments. */
async function browserTests(reports, more = []) {
  const absent = whyNoBrowser();
  if (absent !== null) return { absent };
  const home = join(reports, "home");
  mkdirSync(home);
  try {
    const log = join(reports, "server.log");
    const link = await startServer(4780, join(reports, "data"), log);
    const env = {
      VETHSCOPE_LINK: link,
      VETHSCOPE_LOG: log,
      PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, "browser.json"),
      // What the browser keeps goes with the run.
      HOME: home,
      TMPDIR: home,
    };
    const config = ["--config", "e2e/playwright.config.ts"];
    const argv = onTheHost(["playwright", "test", ...config, ...more]);
    return await runTool(argv, { env });
  } catch (error) {
    console.error(String(error));
    return { code: 1 };
  }
}

async function test(reports) {
  const json = join(reports, "lab.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${json}`];
  const lab = await runTool(["vitest", "run", "--project", "lab", ...reporters]);
  const browser = await browserTests(reports);
  writeFileSync(join(reports, "outcome.json"), JSON.stringify({ lab, browser }));
}

async function hold(data) {
  // A person can use the lab also while Vethscope itself does not build or start.
  const link = await startServer(4781, data, join(data, "server.log")).catch((error) =>
    String(error),
  );
  writeFileSync(join(data, "said"), link);
  renameSync(join(data, "said"), join(data, "ready"));
  setInterval(() => undefined, 60_000);
}

if (task === "test") {
  await test(folder);
  process.exit(0);
}
if (task === "look") {
  const { code = 1 } = await browserTests(folder, ["visual.spec", "--update-snapshots=changed"]);
  process.exit(code);
}
await hold(folder);
