import { expect, type Page } from "playwright/test";
import { manyContainers, type TestWorld, topologyOf } from "@/lib/graph/test-world";
import { pack } from "@/lib/wire/wire";
import { complaints, hostPage } from "./host-page";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

/** The host's page with another reading: a written host, as the API would send it. */
const openWith = async (page: Page, world: TestWorld, query = "") => {
  const { host, ...rest } = topologyOf(world);
  const topology = pack({ ...rest, host: { ...host, source: "live" } });
  await page.route("**/refresh", (route) => route.fulfill({ json: { snapshot: "1", topology } }));
  await page.goto(`${hostPage}${query}`);
  await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.locator("[data-view=graph] [role=group]")).toHaveAttribute(
    "aria-label",
    /^prod-01/,
  );
};

/** How many shapes are painted in the window. */
const shapes = async (page: Page): Promise<number> =>
  Number(await page.locator("[data-view=graph] canvas[data-shapes]").getAttribute("data-shapes"));

const canvasBytes = (page: Page): Promise<string> =>
  page
    .locator("[data-view=graph] canvas[data-shapes]")
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

test("of 1,000 open rows only those in the window are painted, near by and far away", async ({
  page,
}) => {
  await openWith(page, manyContainers(1000));
  await page.getByRole("button", { name: "Open all" }).click();
  await expect(page.getByText(/^Showing /)).toHaveText("Showing 1,000 of 1,000");
  expect(await shapes(page)).toBeLessThan(1300);
  expect(await shapes(page)).toBeGreaterThan(100);
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("-");
  await expect.poll(() => shapes(page)).toBeLessThan(1300);
  await page.getByRole("button", { name: "Close all" }).click();
  await expect(page.getByText(/^Showing /)).toHaveText("Showing 0 of 1,000");
});

test("3,000 rows are not opened at once: the table shows them", async ({ page }) => {
  await openWith(page, manyContainers(3000));
  await expect(page.getByRole("button", { name: "Open all" })).toHaveCount(0);
  await page.getByRole("button", { name: "All in the table" }).click();
  await expect(page).toHaveURL(/view=table/);
});

test("from far away a card says which host it is; one step closer it is gone", async ({ page }) => {
  await openWith(page, manyContainers(1000));
  const closer = page.getByRole("button", { name: "Closer" });
  await expect(closer).toHaveCount(0);
  for (let step = 0; step < 12; step += 1) await page.keyboard.press("-");
  await expect(closer).toBeVisible();
  await expect(page.locator("[data-view=graph]")).toContainText("1,000 containers");
  await closer.click();
  await expect(closer).toHaveCount(0);
});

test("what stands under the pointer is found where it is painted, near by and compact", async ({
  page,
}) => {
  await openWith(page, manyContainers(20));
  const list = page.locator("[data-view=graph] ul button");
  await list.filter({ hasText: "docker0" }).first().focus();
  const ring = page.locator("[data-view=graph] svg[aria-hidden] g rect").last();
  for (const steps of [0, 3]) {
    for (let step = 0; step < steps; step += 1) await page.keyboard.press("-");
    const place = await ring.boundingBox();
    if (place === null) throw new Error("the focus is shown");
    // Cytoscape has its elements in place when nothing has moved for a moment.
    await expect(async () => {
      await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
      await expect(page).toHaveURL(/sel=/, { timeout: 500 });
    }).toPass();
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/sel=/);
    await list.filter({ hasText: "docker0" }).first().focus();
  }
});

const bad: TestWorld = {
  networks: [
    { name: "bridge", bridge: "docker0" },
    { name: "<img src=x onerror=alert(1)>", bridge: "br-aaaaaaaaaaaa" },
    { name: "مرحبا\u202eevil", bridge: "br-bbbbbbbbbbbb" },
  ],
  containers: [
    { name: "<script>alert(1)</script>", on: ["bridge"] },
    { name: "evil\u202etxt.exe", on: ["bridge"] },
    { name: "🐳👨‍👩‍👧‍👦", on: ["bridge"] },
    { name: "W".repeat(200), on: ["<img src=x onerror=alert(1)>"] },
    { name: '$(id) `x` "z"', on: ["مرحبا\u202eevil"] },
  ],
};

for (const [name, world] of Object.entries({
  "names that would do harm": bad,
  "no container": { networks: [], containers: [] },
  "one container in 40 networks": {
    networks: Array.from({ length: 40 }, (_, nth) => ({ name: `net-${nth}`, bridge: `br-${nth}` })),
    containers: [{ name: "hub", on: Array.from({ length: 40 }, (_, nth) => `net-${nth}`) }],
  },
} satisfies Record<string, TestWorld>)) {
  test(`${name}: painted in both orientations, and nothing of it runs`, async ({ page }) => {
    const heard = complaints(page);
    await openWith(page, world);
    const across = await canvasBytes(page);
    await page.keyboard.press("o");
    await expect(page).toHaveURL(/orient=textbook/);
    await expect.poll(() => shapes(page)).toBeGreaterThan(3);
    await expect.poll(async () => (await canvasBytes(page)) === across).toBe(false);
    expect(await page.locator("body").innerHTML()).not.toContain("\u202e");
    expect(heard).toEqual([]);
  });
}
