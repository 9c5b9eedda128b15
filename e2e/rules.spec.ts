import { connect } from "node:net";
import { expect, type Page } from "playwright/test";
import { complaints, details, grid, hostPage } from "./host-page";
import { labHost } from "./lab/lab-env";
import { test } from "./live-page";
import { expectFine } from "./looks";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });
test.describe.configure({ timeout: 60_000 });

const sample = "/hosts/sample";
const rows = (page: Page) => grid(page).locator("[data-row]");
const rules = (page: Page) => grid(page).locator("[data-kind=rule]");

for (const [name, path] of [
  ["rules", `${sample}?view=rules&sel=ctr:web2`],
  ["ports", `${sample}?view=ports&sel=port:tcp/0.0.0.0/80/ctr:web2`],
  ["nat", `${sample}?sel=nat:host`],
] as const) {
  test(`${name}: axe finds nothing, in both languages and themes; a phone shows it whole`, async ({
    page,
  }) => {
    await page.goto(path);
    await expectFine(page, `page-${name}`);
  });
}

test("the hooks stand in order of priority, and lead to their chains", async ({ page }) => {
  const heard = complaints(page);
  await page.goto(`${sample}?view=rules`);
  const order = page.getByRole("region", { name: "In which order a packet meets them" });
  const prerouting = order.locator("dd").first().getByRole("button");
  await expect(prerouting).toHaveText([/^raw ?PREROUTING/, /^nat ?PREROUTING/]);
  await prerouting.nth(1).click();
  await expect(page.locator(":focus")).toHaveText(/PREROUTING/);
  expect(heard).toEqual([]);
});

test("a jump is followed to its chain, and back to where it began", async ({ page }) => {
  await page.goto(`${sample}?view=rules`);
  const jump = page.getByRole("button", { name: "Go to chain DOCKER-FORWARD" });
  await jump.scrollIntoViewIfNeeded();
  await jump.click();
  await expect(page.locator(":focus")).toHaveText("DOCKER-FORWARD");
  await page.getByRole("button", { name: "Back to FORWARD 2" }).click();
  await expect(page.locator(":focus")).toHaveAccessibleName("FORWARD, rule 2");
});

test("a search, the family and what can touch a container narrow the list, and are in the URL", async ({
  page,
}) => {
  await page.goto(`${sample}?view=rules&sel=ctr:web2`);
  await page.getByRole("textbox", { name: "Search rules" }).fill("dnat 172.17.0.3");
  await expect(rules(page).locator("code")).toHaveText([/:53$/, /:80$/, /:443$/]);
  await expect(page).toHaveURL(/f=dnat%20172\.17\.0\.3/);
  await page.getByRole("textbox", { name: "Search rules" }).fill("-s masquerade");
  await expect(rules(page)).toHaveCount(3);
  await page.getByRole("button", { name: "Only what can touch web2" }).click();
  await expect(rules(page)).toHaveCount(1);
  await expect(page).toHaveURL(/touch=ctr:web2/);
  await page.getByRole("button", { name: /^IPv6/ }).click();
  await expect(page).toHaveURL(/packets=ip6/);
});

test("a rule is told in full, with the line that the host printed", async ({ page }) => {
  await page.goto(`${sample}?view=rules&f=${encodeURIComponent("dport 8080")}`);
  await rules(page)
    .first()
    .getByRole("button", { name: /^DOCKER, rule/ })
    .click();
  await expect(details(page)).toContainText("iptables-nft -t nat");
  await expect(details(page)).toContainText("by the name of the chain");
  await details(page).getByText("In the kernel’s words").click();
  await expect(details(page)).toContainText("iptables-save");
  await expect(details(page).locator("pre").first()).toContainText("--dport 8080");
});

test("a published port: who listens, from where it is reached, and the way in", async ({
  page,
}) => {
  await page.goto(`${sample}?view=ports`);
  await grid(page).getByRole("button", { name: "0.0.0.0:8080" }).click();
  await expect(page).toHaveURL(/sel=port:tcp\/0\.0\.0\.0\/8080\/ctr:web/);
  const panel = details(page);
  await expect(panel).toContainText("the world at 10.99.1.14:8080");
  await panel.getByText("The way in", { exact: true }).click();
  const steps = panel.locator("[data-way=in] li");
  await expect(steps.filter({ hasText: "the destination becomes 172.17.0.2:80" })).toHaveCount(1);
  await expect(steps.last()).toContainText(/eth0|web/);
  await steps
    .filter({ hasText: "the destination becomes" })
    .getByRole("button", { name: "Show rule" })
    .click();
  await expect(page).toHaveURL(/view=rules&sel=rule:/);
  await expect(grid(page).locator("[aria-selected=true]")).toContainText("--dport 8080");
});

