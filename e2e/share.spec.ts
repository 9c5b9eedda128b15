import { expect, type Page } from "playwright/test";
import decodeQR from "qr/decode.js";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import { examine } from "@/lib/pipeline";
import { openLink } from "@/lib/share/link";
import { openFile } from "@/lib/share/open-file";
import type { Topology } from "@/lib/topology/model";
import { openWritten } from "./generated-host";
import { complaints, truePair } from "./host-page";
import { test } from "./live-page";
import { faults, widerThan } from "./looks";
import { asked, choose, give, openDialog, redact, type Saved, saved } from "./sharing";

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

test("a file holds the rules and ports of the reading; a box leaves them out", async ({ page }) => {
  await page.goto(sample);
  const dialog = await openDialog(page);
  await redact(page, "none");
  const { ruling } = examine(recordedFacts("docker-28.5-debian-sid"));
  const held = async () => {
    const file = await openFile((await saved(page)).bytes);
    if (file.kind !== "topology") throw new Error("it opens as none");
    return file.snapshot.ruling;
  };
  const box = dialog.getByRole("checkbox", { name: /^Rules and ports inside/ });
  await expect(box).toBeChecked();
  await expect(dialog).toContainText(/\d+ rules of the firewall and \d+ listening sockets/);
  for (const format of ["png", "svg", "json"]) {
    await choose(page, format);
    expect(await held()).toEqual(ruling);
  }
  await box.uncheck();
  expect(await held()).toBeNull();
});

