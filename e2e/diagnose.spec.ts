import { expect, type Page } from "playwright/test";
import { findingIds } from "@/lib/diagnosis/model";
import { complaints, details, hostPage, said, truePair } from "./host-page";
import { must } from "./lab/run-command";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

const view = (page: Page) => page.locator("[data-view=diagnose]");
const findings = (page: Page) => view(page).locator("[data-finding]");
const tab = (page: Page) => page.getByRole("button", { name: /^Diagnose/ });

/** Vethscope, this test and the links are on one host. */
const link = (name: string, ...change: readonly string[]) =>
  must(["ip", "link", "set", "dev", name, ...change]);

const readAgain = async (page: Page): Promise<void> => {
  const time = page.getByTestId("as-of");
  const before = await time.getAttribute("datetime");
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(time).not.toHaveAttribute("datetime", before ?? "");
};

/**
 * What is true of the lab's host: four of its published ports are answered by nobody (D27), Docker 20.10 lets
 * neighbours in to the one on 127.0.0.1 (D38), and it does not reach its own macvlan (D63, a note).
 */
const always = ["D27", "D27", "D27", "D27", "D38", "D63"];
const problems = always.filter((id) => id !== "D63").length;

const foundIds = (page: Page): Promise<readonly (string | null)[]> =>
  findings(page).evaluateAll((cards) => cards.map((card) => card.getAttribute("data-finding")));

/** A reading that began before the links were changed is shared by all who ask while it is made. */
const readUntil = (page: Page, wanted: number): Promise<void> =>
  expect(async () => {
    await readAgain(page);
    await expect(tab(page)).toContainText(`${wanted} problems`, { timeout: 1500 });
  }).toPass({ timeout: 25_000 });

test("what is true of the host is found, nothing else, and what was looked for is told", async ({
  page,
}) => {
  const heard = complaints(page);
  await page.goto(`${hostPage}?view=diagnose`);
  await readAgain(page);
  await expect(view(page).getByRole("heading", { level: 2 })).toHaveText(
    `${problems} problems1 note`,
  );
  expect(await foundIds(page)).toEqual(always);
  const looked = view(page).locator("summary").filter({ hasText: "What was looked for" });
  await expect(looked).toContainText(`${findingIds.length}`);
  await looked.click();
  await expect(view(page).getByText("one IP address on two interfaces")).toBeVisible();
  // A process that comes and goes may be the one of a namespace whose sockets are asked.
  const partly = view(page).getByText("not in full").filter({ hasNotText: "who listens" });
  await expect(partly).toHaveCount(0);
  await expect(tab(page)).toContainText(`${problems} problems`);
  const outside = view(page).locator("[data-exposure=told]");
  await expect(outside.getByRole("row").filter({ hasText: "8080/tcp" })).toContainText("web");
  expect(heard).toEqual([]);
});

test.describe("with two faults made on the host", () => {
  const web = truePair("web", "eth0").onHost.ifname;
  const api = truePair("api", "eth0").onHost.ifname;

  test.beforeEach(async ({ page }) => {
    await link(web, "nomaster");
    await link(api, "mtu", "1400");
    await page.goto(hostPage);
    await readUntil(page, problems + 2);
  });

  test.afterEach(async ({ page }) => {
    await link(web, "master", "docker0");
    await link(api, "mtu", "1500");
    // A link that names a language is a choice that lasts.
    await page.goto(`${hostPage}?lang=en`);
    await readUntil(page, problems);
  });

  test("the tab counts them, the picture marks them, the list says what, why, where and what to do", async ({
    page,
    context,
  }) => {
    const heard = complaints(page);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await expect(tab(page)).toContainText(`${problems + 2} problems`);
    await expect(page.locator("[data-view=graph] svg[aria-hidden] rect[stroke]")).not.toHaveCount(
      0,
    );

    await tab(page).click();
    await expect(page).toHaveURL(`${hostPage}?view=diagnose`);
    expect(await foundIds(page)).toEqual(["D13", ...always.slice(0, 5), "D56", "D63"]);
    await expect(view(page).getByRole("heading", { level: 3 })).toHaveText([
      "High5",
      "Medium2",
      "Note1",
    ]);
    const card = findings(page).first();
    await card.locator("summary[data-summary]").click();
    await expect(card).toContainText(new RegExp(`${web}@if\\d+ of web is in no bridge`));
    await expect(card).toContainText("cut off from this network");
    const remedy = `ip link set dev ${web} master docker0`;
    await expect(card.getByRole("listitem").filter({ hasText: remedy })).toBeVisible();
    await card.getByRole("button", { name: "Copy the command" }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(remedy);

    await card.locator("summary").filter({ hasText: "What the host said" }).click();
    await expect(card.locator("pre").filter({ hasText: web }).first()).not.toContainText("master");
    await expect(card.locator("code").filter({ hasText: "addr" }).first()).toBeVisible();

    await card.getByRole("button", { name: new RegExp(`^${web}@`) }).click();
    await expect(page).toHaveURL(`${hostPage}?view=diagnose&sel=peer:ctr:web/eth0`);
    await expect(details(page).getByRole("heading", { level: 2 })).toContainText(web);
    await card.getByRole("button", { name: "Show in the picture" }).click();
    await expect(page).toHaveURL(`${hostPage}?sel=peer:ctr:web/eth0`);
    await expect(said(page)).toContainText("no bridge");
    expect(heard).toEqual([]);
  });

  test("the keyboard alone opens the view, goes from finding to finding and opens one", async ({
    page,
  }) => {
    await page.keyboard.press("d");
    await expect(page).toHaveURL(`${hostPage}?view=diagnose`);
    const summaries = findings(page).locator("summary[data-summary]");
    await expect(summaries).toHaveCount(always.length + 2);
    await summaries.first().focus();
    await page.keyboard.press("ArrowDown");
    await expect(summaries.nth(1)).toBeFocused();
    await page.keyboard.press("Home");
    await expect(summaries.first()).toBeFocused();
    const why = findings(page).first().getByRole("heading", { name: "Why it matters" });
    await expect(why).toHaveCount(0);
    await page.keyboard.press("Enter");
    await expect(why).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(why).toHaveCount(0);
  });

  test("it is said in Chinese too, with the kernel's words as they are", async ({ page }) => {
    await page.goto(`${hostPage}?view=diagnose&lang=zh-CN`);
    await expect(view(page).getByRole("heading", { level: 2 })).toContainText(
      `${problems + 2} 个问题`,
    );
    await expect(findings(page).first()).toContainText("不在任何网桥中");
    await expect(view(page).locator("[data-finding=D56]")).toContainText("MTU");
    await expect(view(page).locator("[data-finding=D27]").first()).toContainText("没有人监听");
    await expect(page.getByRole("button", { name: /^诊断/ })).toContainText(
      `${problems + 2} 个问题`,
    );
  });

  test("nothing is wider than the window of a phone", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${hostPage}?view=diagnose`);
    await expect(findings(page)).toHaveCount(always.length + 2);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(390);
  });
});
