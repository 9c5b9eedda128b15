import { expect, type Page } from "playwright/test";
import { terms } from "@/lib/learn/terms";
import { wordsIn } from "@/lib/messages/words";
import { complaints, details, hostPage, truePair } from "./host-page";
import { must } from "./lab/run-command";
import { test } from "./live-page";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

const note = (term: string, query = "host=local") => `/learn/${term}?${query}`;
const answers = (page: Page) => page.getByRole("region", { name: /^Answers:/ });
const printed = (page: Page) => page.locator("[data-answer]");
const typed = (page: Page) => page.locator("[data-typed]");

/** What is typed, without the sign of the prompt. */
const commandOf = async (page: Page, nth: number): Promise<string> =>
  ((await typed(page).nth(nth).textContent()) ?? "").replace(/^# /, "");

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

test("every note is there in both languages, drawn, and nothing complains", async ({ page }) => {
  test.slow();
  const heard = complaints(page);
  for (const locale of ["en", "zh-CN"] as const) {
    const words = wordsIn(locale);
    for (const term of terms) {
      const answer = await page.goto(note(term, `host=local&lang=${locale}`));
      expect(answer?.status()).toBe(200);
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      const title = words(`learn.terms.${term}.title`);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
      await expect(page.getByRole("img", { name: title })).toBeVisible();
    }
  }
  await page.goto("/learn?lang=en");
  await expect(page.getByRole("main").getByRole("listitem")).toHaveCount(terms.length);
  expect(heard).toEqual([]);
});

test("beside the commands stands what this host really answered", async ({ page }) => {
  const { onHost, inside } = truePair("web", "eth0");
  await page.goto(hostPage);
  await page.goto(note("ifindex", "host=local&sel=ctr:web"));
  await expect(answers(page)).toContainText("This machine");
  await expect(printed(page).nth(0)).toContainText(
    `{"ifindex":${inside.ifindex},"link_index":${onHost.ifindex},"ifname":"eth0"`,
  );
  await expect(printed(page).nth(1)).toContainText(
    `{"ifindex":${onHost.ifindex},"link_index":${inside.ifindex},"ifname":"${onHost.ifname}"`,
  );
});

test("the commands run on this host as they are printed, and say the same", async ({ page }) => {
  const { onHost, inside } = truePair("web", "eth0");
  await page.goto(hostPage);
  await page.goto(note("ifindex", "host=local&sel=ctr:web"));
  const iflink = await must(["sh", "-c", await commandOf(page, 0)]);
  expect(iflink.trim()).toBe(`${onHost.ifindex}`);
  const line = await must(["sh", "-c", await commandOf(page, 1)]);
  expect(line).toContain(`${onHost.ifindex}: ${onHost.ifname}@if${inside.ifindex}:`);

  await page.goto(note("nsid", "host=local&sel=ctr:web"));
  const map = await must(["sh", "-c", await commandOf(page, 1)]);
  const row = ((await printed(page).nth(1).textContent()) ?? "").trim().split(/\s+/);
  expect(map.split("\n").map((each) => each.trim().split(/\s+/))).toContainEqual(row);
});

test("a question mark says what a word means and leads to its note and back", async ({ page }) => {
  const heard = complaints(page);
  await page.goto(`${hostPage}?sel=peer:ctr:web/eth0`);
  const mark = details(page).getByRole("button", { name: "What is this: nsid (link-netnsid)?" });
  await mark.first().focus();
  await page.keyboard.press("Enter");
  const told = page.getByRole("dialog", { name: "nsid (link-netnsid)" });
  await expect(told).toContainText("in which namespace the other end of an interface is");
  await page.keyboard.press("Escape");
  await expect(told).toHaveCount(0);
  await expect(mark.first()).toBeFocused();

  await page.keyboard.press("Enter");
  await expect(told).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(told.getByRole("link", { name: "Read the note" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/learn/nsid?host=local&sel=peer%3Actr%3Aweb%2Feth0");
  await expect(typed(page).first()).toContainText(truePair("web", "eth0").onHost.ifname);
  await page.getByRole("link", { name: "Back to This machine" }).click();
  await expect(page).toHaveURL(`${hostPage}?sel=peer%3Actr%3Aweb%2Feth0`);
  await expect(details(page).getByRole("heading", { level: 2 })).toContainText(
    truePair("web", "eth0").onHost.ifname,
  );
  expect(heard).toEqual([]);
});

test("every question mark names a note that is there", async ({ page }) => {
  const marks = page.locator("[data-term]");
  const found = new Set<string>();
  for (const place of [
    "?sel=ctr:web",
    "?sel=peer:ctr:web/eth0",
    "?sel=if:host/docker0",
    "?view=table",
  ]) {
    await page.goto(`${hostPage}${place}`);
    await expect(marks).not.toHaveCount(0);
    for (const each of await marks.all()) found.add((await each.getAttribute("data-term")) ?? "");
  }
  expect([...found].filter((term) => !terms.some((each) => each === term))).toEqual([]);
  expect(found.size).toBeGreaterThan(5);
});

test("what a host has not is said, and the sample's answer stands in", async ({ page }) => {
  await page.goto("/hosts/sample");
  await page.goto(note("overlay", "host=sample"));
  await expect(answers(page)).toContainText("there is no such thing on it. No answer is made up");
  await expect(printed(page)).toHaveCount(0);
  await page.goto(hostPage);
  await page.goto(note("overlay"));
  await expect(answers(page)).toContainText("nor on the sample host");
});

test("without a host in the link it is the one last looked at", async ({ page }) => {
  await page.goto(hostPage);
  await expect(page.getByTestId("as-of")).not.toBeEmpty();
  await page.goto("/learn/veth");
  await expect(answers(page)).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Answers: This machine" })).toBeVisible();
  await page.goto("/learn/veth?host=no-such-host");
  await expect(page.getByRole("heading", { name: "Answers: This machine" })).toBeVisible();
});

test("a blog's link opens in Chinese, and the language can be changed without losing the host", async ({
  page,
}) => {
  await page.goto("/learn/veth?host=sample&sel=ctr:web&lang=zh-CN");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("veth 对");
  await expect(page).toHaveTitle("veth 对 · 概念笔记 · Vethscope");
  await expect(page.getByRole("heading", { name: "示例主机 的回答" })).toBeVisible();
  await page.getByRole("button", { name: /语言/ }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("veth pair");
  await expect(page).toHaveURL("/learn/veth?host=sample&sel=ctr%3Aweb");
});

test("another name leads to the note, and what is no term is not found", async ({ page }) => {
  await page.goto("/learn/iflink?host=sample");
  await expect(page).toHaveURL("/learn/ifindex?host=sample");
  expect((await page.goto("/learn/constructor"))?.status()).toBe(404);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("no note is wider than the window", async ({ page }) => {
    test.slow();
    for (const term of terms) {
      await page.goto(note(term, "host=sample"));
      expect(await width(page)).toBeLessThanOrEqual(390);
    }
    await page.goto("/learn");
    expect(await width(page)).toBeLessThanOrEqual(390);
  });
});
