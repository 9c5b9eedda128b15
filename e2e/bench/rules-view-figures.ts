import type { Page } from "playwright";
import type { Figure } from "./figure";
import { manyRulesPacked } from "./rules-figures";
import { watchFrames } from "./watch-frames";

const list = "[data-testid=rules]";

/** From the click that asks for the view to its first rule on the screen, in ms; the answer is at hand. */
const opened = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const start = performance.now();
    const [button] = [...document.querySelectorAll("button")].filter(
      ({ textContent }) => textContent === "Rules",
    );
    button?.click();
    while (document.querySelector("[data-kind=rule]") === null) await frame();
    return performance.now() - start;
  });

/** Through thousands of rules by the wheel: frames, their 95th percentile in ms. */
const scrolled = async (page: Page): Promise<number> => {
  await page.locator(list).hover();
  const end = await watchFrames(page);
  for (let step = 0; step < 60; step += 1) await page.mouse.wheel(0, 1500);
  return end();
};

/** From a letter that is typed to the list that holds only what fits, in ms. */
const searched = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const field = document.querySelector<HTMLInputElement>("input[aria-label='Search rules']");
    const said = () => document.querySelector("[data-view=rules] [role=status]")?.textContent;
    const before = said();
    const start = performance.now();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, "8080");
    field?.dispatchEvent(new Event("input", { bubbles: true }));
    while (said() === before) await frame();
    return performance.now() - start;
  });

/** The Rules view of a host with twenty thousand rules. */
export async function rulesViewFigures(page: Page, link: string): Promise<readonly Figure[]> {
  const body = manyRulesPacked();
  await page.route("**/rules?*", (route) =>
    route.fulfill({ contentType: "application/json", body }),
  );
  await page.goto(new URL("/hosts/local?view=graph", link).href);
  await page.getByRole("button", { name: "Refresh" }).waitFor();
  const open = await opened(page);
  const scroll = await scrolled(page);
  // The wheel's last turns are still being drawn.
  await page.waitForTimeout(500);
  const search = await searched(page);
  await page.unroute("**/rules?*");
  return [
    { name: "20,000 rules: click → first rule", value: open, unit: "ms", goal: { atMost: 1000 } },
    { name: "20,000 rules: scroll, frame p95", value: scroll, unit: "ms", goal: { atMost: 34 } },
    { name: "20,000 rules: search, one letter", value: search, unit: "ms", goal: { atMost: 100 } },
  ];
}
