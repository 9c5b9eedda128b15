import { expect, type Page } from "playwright/test";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import { openWritten } from "./generated-host";
import { complaints, details, grid, hostPage, litTexts, said, truePair } from "./host-page";
import { test } from "./live-page";
import { expectFine } from "./looks";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

const sample = "/hosts/sample";
const box = (page: Page) => page.getByRole("combobox", { name: /^Search/ });
const matches = (page: Page) => page.getByRole("listbox", { name: "Matches" });
const bar = (page: Page) => page.getByTestId("find-bar");
const count = (page: Page) => page.getByTestId("find-count");
const chips = (page: Page) => bar(page).getByRole("list", { name: "Filters" });
const palette = (page: Page) => page.getByRole("dialog", { name: "Go to or do" });

/** Containers on rows, as the table shows them. */
const inTable = async (page: Page): Promise<readonly string[]> => {
  const cells = grid(page).locator("[data-row] [data-column=container] button");
  return (await cells.allTextContents()).toSorted();
};

test("slash, a name, Enter: there it is, with its path lit and its field told", async ({
  page,
}) => {
  const heard = complaints(page);
  await page.goto(hostPage);
  await page.keyboard.press("/");
  await expect(box(page)).toBeFocused();
  await page.keyboard.type("web");
  await expect(count(page)).toHaveText(/^\d+ matches$/);
  await expect(matches(page).getByRole("option").first()).toContainText("web");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=ctr:web&q=web$/);
  await expect(details(page).getByRole("heading", { level: 2 })).toContainText("web");
  await expect(litTexts(page).filter({ hasText: "docker0" })).toHaveCount(1);
  expect(heard).toEqual([]);
});

test("Enter goes on to the next match and around, Shift+Enter back; both are said", async ({
  page,
}) => {
  await page.goto(`${hostPage}?q=name:web kind:container`);
  await box(page).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=ctr:web&/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=ctr:web2&/);
  await expect(page.getByTestId("find-said")).toHaveText("2 of 2");
  await expect(said(page)).toContainText("web2");
  await page.keyboard.press("Shift+Enter");
  await expect(page).toHaveURL(/sel=ctr:web&/);
  await page.keyboard.press("Shift+Enter");
  await expect(page).toHaveURL(/sel=ctr:web2&/);
});

test("every kind of number leads to its thing, and the matched field is told", async ({ page }) => {
  const { inside, onHost } = truePair("api", "eth0");
  await page.goto(hostPage);
  for (const [typed, field, thing] of [
    ["port:9001", "port", "api"],
    [`if:${onHost.ifname}`, "veth", onHost.ifname],
    [`ifindex:${onHost.ifindex} net:shop`, "ifindex", "@if"],
    [`netns:${inside.netns}`, "netns", "api"],
    ["ip:172.30.0.50/32", "IP", "eth0"],
    ["project:shop kind:container", "project", "api"],
  ] as const) {
    await box(page).fill(typed);
    const option = matches(page).getByRole("option").first();
    await expect(option).toContainText(thing);
    await expect(option).toContainText(field);
  }
});

test("what is searched for is in the URL and leads back from there; each chip can be taken away", async ({
  page,
}) => {
  await page.goto(`${hostPage}?view=table`);
  await box(page).fill("net:shop -name:db");
  await expect(page).toHaveURL(`${hostPage}?view=table&q=net:shop%20-name:db`);
  await expect(chips(page).getByRole("listitem")).toHaveText(["net:shop", "-name:db"]);
  await page.reload();
  await expect(box(page)).toHaveValue("net:shop -name:db");
  await chips(page).getByRole("button", { name: "Remove the filter -name:db" }).click();
  await expect(box(page)).toHaveValue("net:shop");
  await expect(page).toHaveURL(`${hostPage}?view=table&q=net:shop`);
  await bar(page).getByRole("button", { name: "Clear all" }).click();
  await expect(bar(page)).toHaveCount(0);
  await expect(page).toHaveURL(`${hostPage}?view=table`);
});

test("with the rest hidden, table and picture show the same containers", async ({ page }) => {
  await page.goto(`${hostPage}?view=table&q=net:shop kind:container&hide=1`);
  await expect(grid(page)).toBeVisible();
  const listed = await inTable(page);
  expect(listed).toEqual(["api", "db", "proxy"]);
  await page.keyboard.press("g");
  const stops = page.getByRole("list", { name: /Attachments/ }).getByRole("button");
  for (const name of listed) await expect(stops.filter({ hasText: name }).first()).toBeAttached();
  await expect(stops.filter({ hasText: /^web2?$/ })).toHaveCount(0);
  await bar(page).getByRole("checkbox", { name: "Hide the rest" }).click();
  await expect(page).not.toHaveURL(/hide=/);
  await page.keyboard.press("Home");
  await expect(page.getByRole("list", { name: /Attachments/ })).toContainText("web");
});

test("where filters hide all: each can be removed, and the name that was meant is offered", async ({
  page,
}) => {
  for (const view of ["graph", "table"]) {
    await page.goto(`${hostPage}?view=${view}&q=shpo&hide=1`);
    const left = page.getByTestId("nothing-left");
    await expect(left).toContainText("No match for shpo.");
    await expect(left.getByRole("button", { name: "Remove the filter shpo" })).toBeVisible();
    await left.getByRole("button", { name: "Search for shop instead" }).click();
    await expect(left).toHaveCount(0);
    await expect(box(page)).toHaveValue("shop");
  }
});

