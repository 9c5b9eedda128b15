import { expect } from "playwright/test";
import { test } from "./live-page";

/**
 * How the sample host looks, in both themes and languages. After a change that is meant to be seen:
 * `npm run look` draws the references anew; look at them before they are kept.
 */
test.use({ viewport: { width: 1280, height: 800 }, timezoneId: "UTC" });

const pages = {
  graph: "/hosts/sample",
  textbook: "/hosts/sample?orient=textbook",
  selected: "/hosts/sample?sel=ctr:web",
  table: "/hosts/sample?view=table",
  diagnose: "/hosts/sample?view=diagnose",
  start: "/start",
} as const;

for (const lang of ["en", "zh-CN"]) {
  for (const theme of ["light", "dark"]) {
    for (const [name, path] of Object.entries(pages)) {
      test(`${name}, ${lang}, ${theme}`, async ({ page, context, baseURL: url = "" }) => {
        // Ages and times are told on these pages.
        await page.clock.setFixedTime("2026-11-22T12:00:00Z");
        await context.addCookies([
          { name: "vethscope-lang", value: lang, url },
          { name: "vethscope-theme", value: theme, url },
        ]);
        await page.goto(path);
        await expect(page.getByRole("main")).toBeVisible();
        await expect(page).toHaveScreenshot(`${name}-${lang}-${theme}.png`, {
          animations: "disabled",
          caret: "hide",
          // Edges of letters differ a little from run to run; a line that moves is far more than this.
          maxDiffPixelRatio: 0.005,
          threshold: 0.25,
        });
      });
    }
  }
}
