import { readFileSync } from "node:fs";
import { expect } from "playwright/test";
import { unpack } from "@/lib/wire/wire";
import {
  complaints,
  details,
  expectProven,
  grid,
  hostPage,
  litTexts,
  pairsToContainers,
  said,
  truePair,
} from "./host-page";
import { lab } from "./lab/lab-env";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

test("the first page is the page of this machine", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(hostPage);
  await expect(page.getByRole("group", { name: /bridge/ })).toBeVisible();
});

test("the table has a row for every pair that the lab made, each exact", async ({ page }) => {
  await page.goto(`${hostPage}?view=table`);
  await expect(grid(page)).toBeVisible();
  // Rows out of sight are not laid out, so innerText would leave their words out.
  const rows = await grid(page)
    .locator("[data-row]")
    .evaluateAll((found) =>
      found.map((row) => [...row.querySelectorAll("button")].map(({ textContent }) => textContent)),
    );
  const pairs = pairsToContainers();
  expect(pairs.length).toBeGreaterThan(10);
  for (const { onHost, inside } of pairs) {
    const container = inside.of.find((name) => !name.startsWith("(")) ?? "lonely";
    const row = rows.find((cells) => cells.includes(`${onHost.ifname}@if${inside.ifindex}`));
    expect(row, `the row of ${onHost.ifname}`).toEqual(
      expect.arrayContaining([`${inside.ifname}@if${onHost.ifindex}`, container, "✓ exact"]),
    );
  }
});

test("a link to a container opens with its path lit and its pair proven", async ({ page }) => {
  const heard = complaints(page);
  const pair = truePair("web", "eth0");
  await page.goto(`${hostPage}?sel=ctr:web`);
  await expect(details(page).getByRole("heading", { level: 2 })).toContainText("web");
  await expectProven(page, pair);
  const lit = litTexts(page);
  await expect(lit.filter({ hasText: pair.onHost.ifname })).toHaveCount(1);
  await expect(lit.filter({ hasText: "docker0" })).toHaveCount(1);
  await expect(lit.filter({ hasText: truePair("db", "eth0").onHost.ifname })).toHaveCount(0);
  await expect(said(page)).toContainText(
    `web eth0, ifindex ${pair.inside.ifindex}, paired with ${pair.onHost.ifname}, ifindex ${pair.onHost.ifindex}, bridge docker0, exact`,
  );
  expect(heard).toEqual([]);
});

test("choosing in the table is told by the URL, and the back button takes it back", async ({
  page,
}) => {
  await page.goto(`${hostPage}?view=table`);
  await grid(page).getByRole("button", { name: "api", exact: true }).click();
  await expect(page).toHaveURL(`${hostPage}?view=table&sel=ctr:api`);
  await expectProven(page, truePair("api", "eth0"));
  await page.goBack();
  await expect(page).toHaveURL(`${hostPage}?view=table`);
  await expect(details(page).getByRole("heading", { level: 2 })).not.toContainText("api");
});

test("an interface leads to its peer and to its bridge", async ({ page }) => {
  const { onHost } = truePair("web2", "eth0");
  await page.goto(`${hostPage}?sel=if:ctr:web2/eth0`);
  await details(page).getByRole("button", { name: onHost.ifname, exact: true }).click();
  await expect(page).toHaveURL(/sel=peer:ctr:web2\/eth0/);
  await details(page).getByRole("button", { name: "docker0" }).click();
  await expect(details(page).getByRole("heading", { level: 2 })).toContainText("docker0");
  await expect(details(page).getByRole("button", { name: "web2", exact: true })).toBeVisible();
});

test("a check opens to the command, where it ran and the line that it printed", async ({
  page,
}) => {
  const { onHost, inside } = truePair("web", "eth0");
  await page.goto(`${hostPage}?sel=pair:peer:ctr:web/eth0`);
  const check = details(page)
    .getByRole("listitem")
    .filter({ hasText: `iflink ${onHost.ifindex} of ${inside.ifname} is the ifindex of` });
  await check.locator("summary").click();
  await expect(check.locator("code").first()).toContainText(/# (nsenter --net=\S+ )?ip .*addr/);
  await expect(check.locator("pre").filter({ hasText: onHost.ifname }).first()).toBeVisible();
  await expect(check).toContainText(/Ran (on the host|in web)/);
});

test("a command can be copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { onHost } = truePair("web", "eth0");
  await page.goto(`${hostPage}?sel=pair:peer:ctr:web/eth0`);
  const line = details(page)
    .getByRole("listitem")
    .filter({ hasText: `ip -o link | grep '^${onHost.ifindex}:'` });
  await line.getByRole("button", { name: "Copy the command" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`ip -o link | grep '^${onHost.ifindex}:'`);
});

test("where the browser gives no clipboard, the command is shown to be copied by hand", async ({
  page,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, "clipboard"));
  await page.goto(`${hostPage}?sel=pair:peer:ctr:web/eth0`);
  await details(page).getByRole("button", { name: "Copy the command" }).first().click();
  await expect(page.getByRole("dialog").getByRole("textbox")).toHaveValue(/docker exec web cat/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page, "Escape closed the dialog, not the selection").toHaveURL(/sel=pair/);
});

test("the number that all new containers share is called out", async ({ page }) => {
  await page.goto(`${hostPage}?sel=pair:peer:ctr:modern-1/eth0`);
  await expect(details(page)).toContainText(
    /vethmodern1@if2: \d+ interfaces in other namespaces have ifindex 2\. The number does not name the peer; link-netnsid \d+ does\./,
  );
});

