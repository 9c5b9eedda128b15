import { expect } from "playwright/test";
import { complaints, details, hostPage } from "./host-page";
import { test } from "./live-page";

test.use({ viewport: { width: 1440, height: 900 } });

test.describe("a browser that asks for Chinese", () => {
  test.use({ locale: "zh-CN" });

  test("gets Chinese, from the server on", async ({ page }) => {
    const answer = await page.goto(`${hostPage}?sel=ctr:web`);
    expect(await answer?.text()).toMatch(/<html[^>]* lang="zh-CN"/);
    await expect(page.getByRole("button", { name: "拓扑", exact: true })).toBeVisible();
    await expect(details(page)).toContainText("已证实");
    await expect(page).toHaveTitle("本机 · Vethscope");
  });

  test("can change to English, and that lasts", async ({ page }) => {
    const heard = complaints(page);
    await page.goto(hostPage);
    await page.getByRole("button", { name: /语言/ }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await expect(page.getByRole("button", { name: "Graph", exact: true })).toBeVisible();
    await expect(page).toHaveTitle("This machine · Vethscope");
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await expect(page.getByRole("button", { name: "Graph", exact: true })).toBeVisible();
    expect(heard).toEqual([]);
  });
});

test.describe("a browser that asks for English", () => {
  test.use({ locale: "en-GB" });

  test("follows a link in Chinese, first page included", async ({ page }) => {
    await page.goto("/?lang=zh-CN");
    await expect(page).toHaveURL(`${hostPage}?lang=zh-CN`);
    await expect(page.getByRole("button", { name: "表格", exact: true })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  });

  test("has it on the list of hosts too, until another one is chosen there", async ({ page }) => {
    await page.goto("/hosts?lang=zh-CN");
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("主机");
    await page.getByRole("button", { name: /语言/ }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Hosts");
    await expect(page).toHaveURL("/hosts");
  });

  test("leaves what the kernel says as it is", async ({ page }) => {
    await page.goto(`${hostPage}?lang=zh-CN&sel=pair:peer:ctr:web/eth0`);
    await expect(details(page)).toContainText(/ifindex \d+ ⇄ iflink \d+/);
    await expect(details(page)).toContainText("docker exec web cat /sys/class/net/eth0/iflink");
  });
});

test.describe("themes", () => {
  test.use({ locale: "en", colorScheme: "dark" });

  test("follow the system until one is chosen, and the choice lasts", async ({ page }) => {
    const heard = complaints(page);
    await page.goto(hostPage);
    const background = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await background();
    await page.getByRole("button", { name: /Theme/ }).click();
    await page.getByRole("menuitemradio", { name: "Light" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
    const light = await background();
    expect(light).not.toBe(dark);
    const answer = await page.reload();
    expect(await answer?.text()).toMatch(/<html[^>]* data-theme="light"/);
    expect(await background()).toBe(light);
    await page.getByRole("button", { name: /Theme/ }).click();
    await page.getByRole("menuitemradio", { name: "Like the system" }).click();
    expect(await background()).toBe(dark);
    expect(heard).toEqual([]);
  });
});
