import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { wordsIn } from "@/lib/messages/words";
import type { Topology } from "@/lib/topology/model";
import type { Bytes } from "./deflate";
import { mostFileBytes } from "./limits";
import { linkFragment, openLink } from "./link";
import { openFile, tooLarge } from "./open-file";
import { pngWithData, svgData } from "./pictures";
import { withText } from "./png-chunks";
import { type Refusal, refusalText } from "./refusal";
import { secretWorld } from "./secret-world";
import { freeze, plainlyShown } from "./snapshot";
import { smallPng } from "./test-png";
import { topologyJson } from "./topology-file";
import { type Step, upgraded } from "./versions";

const utf8 = new TextEncoder();
const { snapshot } = freeze(secretWorld(5).topology, plainlyShown);
const json = topologyJson(snapshot);
const file = JSON.parse(json) as Topology;

const why = async (bytes: Bytes): Promise<Refusal["why"] | string> => {
  const opened = await openFile(bytes);
  return opened.kind === "refused" ? opened.refusal.why : opened.kind;
};
const whyText = (text: string) => why(utf8.encode(text));
const whyJson = (value: unknown) => whyText(JSON.stringify(value));
const png = async () => pngWithData(smallPng, snapshot) ?? smallPng;
const bytesOf = (buffer: Uint8Array): Bytes => Uint8Array.from(buffer);

/** Zeros, packed to a thousandth. */
const bomb = deflateSync(Buffer.alloc(400_000_000));

describe("recognised by what it holds", () => {
  const latin = (text: string): Bytes => Uint8Array.from(text, (each) => each.charCodeAt(0));

  test.each([
    ["JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF"],
    ["GIF", "GIF89a\x01\x00"],
    ["WebP", "RIFF\x10\x00\x00\x00WEBPVP8 "],
    ["AVIF", "\x00\x00\x00\x1cftypavif"],
    ["HEIC", "\x00\x00\x00\x18ftypheic"],
  ])(
    "a picture that a chat made into %s is told from no picture, with what to ask for",
    async (_, bytes) => {
      const opened = await openFile(latin(bytes));
      expect(opened).toEqual({ kind: "refused", refusal: { why: "no-data", kind: "photo" } });
      const said = opened.kind === "refused" ? refusalText(opened.refusal, wordsIn("en")) : "";
      expect(said).toContain("Chat apps");
      expect(said).toContain(".topo.png or .topo.svg");
    },
  );

  test("sound and film that begin like such a picture are none", async () => {
    expect(await why(latin("RIFF\x10\x00\x00\x00WAVEfmt "))).toBe("not-ours");
    expect(await why(latin("\x00\x00\x00\x18ftypisom"))).toBe("not-ours");
    expect(await why(latin(""))).toBe("not-ours");
  });

  test("text that Windows wrote in two bytes is the same text", async () => {
    const wide = Uint8Array.from(Buffer.from(`\ufeff${json}`, "utf16le"));
    expect(await why(wide)).toBe("topology");
  });

  test("whatever it is called, and whatever space or mark stands before", async () => {
    expect(await whyText(json)).toBe("topology");
    expect(await whyText(`\ufeff \n${json}`)).toBe("topology");
    expect(await why(await png())).toBe("topology");
    expect(
      await whyText(`<svg><metadata id="vethscope">${svgData(snapshot)}</metadata></svg>`),
    ).toBe("topology");
  });

  test("facts are facts, and a recording from then on", async () => {
    const facts = recordedFacts("docker-26.1-debian-13");
    const opened = await openFile(utf8.encode(JSON.stringify({ ...facts, source: "live" })));
    expect(opened).toStrictEqual({ kind: "facts", facts: { ...facts, source: "recorded" } });
    expect(await whyJson({ ...facts, answers: [{ ...facts.answers[0], stdout: 3 }] })).toBe(
      "damaged",
    );
  });

  test.each([
    ["nothing", ""],
    ["text", "4: eth0@if5: <BROADCAST>"],
    ["HTML", "<!DOCTYPE html><html></html>"],
    ["another's JSON", '{"format":"x"}'],
    ["a list", "[1]"],
    ["JSON without a format", "{}"],
    ["a format that every object has", '{"format":"toString"}'],
  ])("not ours: %s", async (_, text) => expect(await whyText(text)).toBe("not-ours"));

  test("a topology without a word on how it was looked at opens plainly", async () => {
    expect(await openFile(utf8.encode(JSON.stringify(snapshot.topology)))).toMatchObject({
      snapshot: { topology: snapshot.topology, shown: plainlyShown },
    });
  });
});