test("refresh reads the host again and keeps the selection", async ({ page }) => {
  await page.goto(`${hostPage}?sel=ctr:web`);
  const time = page.getByTestId("as-of");
  const before = await time.getAttribute("datetime");
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(time).not.toHaveAttribute("datetime", before ?? "");
  await expect(page).toHaveURL(`${hostPage}?sel=ctr:web`);
  await expectProven(page, truePair("web", "eth0"));
});

test("stopped containers are shown when asked for", async ({ page }) => {
  await page.goto(`${hostPage}?view=table`);
  const gone = grid(page).getByRole("button", { name: "gone", exact: true });
  await expect(grid(page).getByRole("row").first()).toBeVisible();
  await expect(gone).toHaveCount(0);
  await page.getByRole("button", { name: /\d stopped/ }).click();
  await expect(gone).toBeVisible();
  await expect(page).toHaveURL(`${hostPage}?view=table&stopped=1`);
});

test("columns sort, say so, and the URL keeps it", async ({ page }) => {
  await page.goto(`${hostPage}?view=table`);
  const column = page.getByRole("columnheader", { name: /Container/ }).last();
  await column.getByRole("button").click();
  await expect(column).toHaveAttribute("aria-sort", "ascending");
  await column.getByRole("button").click();
  await expect(column).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=-container/);
  await page.reload();
  await expect(column).toHaveAttribute("aria-sort", "descending");
});

test("names that look like markup or code stay text", async ({ page }) => {
  const heard = complaints(page);
  await page.goto(`${hostPage}?view=table`);
  for (const name of ["$(id)", "<b>x", "a@b", 'q"z', "-dash"]) {
    await expect(grid(page).getByRole("button").filter({ hasText: name }).first()).toBeVisible();
  }
  await page.goto(`${hostPage}?sel=${encodeURIComponent("pair:peer:ctr:q1/<b>x")}`);
  await expect(details(page).getByRole("heading", { level: 2 })).toContainText("$(id)@if");
  await expect(details(page)).toContainText("docker exec q1 cat '/sys/class/net/<b>x/iflink'");
  await expect(page.locator("main b, h2 b")).toHaveCount(0);
  expect(heard).toEqual([]);
});

test("the sample host is labelled as a recording", async ({ page }) => {
  const heard = complaints(page);
  await page.goto(hostPage);
  await page.getByRole("button", { name: /Choose a host/ }).click();
  await page.getByRole("menuitemradio", { name: /Sample host.*recorded/ }).click();
  await expect(page).toHaveURL("/hosts/sample");
  await expect(page.getByRole("status")).toContainText("recording of a real host");
  await expect(page.getByRole("button", { name: "Refresh" })).toHaveCount(0);
  expect(heard).toEqual([]);
});

test("a host that is not known leads back", async ({ page }) => {
  const answer = await page.goto("/hosts/nowhere");
  expect(answer?.status()).toBe(404);
  await page.getByRole("link", { name: "To all hosts" }).click();
  await expect(page).toHaveURL("/hosts");
});

test("what is selected but not there is said, and the host is shown", async ({ page }) => {
  await page.goto(`${hostPage}?sel=ctr:%3Cimg%20src=x%20onerror=alert(1)%3E`);
  await expect(details(page)).toContainText("ctr:<img src=x onerror=alert(1)> is not on this host");
  await expect(details(page).getByRole("heading", { level: 2 })).toBeVisible();
});

/** Every reference into the host's own words, wherever it stands. */
function evidenceIn(node: unknown): readonly object[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "answer" in node && "at" in node ? [node] : [];
  return [...own, ...Object.values(node).flatMap(evidenceIn)];
}

test("the lab's secret is in no page, no answer and no line of the log, however much is asked", async ({
  page,
}) => {
  const { secretMark } = lab();
  expect(secretMark.length).toBeGreaterThan(8);
  const answer = await page.goto(hostPage);
  const html = (await answer?.text()) ?? "";
  const read = await page.request.get("/api/hosts/local/topology");
  const { snapshot, topology } = (await read.json()) as { snapshot: string; topology: unknown };
  const evidence = [...new Set(evidenceIn(unpack(topology)).map((each) => JSON.stringify(each)))];
  const answers = [JSON.stringify(topology)];
  for (let from = 0; from < evidence.length; from += 20) {
    const query = new URLSearchParams([["snapshot", snapshot]]);
    for (const each of evidence.slice(from, from + 20)) query.append("e", each);
    answers.push(await (await page.request.get(`/api/hosts/local/quotes?${query}`)).text());
  }
  expect(html).toContain("web");
  expect(answers.length).toBeGreaterThan(2);
  const log = readFileSync(process.env["VETHSCOPE_LOG"] ?? "", "utf8");
  expect(log).toContain("Vethscope");
  for (const text of [html, log, ...answers]) expect(text).not.toContain(secretMark);
});

for (const [name, width, height] of [
  ["a small laptop", 1024, 768],
  ["a phone", 390, 844],
] as const) {
  test(`nothing is wider than the window of ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`${hostPage}?sel=ctr:web`);
    await expectProven(page, truePair("web", "eth0"));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
  });
}

test("a phone is offered the table first, and can have the picture", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(hostPage);
  await expect(grid(page)).toBeVisible();
  await page.getByRole("button", { name: "Graph", exact: true }).click();
  await expect(page).toHaveURL(`${hostPage}?view=graph`);
  await expect(grid(page)).toHaveCount(0);
});
