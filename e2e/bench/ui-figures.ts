import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright";
import { manyContainers, type TestWorld, topologyOf } from "@/lib/graph/test-world";
import type { Counters, Topology } from "@/lib/topology/model";
import { difference } from "@/lib/wire/find-difference";
import { pack } from "@/lib/wire/wire";
import { type Figure, median } from "./figure";
import { type Keystroke, keystrokes, typed } from "./keystrokes";
import { rulesViewFigures } from "./rules-view-figures";
import { watchFrames } from "./watch-frames";
import { signedIn, withBrowser } from "./with-browser";

/** What the page of a host should keep to, in ms, by the number of its containers (frames: their 95th percentile). */
const budgets = [
  { count: 50, paint: 300, frame: 17, lit: 50, update: 50, letter: 30 },
  { count: 200, paint: 400, frame: 17, lit: 50, update: 50, letter: 30 },
  { count: 1000, paint: 500, frame: 33, lit: 50, update: 80, letter: 60 },
  { count: 3000, paint: 600, frame: 33, lit: 50, update: 100, letter: 100 },
] as const;

type Reading = { readonly snapshot: string; readonly topology: Topology };

/** What has passed a link when its host is read for the nth time: every one of them is in use. */
const countersAt = (place: number, nth: number): Counters => ({
  rxBytes: place * 7919 + nth * ((place * 104_729) % 9973),
  rxPackets: place * 31 + nth * (place % 97),
  txBytes: place * 6007 + nth * ((place * 7919) % 9973),
  txPackets: place * 29 + nth * (place % 89),
});

/** A written host as it is read for the nth time. Live: a recording cannot be read again. */
const readOf = (world: TestWorld, nth: number): Reading => {
  const { host, links, ...rest } = topologyOf(world);
  const at = new Date(Date.parse(host.at) + nth * 1000).toISOString();
  return {
    snapshot: `bench-${world.containers.length}-${nth}`,
    topology: {
      ...rest,
      host: { ...host, at, source: "live" },
      links: links.map((link, place) => ({ ...link, counters: countersAt(place, nth) })),
    },
  };
};

/** As the API sends it to who has none. */
const whole = ({ snapshot, topology }: Reading): string =>
  JSON.stringify({ snapshot, topology: pack(topology) });

/** As the API sends it to who has the one before. */
const changed = (before: Reading, { snapshot, topology }: Reading): string =>
  JSON.stringify({
    snapshot,
    from: before.snapshot,
    difference: difference(before.topology, topology),
  });

/**
 * One container came, on the first network: its row is new, those under it move, all others stand. And
 * what has passed every other link has grown too.
 */
const withOneMore = ({ networks, containers }: TestWorld): TestWorld => ({
  networks,
  containers: [
    ...containers,
    {
      name: `project-0-late-${containers.length}`,
      project: "project-0",
      on: [networks[0]?.name ?? ""],
    },
  ],
});

/** The page's next reading is `body`; how long from the answer to its painted picture, in ms. */
const repainted = async (page: Page, body: string, count: number): Promise<number> => {
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
    // The picture is painted with what says so; a message that is sent in a frame comes after its painting.
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    window.fetch = fetched;
    return performance.now() - answered;
  }, count.toLocaleString("en"));
  await page.unroute("**/refresh");
  return took;
};

const panned = async (page: Page): Promise<number> => {
  await page.mouse.move(300, 700);
  await page.mouse.down();
  const end = await watchFrames(page);
  // Up and back again, so that the picture stands where it stood.
  for (let step = 0; step < 60; step += 1)
    await page.mouse.move(300, 700 - 16 * Math.min(step, 59 - step));
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
    const before = overlay?.childElementCount ?? 0;
    buttons[1]?.click();
    const isLit = () => (overlay?.childElementCount ?? 1) > before;
    while (!isLit() && performance.now() - start < 5000) await frame();
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    return performance.now() - start;
  });

/** Resident memory of the largest renderer process of this browser, in kB. */
const rendererMemory = async (page: Page): Promise<number> => {
  const browser = page.context().browser();
  if (browser === null) return 0;
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send("SystemInfo.getProcessInfo");
  await devtools.detach();
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]);
  return Math.max(...sizes.map(Number));
};

/** What the page's main thread worked meanwhile, in ms: on a machine that others use too, it says more than the time that passed. */
const worked = async (page: Page, work: () => Promise<unknown>): Promise<number> => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN);
  };
  const before = await busy();
  await work();
  const after = await busy();
  await devtools.detach();
  return after - before;
};

