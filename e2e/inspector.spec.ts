import { expect, type Page } from "playwright/test";
import { complaints, details, hostPage, truePair } from "./host-page";
import { lab } from "./lab/lab-env";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

const panel = (page: Page, name: string) =>
  details(page)
    .locator("details")
    .filter({ has: page.locator("summary", { hasText: name }) });

const open = async (page: Page, name: string) => {
  const section = panel(page, name).last();
  await section.locator("summary").first().click();
  return section;
};

/** What a field of the panel says; the name stands before it. */
const field = (page: Page, name: string) =>
  details(page)
    .locator("dt", { hasText: new RegExp(`^${name}$`) })
    .first()
    .locator("xpath=following-sibling::dd[1]");

test("an interface tells its addresses as ip prints them, its qdisc, its flags, and whose number is whose", async ({
  page,
}) => {
  const heard = complaints(page);
  await page.goto(`${hostPage}?sel=if:ctr:web/eth0`);
  await expect(field(page, "addresses")).toContainText(/172\.17\.0\.\d+\/16\s*inet/);
  await expect(field(page, "addresses")).toContainText("brd 172.17.255.255");
  await expect(field(page, "addresses")).toContainText("valid_lft forever");
  await expect(field(page, "qdisc")).toHaveText("noqueue");
  await expect(field(page, "flags")).toContainText("LOWER_UP");
  await expect(field(page, "iflink")).toContainText(
    `${truePair("web", "eth0").onHost.ifindex}the number of its peer, in the peer’s namespace`,
  );
  await expect(field(page, "link-netnsid")).toContainText("on the host, as web numbers it");
  await expect(field(page, "MTU")).toHaveText("1500 at both ends");
  await expect(field(page, "default route")).toContainText("leads out here, via 172.17.0.1");
  expect(heard).toEqual([]);
});

test("a bridge tells its ports, its settings, and who can talk to whom", async ({ page }) => {
  const { onHost } = truePair("web", "eth0");
  await page.goto(`${hostPage}?sel=if:host/docker0`);
  const port = details(page)
    .getByRole("listitem")
    .filter({ hasText: `${onHost.ifname}@` })
    .first();
  await expect(port).toContainText("hairpin off · isolated off · learning on");
  await expect(port).toContainText("forwarding");
  await expect(field(page, "STP")).toHaveText("off: all ports forward at once");
  await expect(field(page, "icc")).toContainText("on");
  await expect(panel(page, "Who can talk to whom")).toContainText("keeps no port apart");
  await expect(panel(page, "Who can talk to whom")).toContainText("they were not read for this");
});

test("a network that forbids its containers to talk says so, and one without a way out", async ({
  page,
}) => {
  await page.goto(`${hostPage}?sel=net:quiet`);
  await expect(field(page, "icc")).toContainText("off");
  await expect(panel(page, "Who can talk to whom")).toContainText("icc off");
  await page.goto(`${hostPage}?sel=net:vault`);
  await expect(field(page, "internal")).toContainText("no way to the outside");
});

test("the forwarding table is asked of the host when it is opened, and names who has each address", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/opened?")) asked.push(request.url());
  });
  await page.goto(`${hostPage}?sel=if:host/docker0`);
  await expect(panel(page, "Forwarding table (FDB)")).toBeVisible();
  expect(asked.filter((url) => url.includes("macs"))).toEqual([]);
  const table = await open(page, "Forwarding table (FDB)");
  await expect(table).toContainText("bridge -j fdb show br docker0");
  const { onHost } = truePair("web2", "eth0");
  await expect(
    table.getByRole("listitem").filter({ hasText: onHost.ifname }).first(),
  ).toBeVisible();
  const before = asked.length;
  await table.getByRole("button", { name: "Ask again" }).click();
  await expect.poll(() => asked.length).toBeGreaterThan(before);
});

