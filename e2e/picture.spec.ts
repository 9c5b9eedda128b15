import { expect, type Page } from "playwright/test";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import { pack } from "@/lib/wire/wire";
import { complaints, hostPage, litTexts, truePair } from "./host-page";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

const picture = (page: Page) => page.getByRole("group", { name: /bridge/ });
/** Keys do something once the canvas is there: before that the page is only what the server wrote. */
const open = async (page: Page, query: string) => {
  await page.goto(`${hostPage}${query}`);
  await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });
};
const stop = (page: Page, name: string) =>
  picture(page).getByRole("button", { name, exact: true }).first();

/** Where a lit name stands, by the SVG that lies over the faded picture. */
const litAt = async (page: Page, text: string) => {
  const box = await litTexts(page).filter({ hasText: text }).first().boundingBox();
  if (box === null) throw new Error(`${text} is not lit`);
  return box;
};

test("o turns the picture: the container above its veth, the bridge under it, and back", async ({
  page,
}) => {
  const heard = complaints(page);
  const { onHost, inside } = truePair("web", "eth0");
  const host = `${onHost.ifname}@if${inside.ifindex}`;
  await open(page, "?sel=ctr:web");
  await expect(litTexts(page).filter({ hasText: host })).toHaveCount(1);
  const across = [await litAt(page, "docker0"), await litAt(page, host)];
  expect(across[0]?.x).toBeLessThan(across[1]?.x ?? 0);

  await page.keyboard.press("o");
  await expect(page).toHaveURL(/orient=textbook/);
  await expect(page.getByRole("button", { name: "Textbook" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  const [eth, veth, bridge] = [
    await litAt(page, `${inside.ifname}@if${onHost.ifindex}`),
    await litAt(page, host),
    await litAt(page, "docker0"),
  ];
  expect(eth.y).toBeLessThan(veth.y);
  expect(veth.y).toBeLessThan(bridge.y);

  await page.keyboard.press("o");
  await expect(page).not.toHaveURL(/orient=/);
  expect(heard).toEqual([]);
});

test("in a textbook up leads towards the container, down towards the bridge", async ({ page }) => {
  const { onHost, inside } = truePair("web", "eth0");
  const veth = `${onHost.ifname}@if${inside.ifindex}`;
  await open(page, "?orient=textbook&sel=peer:ctr:web/eth0");
  await stop(page, veth).focus();
  await page.keyboard.press("ArrowUp");
  await expect(stop(page, `${inside.ifname}@if${onHost.ifindex}`)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator("*:focus")).toHaveText("docker0");
});

test("p leads from one end of a pair to the other, and from a container to its host end", async ({
  page,
}) => {
  await open(page, "?sel=if:ctr:web/eth0");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/sel=peer:ctr:web\/eth0/);
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/sel=if:ctr:web\/eth0/);
  await open(page, "?sel=ctr:web");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/sel=peer:ctr:web\/eth0/);
});

test("the help shows exactly the single keys that do something", async ({ page }) => {
  await open(page, "?sel=ctr:web");
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard" });
  const printed = (await dialog.locator("kbd").allTextContents()).filter(
    (each) => [...each].length === 1,
  );
  await page.keyboard.press("Escape");
  /** A key that does something is kept from the browser. */
  const isOurs = (pressed: string) =>
    page.evaluate((key) => {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      return !document.body.dispatchEvent(event);
    }, pressed);
  const signs = Array.from({ length: 94 }, (_, nth) => String.fromCharCode(33 + nth));
  const idle = signs.filter((each) => !printed.includes(each) && each !== "?");
  for (const each of idle) expect(await isOurs(each), `${each} is not in the help`).toBe(false);
  // Some lead to another view, where others do nothing; what `s` opens comes in its own time.
  const last = (each: string) => ["t", "P", "R", "d", "s"].indexOf(each);
  for (const each of printed.toSorted((a, b) => last(a) - last(b))) {
    expect(await isOurs(each), `${each} is in the help`).toBe(true);
    if (last(each) < 0 || each === "s") continue;
    expect(await isOurs("g")).toBe(true);
    await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });
  }
  expect(printed.length).toBeGreaterThan(12);
});

test("y copies what is selected also where the panel is a moment behind", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "?sel=pair:peer:ctr:web/eth0");
  await expect(page.locator("#details")).toContainText("eth0");
  // At the very moment when something else is selected and the panel still shows what was.
  await page.evaluate(() => {
    const panel = document.querySelector("#details");
    if (panel === null) throw new Error("There is no panel.");
    const seen = new MutationObserver(() => {
      if (panel.ariaBusy !== "true") return;
      seen.disconnect();
      document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: "y", bubbles: true, cancelable: true }),
      );
    });
    seen.observe(panel, { attributeFilter: ["aria-busy"] });
  });
  await stop(page, "docker0").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=if:host\/docker0/);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("docker0");
});

test("a container that does not run says so where it is what one searched for", async ({
  page,
}) => {
  await open(page, "?q=state:stopped&hide=1");
  const why = page.getByTestId("hidden-stopped");
  await expect(why).toContainText("does not run");
  await why.getByRole("button", { name: "Show stopped containers" }).click();
  await expect(page).toHaveURL(/stopped=1/);
  await expect(why).toHaveCount(0);
});

test("a grouping is chosen by menu and kept in the URL", async ({ page }) => {
  await open(page, "");
  await page.getByRole("button", { name: "Group rows" }).click();
  await page.getByRole("menuitemradio", { name: "By compose project" }).click();
  await expect(page).toHaveURL(/grp=project/);
  await page.reload();
  await expect(page.getByRole("button", { name: "Group rows" })).toContainText(
    "By compose project",
  );
});

test("a host of 1,000 containers begins with closed blocks; Enter opens one, and closes it again", async ({
  page,
}) => {
  const { host, ...rest } = topologyOf(manyContainers(1000));
  const topology = pack({ ...rest, host: { ...host, source: "live" } });
  await page.route("**/refresh", (route) => route.fulfill({ json: { snapshot: "1", topology } }));
  await open(page, "");
  await page.getByRole("button", { name: "Refresh" }).click();
  const showing = page.getByText(/^Showing /);
  await expect(showing).toHaveText("Showing 0 of 1,000");
  await picture(page)
    .getByRole("button", { name: /^Show 25 more, / })
    .first()
    .focus();
  await page.keyboard.press("Enter");
  await expect(showing).toHaveText("Showing 25 of 1,000");
  await expect(page).not.toHaveURL(/sel=/);
  await expect(page.locator("*:focus")).toHaveText("▾ Show fewer");
  await page.keyboard.press("Enter");
  await expect(showing).toHaveText("Showing 0 of 1,000");
});

test("a selection in a closed block is drawn", async ({ page }) => {
  const { host, ...rest } = topologyOf(manyContainers(1000));
  const topology = pack({ ...rest, host: { ...host, source: "live" } });
  await page.route("**/refresh", (route) => route.fulfill({ json: { snapshot: "1", topology } }));
  await open(page, "?sel=ctr:project-0-web-40");
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText(/^Showing /)).toHaveText("Showing 1 of 1,000");
  await expect(litTexts(page).filter({ hasText: "project-0-web-40" }).first()).toBeVisible();
});
