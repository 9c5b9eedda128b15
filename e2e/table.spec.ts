import { readFile } from "node:fs/promises";
import { expect, type Page } from "playwright/test";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import { openWritten } from "./generated-host";
import { complaints, grid, hostPage, truePair } from "./host-page";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

const table = `${hostPage}?view=table`;
const rows = (page: Page) => grid(page).locator("[data-row]");
const cells = (page: Page, column: string) => rows(page).locator(`[data-column=${column}]`);
const tools = (page: Page) => page.getByRole("toolbar", { name: "Table tools" });
const heading = (page: Page, name: string) =>
  page
    .getByRole("columnheader")
    .filter({ has: page.getByRole("button", { name: `Sort by ${name}`, exact: true }) });

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const allowed = ["clipboard-read", "clipboard-write"];

test("sorting is told by the heading and the URL, and numbers sort as numbers", async ({
  page,
}) => {
  await page.goto(table);
  await heading(page, "Container").getByRole("button", { name: "Sort by Container" }).click();
  await expect(page).toHaveURL(`${table}&sort=container`);
  await expect(heading(page, "Container")).toHaveAttribute("aria-sort", "ascending");
  // Rows without a container are sorted among them by what their namespace is called.
  const names = await cells(page, "container")
    .locator("button:first-child > span[translate=no]")
    .allTextContents();
  const order = new Intl.Collator("en", { numeric: true });
  expect(names.length).toBeGreaterThan(10);
  expect(names).toEqual(names.toSorted((a, b) => order.compare(a, b)));
});

test("a filter under a heading is a condition of the search, and the other way round", async ({
  page,
}) => {
  await page.goto(table);
  await tools(page).getByRole("button", { name: "Filter columns" }).click();
  await page.getByRole("textbox", { name: "Filter by Bridge · network" }).fill("shop");
  await page.getByRole("textbox", { name: "Filter by IP" }).fill("172.30.0.50");
  await expect(cells(page, "container")).toHaveText(["db"]);
  await expect(page).toHaveURL(/q=net:shop%20ip:172.30.0.50&hide=1/);
  await page.getByRole("combobox", { name: /^Search/ }).fill("net:quiet");
  await expect(page.getByRole("textbox", { name: "Filter by Bridge · network" })).toHaveValue(
    "quiet",
  );
  await expect(page.getByRole("textbox", { name: "Filter by IP" })).toHaveValue("");
  await expect(rows(page)).toHaveCount(2);
});

