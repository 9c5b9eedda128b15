import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import { graph } from "@/lib/graph/graph";
import type { Orientation } from "@/lib/graph/model";
import { visible } from "@/lib/graph/names";
import { type TestWorld, topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import { svg } from "@/lib/render/svg";
import { scene } from "@/lib/scene/scene";
import type { Topology } from "@/lib/topology/model";
import { dot } from "./dot";
import { mermaid } from "./mermaid";
import { drawnTopology } from "./net-names";
import { pairRows } from "./pair-rows";
import { secretWorld } from "./secret-world";
import { freeze, plainlyShown } from "./snapshot";
import { markdown, pairsCsv, pairTable } from "./text-tables";

const words = wordsIn("en");
const shown = (topology: Topology, orientation: Orientation = "rails") =>
  graph(topology, { orientation, stopped: true }, words);

/** What graphviz makes of it: one line for each node and edge, names and labels as it understood them. */
function drawn(text: string): {
  readonly status: number | null;
  readonly plain: string;
  readonly said: string;
} {
  const { status, stdout, stderr, error } = spawnSync("dot", ["-Tplain"], {
    input: text,
    encoding: "utf8",
  });
  if (error)
    throw new Error("graphviz is not here (apt-get install graphviz): DOT cannot be tried");
  return { status, plain: stdout, said: stderr };
}

const named = (name: string): Topology => {
  const world: TestWorld = {
    networks: [{ name, bridge: "docker0" }],
    containers: [
      { name, on: [name] },
      { name: `${name}2`, on: [name], is: "stopped" },
    ],
  };
  return topologyOf(world);
};

const hostile = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
  fc.string({
    unit: fc.constantFrom(..."\"'`<>&|\\#;:%[](){}=@-_*~$!\n\r\t\u202e\u0000 aN"),
    minLength: 1,
  }),
  fc.constantFrom(
    ...[
      "\\",
      '"',
      '\\"',
      "\\N",
      "&lt;b&gt;",
      "<b>x</b>",
      "end",
      "subgraph",
      "--> x",
      "]];click n0 call()",
    ],
    ...[
      "=cmd|' /C calc'!A0",
      "a|b",
      "[x](http://x)",
      "![](x)",
      "https://x.example",
      "www.x.example",
      "@all",
    ],
    ...[
      "\u202egpj.exe",
      "`x`",
      "$x$",
      "a\nb",
      "%%{init: {}}%%",
      "#quot;",
      "~~~",
      "<!--",
      "</metadata>",
    ],
  ),
);

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const lines = (text: string) => text.replace(/[\r\n]/g, "");

describe("DOT", () => {
  test.each(recordedHosts)("of %s is drawn by graphviz with every interface", (name) => {
    const topology = understand(recordedFacts(name));
    const labels = pairRows(topology).flatMap(({ inner, outer }) =>
      [inner, outer].flatMap((link) => link?.label ?? []),
    );
    expect(labels.length).toBeGreaterThan(20);
    for (const orientation of ["rails", "textbook"] as const) {
      const { status, plain, said } = drawn(dot(shown(topology, orientation)));
      expect([status, said]).toEqual([0, ""]);
      expect(labels.filter((label) => !plain.includes(label))).toEqual([]);
    }
  });

  test("a name stays one name, whatever is in it: nothing is added to the graph", () => {
    const plainly = drawn(dot(shown(named("web")))).plain.split("\n").length;
    fc.assert(
      fc.property(hostile, (name) => {
        const text = dot(shown(named(name)));
        const { status, plain, said } = drawn(text);
        expect([status, said]).toEqual([0, ""]);
        expect(plain.split("\n")).toHaveLength(plainly);
        expect(lines(text)).not.toMatch(unseen);
      }),
      { numRuns: 60 },
    );
  });

  test("its title is one label, whatever is in it", () => {
    const plainly = drawn(dot(shown(named("web")), "Tuesday")).plain.split("\n").length;
    fc.assert(
      fc.property(hostile, (title) => {
        const { status, plain, said } = drawn(dot(shown(named("web")), title));
        expect([status, said]).toEqual([0, ""]);
        expect(plain.split("\n")).toHaveLength(plainly);
      }),
      { numRuns: 30 },
    );
    expect(dot(shown(named("web")), "Tuesday")).toContain('label="Tuesday", labelloc=t');
    expect(dot(shown(named("web")))).not.toContain("Tuesday");
  });

  test("a label is shown to the letter", () => {
    const { plain } = drawn(dot(shown(named('a\\N&lt;"b'))));
    expect(plain).toContain('\\\\N&lt;\\"b');
  });
});

