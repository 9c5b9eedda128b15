import { expect, type Page } from "playwright/test";
import { wordsIn } from "@/lib/messages/words";
import { complaints } from "./host-page";
import { test } from "./live-page";
import { faults, widerThan } from "./looks";

test.use({ locale: "en-US", viewport: { width: 1280, height: 900 } });
test.describe.configure({ timeout: 60_000 });

const article = `查看宿主机的网卡：
5: veth30314cf@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP group default
    link/ether 6a:1c:0b:52:e8:94 brd ff:ff:ff:ff:ff:ff link-netnsid 0
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    inet 127.0.0.1/8 scope host lo
4: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 172.17.0.2/16 brd 172.17.255.255 scope global eth0
`;

const words = wordsIn("en");
const part = (page: Page) => page.locator("[data-paste]");
const field = (page: Page) => part(page).getByRole("textbox", { name: words("paste.field") });
const draw = (page: Page) => part(page).getByRole("button", { name: words("paste.draw") });

const ready = async (page: Page, lang = "en"): Promise<void> => {
  await page.goto(`/open?lang=${lang}`);
  await page.waitForLoadState("networkidle");
};

test("an article's text becomes the picture, its owner chosen by hand, and nobody is asked", async ({
  page,
}) => {
  const heard = complaints(page);
  await ready(page);
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url()));
  await field(page).fill(article);
  await expect(part(page).getByText("1 pair found")).toBeVisible();
  const menus = part(page).getByRole("combobox");
  await expect(menus).toHaveCount(2);
  await expect(menus.nth(0)).toHaveValue("host");
  await menus.nth(1).selectOption({ label: words("paste.owner.another") });
  await part(page)
    .getByRole("textbox", { name: words("paste.name") })
    .fill("web");
  await expect(part(page).getByText("lsns -t net -o NS,PID,NETNSID")).toBeVisible();
  await draw(page).click();
  await expect(page.getByText(/^Opened from what was pasted/)).toBeVisible();
  await page.getByText(words("header.table"), { exact: true }).first().click();
  const row = page.getByRole("row").filter({ hasText: "eth0@if5" });
  await expect(row).toContainText("web");
  await expect(row).toContainText("veth30314cf@if4");
  expect(sent.filter((url) => url.includes("/api/"))).toEqual([]);
  expect(heard).toEqual([]);
});

test("a container known by its iflink alone is paired, and rules that were not pasted are said to be so", async ({
  page,
}) => {
  await ready(page);
  await field(page).fill(`$ docker exec web cat /sys/class/net/eth0/iflink
9
$ ip link
9: veth0e9cd8d@if8: <BROADCAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP
`);
  await expect(part(page).getByText("1 pair found")).toBeVisible();
  await expect(part(page).getByText("line 2", { exact: true })).toBeVisible();
  await draw(page).click();
  await expect(page.getByText(/^Opened from what was pasted/)).toBeVisible();
  await expect(page.getByText(words("paste.noRules"))).toBeVisible();
  await page.getByText(words("header.table"), { exact: true }).first().click();
  const row = page.getByRole("row").filter({ hasText: "eth0@if9" });
  await expect(row).toContainText("consistent");
});

test("lines that nobody understood stand there with their numbers, markup as text", async ({
  page,
}) => {
  await ready(page);
  await field(page).fill(`${article}<img src=x onerror="document.title='owned'"> \u202e.\n`);
  const section = part(page).getByText(words("paste.unread")).first();
  await section.click();
  await expect(part(page).getByRole("listitem").filter({ hasText: "<img src=x" })).toContainText(
    "9",
  );
  await expect(part(page).locator("img")).toHaveCount(0);
});

test("a novel, ten megabytes and a picture's bytes are refused in words", async ({ page }) => {
  await ready(page);
  const status = part(page).getByRole("status").last();
  await field(page).fill("It was the best of times.\n".repeat(200));
  await expect(part(page).getByText("None of these 200 lines is output")).toBeVisible();
  await expect(draw(page)).toBeDisabled();
  await field(page).evaluate((area: HTMLTextAreaElement) => {
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")?.set;
    set?.call(area, "x".repeat(10_000_000));
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await expect(part(page).getByText("10 million characters")).toBeVisible();
  await field(page).fill("\u0089PNG\u0000\u0000\u0000");
  await expect(part(page).getByText(words("paste.refused.binary"))).toBeVisible();
  await expect(status).toBeVisible();
});

for (const lang of ["en", "zh-CN"] as const)
  for (const colorScheme of ["light", "dark"] as const)
    test(`fine in ${lang}, ${colorScheme}, and on a phone`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await ready(page, lang);
      await field(page).or(page.locator("[data-paste] textarea")).first().fill(article);
      await expect(part(page).getByRole("combobox")).toHaveCount(2);
      expect(await faults(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await widerThan(page, 390)).toEqual([]);
    });