test("columns can be chosen, and are in the URL", async ({ page }) => {
  await page.goto(table);
  await tools(page).getByRole("button", { name: "Columns", exact: true }).click();
  await page.getByRole("menuitemcheckbox", { name: "MAC" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Ports" }).click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(`${table}&cols=network,near,far,container,address,mac,proof`);
  await expect(heading(page, "MAC")).toBeVisible();
  await expect(heading(page, "Ports")).toHaveCount(0);
  await page.reload();
  await expect(cells(page, "mac").first()).toContainText(/([0-9a-f]{2}:){5}/);
});

test("Ctrl C copies the cell that the focus is on; rows chosen with Shift go as one table", async ({
  page,
  context,
}) => {
  await context.grantPermissions(allowed);
  const { onHost, inside } = truePair("web2", "eth0");
  await page.goto(`${table}&q=name:web2 net:bridge&hide=1&cols=near,far,container`);
  await expect(rows(page)).toHaveCount(1);
  const cell = rows(page).getByRole("button", { name: onHost.ifname });
  await cell.focus();
  await page.keyboard.press("Control+c");
  expect(await clipboard(page)).toBe(`${onHost.ifname}@if${inside.ifindex}`);

  await page.goto(`${table}&q=net:shop kind:container&hide=1&cols=far,container&sort=container`);
  await expect(rows(page)).toHaveCount(3);
  await rows(page).first().getByRole("button").first().focus();
  await page.keyboard.press("Shift+ArrowDown");
  await expect(tools(page)).toContainText("2 rows chosen");
  await page.keyboard.press("Control+c");
  const api = truePair("api", "eth0");
  const db = truePair("db", "eth0");
  const label = ({ inside: end, onHost: other }: typeof api) => `${end.ifname}@if${other.ifindex}`;
  expect(await clipboard(page)).toBe(
    `eth (container end)\tContainer\n${label(api)}\tapi\n${label(db)}\tdb`,
  );
});

test("where the browser gives no clipboard, the rows are shown to be copied by hand", async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await page.goto(`${table}&cols=container`);
  await tools(page).getByRole("button", { name: "Copy", exact: true }).click();
  await page.getByRole("menuitem", { name: "Whole table" }).click();
  const text = page.getByRole("textbox", { name: "Copy" });
  await expect(text).toBeVisible();
  await expect(text).toHaveValue(/^Container\n/);
  await page.keyboard.press("Escape");
  await expect(text).toBeHidden();
});

test("the CSV holds what is shown, in its order, and no spreadsheet runs a name", async ({
  page,
}) => {
  const sly = ["=HYPERLINK(1)", "+1+1", "@SUM(A1)", "-2+3", 'say "hi", you', "a\u202eb"];
  const world = { networks: [{ name: "shop", bridge: "br-shop" }] };
  const containers = sly.map((name) => ({ name, on: ["shop"] }));
  await openWritten(page, topologyOf({ ...world, containers }), "?view=table&cols=container,proof");
  const saving = page.waitForEvent("download");
  await tools(page).getByRole("button", { name: "Download as CSV" }).click();
  const download = await saving;
  expect(download.suggestedFilename()).toBe("prod-01.csv");
  const bytes = await readFile((await download.path()) ?? "");
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = bytes.toString("utf8").slice(1).split("\r\n");
  expect(lines[0]).toBe("Container,Proof");
  expect(lines.slice(1).toSorted()).toEqual(
    [
      "",
      `"'+1+1",exact`,
      `"'-2+3",exact`,
      `"'=HYPERLINK(1)",exact`,
      `"'@SUM(A1)",exact`,
      `"say ""hi"", you",exact`,
      "a\\u{202e}b,exact",
    ].toSorted(),
  );
});

test("3,000 rows: few are in the page, all are counted, the keyboard reaches the last", async ({
  page,
}) => {
  const heard = complaints(page);
  await openWritten(page, topologyOf(manyContainers(3000)), "?view=table");
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "3301");
  expect(await rows(page).count()).toBeLessThan(150);
  await rows(page).first().getByRole("button").first().focus();
  await page.keyboard.press("End");
  await expect(page.locator("[data-row]:has(:focus)")).toHaveAttribute("aria-rowindex", "3301");
  await expect(page.locator("*:focus")).toBeInViewport();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator("[data-row]:has(:focus)")).toHaveAttribute("aria-rowindex", "3300");
  // Scrolled away, the row of the keyboard stays where it is.
  await grid(page).evaluate((found) => found.parentElement?.scrollTo(0, 0));
  await expect(page.locator('[data-row][aria-rowindex="2"]')).toBeAttached();
  await page.keyboard.press("ArrowUp");
  await expect(page.locator("[data-row]:has(:focus)")).toHaveAttribute("aria-rowindex", "3299");
  await page.keyboard.press("Home");
  await expect(page.locator("[data-row]:has(:focus)")).toHaveAttribute("aria-rowindex", "2");
  expect(heard).toEqual([]);
});

test("what is chosen elsewhere is brought into view among 3,000", async ({ page }) => {
  await openWritten(
    page,
    topologyOf(manyContainers(3000)),
    "?view=table&q=project-7-web-2887 kind:container",
  );
  await expect(page.getByTestId("find-count")).toHaveText("1 match");
  await page.getByRole("combobox", { name: /^Search/ }).focus();
  await page.keyboard.press("Enter");
  const row = rows(page).and(page.locator("[aria-selected=true]"));
  await expect(row.first()).toBeInViewport();
  await expect(row.first()).toContainText("project-7-web-2887");
});

test("a phone shows cards, with the search and without moving sideways", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${hostPage}?q=net:shop&hide=1`);
  await expect(rows(page).first()).toContainText("veth (host end)");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
  const [first, second] = [
    await rows(page).nth(0).boundingBox(),
    await rows(page).nth(1).boundingBox(),
  ];
  expect((first?.y ?? 0) + (first?.height ?? 0)).toBeLessThanOrEqual((second?.y ?? 0) + 1);
});

test("stopped containers that are hidden are told of, whatever else the table would have", async ({
  page,
}) => {
  const world = topologyOf({
    networks: [],
    containers: ["one", "two"].map((name) => ({ name, on: [], is: "stopped" as const })),
  });
  await openWritten(page, { ...world, links: [] }, "?view=table");
  const why = page.getByTestId("hidden-stopped");
  await expect(why).toContainText("2 containers that do not run");
  await why.getByRole("button", { name: "Show stopped containers" }).click();
  await expect(cells(page, "container")).toHaveText(["one", "two"]);
  await expect(cells(page, "near").first()).toContainText("not running");
});