test("ports are sorted, searched and narrowed by how far away they are reached", async ({
  page,
}) => {
  await page.goto(`${sample}?view=ports`);
  await page.getByRole("button", { name: /^the world/ }).click();
  await expect(page).toHaveURL(/f=from:world/);
  for (const row of await rows(page).all())
    await expect(row).toHaveAttribute("data-scope", "world");
  await page.getByRole("textbox", { name: "Search ports" }).fill("8443");
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("loopback");
  await page.getByRole("button", { name: "Sort by Host port" }).click();
  await expect(page).toHaveURL(/psort=port/);
});

test("the way out of a container is told with the host's own rules", async ({ page }) => {
  await page.goto(`${sample}?sel=ctr:web2`);
  await details(page).getByText("The way out", { exact: true }).click();
  const steps = details(page).locator("[data-way=out] li");
  await expect(steps.filter({ hasText: "! -o docker0 -j MASQUERADE" })).toHaveCount(1);
  await expect(steps.last()).toContainText("leaves the host by eth0");
});

test("NAT stands in the picture, with the published ports; one of them leads to its container", async ({
  page,
}) => {
  await page.goto(`${sample}?sel=nat:host`);
  await expect(details(page)).toContainText("DNAT 7 · SNAT 3");
  await expect(details(page)).toContainText("by eth0 it becomes 10.99.1.14");
  await details(page).getByRole("button", { name: "0.0.0.0:8080" }).click();
  await expect(details(page).getByRole("heading", { level: 2 })).toHaveText("0.0.0.0:8080");
});

test("keys and the palette lead to ports and rules", async ({ page }) => {
  await page.goto(sample);
  await page.keyboard.press("Shift+P");
  await expect(page).toHaveURL(/view=ports/);
  await page.keyboard.press("Shift+R");
  await expect(page).toHaveURL(/view=rules/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("show ports");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/view=ports/);
});

test("on the lab host each port says who listens", async ({ page }) => {
  const heard = complaints(page);
  await page.goto(`${hostPage}?view=ports`);
  const published = rows(page).filter({ hasText: "published" });
  await expect(published.first()).toBeVisible();
  await expect(grid(page)).not.toContainText("sockets not read");
  await expect(page.locator("[data-unheard]")).toHaveCount(0);
  expect(heard).toEqual([]);
});

test("a recording without the sockets of its containers says so, once, and in the panel of the host", async ({
  page,
}) => {
  await page.goto(`${sample}?view=ports`);
  await expect(grid(page)).toContainText("sockets not read");
  const said = page.getByRole("main").locator("[data-unheard]");
  await expect(said.first()).toContainText(/Who listens inside \d+ containers was not read/);
  await expect(said.first()).toContainText("This recording holds the sockets of the host");
  await page.goto(sample);
  await expect(details(page).locator("[data-unheard]")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "1 thing not read" })).toBeVisible();
});

const readAgain = async (page: Page): Promise<void> => {
  const time = page.getByTestId("as-of");
  const before = await time.getAttribute("datetime");
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(time).not.toHaveAttribute("datetime", before ?? "");
};

/** Begins one connection; whether anybody answers is all the same to the rule that sends it on. */
const knock = (host: string, port: number): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    for (const event of ["connect", "error", "timeout"] as const)
      socket.once(event, () => {
        socket.destroy();
        resolve();
      });
  });

test("counters say what came since the last reading: three connections, and then none", async ({
  page,
}) => {
  await page.goto(`${hostPage}?view=rules&f=${encodeURIComponent("dnat dport 8080")}`);
  const rule = rules(page).filter({ hasText: "--dport 8080" }).first();
  const since = rule.getByTitle("Packets since the reading before this one");
  await readAgain(page);
  await expect(rule).toBeVisible();
  await expect(since).toHaveCount(0);
  // Vethscope, this test and the rules are on one host: this meets its OUTPUT, and DOCKER after it.
  for (let nth = 0; nth < 3; nth += 1) await knock(labHost().address, 8080);
  await readAgain(page);
  await expect(since).toHaveText("+3");
  await readAgain(page);
  await expect(since).toHaveCount(0);
});