test("an image opens to its layers, and to nothing that it was built with", async ({ page }) => {
  const answered: string[] = [];
  page.on("response", async (response) => {
    if (response.url().includes("question=image")) answered.push(await response.text());
  });
  await page.goto(`${hostPage}?sel=ctr:web`);
  const image = await open(page, "Image and its layers");
  await expect(image.getByRole("listitem").first()).toContainText(/^sha256:[0-9a-f]{64}$/);
  await expect(image).toContainText(/GET \/images\/sha256:[0-9a-f]{64}\/json/);
  expect(answered.join()).not.toContain(lab().secretMark);
});

test("a container tells the names by which others find it, and where none do", async ({ page }) => {
  await page.goto(`${hostPage}?sel=ctr:api`);
  const names = field(page, "DNS names");
  await expect(names).toContainText("api");
  await expect(names).toContainText("derived from Docker’s rule");
  await page.goto(`${hostPage}?sel=ctr:web`);
  await expect(field(page, "DNS names")).toContainText("resolves no names of containers");
});

test("a namespace tells which number each observer gives it, and how to enter it", async ({
  page,
}) => {
  const { namespace } = await page.goto(`${hostPage}?sel=netns:ns:lonely`).then(() => ({
    namespace: details(page),
  }));
  await expect(namespace).toContainText(/\d+ by the host/);
  await expect(field(page, "paths")).toContainText("/run/netns/lonely");
  await expect(field(page, "lives in it")).toHaveText("no process");
});

test("the host's way out tells its gateway, and its hardware when that is opened", async ({
  page,
}) => {
  await page.goto(`${hostPage}?sel=if:host/eth0`);
  const hardware = await open(page, "Speed and driver");
  await expect(hardware).toContainText("made by the kernel alone");
});

test("a command whose tool the host lacks is struck out, and says so", async ({ page }) => {
  await page.route("**/opened?*question=tools*", async (route) => {
    const answer = await route.fetch();
    const { value, ...rest } = await answer.json();
    const tools = value.tools.filter((tool: string) => tool !== "brctl");
    await route.fulfill({ json: { ...rest, value: { ...value, tools } } });
  });
  await page.goto(`${hostPage}?sel=pair:peer:ctr:web/eth0`);
  await expect(
    details(page).getByRole("listitem").filter({ hasText: "brctl show docker0" }),
  ).toContainText("brctl is not on this host.");
  await expect(
    details(page).getByRole("listitem").filter({ hasText: "ip -o link" }),
  ).not.toContainText("is not on this host");
});

test("a recording answers out of what it holds, and says what it does not hold", async ({
  page,
}) => {
  await page.goto("/hosts/sample?sel=if:host/docker0");
  const table = await open(page, "Forwarding table (FDB)");
  await expect(table).toContainText("learned");
  await expect(table).toContainText("bridge -j fdb show");
  await expect(table.getByRole("button", { name: "Ask again" })).toHaveCount(0);
  await page.goto("/hosts/sample?sel=ctr:web");
  await expect(details(page)).toContainText("not known by its digest here");
  await page.goto("/hosts/sample?sel=if:host/docker0&lang=zh-CN");
  await expect(field(page, "可否移走")).toContainText("不可以");
});

const kinds = [
  "ctr:web",
  "if:ctr:web/eth0",
  "peer:ctr:web/eth0",
  "pair:peer:ctr:web/eth0",
  "if:host/docker0",
  "net:lan",
  "netns:ns:lonely",
  "host:sample",
  "if:host/eth0",
  "if:host/lo",
];

for (const lang of ["en", "zh-CN"]) {
  test(`every kind of panel opens without a complaint and without a word missing, in ${lang}`, async ({
    page,
  }) => {
    // One page after the other: ten of them.
    test.setTimeout(120_000);
    const heard = complaints(page);
    for (const sel of kinds) {
      await page.goto(`/hosts/sample?sel=${sel}&lang=${lang}`);
      await expect(details(page).getByRole("heading", { level: 2 })).toBeVisible();
      await expect(details(page)).not.toContainText(/Reading what the host said|正在取/);
      await expect(details(page)).not.toContainText(/inspector\.[a-z]|undefined|NaN/);
    }
    expect(heard).toEqual([]);
  });
}
