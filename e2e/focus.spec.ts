import { expect, type Page } from "playwright/test";
import { details, hostPage, litTexts, truePair } from "./host-page";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

/** Where on the screen the picture shows a thing that is lit. */
const placeOfLit = async (page: Page, label: string) => {
  const box = await litTexts(page).filter({ hasText: label }).first().boundingBox();
  if (box === null) throw new Error(`${label} is not lit.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** What a rest of the pointer would have lit by then is lit. */
const longAfter = async (page: Page): Promise<void> => {
  await page.clock.runFor(1000);
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
  );
};

test("the pointer's rest lights the path and changes nothing else; passing over lights nothing", async ({
  page,
}) => {
  const { onHost, inside } = truePair("web", "eth0");
  const label = `${onHost.ifname}@if${inside.ifindex}`;
  await page.clock.install();
  await page.goto(`${hostPage}?sel=ctr:web`);
  const place = await placeOfLit(page, label);
  await page.keyboard.press("Escape");
  await expect(litTexts(page).filter({ hasText: label })).toHaveCount(0);

  await page.mouse.move(place.x, place.y);
  await page.mouse.move(place.x, 5);
  await longAfter(page);
  await expect(litTexts(page).filter({ hasText: label })).toHaveCount(0);

  await page.mouse.move(place.x, place.y);
  await expect(litTexts(page).filter({ hasText: label })).toHaveCount(1);
  await expect(
    litTexts(page).filter({ hasText: `${inside.ifname}@if${onHost.ifindex}` }),
  ).toHaveCount(1);
  await expect(litTexts(page).filter({ hasText: "docker0" })).toHaveCount(1);
  await expect(page).toHaveURL(hostPage);
  await expect(details(page).getByRole("heading", { level: 2 })).not.toContainText(onHost.ifname);
  await page.mouse.move(place.x, 5);
  await expect(litTexts(page).filter({ hasText: label })).toHaveCount(0);
});

test("a click keeps it lit, wherever the pointer goes, until Escape", async ({ page }) => {
  const { onHost, inside } = truePair("web", "eth0");
  const other = truePair("web2", "eth0").onHost;
  await page.clock.install();
  await page.goto(`${hostPage}?sel=ctr:web2`);
  const elsewhere = await placeOfLit(page, other.ifname);
  await page.goto(`${hostPage}?sel=ctr:web`);
  const place = await placeOfLit(page, `${onHost.ifname}@if${inside.ifindex}`);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(hostPage);
  await page.mouse.click(place.x, place.y);
  await expect(page).toHaveURL(/sel=peer:ctr:web\/eth0/);
  await page.mouse.move(elsewhere.x, elsewhere.y);
  await longAfter(page);
  await expect(litTexts(page).filter({ hasText: onHost.ifname })).toHaveCount(1);
  await expect(litTexts(page).filter({ hasText: other.ifname })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(litTexts(page).filter({ hasText: onHost.ifname })).toHaveCount(0);
});

test("the picture under what is lit is faded as a whole, not painted anew", async ({ page }) => {
  await page.goto(hostPage);
  const canvas = page.locator("[data-view=graph] canvas").last();
  await expect(canvas).toBeVisible();
  const opacity = () =>
    canvas.evaluate((each) => {
      let seen = 1;
      for (let at: Element | null = each; at !== null; at = at.parentElement) {
        seen *= Number(getComputedStyle(at).opacity);
      }
      return seen;
    });
  expect(await opacity()).toBe(1);
  await page.goto(`${hostPage}?sel=ctr:web`);
  await expect(litTexts(page).filter({ hasText: "docker0" })).toHaveCount(1);
  expect(await opacity()).toBeLessThan(0.5);
});