test("a PNG has the size that the dialog says; SVG holds text, a title and a name of one's own", async ({
  page,
}) => {
  await page.goto(sample);
  const dialog = await openDialog(page);
  const once = async (scale: string) => {
    await dialog.getByRole("button", { name: scale }).click();
    // Until then it speaks of what was chosen before, and nothing can be saved.
    await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeEnabled();
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

test("a part is drawn alone, carries itself alone, and opens as a part", async ({ page }) => {
  const { onHost } = truePair("web", "eth0");
  const other = truePair("web2", "eth0").onHost;
  await page.goto("/hosts/local?sel=ctr:web");
  const dialog = await openDialog(page);
  await redact(page, "none");
  await choose(page, "svg");
  await dialog.getByRole("button", { name: "Selection", exact: true }).click();
  await expect(dialog).toContainText("Only this leaves");
  await expect(dialog.getByRole("checkbox", { name: /^Data inside/ })).toBeChecked();
  for (const format of ["svg", "png", "json"]) {
    await choose(page, format);
    const part = await saved(page);
    const topology = await opened(part);
    // sidecar lives in web's namespace: they are one box.
    expect(topology.containers.map(({ name }) => name).toSorted()).toEqual(["sidecar", "web"]);
    const names = topology.links.map(({ name }) => name);
    expect(names).toContain(onHost.ifname);
    expect(names).not.toContain(other.ifname);
    const text = textOf(part);
    if (format !== "png") expect(text).not.toContain(other.ifname);
    if (format === "svg") expect(text).toContain(onHost.ifname);
    if (format !== "json") continue;
    await page.keyboard.press("Escape");
    await give(page, "drop", part.name, part.bytes);
    await expect(page.getByText("It shows a part of the host")).toBeVisible();
    await expect(page.getByRole("heading", { level: 2, name: "web" })).toBeVisible();
  }
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

test("nothing can be saved of what was chosen before: with names replaced, it could hold them", async ({
  page,
}) => {
  await openWritten(page, topologyOf(manyContainers(300)), "");
  const dialog = await openDialog(page);
  await choose(page, "json");
  const save = dialog.getByRole("button", { name: "Save", exact: true });
  await expect(save).toBeEnabled();
  const barred = await dialog.evaluate(async (element) => {
    const replace = [...element.querySelectorAll("select")].find((each) =>
      [...each.options].some(({ value }) => value === "names"),
    );
    const button = [...element.querySelectorAll("button")].find(
      ({ textContent }) => textContent === "Save",
    );
    if (replace === undefined || button === undefined) throw new Error("no such field");
    replace.value = "names";
    replace.dispatchEvent(new Event("change", { bubbles: true }));
    // What was chosen is on the page after this microtask; the 300 containers are not made anew by then.
    await Promise.resolve();
    return button.disabled;
  });
  expect(barred).toBe(true);
  expect(textOf(await saved(page))).not.toContain(manyContainers(300).containers[0]?.name);
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

/** What a reader of codes sees in the pixels of a PNG. */
const codeIn = async (page: Page, { bytes }: Saved): Promise<string> => {
  const pixels = await page.evaluate(async (letters) => {
    const raw = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([raw], { type: "image/png" }));
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(image, 0, 0);
    const { data = [] } = context?.getImageData(0, 0, width, height) ?? {};
    // The code is black on white in any theme: one channel tells it.
    let text = "";
    for (let at = 0; at < data.length; at += 4) text += (data[at] ?? 0) < 128 ? "1" : "0";
    return { width, height, text };
  }, Buffer.from(bytes).toString("base64"));
  const { width, height, text } = pixels;
  const data = new Uint8ClampedArray(4 * width * height);
  for (let at = 0; at < text.length; at++)
    data.fill(text[at] === "1" ? 0 : 255, 4 * at, 4 * at + 4).fill(255, 4 * at + 3, 4 * at + 4);
  return decodeQR({ width, height, data }, { effort: Infinity, timeLimit: Infinity });
};

test("a code is drawn where the link is short enough, and said to be too long where not", async ({
  page,
}) => {
  await openWritten(page, topologyOf(manyContainers(30)), "");
  const dialog = await openDialog(page);
  await dialog.getByRole("button", { name: "1×" }).click();
  await dialog.getByRole("checkbox", { name: /QR code/ }).check();
  await expect(dialog).toContainText(/[\d,]+ characters/);
  await expect(dialog.getByRole("button", { name: "Save", exact: true })).toBeEnabled();
  const link = await codeIn(page, await saved(page));
  expect(link).toContain(`${new URL(page.url()).origin}/open#z=`);
  const linked = await openLink(link.split("#", 2)[1] ?? "");
  expect(linked.kind === "topology" && linked.snapshot.topology.containers).toHaveLength(30);
  await choose(page, "svg");
  expect(textOf(await saved(page))).toContain("Scan to open this host in Vethscope");

  await page.goto(`${sample}?sel=ctr:web`);
  await openDialog(page);
  await dialog.getByRole("button", { name: "1×" }).click();
  await redact(page, "none");
  await dialog.getByRole("checkbox", { name: /QR code/ }).click();
  const box = dialog.getByRole("checkbox", { name: /QR code/ });
  await expect(dialog).toContainText("It does not fit");
  await expect(box).not.toBeChecked();
  await dialog.getByRole("button", { name: "Only the selection" }).click();
  await expect(dialog).not.toContainText("It does not fit");
  await expect(box).toBeChecked();
  expect(await codeIn(page, await saved(page))).toContain("/open#z=");
});

test("what the host said becomes a facts file, of the server's host and of one that is open, with a loud warning", async ({
  page,
}) => {
  const facts = { ...recordedFacts("docker-28.5-debian-sid"), source: "recorded" };
  await page.goto(sample);
  const dialog = await openDialog(page);
  await redact(page, "names");
  await choose(page, "facts");
  await expect(dialog.getByRole("alert")).toContainText("nothing in it is redacted");
  await expect(dialog.getByLabel("Replace", { exact: true })).toHaveCount(0);
  await expect(dialog.getByTestId("preview")).toContainText("NOT REDACTED");
  const file = await saved(page);
  expect(file.name).toBe("delta.facts.json");
  const opened = await openFile(file.bytes);
  expect(opened).toMatchObject({ kind: "facts", facts: { answers: facts.answers } });

  await page.keyboard.press("Escape");
  await give(page, "drop", file.name, file.bytes);
  await expect(page.getByRole("button", { name: "Close what is open" })).toBeVisible();
  await openDialog(page);
  const requests = asked(page);
  await choose(page, "facts");
  const again = await openFile((await saved(page)).bytes);
  expect(again).toEqual(opened);
  expect(requests.filter((url) => url.includes("/api/"))).toEqual([]);
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
