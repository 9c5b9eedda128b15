import { type Browser, chromium, type Page } from "playwright";
import { dataFolder, removeFolder, serveAlone } from "@/e2e/serve-alone";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import { pack } from "@/lib/wire/wire";
import { ensureBuilt } from "@/server/cli/prepare.mjs";
import type { Figure } from "./figure";

/** What the page of a host should keep to, in ms, by the number of its containers (frames: their 95th percentile). */
const budgets = [
  { count: 50, paint: 300, frame: 17, lit: 50, update: 50 },
  { count: 200, paint: 400, frame: 17, lit: 50, update: 50 },
  { count: 1000, paint: 500, frame: 33, lit: 50, update: 80 },
  { count: 3000, paint: 600, frame: 33, lit: 50, update: 100 },
] as const;

const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A reading of a written host, as the API would send it. Live: a recording cannot be read again. */
const reading = (count: number): string => {
  const { host, ...rest } = topologyOf(manyContainers(count));
  const topology = { ...rest, host: { ...host, source: "live" as const } };
  return JSON.stringify({ snapshot: `bench-${count}`, topology: pack(topology) });
};

/** The page's next reading has `count` containers; how long from the answer to its painted picture, in ms. */
const repainted = async (page: Page, count: number): Promise<number> => {
  const body = reading(count);
  await page.route("**/refresh", (route) =>
    route.fulfill({ contentType: "application/json", body }),
  );
  const took = await page.evaluate(async (wanted) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const fetched = window.fetch;
    let answered = 0;
    window.fetch = async (...args) => {
      const answer = await fetched(...args);
      const text = await answer.text();
      answered = performance.now();
      return new Response(text, { status: answer.status });
    };
    document.querySelector<HTMLButtonElement>("button[aria-label='Refresh']")?.click();
    const said = () =>
      document.querySelector("[data-view=graph] [role=group]")?.getAttribute("aria-label") ?? "";
    while (!said().includes(`: ${wanted} `)) await frame();
    // One frame to paint what was set, one to know that it was painted.
    await frame();
    await frame();
    window.fetch = fetched;
    return performance.now() - answered;
  }, count.toLocaleString("en"));
  await page.unroute("**/refresh");
  return took;
};

/** Frames from now on, until `end`: the 95th percentile of the time between two of them, in ms. */
const watchFrames = async (page: Page): Promise<() => Promise<number>> => {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = 0;
    const step = (now: number) => {
      if (last > 0) frames.push(now - last);
      last = now;
      handle = requestAnimationFrame(step);
    };
    let handle = requestAnimationFrame(step);
    Object.assign(window, {
      framesSeen: () => {
        cancelAnimationFrame(handle);
        return frames;
      },
    });
  });
  return async () => {
    const frames = await page.evaluate(() =>
      (window as unknown as { framesSeen: () => number[] }).framesSeen(),
    );
    const sorted = frames.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  };
};

const panned = async (page: Page): Promise<number> => {
  await page.mouse.move(300, 700);
  await page.mouse.down();
  const end = await watchFrames(page);
  for (let step = 0; step < 60; step += 1) await page.mouse.move(300 + step, 700 - 8 * step);
  const frames = await end();
  await page.mouse.up();
  return frames;
};

const zoomed = async (page: Page): Promise<number> => {
  await page.mouse.move(500, 450);
  const end = await watchFrames(page);
  for (let step = 0; step < 30; step += 1) await page.mouse.wheel(0, step < 15 ? 60 : -60);
  return end();
};

/** From the press of a button of the row list to the path drawn over the picture, in ms. */
const litUp = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const buttons = document.querySelectorAll<HTMLButtonElement>("[data-view=graph] ul button");
    const overlay = document.querySelector("[data-view=graph] svg[aria-hidden] g");
    const start = performance.now();
    buttons[1]?.click();
    while ((overlay?.childElementCount ?? 1) === 0) await frame();
    await frame();
    return performance.now() - start;
  });

type Measured = Readonly<Record<"paint" | "pan" | "zoom" | "lit" | "update" | "heap", number>>;

const measure = async (page: Page, count: number): Promise<Measured> => {
  await page.keyboard.press("Escape");
  const paint = await repainted(page, count);
  const pan = await panned(page);
  const zoom = await zoomed(page);
  const lit = await litUp(page);
  await page.keyboard.press("Escape");
  const update = await repainted(page, count + 1);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.detach();
  const heap = await page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
  );
  return { paint, pan, zoom, lit, update, heap: heap / 1000 };
};

const figures = (budget: (typeof budgets)[number], seen: Measured): readonly Figure[] => {
  const name = (what: string) => `${budget.count.toLocaleString("en")} containers: ${what}`;
  const within = (atMost: number) => ({ unit: "ms" as const, goal: { atMost } });
  return [
    { name: name("answer → picture"), value: seen.paint, ...within(budget.paint) },
    { name: name("pan, frame p95"), value: seen.pan, ...within(budget.frame) },
    { name: name("zoom, frame p95"), value: seen.zoom, ...within(budget.frame) },
    { name: name("click → path"), value: seen.lit, ...within(budget.lit) },
    { name: name("live update"), value: seen.update, ...within(budget.update) },
    { name: name("JS heap"), value: seen.heap, unit: "kB", goal: { atMost: 60_000 } },
  ];
};

const inBrowser = async (browser: Browser, link: string): Promise<readonly Figure[]> => {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
  });
  await page.goto(link);
  await page.waitForURL((url) => url.pathname !== "/enter");
  await page.goto(new URL("/hosts/local?view=graph", link).href);
  await page.getByRole("button", { name: "Refresh" }).waitFor();
  // The first time everything is compiled: that is the cost of the page, not of a host's size.
  await measure(page, 20);
  const all: Figure[] = [];
  for (const budget of budgets) all.push(...figures(budget, await measure(page, budget.count)));
  return all;
};

/** The page of hosts of four sizes in a browser without a GPU: paint, frames, selection, update, memory. */
export async function uiFigures(): Promise<readonly Figure[]> {
  await ensureBuilt({ log: (line: string) => console.log(line) });
  const data = await dataFolder();
  const alone = await serveAlone({ data });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: chromiumArgs,
  });
  try {
    return await inBrowser(browser, alone.link);
  } finally {
    await browser.close();
    await alone.end("SIGINT");
    await removeFolder(data);
  }
}
