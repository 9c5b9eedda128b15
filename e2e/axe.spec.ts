import { expect } from "playwright/test";
import { details, hostPage, truePair } from "./host-page";
import { test } from "./live-page";
import { expectFine, faults, widerThan } from "./looks";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });
test.describe.configure({ timeout: 60_000 });

const sample = "/hosts/sample";

for (const [name, path] of [
  ["start", "/start"],
  ["hosts", "/hosts"],
  ["graph", sample],
  ["textbook", `${sample}?orient=textbook`],
  ["table", `${sample}?view=table&stopped=1`],
  ["diagnose-lab", `${hostPage}?view=diagnose`],
  ["container", `${sample}?sel=ctr:web`],
  ["bridge", `${sample}?sel=if:host/docker0`],
  ["network", `${sample}?sel=net:shop`],
  ["not-found", "/hosts/nowhere"],
  ["no-such-page", "/nowhere/at/all"],
  ["learn", "/learn"],
  ["note", "/learn/veth"],
] as const) {
  test(`${name}: axe finds nothing, in both languages and themes; a phone shows it whole`, async ({
    page,
  }) => {
    await page.goto(path);
    await expectFine(page, `page-${name}`);
  });
}

test("what opens over the page is as good: menus, the keys, the drawer", async ({ page }) => {
  await page.goto(sample);
  for (const name of [/Choose a host/, /Language/, /Theme/, /Group rows/]) {
    await page.getByRole("button", { name }).click();
    await expect(page.getByRole("menu")).toBeVisible();
    // A menu stands at the end of the document, outside its landmarks; whoever opens it is led into it.
    expect(await faults(page, ["region"]), `${name}`).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("menu")).toHaveCount(0);
  }
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await expectFine(page, "keys", { prepare: () => page.keyboard.press("?") });
});

test("where a part of the page cannot be loaded, the page says so, as fine as any other", async ({
  page,
}) => {
  const breaks = async () => {
    await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });
    // Sharing is fetched when it is asked for first: here the network is gone by then.
    await page.route("**/_next/static/chunks/**", (route) => route.abort());
    await page.keyboard.press("s");
    await expect(
      page.getByRole("heading", { level: 1, name: /broke|出了问题|出错/ }),
    ).toBeVisible();
    await page.unroute("**/_next/static/chunks/**");
  };
  await page.goto(sample);
  await expectFine(page, "page-error", { prepare: breaks });
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
});

test("the door's own pages", async ({ browser, baseURL }) => {
  for (const locale of ["en-US", "zh-CN"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      const stranger = await browser.newContext({
        locale,
        colorScheme,
        storageState: { cookies: [], origins: [] },
      });
      const page = await stranger.newPage();
      for (const path of ["/hosts/sample", "/enter?token=nothing"]) {
        await page.goto(`${baseURL}${path}`);
        await expect(page.locator("html")).toHaveAttribute(
          "lang",
          locale.slice(0, 2) === "en" ? "en" : "zh-CN",
        );
        expect(await faults(page), `${path} ${locale} ${colorScheme}`).toEqual([]);
      }
      await stranger.close();
    }
  }
});

test.describe("zoomed in, a window has fewer and larger pixels", () => {
  for (const [name, width, height] of [
    ["1440 at 200 %", 720, 450],
    ["1280 at 200 %", 640, 400],
    ["1280 at 400 %", 320, 256],
  ] as const) {
    test(`${name}: nothing to the side, the picture high enough to be used`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      for (const path of [`${sample}?view=graph`, `${sample}?view=table`, "/hosts", "/start"]) {
        await page.goto(path);
        await expect(page.getByRole("main")).toBeVisible();
        expect(await widerThan(page, width), path).toEqual([]);
      }
      await page.goto(`${sample}?view=graph`);
      const box = await page.getByRole("main").boundingBox();
      expect(box?.height ?? 0).toBeGreaterThan(180);
    });
  }
});

test("where the system forces its colours, the picture is painted in them, and so is what is chosen", async ({
  page,
}) => {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
  await page.goto(`${sample}?sel=ctr:web`);
  await expect(details(page)).toBeVisible();
  const system = await page.evaluate(() => {
    const probe = document.createElement("span");
    document.body.append(probe);
    return ["Canvas", "CanvasText", "Highlight"].map((name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    });
  });
  const [canvas = "", text = "", highlight = ""] = system;
  const overlay = page.locator("[data-view=graph] svg[aria-hidden]").first();
  await expect(overlay.locator(`[stroke="${highlight}"]`).first()).toBeAttached();
  await expect(overlay.locator(`text[fill="${text}"]`).first()).toBeAttached();
  // What is painted on the canvas is no colour of ours: by its pixels.
  const painted = await page.locator("[data-view=graph] canvas").evaluateAll((all) => {
    const pixels = (each: HTMLCanvasElement): readonly number[] => {
      const context = each.width === 0 ? null : each.getContext("2d");
      if (context === null) return [];
      const { data } = context.getImageData(0, 0, each.width, each.height);
      return [...new Set(new Uint32Array(data.buffer))];
    };
    const opaque = all
      .flatMap((each) => pixels(each as HTMLCanvasElement))
      .filter((pixel) => pixel >>> 24 === 255);
    return [...new Set(opaque)].map(
      (pixel) => `rgb(${pixel & 255}, ${(pixel >> 8) & 255}, ${(pixel >> 16) & 255})`,
    );
  });
  const grey = (colour: string): boolean => {
    const [r, g, b] = colour.match(/\d+/g) ?? [];
    return r === g && g === b;
  };
  expect(painted).toContain(text);
  expect(
    painted.filter((colour) => !grey(colour) && ![canvas, highlight].includes(colour)),
  ).toEqual([]);
  const pressed = page.getByRole("button", { name: "Graph", exact: true });
  await expect(pressed).toHaveCSS("background-color", highlight);
});

test("with reduced motion nothing moves by itself", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(sample);
  await expect(details(page)).toBeVisible();
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")]
        .map((each) => getComputedStyle(each))
        .filter(
          (style) =>
            style.transitionDuration.split(", ").some((each) => Number.parseFloat(each) > 0) &&
            style.transitionProperty !== "none",
        ).length,
  );
  expect(moving).toBe(0);
});

test("small things to press are at least 24 px each way", async ({ page }) => {
  const pair = truePair("web", "eth0");
  await page.goto(`${hostPage}?sel=ctr:web`);
  await expect(details(page)).toContainText(pair.onHost.ifname);
  const small = await page.evaluate(() =>
    [...document.querySelectorAll("button, a[href], summary, input")]
      .filter((each) => each.checkVisibility() && each.closest(".sr-only") === null)
      .map((each) => ({ each, box: each.getBoundingClientRect() }))
      // Words in a sentence or a line of names are as high as the line (WCAG 2.5.8, inline).
      .filter(({ each }) => getComputedStyle(each).display !== "inline" && each.tagName !== "A")
      .filter(({ box }) => box.width > 1 && (box.width < 23.5 || box.height < 23.5))
      .map(({ each, box }) => `${each.textContent} ${box.width}×${box.height}`),
  );
  expect(small).toEqual([]);
});
