import { expect, type Page } from "playwright/test";

/** The row of a host on the page of all hosts. */
const hostRow = (page: Page, name: string) =>
  page.getByRole("table").getByRole("row").filter({ hasText: name });

/** Adds a host by what one would write behind `ssh`; ends on its page. */
export const addHost = async (page: Page, line: string): Promise<void> => {
  await page.goto("/hosts");
  await page.getByRole("textbox", { name: "What you would write behind ssh" }).fill(line);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.pathname !== "/hosts");
};

export const removeHost = async (page: Page, name: string): Promise<void> => {
  await page.goto("/hosts");
  await hostRow(page, name)
    .getByRole("button", { name: /Remove/ })
    .click();
  await expect(hostRow(page, name)).toHaveCount(0);
};

/** Takes its host key as it comes, and waits for its picture: seconds, where the machine has other things to do. */
export const trustAndRead = async (page: Page): Promise<void> => {
  const trust = page.getByRole("button", { name: "Trust without checking" });
  const refresh = page.getByRole("button", { name: "Refresh" });
  await expect(trust.or(refresh)).toBeVisible({ timeout: 20_000 });
  if (await trust.isVisible()) await trust.click();
  await expect(refresh).toBeVisible({ timeout: 30_000 });
};
