import { readFileSync } from "node:fs";
import { expect, type Page } from "playwright/test";
import { complaints, details, expectProven, grid, hostPage, said, truePair } from "./host-page";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });
test.describe.configure({ timeout: 60_000 });

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
  });

/** A person waits until the focus has moved; on a busy machine that is a moment. */
const press = async (page: Page, key: string): Promise<void> => {
  const before = await page.evaluateHandle(() => document.activeElement);
  await page.keyboard.press(key);
  await page
    .waitForFunction((from) => document.activeElement !== from, before, { timeout: 1500 })
    .catch(() => undefined);
};

/** Presses a key until the focus is on something of this name; a person would give up sooner. */
const pressTo = async (page: Page, key: string, name: RegExp, most = 60): Promise<void> => {
  for (let presses = 0; presses < most; presses += 1) {
    await press(page, key);
    if (name.test(await focused(page))) return;
  }
  throw new Error(`${key} does not lead to ${name}, but to ${await focused(page)}.`);
};

/** Presses Tab until the focus is inside a list of this name. */
const tabInto = async (page: Page, list: RegExp): Promise<void> => {
  const around = () =>
    page.evaluate(() => document.activeElement?.closest("ul")?.getAttribute("aria-label") ?? "");
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (list.test(await around())) return;
  }
  throw new Error(`Tab does not lead into ${list}.`);
};

/** Presses the arrow until the row that is heard speaks of this interface. */
const downToRow = async (page: Page, ifname: string): Promise<void> => {
  const heard = () =>
    page.evaluate(() => document.activeElement?.closest("li")?.querySelector("span")?.textContent);
  for (let presses = 0; presses < 40; presses += 1) {
    if ((await heard())?.includes(ifname)) return;
    await press(page, "ArrowDown");
  }
  throw new Error(`No row speaks of ${ifname}.`);
};

test("the whole job without a mouse: host, container, evidence, peer, table, diagnosis, picture", async ({
  page,
}) => {
  const heard = complaints(page);
  const pair = truePair("web", "eth0");
  await page.goto("/hosts");
  await pressTo(page, "Tab", /^This machine$/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(hostPage);
  await expect(page.getByRole("group", { name: /bridge/ })).toBeVisible();

  // The container, in the picture.
  const picture = page.getByRole("list", { name: /Attachments/ });
  await expect(picture.getByRole("button").first()).toBeAttached();
  await tabInto(page, /^Attachments/);
  await press(page, "Home");
  // Down to its row, then along the path from wherever one is to the container.
  await downToRow(page, pair.onHost.ifname);
  await pressTo(page, "ArrowRight", /^web$/, 12);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=ctr:web$/);
  await expect(said(page)).toContainText("web eth0, ifindex");

  // Once more: on to what is told of it, and to what the kernel printed.
  await page.keyboard.press("Enter");
  await expect(details(page)).toBeFocused();
  await expectProven(page, pair);
  await pressTo(page, "Tab", /is the ifindex of/);
  await page.keyboard.press("Enter");
  await expect(details(page).locator("pre").first()).toContainText("ifindex");

  // Its interface, its peer, and back.
  await pressTo(page, "Shift+Tab", new RegExp(`^${pair.inside.ifname}(@if\\d+)?$`));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sel=if:ctr:web\/eth0$/);
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/sel=peer:ctr:web\/eth0$/);
  await expect(details(page).getByRole("heading", { level: 2 })).toContainText(pair.onHost.ifname);

  // The same in the table, then what is wrong with the host.
  await page.keyboard.press("t");
  await expect(grid(page)).toBeVisible();
  await expect(page).toHaveURL(/view=table&sel=peer:ctr:web\/eth0$/);
  await page.keyboard.press("d");
  await expect(page).toHaveURL(/view=diagnose/);
  await expect(page.getByRole("heading", { name: /problem/ }).first()).toBeVisible();

  // The picture, to keep.
  await page.keyboard.press("g");
  await expect(page.getByRole("group", { name: /bridge/ })).toBeVisible();
  await page.keyboard.press("s");
  const sharing = page.getByRole("dialog", { name: "Share this host" });
  await expect(sharing).toBeVisible();
  await pressTo(page, "Tab", /^Save$/);
  const saved = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const file = readFileSync(await (await saved).path());
  expect(file.subarray(1, 4).toString()).toBe("PNG");
  await page.keyboard.press("Escape");
  await expect(sharing).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(hostPage);
  expect(heard).toEqual([]);
});

test("y copies the first command to check what is chosen, and says so", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${hostPage}?sel=pair:peer:ctr:web/eth0`);
  await expectProven(page, truePair("web", "eth0"));
  await page.keyboard.press("y");
  await expect(details(page).getByRole("status").filter({ hasText: "Copied" })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    "docker exec web cat /sys/class/net/eth0/iflink",
  );
});

test("? shows the keys; those who want none turn them off, and that lasts", async ({ page }) => {
  await page.goto(hostPage);
  await expect(page.getByRole("group", { name: /bridge/ })).toBeVisible();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard" });
  await expect(dialog).toBeVisible();
  const single = dialog.getByRole("checkbox", { name: /Single keys act/ });
  await expect(single).toBeChecked();
  await single.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  for (const again of [false, true]) {
    if (again) await page.reload();
    await expect(page.getByRole("group", { name: /bridge/ })).toBeVisible();
    for (const key of ["t", "d", "?", "o"]) await page.keyboard.press(key);
    await expect(page).toHaveURL(hostPage);
    await expect(dialog).toBeHidden();
  }
  // The way back is a button, and what is no single key still works.
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await single.click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  await expect(page).toHaveURL(`${hostPage}?view=table`);
});
