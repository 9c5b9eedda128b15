import { expect, type Page } from "playwright/test";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import { examine } from "@/lib/pipeline";
import { openFile } from "@/lib/share/open-file";
import type { Topology } from "@/lib/topology/model";
import { openWritten } from "./generated-host";
import { complaints, truePair } from "./host-page";
import { test } from "./live-page";
import { faults, widerThan } from "./looks";
import { asked, choose, openDialog, redact, type Saved, saved } from "./sharing";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });
test.describe.configure({ timeout: 60_000 });

const sample = "/hosts/sample";

const opened = async ({ bytes }: Saved): Promise<Topology> => {
  const file = await openFile(bytes);
  if (file.kind !== "topology") throw new Error(`it opens as ${JSON.stringify(file)}`);
  return file.snapshot.topology;
};

/** Width and height of a PNG, from its first chunk. */
const pngSize = ({ bytes }: Saved): readonly [number, number] => {
  const view = new DataView(bytes.buffer);
  return [view.getUint32(16), view.getUint32(20)];
};

const textOf = ({ bytes }: Saved): string => new TextDecoder().decode(bytes);

test("what is saved as PNG, SVG and JSON opens as the host that the page shows", async ({
  page,
}) => {
  const heard = complaints(page);
  await page.goto(sample);
  await openDialog(page);
  await redact(page, "none");
  const { topology } = examine(recordedFacts("docker-28.5-debian-sid"));
  const original = { ...topology, host: { ...topology.host, source: "recorded" } };
  for (const format of ["png", "svg", "json"]) {
    await choose(page, format);
    const file = await saved(page);
    expect(file.name).toMatch(new RegExp(`[.]topo[.]${format}$`));
    expect(await opened(file)).toEqual(original);
  }
  expect(heard).toEqual([]);
});

test("a PNG has the size that the dialog says; SVG holds text, a title and a name of one's own", async ({
  page,
}) => {
  await page.goto(sample);
  const dialog = await openDialog(page);
  const once = async (scale: string) => {
    await dialog.getByRole("button", { name: scale }).click();
    const [size] = /\d+ × \d+/.exec((await dialog.getByText(/ px$/).textContent()) ?? "") ?? [];
    const file = await saved(page);
    expect(pngSize(file).join(" × ")).toBe(size);
    return pngSize(file);
  };
  const single = await once("1×");
  expect(await once("2×")).toEqual(single.map((side) => 2 * side));

  await choose(page, "svg");
  await dialog.getByLabel("Title").fill("Wie <b>web</b> hängt");
  await dialog.getByLabel("Name of the host").fill("our-host");
  await expect(dialog.getByTestId("preview").locator("img")).toBeVisible();
  const file = await saved(page);
  expect(file.name).toBe("our-host.topo.svg");
  expect(textOf(file)).toContain("Wie &lt;b&gt;web&lt;/b&gt; hängt");
  expect(textOf(file)).toContain("our-host · ");
  await dialog.getByLabel("Time of reading").uncheck();
  expect(textOf(await saved(page))).toContain("our-host · Vethscope");
});

test("a part is drawn alone, and carries the whole only when that is wanted", async ({ page }) => {
  const { onHost } = truePair("web", "eth0");
  const other = truePair("web2", "eth0").onHost;
  await page.goto("/hosts/local?sel=ctr:web");
  const dialog = await openDialog(page);
  await redact(page, "none");
  await choose(page, "svg");
  await dialog.getByRole("button", { name: "Selection", exact: true }).click();
  await expect(dialog.getByRole("checkbox", { name: /^Data inside/ })).not.toBeChecked();
  const part = await saved(page);
  expect(part.name).not.toContain(".topo.");
  expect(textOf(part)).toContain(onHost.ifname);
  expect(textOf(part)).not.toContain(other.ifname);
  await dialog.getByRole("checkbox", { name: /^Data inside/ }).check();
  await expect(dialog).toContainText("the data is that of the whole host");
  const carrying = await saved(page);
  expect((await opened(carrying)).links.some(({ name }) => name === other.ifname)).toBe(true);
});

test("what is replaced is counted, and in no file; the choice is kept", async ({ page }) => {
  await page.goto(sample);
  const dialog = await openDialog(page);
  await redact(page, "names");
  await expect(dialog).toContainText(/\d+ addresses, \d+ MACs, \d+ names/);
  const { topology } = examine(recordedFacts("docker-28.5-debian-sid"));
  const secrets = [
    topology.host.name,
    ...topology.containers.map(({ name }) => name),
    ...topology.links.flatMap(({ mac }) => (mac === null || /^[0f:]+$/.test(mac) ? [] : mac)),
    ...topology.networks.flatMap(({ subnets }) => subnets.map(({ subnet }) => subnet)),
  ].filter((text) => text.length > 5);
  expect(secrets.length).toBeGreaterThan(20);
  for (const format of ["svg", "json", "mmd", "dot", "md", "csv"]) {
    await choose(page, format);
    const text = textOf(await saved(page));
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }
  await page.reload();
  const again = await openDialog(page);
  await expect(again.getByLabel("Replace", { exact: true })).toHaveValue("names");
});

