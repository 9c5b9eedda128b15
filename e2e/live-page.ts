import { test as base } from "playwright/test";

/** `page.goto` comes back when the page answers, not when it can be seen: keys and clicks before that are lost. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page);
    page.goto = async (url, options) => {
      const answer = await goto(url, options);
      await page.waitForFunction(() => document.querySelector("[data-live='false']") === null);
      return answer;
    };
    await use(page);
  },
});