type Measured = Readonly<
  Record<
    | "paint"
    | "pan"
    | "zoom"
    | "lit"
    | "letter"
    | "slowest"
    | "marked"
    | "update"
    | "heap"
    | "resident"
    | "payload"
    | "change"
    | "work",
    number
  >
>;

/** Each figure is the median of so many runs: a page lives for hours, and its first click of a kind is compiled then. */
const runs = 5;
const lettersTyped = runs * typed.length;
const medianOf = async (work: () => Promise<number>): Promise<number> => {
  const seen: number[] = [];
  for (let run = 0; run < runs; run += 1) seen.push(await work());
  return median(seen);
};

const measure = async (page: Page, count: number): Promise<Measured> => {
  await page.keyboard.press("Escape");
  const world = manyContainers(count);
  const first = readOf(world, 0);
  const paint = await repainted(page, whole(first), count);
  const pan = await medianOf(() => panned(page));
  const zoom = await medianOf(() => zoomed(page));
  // What the pointer rests on is lit too.
  await page.mouse.move(5, 5);
  await page.waitForTimeout(300);
  const lit = await medianOf(async () => {
    const took = await litUp(page);
    await page.keyboard.press("Escape");
    await page.waitForTimeout(200);
    return took;
  });
  const letters: Keystroke[] = [];
  for (let run = 0; run < runs; run += 1) letters.push(...(await keystrokes(page)));
  let late = world;
  let shown = first;
  let turn = 0;
  const updated = () => {
    late = withOneMore(late);
    turn += 1;
    const before = shown;
    shown = readOf(late, turn);
    return repainted(page, changed(before, shown), late.containers.length);
  };
  const update = await medianOf(updated);
  const work = await medianOf(() => worked(page, updated));
  const change = gzipSync(changed(first, readOf(withOneMore(world), 1))).length / 1000;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.detach();
  const heap = await page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
  );
  const resident = await rendererMemory(page);
  const payload = gzipSync(whole(first)).length / 1000;
  return {
    paint,
    pan,
    zoom,
    lit,
    letter: median(letters.map(({ listed }) => listed)),
    slowest: Math.max(...letters.map(({ listed }) => listed)),
    marked: median(letters.flatMap(({ marked }) => marked ?? [])),
    update,
    heap: heap / 1000,
    resident,
    payload,
    change,
    work,
  };
};

const figures = (budget: (typeof budgets)[number], seen: Measured): readonly Figure[] => {
  const name = (what: string) => `${budget.count.toLocaleString("en")} containers: ${what}`;
  const within = (atMost: number) => ({ unit: "ms" as const, goal: { atMost } });
  return [
    { name: name("answer → picture"), value: seen.paint, ...within(budget.paint) },
    { name: name("pan, frame p95"), value: seen.pan, ...within(budget.frame) },
    { name: name("zoom, frame p95"), value: seen.zoom, ...within(budget.frame) },
    { name: name("click → path"), value: seen.lit, ...within(budget.lit) },
    { name: name("search, a letter"), value: seen.letter, ...within(budget.letter) },
    { name: name(`search, slowest of ${lettersTyped}`), value: seen.slowest, unit: "ms" },
    // In closed blocks nothing is marked.
    ...(Number.isNaN(seen.marked)
      ? []
      : [{ name: name("search, marked in the picture"), value: seen.marked, unit: "ms" as const }]),
    { name: name("live update"), value: seen.update, ...within(budget.update) },
    { name: name("live update, main thread"), value: seen.work, unit: "ms" },
    { name: name("JS heap"), value: seen.heap, unit: "kB", goal: { atMost: 60_000 } },
    {
      name: name("renderer, resident"),
      value: seen.resident,
      unit: "kB",
      goal: { atMost: 450_000 },
    },
    { name: name("what changed, gzip"), value: seen.change, unit: "kB" },
    {
      name: name("reading, gzip"),
      value: seen.payload,
      unit: "kB",
      goal: { atMost: Math.max(100, budget.count / 10) },
    },
  ];
};

const inBrowser = async (browser: Browser, link: string): Promise<readonly Figure[]> => {
  const page = await signedIn(browser, link);
  await page.goto(new URL("/hosts/local?view=graph", link).href);
  await page.getByRole("button", { name: "Refresh" }).waitFor();
  // The first time everything is compiled: that is the cost of the page, not of a host's size.
  await measure(page, 20);
  const all: Figure[] = [];
  for (const budget of budgets) all.push(...figures(budget, await measure(page, budget.count)));
  all.push(...(await rulesViewFigures(page, link)));
  return all;
};

/** The page of hosts of four sizes in a browser without a GPU: paint, frames, selection, update, memory. */
export const uiFigures = (): Promise<readonly Figure[]> => withBrowser(inBrowser);
