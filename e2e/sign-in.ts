import { writeFile } from "node:fs/promises";
import { expect, test } from "playwright/test";
import { sessionFile } from "./session-file";

test("the printed link signs the browser in and moves on by itself", async ({ page, context }) => {
  const link = process.env["VETHSCOPE_LINK"];
  if (link === undefined) throw new Error("VETHSCOPE_LINK: the link that Vethscope printed");
  await page.goto(link);
  await page.waitForURL((url) => url.pathname !== "/enter");
  await expect(page.locator("html")).not.toBeEmpty();
  const state = JSON.stringify(await context.storageState());
  await writeFile(sessionFile, state, { mode: 0o600 });
});
