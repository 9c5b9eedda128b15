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

for (const redaction of ["none", "names"] as const) {
  test(`a saved picture opens with the ports and rules of the host (${redaction} replaced)`, async ({
    page,
  }) => {
    const rowsOf = async (view: string): Promise<readonly string[]> => {
      await page.keyboard.press(view);
      const name = view === "P" ? "ports" : "rules";
      const shown = page.locator(`[data-view=${name}]`);
      const rows = shown.getByRole("row").or(shown.getByRole("listitem"));
      await expect(rows.nth(2)).toBeVisible();
      return rows.allInnerTexts();
    };
    await page.goto("/hosts/sample");
    await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });
    const ports = await rowsOf("P");
    const rules = await rowsOf("R");
    const { topology, ruling } = examine(facts);
    const { snapshot } = freeze(topology, { ...plainlyShown, redaction }, null, ruling);
    await ready(page);
    const heard = complaints(page);
    await give(page, "drop", "host.topo.png", await pngFile(snapshot));
    await isOpen(page);
    await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });
    const [openedPorts, openedRules] = [await rowsOf("P"), await rowsOf("R")];
    expect(openedPorts).toHaveLength(ports.length);
    // How many there are by tool; of the list below only what the window has room for is there.
    expect(openedRules.slice(0, 4)).toEqual(rules.slice(0, 4));
    if (redaction === "none") {
      expect(openedPorts).toEqual(ports);
      expect(openedRules).toEqual(rules);
    } else {
      const all = [...openedPorts, ...openedRules].join("\n");
      expect(all).not.toMatch(/web2|172\.(?:17|29|30)\./);
    }
    await page.keyboard.press("d");
    const diagnosis = page.locator("[data-view=diagnose]");
    await expect(diagnosis).toContainText("1 note");
    await expect(diagnosis).not.toContainText("are not in this file");
    expect(heard).toEqual([]);
  });
}

test("where a file has no rules no fault of them is called absent", async ({ page }) => {
  await ready(page);
  await give(page, "drop", "old.topo.json", jsonFile);
  await isOpen(page);
  await page.keyboard.press("d");
  const diagnosis = page.locator("[data-view=diagnose]");
  await expect(diagnosis.getByText("rules and ports are not in this file")).toHaveCount(27);
  await page.keyboard.press("P");
  await expect(page.getByText("The file that is open does not hold this part")).toBeVisible();
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

const article = `root@host:~# docker exec web cat /sys/class/net/eth0/iflink
9
root@host:~# ip link
9: veth0e9cd8d@if8: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP
`;
const pasteField = (page: Page) => page.getByRole("textbox", { name: "Text to draw" });
const pasteText = (page: Page, text: string): Promise<void> =>
  page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", given);
    const whole = { bubbles: true, cancelable: true, clipboardData };
    document.body.dispatchEvent(new ClipboardEvent("paste", whole));
  }, text);

test("output that is dropped as a file, or pasted on another page, stands where it is drawn", async ({
  page,
}) => {
  await ready(page);
  await give(page, "drop", "notes.txt", bytesOf(article));
  await expect(pasteField(page)).toHaveValue(article);
  await expect(pasteField(page)).toBeFocused();
  await expect(page.getByText("1 pair found")).toBeVisible();

  await page.goto("/hosts/sample");
  await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });
  await pasteText(page, article);
  await expect(page).toHaveURL(/\/open$/);
  await expect(pasteField(page)).toHaveValue(article);
  await page.getByRole("button", { name: "Draw it" }).click();
  await isOpen(page);
  // What is open makes way for what is pasted next.
  await pasteText(page, article.replace("exec web", "exec shop"));
  await expect(pasteField(page)).toHaveValue(/exec shop/);
});

test("text that nobody knows is refused with the way to the field; a word is no try to open something", async ({
  page,
}) => {
  await ready(page);
  await pasteText(page, "veth0e9cd8d");
  await give(page, "drop", "poem.txt", bytesOf("Roses are red,\nviolets are blue.\n"));
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await expect(refusal(page)).toContainText("can be pasted");
  expect(await faults(page)).toEqual([]);
  await refusal(page).getByRole("button", { name: "Paste output" }).click();
  await expect(refusal(page)).toHaveCount(0);
  await expect(pasteField(page)).toBeFocused();
});

test("a picture that a chat made into another kind says what to ask for", async ({ page }) => {
  await ready(page);
  await give(page, "drop", "host.jpg", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16));
  await expect(refusal(page)).toContainText("Chat apps");
  await expect(refusal(page)).toContainText(".topo.png or .topo.svg");
});
