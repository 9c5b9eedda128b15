import { type Browser, chromium, type Page } from "playwright";
import { dataFolder, removeFolder, serveAlone } from "@/e2e/serve-alone";
import { ensureBuilt } from "@/server/cli/prepare.mjs";

const chromiumArgs = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A Vethscope of its own and a browser without a GPU; `link` signs a page in. Both are gone afterwards. */
export async function withBrowser<T>(
  measure: (browser: Browser, link: string) => Promise<T>,
): Promise<T> {
  await ensureBuilt({ log: (line: string) => console.log(line) });
  const data = await dataFolder();
  const alone = await serveAlone({ data });
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: chromiumArgs,
  });
  try {
    return await measure(browser, alone.link);
  } finally {
    await browser.close();
    await alone.end("SIGINT");
    await removeFolder(data);
  }
}

/** A page of a usual window, let in. */
export async function signedIn(browser: Browser, link: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  await page.goto(link);
  await page.waitForURL((url) => url.pathname !== "/enter");
  return page;
}
