import { expect, test } from "playwright/test";
import { unpack } from "@/lib/wire/wire";

test("page, route handler, instrumentation and door reach one runtime", async ({ page }) => {
  await page.goto("/hosts/sample");
  const shown = await page.locator('meta[name="vethscope-runtime"]').getAttribute("content");
  const answer: unknown = await page.evaluate(async () => (await fetch("/api/runtime")).json());
  expect(shown).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer).toEqual({ id: shown, reachedFrom: ["door", "instrumentation", "route"] });
});

test("a reading is told to all who listen, and its evidence leads to the host's words", async ({
  page,
}) => {
  await page.goto("/hosts/sample");
  const { events, snapshot, topology } = await page.evaluate(async () => {
    const source = new EventSource("/api/hosts/sample/events");
    const events: { type: string; snapshot?: string }[] = [];
    source.addEventListener("message", ({ data }) => events.push(JSON.parse(data)));
    await new Promise((resolve) => source.addEventListener("open", resolve));
    const told = (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => events.filter(({ type }) => type === "snapshot").length === count;
        if (look()) return resolve();
        source.addEventListener("message", () => look() && resolve());
      });
    const refresh = async () =>
      (await fetch("/api/hosts/sample/refresh", { method: "POST" })).json();
    await refresh();
    await told(1);
    // Whatever else the first had told would stand before what the second tells.
    const { snapshot, topology } = await refresh();
    await told(2);
    source.close();
    return { events, snapshot, topology };
  });
  const evidence = encodeURIComponent(JSON.stringify(unpack(topology)?.links[0]?.evidence));
  const ask = (id: string) =>
    page.request.get(`/api/hosts/sample/quotes?snapshot=${id}&e=${evidence}`);
  const quotes = await (await ask(snapshot)).json();
  const gone = (await ask("another")).status();
  expect(events.map(({ type }) => type)).toEqual([
    "gathering",
    "snapshot",
    "gathering",
    "snapshot",
  ]);
  expect(events.at(-1)?.snapshot).toBe(snapshot);
  expect(quotes).toHaveLength(1);
  expect(quotes[0].text).toContain("ifname");
  expect(gone).toBe(410);
});

test("a host that nobody knows is a 404 with words", async ({ page }) => {
  await page.goto("/hosts/sample");
  const { status, body } = await page.evaluate(async () => {
    const answer = await fetch("/api/hosts/nobody/topology");
    return { status: answer.status, body: await answer.json() };
  });
  expect(status).toBe(404);
  expect(body).toEqual({ error: "runtime.unknown", values: { host: "nobody" } });
});
