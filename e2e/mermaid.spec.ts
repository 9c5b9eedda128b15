import { expect } from "playwright/test";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import { graph } from "@/lib/graph/graph";
import { orientations } from "@/lib/graph/model";
import { manyContainers, type TestWorld, topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import { mermaid } from "@/lib/share/mermaid";
import type { Topology } from "@/lib/topology/model";
import { test } from "./live-page";

/** What the script of mermaid puts on its page. */
type Drawing = {
  parse(text: string): Promise<unknown>;
  render(id: string, text: string): Promise<{ svg: string }>;
};
type MermaidPage = typeof globalThis & { readonly mermaid: Drawing };

const chart = (topology: Topology, orientation: (typeof orientations)[number] = "rails"): string =>
  mermaid(graph(topology, { orientation, stopped: true }, wordsIn("en")));

const named = (name: string): TestWorld => ({
  networks: [{ name, bridge: "docker0" }],
  containers: [{ name, on: [name] }],
});

const hostile = [
  '"]; click n0 call alert(1)',
  "<img src=x onerror=alert(1)>",
  "end",
  "subgraph x",
  "`**x**`",
  "#quot;",
  "%%{init: {'theme':'x'}}%%",
  "a-->b",
  "\\N",
  "]]",
  "$$x$$",
  "\u202egpj",
  "fa:fa-bell",
  "容器",
];

test.beforeEach(async ({ page }) => {
  await page.goto("about:blank");
  await page.addScriptTag({ path: "node_modules/mermaid/dist/mermaid.min.js" });
});

test("mermaid's own parser takes the charts of recorded hosts, both ways round", async ({
  page,
}) => {
  const charts = recordedHosts.flatMap((name) =>
    orientations.map((each) => chart(understand(recordedFacts(name)), each)),
  );
  charts.push(chart(topologyOf(manyContainers(100))));
  for (const text of charts) {
    const parsed = await page.evaluate(
      (given) => (globalThis as MermaidPage).mermaid.parse(given),
      text,
    );
    expect(parsed).toMatchObject({ diagramType: expect.stringContaining("flowchart") });
  }
  const broken = charts[0]?.replace("flowchart LR", "flowchart LR\n  n0[") ?? "";
  await expect(
    page.evaluate((given) => (globalThis as MermaidPage).mermaid.parse(given), broken),
  ).rejects.toThrow();
});

test("a title stands above its chart to the letter, and runs nothing", async ({ page }) => {
  const topology = topologyOf(named("web"));
  for (const title of ["Tuesday: 容器", ...hostile]) {
    const text = mermaid(
      graph(topology, { orientation: "rails", stopped: true }, wordsIn("en")),
      title,
    );
    const { svg } = await page.evaluate(
      (given) => (globalThis as MermaidPage).mermaid.render("titled", given),
      text,
    );
    expect(svg).toContain("web");
    expect(svg).not.toMatch(/<img|<script|onerror="/);
    if (title.startsWith("Tuesday")) expect(svg).toContain("Tuesday: 容器");
  }
});

test("a name is drawn to the letter and runs nothing", async ({ page }) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  for (const name of hostile) {
    const drawn = await page.evaluate(
      async (given) => {
        const { svg } = await (globalThis as MermaidPage).mermaid.render("chart", given);
        document.body.innerHTML = svg;
        return {
          text: document.body.textContent ?? "",
          images: document.body.querySelectorAll("img,script,a").length,
        };
      },
      chart(topologyOf(named(name))),
    );
    expect(drawn.text).toContain(name.replace("\u202e", "\\u{202e}"));
    expect(drawn.images).toBe(0);
  }
  expect(dialogs).toEqual([]);
});