test("a PNG that is too large offers SVG instead", async ({ page }) => {
  await openWritten(page, topologyOf(manyContainers(1000)), "");
  const dialog = await openDialog(page);
  await dialog.getByRole("button", { name: "4×" }).click();
  await expect(dialog.getByRole("alert")).toContainText("SVG has no such limit");
  await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
  await dialog.getByRole("button", { name: "Save it as SVG" }).click();
  expect((await opened(await saved(page))).containers).toHaveLength(1000);
});

test("a picture is copied where the browser allows it, else shown to be copied by hand", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(sample);
  const dialog = await openDialog(page);
  await dialog.getByRole("button", { name: "Copy picture" }).click();
  await expect(dialog.getByRole("status").last()).toContainText("Copied pictures carry no data");
  const types = await page.evaluate(async () =>
    (await navigator.clipboard.read()).flatMap((item) => [...item.types]),
  );
  expect(types).toContain("image/png");

  // As on plain http from another machine.
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await dialog.getByRole("button", { name: "Copy picture" }).click();
  const byHand = page.getByRole("dialog", { name: "Copy this picture" });
  await expect(byHand.getByRole("img")).toBeVisible();
  await expect(byHand).toContainText("Copied pictures carry no data");
});

const linkIn = async (page: Page): Promise<string> => {
  await choose(page, "link");
  const preview = page.getByTestId("preview").locator("pre");
  await expect(preview).toContainText("/open#z=");
  await page.evaluate(() => {
    const kept: string[] = [];
    Object.assign(globalThis, { kept });
    navigator.clipboard.writeText = async (text) => void kept.push(text);
  });
  await page.getByRole("button", { name: "Copy link" }).click();
  return page.evaluate(() => (globalThis as unknown as { kept: string[] }).kept[0] ?? "");
};

test("a link holds the host in its fragment, which is sent nowhere, and a code can lead there", async ({
  page,
}) => {
  await page.goto(`${sample}?sel=ctr:web`);
  const dialog = await openDialog(page);
  await expect(dialog).not.toContainText("Address of a Vethscope");
  const link = await linkIn(page);
  expect(link.length).toBeLessThan(8192);
  await expect(dialog).toContainText("no server keeps it");

  const urls = asked(page);
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.getByText(/^Opened from a link/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 2, name: "web" })).toBeVisible();
  expect(urls.length).toBeGreaterThan(3);
  expect(urls.filter((url) => url.split("#", 1)[0]?.includes("z="))).toEqual([]);
});

test("a code is drawn where the link is short enough, and said to be too long where not", async ({
  page,
}) => {
  await openWritten(page, topologyOf(manyContainers(3)), "");
  const dialog = await openDialog(page);
  await choose(page, "svg");
  await dialog.getByRole("checkbox", { name: /QR code/ }).check();
  await expect(dialog).toContainText(/[\d,]+ characters/);
  const file = textOf(await saved(page));
  expect(file).toContain("Scan to open this host in Vethscope");
  expect(file).toContain('shape-rendering="crispEdges"');

  await page.goto(sample);
  await openDialog(page);
  await choose(page, "svg");
  await dialog.getByRole("checkbox", { name: /QR code/ }).check();
  await expect(dialog).toContainText("too many for a code that can be scanned");
});

test("axe finds nothing in any of its forms, in both themes and languages; a phone shows it whole", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const { origin: url } = new URL((await page.goto(sample))?.url() ?? "");
  for (const [lang, theme] of [
    ["en", "light"],
    ["zh-CN", "dark"],
  ] as const) {
    await page.context().addCookies([
      { name: "vethscope-lang", value: lang, url },
      { name: "vethscope-theme", value: theme, url },
    ]);
    await page.goto(`${sample}?sel=ctr:web`);
    await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });
    await page.keyboard.press("s");
    const dialog = page.getByRole("dialog");
    const format = dialog.getByRole("combobox").first();
    await expect(dialog.getByTestId("preview").locator("img")).toBeVisible();
    for (const value of ["png", "json", "link"]) {
      await format.selectOption(value);
      await expect(dialog.getByTestId("preview").locator("img, pre")).toBeVisible();
      expect(await faults(page), `${lang} ${theme} ${value}`).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await widerThan(page, 390)).toEqual([]);
    const wide = await dialog.evaluate((each) => each.scrollWidth > each.clientWidth);
    expect(wide).toBe(false);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
});

test("a PNG of 100 containers at 2× has less than 2 MB, with its data", async ({ page }) => {
  await openWritten(page, topologyOf(manyContainers(100)), "");
  const dialog = await openDialog(page);
  await expect(dialog.getByRole("button", { name: "2×" })).toHaveAttribute("aria-pressed", "true");
  const file = await saved(page);
  expect(file.bytes.length).toBeLessThan(2_000_000);
  expect((await opened(file)).containers).toHaveLength(100);
});
