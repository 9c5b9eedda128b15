import { deflateSync } from "node:zlib";
import { expect, type Page } from "playwright/test";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { examine } from "@/lib/pipeline";
import { pngWithData } from "@/lib/share/pictures";
import { freeze, plainlyShown, type Snapshot } from "@/lib/share/snapshot";
import { smallPng } from "@/lib/share/test-png";
import { topologyJson } from "@/lib/share/topology-file";
import { complaints, details } from "./host-page";
import { test } from "./live-page";
import { expectFine, faults, widerThan } from "./looks";
import { asked, give } from "./sharing";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });
test.describe.configure({ timeout: 60_000 });

const facts = recordedFacts("docker-28.5-debian-sid");
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const factsFile = bytesOf(JSON.stringify(facts));

const snapshotWith = (shown: Partial<Snapshot["shown"]>): Snapshot =>
  freeze(examine(facts).topology, { ...plainlyShown, ...shown }).snapshot;
const jsonFile = bytesOf(topologyJson(snapshotWith({})));
const pngFile = async (snapshot: Snapshot): Promise<Uint8Array> => {
  const png = await pngWithData(smallPng, snapshot);
  if (png === null) throw new Error("the small PNG is none");
  return png;
};

const isOpen = (page: Page) => expect(page.getByText(/^Opened from /)).toBeVisible();
const refusal = (page: Page) => page.getByRole("dialog", { name: "was not opened" });

/** /open, with everything there that it takes. */
const ready = async (page: Page): Promise<void> => {
  await page.goto("/open");
  await page.waitForLoadState("networkidle");
};

test("a file opens without a question to anybody, also when nobody is there to be asked", async ({
  page,
  context,
}) => {
  const heard = complaints(page);
  await ready(page);
  const urls = asked(page);
  await context.setOffline(true);
  await give(page, "drop", "host.topo.png", await pngFile(snapshotWith({ title: "Our <b>host" })));
  await isOpen(page);
  await expect(page.getByText("Our <b>host")).toBeVisible();
  await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });

  await page.getByRole("button", { name: "Table", exact: true }).click();
  await page.getByRole("grid").getByText("web", { exact: true }).first().click();
  await expect(details(page).getByRole("heading", { level: 2, name: "web" })).toBeVisible();
  await expect(details(page)).toContainText("exact");
  await expect(details(page)).toContainText("The file that is open does not hold this part");
  await page.getByRole("searchbox").or(page.getByRole("combobox")).first().fill("web2");
  await expect(page.getByRole("grid")).toContainText("web2");
  await page.getByRole("button", { name: /^Diagnose/ }).click();
  await expect(page.locator("[data-view=diagnose]")).toBeVisible();
  await page.getByRole("button", { name: "Graph", exact: true }).click();
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog").getByTestId("preview").locator("img")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(urls.filter((url) => !url.startsWith("blob:"))).toEqual([]);
  await expect(page).toHaveURL(/\/open$/);
  expect(heard.filter((line) => !line.includes("ERR_INTERNET_DISCONNECTED"))).toEqual([]);
});

test("a facts file shows all that the same host shows where it is held", async ({ page }) => {
  for (const selected of ["ctr:web", "if:host/docker0"]) {
    await page.goto(`/hosts/sample?view=table&sel=${selected}`);
    await expect(details(page)).not.toContainText("Reading what the host said");
    const held = await details(page).innerText();
    await ready(page);
    await give(page, "drop", "host.facts.json", factsFile);
    await isOpen(page);
    await page.keyboard.press("t");
    await page.keyboard.press("Control+k");
    await page
      .getByRole("combobox")
      .last()
      .fill(selected.split(/[:/]/).at(-1) ?? "");
    await page.keyboard.press("Enter");
    await expect(details(page)).not.toContainText("Reading what the host said");
    await expect.poll(() => details(page).innerText()).toBe(held);
  }
});

