import type { Page } from "playwright";
import { type Figure, median } from "./figure";
import { signedIn, withBrowser } from "./with-browser";

const runs = 5;

/** Drops a `.topo.json` on a page that shows no host; how long until its picture is painted, in ms. */
const opened = async (page: Page, link: string, file: string): Promise<number> => {
  await page.goto(new URL("/open", link).href, { waitUntil: "networkidle" });
  return page.evaluate(async (text) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], "bench.topo.json"));
    const start = performance.now();
    document.body.dispatchEvent(
      new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }),
    );
    while (document.querySelector("[data-view=graph] [role=group][aria-label]") === null)
      await frame();
    // A message that is sent in a frame comes after its painting.
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    return performance.now() - start;
  }, file);
};

type Made = { readonly ms: number; readonly bytes: number };

/** From the click on Save to the file, data and all. */
const savedPng = async (page: Page): Promise<Made> => {
  await page.evaluate(() => {
    const { createObjectURL } = URL;
    let start = 0;
    addEventListener("click", () => (start = performance.now()), { capture: true, once: true });
    const made = new Promise<Made>((resolve) => {
      URL.createObjectURL = (file: Blob) => {
        if (file.type === "image/png") {
          URL.createObjectURL = createObjectURL;
          resolve({ ms: performance.now() - start, bytes: file.size });
        }
        return createObjectURL.call(URL, file);
      };
    });
    Object.assign(globalThis, { made });
  });
  await page.getByRole("button", { name: "Save", exact: true }).click();
  return page.evaluate(() => (globalThis as unknown as { made: Promise<Made> }).made);
};

/** What a person waits for in a page: a PNG of `hundred`, and `thousand` opened; both as `.topo.json`. */
export const sharePageFigures = (hundred: string, thousand: string): Promise<readonly Figure[]> =>
  withBrowser(async (browser, link) => {
    const page = await signedIn(browser, link);
    await opened(page, link, hundred);
    await page.keyboard.press("s");
    await page.getByTestId("preview").locator("img").waitFor();
    const made: Made[] = [];
    for (let run = 0; run < runs; run += 1) made.push(await savedPng(page));
    const ms: number[] = [];
    for (let run = 0; run < runs; run += 1) ms.push(await opened(page, link, thousand));
    const name = "100 containers: PNG at 2×, in the browser";
    return [
      { name, value: median(made.map((each) => each.ms)), unit: "ms", goal: { atMost: 1000 } },
      {
        name,
        value: Math.max(...made.map(({ bytes }) => bytes)) / 1e6,
        unit: "MB",
        goal: { atMost: 2 },
      },
      {
        name: "1,000 containers: .topo.json dropped → picture",
        value: median(ms),
        unit: "ms",
        goal: { atMost: 1000 },
      },
    ];
  });
