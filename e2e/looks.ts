import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "playwright/test";

/** A folder to keep pictures of all that is looked at, in every language and theme, for a person. */
const { VETHSCOPE_LOOKS: folder } = process.env;

type Look = { readonly lang: "en" | "zh-CN"; readonly theme: "light" | "dark" };

/** A fault of a language shows in any theme, and one of a theme in any language. */
const checked: readonly Look[] = [
  { lang: "zh-CN", theme: "dark" },
  { lang: "en", theme: "light" },
];
const kept: readonly Look[] = [
  { lang: "zh-CN", theme: "light" },
  { lang: "en", theme: "dark" },
];

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** What axe finds, one line for each rule: nothing is right. */
export const faults = async (
  page: Page,
  without: readonly string[] = [],
): Promise<readonly string[]> => {
  const axe = new AxeBuilder({ page }).withTags(rules).disableRules([...without]);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id} ×${nodes.length}: ${first?.target.join(" ")} ${first?.failureSummary ?? ""}`;
  });
};

/** Whether the page itself can be moved sideways at this width, and what sticks out. */
export const widerThan = (page: Page, width: number): Promise<readonly string[]> =>
  page.evaluate((room) => {
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll("body *")]
      .filter((each) => each.getBoundingClientRect().right > room + 0.5)
      .map((each) => `${each.tagName} ${each.className} ${each.textContent?.slice(0, 40)}`);
  }, width);

const answers = (page: Page) =>
  page.waitForFunction(() => document.querySelector("[data-live='false']") === null);

const choose = async (page: Page, { lang, theme }: Look): Promise<void> => {
  const { origin: url } = new URL(page.url());
  await page.context().addCookies([
    { name: "vethscope-lang", value: lang, url },
    { name: "vethscope-theme", value: theme, url },
  ]);
};

const picture = async (page: Page, name: string, { lang, theme }: Look): Promise<void> => {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  // The canvas is painted a frame after the page answers.
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(folder, `${name}-${lang}-${theme}.png`) });
};

type Options = {
  /** What one sees is in the page's own memory: it would be gone after a reload. */
  readonly here?: boolean;
  /** Brings back what a reload has closed. */
  readonly prepare?: () => Promise<void>;
};

const checkLook = async (page: Page, name: string, look: Look): Promise<void> => {
  await expect(page.locator("html")).toHaveAttribute("lang", look.lang);
  expect(await faults(page), `${name}, ${look.lang}, ${look.theme}`).toEqual([]);
};

const checkPhone = async (page: Page, name: string): Promise<void> => {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await widerThan(page, 390), `${name} on a phone`).toEqual([]);
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}-phone.png`) });
  if (size !== null) await page.setViewportSize(size);
};

/**
 * That what is shown is right for everyone: axe finds nothing in either language and theme, and a phone shows
 * it whole. Ends in English, in the light.
 */
export const expectFine = async (
  page: Page,
  name: string,
  { here = false, prepare = async () => undefined }: Options = {},
): Promise<void> => {
  if (here) {
    await picture(page, name, { lang: "en", theme: "light" });
    return expect(await faults(page), name).toEqual([]);
  }
  for (const look of folder === undefined ? checked : [...kept, ...checked]) {
    await choose(page, look);
    await page.reload();
    await answers(page);
    await prepare();
    if (checked.includes(look)) await checkLook(page, name, look);
    await picture(page, name, look);
  }
  await checkPhone(page, name);
};