describe("Mermaid", () => {
  test("no letter of a name is one of its own", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const text = mermaid(shown(named(name)));
        expect(lines(text)).not.toMatch(unseen);
        const plain = mermaid(shown(named("web")));
        expect(text.split("\n")).toHaveLength(plain.split("\n").length);
        for (const [, label = ""] of text.matchAll(/"([^"]*)"/g))
          expect(label.replace(/#\d+;/g, "")).not.toMatch(/["`<>&#;[\]{}|\\$%*~!]/);
        expect(text.split('"').length % 2).toBe(1);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the title of a Mermaid chart", () => {
  test("is one value of its front matter, which reads as what was written", () => {
    fc.assert(
      fc.property(hostile, (title) => {
        const [, line = "", close, first] = mermaid(shown(named("web")), title).split("\n");
        expect([close, first?.slice(0, 9)]).toEqual(["---", "flowchart"]);
        expect(line).toMatch(/^title: "[^"<>%#\n]*"$/);
        expect(parse(line)).toEqual({ title: visible(title) });
      }),
      { numRuns: 300 },
    );
  });

  test("is not there where there is none", () => {
    expect(mermaid(shown(named("web")))).toMatch(/^flowchart /);
  });
});

describe("Markdown", () => {
  test("of a host holds its cables, its networks and what could not be read", () => {
    const facts = recordedFacts("docker-28.5-debian-sid");
    const text = markdown(understand(facts), words, "Our <host>");
    expect(text).toContain("# Our &#60;host&#62;\n\nRead 2026-");
    expect(text).toMatch(/\| web2 \| eth0@if\d+ \| veth[0-9a-f]+@if\d+ \| docker0 \| bridge \|/);
    expect(text).toContain("## Networks");
    const answers = facts.answers.filter(({ probe }) => probe !== "lsns");
    const gaps = [
      { probe: "lsns", netns: null, reason: "command-missing", command: "lsns" },
    ] as const;
    expect(markdown(understand({ ...facts, answers, gaps }), words, null)).toContain(
      "- The command lsns is not there",
    );
  });

  test("a name is one cell of text: no markup, no link, no mention", () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const text = markdown(named(name), words, name);
        expect(lines(text)).not.toMatch(unseen);
        for (const line of text.split("\n")) {
          if (line.startsWith("|")) expect([5, 7, 11]).toContain(line.split("|").length);
          expect(line.replace(/^\|[-|]+\|$/, "").replace(/&#\d+;/g, "")).not.toMatch(
            /[<>\\`*~[\]$&]|:\/\/|www[.]|(?:^|[^a-z0-9;])@/i,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("SVG", () => {
  test("a name adds no element, and no letter that XML cannot hold", () => {
    const elements = (text: string) => text.match(/<[^>]*/g)?.length;
    const plain = elements(
      svg(scene(shown(named("web"))), { theme: "light", title: "x", data: "AAAA" }),
    );
    fc.assert(
      fc.property(hostile, (name) => {
        const drawing = scene(shown(named(name)));
        const text = svg(drawing, { theme: "light", title: name, data: "AAAA" });
        expect(text.match(/<\/?metadata/g)).toHaveLength(2);
        expect(text).not.toMatch(/<script|<b>|<!--/);
        // Longer names make longer lines: their number may differ, tags of ours are all there is.
        for (const [, tag] of text.matchAll(/<\/?([^\s>/]*)/g))
          expect(["svg", "title", "metadata", "rect", "g", "path", "text"]).toContain(tag);
        expect(lines(text)).not.toMatch(/[^\t\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
        expect(plain).toBeGreaterThan(10);
      }),
      { numRuns: 200 },
    );
  });
});

describe("tables", () => {
  test("each cable is there once, with what proves it", () => {
    const topology = understand(recordedFacts("docker-28.5-debian-sid"));
    const rows = pairRows(topology);
    const ends = rows.flatMap(({ inner, outer }) => [inner?.id, outer?.id]).filter(Boolean);
    const veths = topology.links.filter(({ kind }) => kind === "veth");
    expect(new Set(ends).size).toBe(ends.length);
    for (const { id } of veths) expect(ends).toContain(id);
    for (const { id } of topology.containers)
      expect(rows.some(({ containers }) => containers.some((each) => each.id === id))).toBe(true);
    const { head, rows: cells } = pairTable(topology, words);
    for (const row of cells) expect(row).toHaveLength(head.length);
  });

  test("as CSV for spreadsheets, in every language", () => {
    const text = pairsCsv(named("容器"), wordsIn("zh-CN"));
    expect(text.startsWith("\ufeff容器,")).toBe(true);
    expect(text).toContain("\r\n容器,eth0@if1000,veth00003e8@if2,docker0,容器,");
    expect(pairsCsv(named("=1+1"), words)).toContain('\r\n"\'=1+1",eth0');
  });
});

test("where addresses were replaced, pictures and tables say net1.2, and the file keeps numbers", () => {
  const topology = understand(recordedFacts("docker-28.5-debian-sid"));
  const { snapshot } = freeze(topology, { ...plainlyShown, redaction: "addresses" });
  const text = markdown(drawnTopology(snapshot), words, null);
  expect(text).toMatch(/\| web2 \|.*\| net\d+[.]\d+\/16 \| exact/);
  expect(text).not.toMatch(/\b24\d[.]\d+[.]\d+[.]\d+/);
  expect(JSON.stringify(snapshot)).toMatch(/"241[.]\d+[.]\d+[.]\d+"/);
  const none = freeze(topology, plainlyShown).snapshot;
  expect(drawnTopology(none)).toBe(none.topology);
});

test("a host with every kind of thing on it is written in every format", () => {
  const { topology } = secretWorld(11);
  for (const text of [
    dot(shown(topology)),
    mermaid(shown(topology)),
    markdown(topology, words, null),
  ])
    expect(text.length).toBeGreaterThan(500);
});