describe("a picture without data says so", () => {
  test("PNG", async () => expect(await why(smallPng)).toBe("no-data"));
  test("SVG", async () => expect(await whyText("<svg><title>x</title></svg>")).toBe("no-data"));
  test("in words that say what happened and what to ask for", () => {
    const text = refusalText({ why: "no-data", kind: "png" }, wordsIn("en"));
    expect(text).toContain("Chat apps and image hosts remove it");
    expect(text).toContain(".topo.png");
    expect(text).not.toContain(".topo.svg");
    expect(refusalText({ why: "no-data", kind: "svg" }, wordsIn("zh-CN"))).toContain("聊天软件");
  });
});

describe("bombs are not unpacked", () => {
  test("200 MB are not looked at", async () => {
    expect(tooLarge(200_000_000)?.refusal).toEqual({ why: "too-large", megabytes: 200 });
    expect(await why(new Uint8Array(mostFileBytes + 1))).toBe("too-large");
    expect(tooLarge(mostFileBytes)).toBeNull();
  });

  test("a PNG and an SVG of 400 kB that would be 400 MB, in bounded memory", async () => {
    const held = withText(smallPng, bomb) ?? smallPng;
    const before = process.memoryUsage().rss;
    expect(await why(held)).toBe("bomb");
    expect(
      await whyText(`<svg><metadata id="vethscope">${bomb.toString("base64")}</metadata></svg>`),
    ).toBe("bomb");
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  test("a link, too", async () => {
    const packed = deflateRawSync(Buffer.alloc(20_000_000)).toString("base64url");
    expect(await openLink(`z=${packed}`)).toMatchObject({ refusal: { why: "bomb", kind: "link" } });
    expect(await openLink(`z=${"A".repeat(100_000)}`)).toMatchObject({ refusal: { why: "bomb" } });
  });

  test("deep nesting, and more values than any host has", async () => {
    expect(await whyText(`{"format":${"[".repeat(1_000_000)}`)).toBe("bomb");
    expect(await whyText(`{"a":[${"[],".repeat(5_000_000)}0]}`)).toBe("bomb");
    // Brackets in a text are text.
    expect(await whyJson({ format: "[".repeat(1000) })).toBe("not-ours");
  });
});

test("crumbs and endless names are refused before anything is made of them", async () => {
  const crumbs = new Uint8Array(8 + 12 * 2_000_000);
  crumbs.set(smallPng.subarray(0, 8));
  for (let at = 12; at < crumbs.length; at += 12) crumbs.set([0x74, 0x45, 0x58, 0x74], at);
  const began = performance.now();
  expect(await why(crumbs)).toBe("damaged");
  expect(performance.now() - began).toBeLessThan(5_000);
  const [first, ...others] = file.links;
  const links = [{ ...first, name: "x".repeat(200_000) }, ...others];
  expect(await openFile(utf8.encode(JSON.stringify({ ...file, links })))).toMatchObject({
    refusal: { why: "damaged", at: "links.0.name" },
  });
  const facts = recordedFacts("docker-26.1-debian-13");
  const [answer, ...answers] = facts.answers;
  const told = { ...facts, answers: [{ ...answer, stdout: "x".repeat(200_000) }, ...answers] };
  expect(await whyJson(told)).toBe("facts");
});

describe("what lies about itself is refused", () => {
  const broken = async (change: (bytes: Bytes, view: DataView) => void) => {
    const bytes = Uint8Array.from(await png());
    change(bytes, new DataView(bytes.buffer));
    return why(bytes);
  };
  // Our chunk follows IHDR: 8 of the signature, 25 of IHDR.
  const ours = 33;

  test("a chunk longer than the file", async () => {
    expect(await broken((_, view) => view.setUint32(ours, 0x7fffffff))).toBe("damaged");
    expect(await broken((_, view) => view.setUint32(ours, 0xffffffff))).toBe("damaged");
  });
  test("a chunk shorter than it is", async () =>
    expect(await broken((_, view) => view.setUint32(ours, 5))).toBe("damaged"));
  test("one bit of the data", async () =>
    expect(
      await broken((bytes) => {
        bytes[ours + 60] = (bytes[ours + 60] ?? 0) ^ 1;
      }),
    ).toBe("damaged"));
  test("a file that was cut off", async () => {
    const bytes = await png();
    for (const length of [8, 20, 40, 200, bytes.length - 1])
      expect(await why(bytes.slice(0, length))).toBe("damaged");
  });
  test("gzip where zlib should be, and data after its end", async () => {
    const text = utf8.encode(json);
    const gzip = withText(smallPng, bytesOf(gzipSync(text))) ?? smallPng;
    const more = withText(smallPng, bytesOf(Buffer.concat([deflateSync(text), Buffer.from("x")])));
    expect(await why(gzip)).toBe("damaged");
    expect(await why(more ?? smallPng)).toBe("damaged");
  });
  test("base64 that is none", async () =>
    expect(await whyText('<svg><metadata id="vethscope">&x;</metadata></svg>')).toBe("damaged"));
});

test("of an SVG nothing but the data is looked at", async () => {
  const data = svgData(snapshot);
  const hostile = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>
<svg onload="alert(1)"><script>alert(2)</script><image href="http://x.example/"/>
<metadata id="vethscope">${data}</metadata></svg>`;
  expect(await openFile(utf8.encode(hostile))).toStrictEqual({
    kind: "topology",
    snapshot,
    unknown: 0,
  });
});

describe("JSON that is not what it says", () => {
  test("__proto__ reaches nothing, and is counted among what is not known", async () => {
    const text = json.replace(
      '"host": {',
      '"__proto__": {"polluted": 1}, "host": {"__proto__": {"polluted": 1}, ',
    );
    const opened = await openFile(utf8.encode(text));
    expect(opened).toStrictEqual({ kind: "topology", snapshot, unknown: 2 });
    expect(
      Object.getPrototypeOf(opened.kind === "topology" ? opened.snapshot.topology.host : null),
    ).toBe(Object.prototype);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("fields of a newer version are left out, and it is said how many", async () => {
    const grown = { ...file, colours: [], host: { ...file.host, colour: "red" } };
    expect(await openFile(utf8.encode(JSON.stringify(grown)))).toStrictEqual({
      kind: "topology",
      snapshot,
      unknown: 2,
    });
  });

  test("two rows with one id", async () => {
    expect(await whyJson({ ...file, links: [...file.links, file.links[0]] })).toBe("twice");
    expect(await whyJson({ ...file, namespaces: [...file.namespaces, file.namespaces[1]] })).toBe(
      "twice",
    );
  });

  test("references that lead nowhere", async () => {
    expect(await whyJson({ ...file, links: file.links.slice(0, 2) })).toBe("nowhere");
    expect(await whyJson({ ...file, containers: [] })).toBe("nowhere");
    const [first, ...others] = file.routes;
    expect(await whyJson({ ...file, routes: [{ ...first, netns: "sample/9" }, ...others] })).toBe(
      "nowhere",
    );
  });

  test("the place of the first fault is told", async () => {
    const [first, ...others] = file.links;
    const links = [first, { ...others[0], mtu: "1500" }, ...others.slice(1)];
    expect(await openFile(utf8.encode(JSON.stringify({ ...file, links })))).toMatchObject({
      refusal: { why: "damaged", kind: "json", at: "links.1.mtu" },
    });
    expect(await whyText(json.slice(0, -20))).toBe("damaged");
  });

  test("whatever stands in a field: opened whole, or refused", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(file)),
        fc.constantFrom(
          "id",
          "netns",
          "peer",
          "name",
          "prefix",
          "containers",
          "kind",
          "evidence",
          "status",
          "text",
        ),
        fc.jsonValue(),
        async (table, field, value) => {
          const rows = (file as unknown as Record<string, unknown>)[table];
          const changed = Array.isArray(rows)
            ? rows.map((row) => ({ ...row, [field]: value }))
            : value;
          const opened = await openFile(utf8.encode(JSON.stringify({ ...file, [table]: changed })));
          if (opened.kind === "topology") {
            const again = await openFile(utf8.encode(topologyJson(opened.snapshot)));
            expect(again).toEqual({ ...opened, unknown: 0 });
          } else expect(opened.kind).toBe("refused");
        },
      ),
      { numRuns: 300, examples: [["format", "id", { toString: false }]] },
    ));
});

describe("versions", () => {
  test("a newer one is named", async () => {
    const opened = await openFile(
      utf8.encode(JSON.stringify({ ...file, format: "vethscope-topology/2" })),
    );
    expect(opened).toMatchObject({ refusal: { why: "newer", format: "vethscope-topology/2" } });
    if (opened.kind !== "refused") return;
    expect(refusalText(opened.refusal, wordsIn("en"))).toContain("Update Vethscope");
    expect(await whyJson({ format: "vethscope-facts/2" })).toBe("newer");
  });

  test("an older one climbs every step up to this one", () => {
    const ladder: readonly Step[] = [
      ({ machine, ...rest }) => ({ ...rest, host: machine }),
      (older) => ({ ...older, routes: [] }),
    ];
    const now = { format: "vethscope-topology/3", host: "a", routes: [] };
    expect(upgraded({ format: "vethscope-topology/1", machine: "a" }, ladder)).toEqual({
      file: now,
    });
    const second = { format: "vethscope-topology/2", host: "a" };
    expect(upgraded(second, ladder)).toEqual({ file: now });
    expect(upgraded({ ...now, routes: 7 }, ladder)).toEqual({ file: { ...now, routes: 7 } });
    expect(upgraded({ format: "vethscope-topology/4" }, ladder)).toMatchObject({
      refusal: { why: "newer", known: "vethscope-topology/3" },
    });
    for (const format of ["vethscope-topology/0", "vethscope-topology/-1", "toString", 1, null])
      expect(upgraded({ format }, ladder)).toMatchObject({ refusal: { why: "not-ours" } });
  });

  test("a link of another version is refused by name", async () => {
    const text = JSON.stringify({
      packed: { format: "vethscope-wire/9", columns: {} },
      shown: plainlyShown,
    });
    const opened = await openLink(`z=${deflateRawSync(text).toString("base64url")}`);
    expect(opened).toMatchObject({ refusal: { why: "other-version", format: "vethscope-wire/9" } });
  });
});

test.each(["", "z", "z=", "z=%%%", "z=AAAA", "q=1"])("a link that is none: %j", async (fragment) =>
  expect(await openLink(fragment)).toMatchObject({ refusal: { why: "damaged", kind: "link" } }),
);

test("a link with any letter changed is refused or opens whole, never throws", async () => {
  const fragment = await linkFragment(snapshot);
  for (let at = 2; at < fragment.length; at += 97) {
    const letter = fragment[at] === "A" ? "B" : "A";
    const opened = await openLink(`${fragment.slice(0, at)}${letter}${fragment.slice(at + 1)}`);
    expect(["refused", "topology"]).toContain(opened.kind);
  }
});

test("any bytes are refused or opened, never thrown at", () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, asPng) => {
      const given = asPng ? [...smallPng.subarray(0, 8), ...bytes] : [...bytes];
      expect((await openFile(Uint8Array.from(given))).kind).toBe("refused");
    }),
    { numRuns: 300 },
  ));

test("what a file says of itself is cut and escaped where it is repeated", () => {
  const text = refusalText({ why: "twice", id: `\u202e<b>${"x".repeat(500)}` }, wordsIn("en"));
  expect(text).toContain("\\u{202e}<b>x");
  expect(text.length).toBeLessThan(250);
});
