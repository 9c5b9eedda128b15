import { expect, type Page } from "playwright/test";
import type { Ports } from "@/lib/ports/model";
import { complaints, grid } from "./host-page";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 500 } });

const sample = "/hosts/sample";
const rows = (page: Page) => grid(page).locator("[data-row]");
const rowOfFocus = (page: Page) => page.locator("[data-row]:has(:focus)");
/** What stands above the list of rules and scrolls with it. */
const hooks = (page: Page) =>
  page.getByRole("region", { name: "In which order a packet meets them" });
const scrollTo = (page: Page, top: number) =>
  grid(page).evaluate((found, at) => found.parentElement?.scrollTo(0, at), top);

/** The ports of the sample many times over: more than are drawn. */
const manyPorts = (page: Page, times: number) =>
  page.route("**/api/hosts/sample/ports*", async (route) => {
    const response = await route.fetch();
    const ports: Ports = await response.json();
    const rows = Array.from({ length: times }, (_, nth) =>
      ports.rows.map((row) => ({ ...row, key: `${row.key}/${nth}` })),
    ).flat();
    await route.fulfill({ response, json: { ...ports, rows } });
  });

test("ports: scrolled away, the row of the keyboard stays, and so does its place", async ({
  page,
}) => {
  const heard = complaints(page);
  await manyPorts(page, 20);
  await page.goto(`${sample}?view=ports`);
  await rows(page).first().getByRole("button").first().focus();
  const last = (await grid(page).getAttribute("aria-rowcount")) ?? "";
  expect(Number(last)).toBeGreaterThan(200);
  expect(await rows(page).count()).toBeLessThan(100);
  await page.keyboard.press("End");
  await expect(rowOfFocus(page)).toHaveAttribute("aria-rowindex", last);
  await scrollTo(page, 0);
  await expect(rows(page).and(page.locator('[aria-rowindex="2"]'))).toBeInViewport();
  await expect(rowOfFocus(page)).toHaveAttribute("aria-rowindex", last);
  await page.keyboard.press("ArrowUp");
  await expect(rowOfFocus(page)).toHaveAttribute("aria-rowindex", `${Number(last) - 1}`);
  await expect(page.locator("*:focus")).toBeInViewport();
  expect(heard).toEqual([]);
});

test("ports: what is chosen elsewhere is brought into view among many", async ({ page }) => {
  await manyPorts(page, 20);
  await page.goto(`${sample}?view=ports&sel=port:tcp/0.0.0.0/80/ctr:web2/19`);
  await expect(rows(page).and(page.locator("[aria-selected=true]"))).toBeInViewport();
});

test("rules: scrolled away, the row of the keyboard stays, and so does its place", async ({
  page,
}) => {
  const heard = complaints(page);
  await page.goto(`${sample}?view=rules`);
  const first = rows(page).getByRole("button").first();
  await first.focus();
  const begin = (await rowOfFocus(page).getAttribute("aria-rowindex")) ?? "";
  await page.keyboard.press("End");
  const last = (await grid(page).getAttribute("aria-rowcount")) ?? "";
  await expect(rowOfFocus(page)).toHaveAttribute("aria-rowindex", last);
  await scrollTo(page, 0);
  await expect(hooks(page)).toBeInViewport();
  await expect(rowOfFocus(page)).toHaveAttribute("aria-rowindex", last);
  await page.keyboard.press("Home");
  await expect(rowOfFocus(page)).toHaveAttribute("aria-rowindex", begin);
  await expect(page.locator("*:focus")).toBeInViewport();
  expect(heard).toEqual([]);
});

test("rules: the arrows pass over the heads of tables, on which is nothing to press", async ({
  page,
}) => {
  await page.goto(`${sample}?view=rules`);
  await rows(page).getByRole("button").first().focus();
  await page.keyboard.press("Home");
  const heads = () => grid(page).locator("[data-kind=table]").count();
  expect(await heads()).toBeGreaterThan(1);
  const second = await grid(page).locator("[data-kind=table]").nth(1).getAttribute("aria-rowindex");
  const past = Number(second) + 1;
  for (let at = Number(await rowOfFocus(page).getAttribute("aria-rowindex")); at < past; ) {
    await page.keyboard.press("ArrowDown");
    at = at + 1 === Number(second) ? past : at + 1;
    await expect(rowOfFocus(page)).toHaveAttribute("aria-rowindex", `${at}`);
  }
  await page.keyboard.press("ArrowUp");
  await expect(rowOfFocus(page)).toHaveAttribute("aria-rowindex", `${past - 2}`);
});

test("rules: one that is chosen again, after something that is no rule, is brought into view again", async ({
  page,
}) => {
  await page.goto(`${sample}?view=rules`);
  await rows(page).getByRole("button").first().focus();
  await page.keyboard.press("End");
  const last = (await grid(page).getAttribute("aria-rowcount")) ?? "";
  await expect(rowOfFocus(page)).toHaveAttribute("aria-rowindex", last);
  await page.keyboard.press("Enter");
  const chosen = rows(page).and(page.locator("[aria-selected=true]"));
  await expect(chosen).toBeInViewport();
  await page.getByRole("combobox", { name: /^Search/ }).fill("name:web2");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=ctr:web2/);
  await scrollTo(page, 0);
  await expect(hooks(page)).toBeInViewport();
  await page.goBack();
  await expect(page).toHaveURL(/sel=rule:/);
  await expect(chosen).toBeInViewport();
});