test("behind a check stand the words of the file, which hold the command and its answer", async ({
  page,
}) => {
  await page.goto("/hosts/sample");
  await give(page, "drop", "host.facts.json", factsFile);
  await isOpen(page);
  await page.keyboard.press("t");
  await page.getByRole("grid").getByText("web", { exact: true }).first().click();
  await details(page)
    .getByText(/is the ifindex of eth0/)
    .first()
    .click();
  await expect(details(page)).toContainText("ip -d -s -j addr show");
  await expect(details(page)).toContainText('"link_index":');
});

for (const way of ["drop", "paste"] as const) {
  test(`on any page a file opens by ${way}; what it holds goes nowhere`, async ({ page }) => {
    await page.goto("/hosts/sample?sel=ctr:web");
    const sent: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith("blob:"))
        sent.push(
          `${request.method()} ${new URL(request.url()).pathname}${request.postData() ?? ""}`,
        );
    });
    await give(page, way, "other.topo.json", jsonFile);
    await isOpen(page);
    await expect(page).toHaveURL(/\/open$/);
    expect(sent.filter((each) => !each.startsWith("GET /_next/static/"))).toEqual([]);
    await page.goBack();
    await expect(page).toHaveURL(/hosts\/sample\?sel=ctr:web$/);
    await expect(page.getByText(/^Opened from /)).toHaveCount(0);
    await page.goForward();
    await isOpen(page);
    await page.getByRole("button", { name: "Close what is open" }).click();
    await expect(page.getByText(/^Opened from /)).toHaveCount(0);
  });
}

/** Where the picture stands in its window. */
const placeIn = (page: Page) =>
  page.locator("[data-view=graph]:visible svg g[transform]").first().getAttribute("transform");

