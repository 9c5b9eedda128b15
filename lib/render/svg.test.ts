import { expect, test } from "vitest";
import { graph } from "@/lib/graph/graph";
import { withTrouble } from "@/lib/graph/legend";
import { pathMarks } from "@/lib/graph/path";
import { type TestWorld, topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { scene } from "@/lib/scene/scene";
import { svg, svgSize } from "./svg";
import { themes } from "./theme";

const shown = (world: TestWorld) =>
  graph(topologyOf(world), { orientation: "rails", stopped: false }, wordsIn("en"));
const one = (name: string): TestWorld => ({
  networks: [{ name: "bridge", bridge: "docker0" }],
  containers: [{ name, on: ["bridge"] }],
});
const picture = (world: TestWorld) => svg(scene(shown(world)), { theme: "light" });

test("names stay text, whatever is in them", () => {
  const text = picture(one(`<b>x "q" 'z' & $(id)`));
  expect(text).toContain("&lt;b&gt;x &quot;q&quot; &#39;z&#39; &amp; $(id)");
  expect(text).not.toContain("<b>");
});

test("a name with what XML cannot hold still gives a readable file", () => {
  const text = picture(one("a\u0000b\u001bc\ud800d\ufffee"));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
  expect(text.isWellFormed()).toBe(true);
});

test("nothing in it runs and nothing is asked of the network", () => {
  const text = picture(one("web"));
  expect(text).not.toMatch(/<script|<style|<foreignObject|\son\w+=|href|url\(|@import|<!|<\?/i);
  expect(text.match(/https?:[^"]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
});

test("host name, time and what the lines mean are in the picture", () => {
  const text = picture(one("web"));
  expect(text).toContain("prod-01 · 2026-11-21 16:20:31 UTC · Vethscope");
  expect(text).toContain("veth pair, proven");
  expect(text).toContain("<title>prod-01: 1 container, 1 bridge</title>");
});

test("the same scene gives the same bytes", () => {
  expect(picture(one("web"))).toBe(picture(one("web")));
});

test("a selection fades the rest and draws its path in the accent", () => {
  const graphed = shown(one("web"));
  const marks = pathMarks(graphed, key("ctr:web"), null);
  const text = svg(scene(graphed), { theme: "dark", marks });
  expect(text).toContain('<g opacity="0.25">');
  expect(text).toContain(`stroke="${themes.dark.accent}" stroke-width="4"`);
  expect(picture(one("web"))).not.toContain("opacity");
});

test("rings mark what was found without fading anything", () => {
  const text = svg(scene(shown(one("web"))), {
    theme: "light",
    marks: new Map([[key("ctr:web"), "match"]]),
  });
  expect(text).not.toContain("opacity");
  expect(text).toContain(`fill="none" stroke="${themes.light.match}" stroke-width="2"`);
});

test("a problem has a sign of its own, on the picture and in its legend, whatever is selected", () => {
  const words = wordsIn("en");
  const { graph: told, trouble } = withTrouble(
    shown(one("web")),
    new Map([[key("ctr:web"), [0]]]),
    words,
  );
  const sign = `fill="${themes.light.problem}"`;
  const count = (text: string) => text.split(sign).length - 1;
  const drawn = scene(told);
  const selected = pathMarks(told, key("ctr:web"), null);
  expect(count(svg(drawn, { theme: "light", trouble }))).toBe(2);
  expect(count(svg(drawn, { theme: "light", trouble, marks: selected }))).toBe(2);
  expect(count(svg(drawn, { theme: "light" }))).toBe(1);
  expect(svg(drawn, { theme: "light", trouble })).toContain(">problem</text>");
  expect(svg(scene(shown(one("web"))), { theme: "light" })).not.toContain(sign);
});

test("a part of the picture is as large as that part, its legend and its footer", () => {
  const drawn = scene(shown(one("web")));
  const part = { x: 10, y: 5, width: 500, height: 80 };
  const text = svg(drawn, { theme: "light", part });
  const { width, height } = svgSize(drawn, { theme: "light", part });
  expect(width).toBe(500);
  expect(height).toBeLessThan(svgSize(drawn, { theme: "light" }).height);
  expect(text).toContain(`viewBox="0 0 ${width} ${height}"`);
  expect(text).toContain('<svg width="500" height="80" viewBox="10 5 500 80">');
});

test("what was not read is hatched", () => {
  const world: TestWorld = {
    networks: [{ name: "bridge", bridge: "docker0" }],
    containers: [{ name: "web", on: ["bridge"], is: "unread" }],
  };
  const count = (text: string) => text.split(`stroke="${themes.light.border}"`).length;
  expect(picture(world)).toContain("not read");
  expect(picture(one("web"))).not.toContain("not read");
  expect(count(picture(world))).toBeGreaterThan(1);
});

test("a watermark stands above the picture, which is paled under it; its words stay text", () => {
  const drawn = scene(shown(one("web")));
  const file = svg(drawn, { theme: "light", watermark: "<b>old & stale" });
  expect(file).toContain("&lt;b&gt;old &amp; stale</text>");
  expect(file.indexOf('<g opacity="0.55">')).toBeGreaterThan(0);
  expect(file.indexOf("old &amp; stale")).toBeGreaterThan(file.indexOf(">web</text>"));
  expect(svg(drawn, { theme: "light" })).not.toContain('opacity="0.55"');
});

test("a heading and a code make room for themselves, and the time can be left out", () => {
  const drawn = scene(shown(one("web")));
  const plain = svgSize(drawn, { theme: "light" });
  const code = { modules: [[true, true, false]], caption: "Scan <me>" };
  const options = { theme: "light", heading: "How <it> is", code, time: false } as const;
  const text = svg(drawn, options);
  expect(text).toContain("How &lt;it&gt; is");
  expect(text).toContain("Scan &lt;me&gt;");
  expect(text).toContain('d="M0 0h2v1h-2z"');
  expect(text).not.toContain("UTC");
  expect(svgSize(drawn, options).height).toBeGreaterThan(plain.height + 48);
  expect(text).toContain(`height="${svgSize(drawn, options).height}"`);
});