test("a field that does not exist and a value that makes no sense: what to write is said", async ({
  page,
}) => {
  await page.goto(hostPage);
  await box(page).fill("stat:down");
  await expect(bar(page)).toContainText("Did you mean state:?");
  await box(page).fill("port:http");
  await expect(bar(page)).toContainText("port:80,443 or port:8000-9000");
  await box(page).fill("nginx:1.27");
  await expect(bar(page)).toContainText("is searched for as text");
});

test("ten thousand letters are taken, and only their beginning is read", async ({ page }) => {
  const heard = complaints(page);
  await page.goto(hostPage);
  await box(page).fill("中 😀 ".repeat(2000));
  await expect(bar(page)).toContainText("Only the first 1,000 characters");
  await expect(page).toHaveURL(/q=/);
  expect((await page.reload())?.status()).toBe(200);
  expect(heard).toEqual([]);
});

test("an input method has its keys to itself: nothing is chosen while it composes", async ({
  page,
}) => {
  await page.goto(`${hostPage}?q=web`);
  await box(page).focus();
  await box(page).evaluate((field) => {
    const keys = [{ isComposing: true }, { keyCode: 229 }];
    for (const key of keys) {
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...key }));
    }
  });
  await expect(page).toHaveURL(`${hostPage}?q=web`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=ctr:web/);
});

test("arrows go along the matches, Escape takes back one thing at a time", async ({ page }) => {
  await page.goto(hostPage);
  await page.keyboard.press("/");
  await page.keyboard.type("web");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(matches(page).locator("[aria-selected=true]")).toContainText("web2");
  await page.keyboard.press("Escape");
  await expect(matches(page)).toHaveCount(0);
  await expect(box(page)).toHaveValue("web");
  await page.keyboard.press("Escape");
  await expect(box(page)).toHaveValue("");
  await page.keyboard.press("Escape");
  await expect(box(page)).not.toBeFocused();
  await expect(bar(page)).toHaveCount(0);
});

test("a container that does not run is shown when it is chosen", async ({ page }) => {
  await page.goto(`${hostPage}?q=state:stopped`);
  await box(page).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=ctr:gone&stopped=1/);
});

test("names that hold markup are shown as they are, and found", async ({ page }) => {
  const heard = complaints(page);
  const sly = ["<img src=x onerror=alert(1)>", "safe\u202egnp.exe", "🐳 whale"];
  const world = { networks: [{ name: "shop", bridge: "br-shop" }], containers: [] };
  const containers = sly.map((name) => ({ name, on: ["shop"] }));
  await openWritten(page, topologyOf({ ...world, containers }), "");
  for (const [typed, shown] of [
    ["onerror", "<img src=x onerror=alert(1)>"],
    ["gnp.exe", "safe\\u{202e}gnp.exe"],
    ["🐳", "🐳 whale"],
  ] as const) {
    await box(page).fill(typed);
    await expect(matches(page).getByRole("option").first()).toContainText(shown);
  }
  expect(heard).toEqual([]);
});

test("among 1,000 containers a match in a closed block is drawn", async ({ page }) => {
  await openWritten(page, topologyOf(manyContainers(1000)), "");
  await box(page).fill("project-7-web-127");
  await expect(page.getByText(/^Showing 1 of/)).toBeVisible();
  await box(page).fill("project-7");
  await page.getByRole("checkbox", { name: "Hide the rest" }).click();
  await expect(page).toHaveURL(/hide=1/);
  await expect(page.getByRole("list", { name: /Attachments/ })).toContainText("project-7-web-");
});

test("Ctrl K: a container, a host, a view, a theme, each by the keyboard alone", async ({
  page,
}) => {
  const heard = complaints(page);
  const go = async (typed: string) => {
    await page.keyboard.press("Control+k");
    await expect(palette(page)).toBeVisible();
    await page.keyboard.type(typed);
    await expect(palette(page).getByRole("option").first()).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(palette(page)).toHaveCount(0);
  };
  await page.goto(hostPage);
  await go("api");
  await expect(page).toHaveURL(/sel=ctr:api/);
  await go("show the table");
  await expect(page).toHaveURL(/view=table/);
  await go("深色");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await go("textbook");
  await expect(page).toHaveURL(/orient=textbook/);
  await go("简体中文");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("light");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("english");
  await page.keyboard.press("Enter");
  await go("sample host");
  await expect(page).toHaveURL(sample);
  expect(heard).toEqual([]);
});

test("Ctrl K opens the share dialog on the format that was named, copies the link, and gives the focus back", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${sample}?sel=ctr:web`);
  const start = page.getByRole("button", { name: /Choose a host/ });
  await start.focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Escape");
  await expect(start).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("svg");
  await page.keyboard.press("Enter");
  const sharing = page.getByRole("dialog", { name: "Share this host" });
  const saving = page.waitForEvent("download");
  await sharing.getByRole("button", { name: "Save", exact: true }).click();
  expect((await saving).suggestedFilename()).toMatch(/[.]svg$/);
  await page.keyboard.press("Escape");
  await expect(sharing).toBeHidden();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("copy link");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/\/hosts\/sample\?sel=ctr:web$/);
});

test("axe finds nothing: search with its matches, troubles, and nothing left", async ({ page }) => {
  test.setTimeout(90_000);
  await page.goto(`${sample}?q=net:shop stat:x port:http`);
  await expectFine(page, "find-troubles");
  await page.goto(`${sample}?q=shpo&hide=1&view=table`);
  await expectFine(page, "find-nothing");
});