test("the page that a file is dropped on waits as it was, and closing the file leads back to it", async ({
  page,
}) => {
  const address = /hosts\/sample\?sel=ctr:web&q=web$/;
  await page.goto("/hosts/sample?sel=ctr:web&q=web");
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  const place = await placeIn(page);
  const title = await page.title();
  const urls = asked(page);
  for (const way of ["drop", "paste"] as const) {
    await give(page, way, "other.topo.json", jsonFile);
    await isOpen(page);
    await page.keyboard.press("f");
    await page.getByRole("button", { name: "Close what is open" }).click();
    await expect(page).toHaveURL(address);
    await expect(page.getByText(/^Opened from /)).toHaveCount(0);
    await expect(details(page).getByRole("heading", { level: 2, name: "web" })).toBeVisible();
    await expect(page.getByRole("combobox").first()).toHaveValue("web");
    expect(await placeIn(page)).toBe(place);
    expect(await page.title()).toBe(title);
  }
  // The panel asks again about the reading that is still there; nothing is read anew.
  const own = /^blob:|\/_next\/static\/|\/api\/hosts\/sample\/details\?snapshot=/;
  expect(urls.filter((url) => !own.test(url))).toEqual([]);
  expect(new Set(urls.flatMap((url) => /snapshot=[^&]+/.exec(url)?.[0] ?? [])).size).toBe(1);
  // What was closed is gone: behind its entry is the page that opens files.
  await page.goForward();
  await expect(page).toHaveURL(/\/open$/);
  await expect(page.getByRole("button", { name: "Choose a file" })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(details(page).getByRole("heading", { level: 2, name: "web" })).toBeVisible();
});

test("it looks as it did where it was made, and its names stay out of the address", async ({
  page,
}) => {
  await ready(page);
  const key = examine(facts).topology.containers.find(({ name }) => name === "web")?.key ?? null;
  const shown = { orientation: "textbook", selected: key } as const;
  await give(page, "drop", "host.topo.png", await pngFile(snapshotWith(shown)));
  await isOpen(page);
  await expect(page.getByRole("button", { name: "Textbook" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(details(page).getByRole("heading", { level: 2, name: "web" })).toBeVisible();
  await expect(page).toHaveURL(/\/open$/);
  const links = await page
    .locator("a[href]")
    .evaluateAll((all) => all.map((each) => each.getAttribute("href") ?? ""));
  expect(links.filter((href) => href.includes("ctr:") || href.includes("web"))).toEqual([]);
});

/** A chunk that says it is longer than the file. */
const lying = (): Uint8Array => {
  const bytes = Uint8Array.from(smallPng);
  new DataView(bytes.buffer).setUint32(33, 0x7fffffff);
  return bytes;
};

const bombed = (): Uint8Array => {
  const packed = deflateSync(Buffer.alloc(80_000_000, 0x20)).toString("base64");
  return bytesOf(
    `<svg xmlns="http://www.w3.org/2000/svg"><metadata id="vethscope">${packed}</metadata></svg>`,
  );
};

const scripted = `<svg xmlns="http://www.w3.org/2000/svg" onload="document.title='run'"><script>document.title='run'</script><image href="http://127.0.0.1:4780/leak"/><metadata id="vethscope">AAAA</metadata></svg>`;

const hostile: readonly (readonly [
  what: string,
  name: string,
  bytes: () => Uint8Array,
  says: RegExp,
])[] = [
  [
    "a picture that lost its data",
    "chat.png",
    () => smallPng,
    /Chat apps and image hosts remove it/,
  ],
  ["a PNG whose chunk lies about its length", "x.png", lying, /damaged/],
  ["an SVG bomb", "x.svg", bombed, /far more than any host would/],
  ["an SVG with a script", "x.svg", () => bytesOf(scripted), /damaged/],
  [
    "a newer version",
    "x.json",
    () => bytesOf('{"format":"vethscope-topology/77"}'),
    /newer Vethscope/,
  ],
  [
    "JSON with __proto__",
    "x.json",
    () => bytesOf('{"format":"vethscope-topology/1","__proto__":{"a":1}}'),
    /damaged/,
  ],
  [
    "a name full of markup",
    "<img src=x onerror=alert(1)>\u202egnp.png",
    () => bytesOf("a pasted novel"),
    /no file of Vethscope/,
  ],
];

for (const [what, name, bytes, says] of hostile) {
  test(`${what} is refused in words, and nothing in it runs`, async ({ page }) => {
    const urls = asked(page);
    await ready(page);
    const title = await page.title();
    const before = urls.length;
    await give(page, "drop", name, bytes());
    await expect(refusal(page)).toContainText(says, { timeout: 15_000 });
    await expect(refusal(page).locator("img, svg, script")).toHaveCount(0);
    expect(await page.title()).toBe(title);
    expect(urls.slice(before).filter((url) => !url.includes("/_next/static/"))).toEqual([]);
    await refusal(page).getByRole("button", { name: "Close" }).click();
    await expect(refusal(page)).toHaveCount(0);
  });
}

test("a damaged link says so, and a file can be opened after it", async ({ page }) => {
  await page.goto("/open#z=AAAA");
  await expect(refusal(page)).toContainText("link is damaged");
  await refusal(page).getByRole("button", { name: "Close" }).click();
  await give(page, "paste", "host.topo.json", jsonFile);
  await isOpen(page);
});

test("a redacted file says that its addresses are nobody's", async ({ page }) => {
  await ready(page);
  await give(
    page,
    "drop",
    "a.topo.json",
    bytesOf(topologyJson(snapshotWith({ redaction: "addresses" }))),
  );
  await expect(page.getByText(/those shown are nobody’s/)).toBeVisible();
});

test("the page itself: axe finds nothing, in both languages and themes; a phone shows it whole", async ({
  page,
}) => {
  await page.goto("/open");
  await expectFine(page, "open");
});

test("what is open is as good, on a phone too", async ({ page }) => {
  await ready(page);
  await give(page, "drop", "host.facts.json", factsFile);
  await isOpen(page);
  expect(await faults(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await widerThan(page, 390)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await give(page, "drop", "x.png", smallPng);
  await expect(refusal(page)).toBeVisible();
  expect(await faults(page)).toEqual([]);
});
