import { expect, type Page } from "playwright/test";
import { complaints, details, expectProven, grid, hostPage, said, truePair } from "./host-page";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

/** Presses Tab until the focus is on something of this name; a person would give up sooner. */
const tabTo = async (page: Page, name: RegExp): Promise<void> => {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(
      () =>
        document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
    );
    if (name.test(focused ?? "")) return;
  }
  throw new Error(`Tab does not reach ${name}.`);
};

test("the first Tab offers the table, and Enter goes there", async ({ page }) => {
  await page.goto(hostPage);
  await expect(page.getByRole("group", { name: /bridge/ })).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("button", { name: "Skip to the table" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${hostPage}?view=table`);
  await expect(grid(page)).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("main").getByRole("button").first()).toBeFocused();
});

test("without a mouse: from the table to a proven pair, its check, and back", async ({ page }) => {
  const heard = complaints(page);
  await page.goto(`${hostPage}?view=table&sort=container`);
  await expect(grid(page)).toBeVisible();
  await tabTo(page, /Sort by Proof/);
  const inRow = () => page.evaluate(() => document.activeElement?.closest("[data-row]") != null);
  for (let presses = 0; presses < 3 && !(await inRow()); presses += 1) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("End");
  await page.keyboard.press("Home");
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  for (let presses = 0; presses < 5 && (await focused()) !== "api"; presses += 1) {
    await page.keyboard.press("ArrowRight");
  }
  expect(await focused()).toBe("api");
  await page.keyboard.press("Enter");
  await expectProven(page, truePair("api", "eth0"));
  await tabTo(page, /is the ifindex of eth0/);
  await page.keyboard.press("Enter");
  await expect(details(page).locator("pre").first()).toContainText("ifindex");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`${hostPage}?view=table&sort=container`);
  await expect(said(page)).toHaveText("");
  expect(heard).toEqual([]);
});

test("the picture can be walked by arrows", async ({ page }) => {
  await page.goto(hostPage);
  const attachments = page.getByRole("list", { name: /Attachments/ });
  await attachments.locator("button[tabindex='0']").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=/);
  await expect(said(page)).not.toHaveText("");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(hostPage);
});

test("g and t change the view, but not while one types or composes", async ({ page }) => {
  await page.goto(hostPage);
  await expect(page.getByRole("group", { name: /bridge/ })).toBeVisible();
  await page.evaluate(() => {
    const composing = new KeyboardEvent("keydown", { key: "t", isComposing: true, bubbles: true });
    document.body.dispatchEvent(composing);
    const byCode = new KeyboardEvent("keydown", { key: "t", keyCode: 229, bubbles: true });
    document.body.dispatchEvent(byCode);
  });
  await page.keyboard.press("Control+t");
  await expect(page).toHaveURL(hostPage);
  await page.keyboard.press("t");
  await expect(page).toHaveURL(`${hostPage}?view=table`);
  await page.keyboard.press("g");
  await expect(page).toHaveURL(hostPage);
});

test("menus open, move and close by keys, and give the focus back", async ({ page }) => {
  await page.goto(hostPage);
  const theme = page.getByRole("button", { name: /Theme/ });
  await theme.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(theme).toBeFocused();
});

test("the drawer of a small window opens by a choice and closes by Escape", async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 700 });
  await page.goto(`${hostPage}?view=table`);
  await expect(details(page)).toBeHidden();
  await grid(page).getByRole("button", { name: "api", exact: true }).click();
  await expect(details(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(details(page)).toBeHidden();
});
