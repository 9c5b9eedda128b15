import { defineConfig } from "playwright/test";
import { sessionFile } from "./session-file";

const { CI } = process.env;

/** Playwright runs on the lab host, beside the one Vethscope that serves all tests there. */
export default defineConfig({
  testDir: ".",
  outputDir: "../test-results",
  snapshotPathTemplate: "{testDir}/references/{arg}{ext}",
  workers: 1,
  forbidOnly: CI === "true",
  reporter: [["list"], ["json"]],
  use: {
    baseURL: "http://127.0.0.1:4780",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // The one-time link works once: one browser enters, all tests take its session.
  projects: [
    { name: "sign-in", testMatch: "sign-in.ts" },
    {
      name: "browser",
      testMatch: "**/*.spec.ts",
      dependencies: ["sign-in"],
      use: { storageState: sessionFile },
    },
  ],
});
