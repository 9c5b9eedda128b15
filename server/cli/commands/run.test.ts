import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { wordsIn } from "@/lib/messages/words";
import recorded from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import { openFile } from "@/lib/share/open-file";
import { svgOf } from "@/server/picture/drawn-host";
import { commandNames, options, takes } from "./options";
import { columnsOf } from "./pairs-output";
import { run } from "./run";
import { exitCodes, type Terminal } from "./terminal";

const folder = mkdtempSync(join(tmpdir(), "vethscope-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
const facts = "lib/recorded-hosts/docker-28.5-debian-sid.json";

async function typed(
  argv: readonly string[],
  {
    locale = "en",
    stdin = [],
  }: { locale?: "en" | "zh-CN"; stdin?: Iterable<Uint8Array> | AsyncIterable<Uint8Array> } = {},
) {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    words: wordsIn(locale),
    out: (text) => {
      out += typeof text === "string" ? text : new TextDecoder("latin1").decode(text);
    },
    err: (text) => {
      err += text;
    },
    watched: false,
    ask: null,
    stdin: async function* () {
      yield* stdin;
    },
  };
  return { code: await run(argv, terminal), out, err };
}

const openedAs = async (name: string) => openFile(new Uint8Array(readFileSync(at(name))));

/** The recorded host, with a container that is called something else. */
function factsWithName(name: string): string {
  const { answers, ...rest } = recorded as unknown as HostFacts;
  const renamed = answers.map((answer) =>
    answer.probe === "engine-containers"
      ? { ...answer, stdout: answer.stdout.replaceAll('"/secret"', JSON.stringify(`/${name}`)) }
      : answer,
  );
  const file = at("renamed.facts.json");
  writeFileSync(file, JSON.stringify({ ...rest, answers: renamed }));
  return file;
}

test.each(commandNames.flatMap((name) => [[name, "en"] as const, [name, "zh-CN"] as const]))(
  "the help of %s in %s tells of every option that it takes",
  async (name, locale) => {
    const { code, out } = await typed([name, "--help"], { locale });
    expect(code).toBe(exitCodes.done);
    const taken = (Object.keys(options) as (keyof typeof options)[]).filter((each) =>
      takes(name, each),
    );
    expect(taken.filter((each) => !out.includes(`--${each}`))).toEqual([]);
  },
);

test.each(["en", "zh-CN"] as const)(
  "the help in %s tells of every command and status",
  async (locale) => {
    const { out } = await typed(["help"], { locale });
    expect(commandNames.filter((name) => !out.includes(`vethscope ${name}`))).toEqual([]);
    expect(Object.values(exitCodes).filter((code) => !out.includes(`${code} `))).toEqual([]);
  },
);

test.each([
  [[], "What should be done"],
  [["snapshoot"], "snapshoot is no command"],
  [["pairs", "--bogus"], "--bogus is not known"],
  [["pairs", "--theme", "dark"], "--theme is not known"],
  [["pairs", "a", "b"], "b is one word too many"],
  [["pairs", "a", "--file", "b"], "a is one word too many"],
  [["render"], "Which file?"],
  [["render", "a", "-o", "b.gif"], "b.gif does not say"],
  [["render", "a", "-o", "-"], "- does not say"],
  [["render", "a", "--scale", "3"], "--scale 3 is not known"],
  [["snapshot", "--redact", "all"], "--redact all is not known"],
  [["snapshot", "-o", "a.facts.json", "--redact", "names"], "never redacted"],
  [["snapshot", "--format", "facts.json", "--redact", "names"], "never redacted"],
  [["render", "a", "-o", "-", "--format", "csv", "--json"], "Standard output takes one thing"],
  [["render", "a", "-o", "-", "-o", "-", "--format", "csv"], "Standard output takes one thing"],
  [["render", "a", "--alias"], "--alias needs a value"],
  [["render", "a", "--alias="], "--alias needs a value"],
  [["render", "a", "--alias", "--json"], "--alias needs a value"],
  [["render", "a", "-o"], "-o needs a value"],
  [["open", "a", "--base"], "--base needs a value"],
  [["open", "a", "--json=yes"], "--json takes no value"],
  [["collect-script", "\u202e"], "\\u{202e} is one word"],
])("%j is not understood, and why is said", async (argv, why) => {
  const { code, out, err } = await typed(argv);
  expect(code).toBe(exitCodes.usage);
  expect(err).toContain(why);
  expect(out).toBe("");
});

test("one reading gives every format, and what opens again opens as the same host", async () => {
  const names = [
    "a.topo.png",
    "a.topo.svg",
    "a.topo.json",
    "a.dot",
    "a.mmd",
    "a.md",
    "a.csv",
    "a.facts.json",
  ];
  const { code, err } = await typed([
    "render",
    facts,
    ...names.flatMap((name) => ["-o", at(name)]),
  ]);
  expect(code).toBe(exitCodes.done);
  expect(names.filter((name) => !err.includes(`Written: ${at(name)}`))).toEqual([]);
  const [png, svg, json] = await Promise.all(names.slice(0, 3).map(openedAs));
  expect(png).toMatchObject({ kind: "topology" });
  expect(svg).toEqual(png);
  expect(json).toEqual(png);
});

test("rules and ports go along, and what they show to be wrong is marked, by whatever name", async () => {
  const old = "lib/recorded-hosts/docker-20.10-debian-12.json";
  const look = { theme: "light", legend: true, time: true } as const;
  for (const redaction of ["none", "names"]) {
    await typed(["render", old, "-o", at("r.topo.svg"), "--redact", redaction]);
    const opened = await openedAs("r.topo.svg");
    if (opened.kind !== "topology") throw new Error(opened.kind);
    const { snapshot } = opened;
    expect(snapshot.ruling?.rules.length).toBeGreaterThan(0);
    const drawn = readFileSync(at("r.topo.svg"), "utf8");
    expect(drawn).toBe(svgOf(snapshot, look, wordsIn("en")));
    expect(drawn).not.toBe(svgOf({ ...snapshot, ruling: null }, look, wordsIn("en")));
    expect(drawn).not.toBe(svgOf(snapshot, look, wordsIn("en"), new Map()));
  }
});

test("a facts file says in itself and on the terminal that nothing is redacted, and is its owner's alone", async () => {
  const { err } = await typed(["render", facts, "-o", at("b.facts.json")]);
  expect(err).toContain("ATTENTION");
  expect(
    (await typed(["render", facts, "-o", at("c.facts.json")], { locale: "zh-CN" })).err,
  ).toContain("没有任何脱敏");
  const [, second = ""] = readFileSync(at("b.facts.json"), "utf8").split("\n").slice(1);
  expect(second).toMatch(/NOT REDACTED.*未脱敏/);
  expect(statSync(at("b.facts.json")).mode & 0o777).toBe(0o600);
  const opened = await openedAs("b.facts.json");
  expect(opened).toEqual({ kind: "facts", facts: { ...recorded, source: "recorded" } });
});

test.each([
  ["md", "h6c.md"],
  ["csv", "h6c.csv"],
  ["svg", "h6c.topo.svg"],
  ["facts.json", "h6c.facts.json"],
] as const)("--format %s without -o writes %s beside, and nothing else", async (format, name) => {
  const here = process.cwd();
  process.chdir(folder);
  const argv = ["render", join(here, facts), "--format", format, "--alias", "h6c", "--json"];
  const { code, out } = await typed(argv).finally(() => process.chdir(here));
  expect(code).toBe(exitCodes.done);
  expect(JSON.parse(out).files).toEqual([{ path: name, format }]);
  expect(readFileSync(at(name)).length).toBeGreaterThan(100);
});

test("a title is not carried over where more is replaced than when it was written", async () => {
  const title = ["--title", "web1.corp.example 203.0.113.7 shop"];
  await typed(["render", facts, "-o", at("t.topo.json"), ...title]);
  const more = await typed([
    "render",
    at("t.topo.json"),
    ...["t2.topo.json", "t2.topo.svg", "t2.dot", "t2.mmd", "t2.md"].flatMap((name) => [
      "-o",
      at(name),
    ]),
    "--redact",
    "names",
  ]);
  for (const name of ["t2.topo.json", "t2.topo.svg", "t2.dot", "t2.mmd", "t2.md"])
    expect(readFileSync(at(name), "utf8")).not.toMatch(/corp|203[.]0|shop/);
  expect(await openedAs("t2.topo.svg")).toMatchObject({ snapshot: { shown: { title: null } } });
  expect(more.err).toContain("The old title was left out");
  const kept = await typed(["render", at("t.topo.json"), "-o", at("t3.md")]);
  expect(readFileSync(at("t3.md"), "utf8")).toContain("# web1.corp.example");
  expect(kept.err).not.toContain("old title");
  await typed([
    "render",
    at("t.topo.json"),
    "-o",
    at("t4.md"),
    "--redact",
    "names",
    "--title",
    "Ours",
  ]);
  expect(readFileSync(at("t4.md"), "utf8")).toContain("# Ours");
  await typed(["render", at("t.topo.json"), "-o", at("t5.topo.json"), "--title", ""]);
  expect(await openedAs("t5.topo.json")).toMatchObject({ snapshot: { shown: { title: null } } });
});

test("a title stands above a diagram, too", async () => {
  const title = ["--title", "Tuesday"];
  await typed(["render", facts, "-o", at("u.dot"), "-o", at("u.mmd"), ...title]);
  expect(readFileSync(at("u.dot"), "utf8")).toContain('graph [label="Tuesday"');
  expect(readFileSync(at("u.mmd"), "utf8")).toMatch(/^---\ntitle: "Tuesday"\n---\nflowchart /);
});

test("a topology has no facts to give", async () => {
  await typed(["render", facts, "-o", at("d.topo.json")]);
  const { code, err } = await typed(["render", at("d.topo.json"), "-o", at("d.facts.json")]);
  expect(code).toBe(exitCodes.notWritten);
  expect(err).toContain("not what the host said");
});

test("what was left out once stays out, and is not replaced again", async () => {
  await typed(["render", facts, "-o", at("e.topo.json"), "--redact", "names"]);
  await typed(["render", at("e.topo.json"), "-o", at("f.topo.json"), "--redact", "none"]);
  expect(await openedAs("f.topo.json")).toEqual(await openedAs("e.topo.json"));
  expect(readFileSync(at("e.topo.json"), "utf8")).not.toContain("172.17.0");
});

test("the choices of the sender are in the file, and kept by the next", async () => {
  const chosen = [
    "--view",
    "textbook",
    "--group",
    "none",
    "--stopped",
    "--title",
    "Tuesday",
    "--alias",
    "web",
  ];
  await typed(["render", facts, "-o", at("g.topo.json"), ...chosen]);
  await typed(["render", at("g.topo.json"), "-o", at("h.topo.png")]);
  expect(await openedAs("h.topo.png")).toMatchObject({
    snapshot: {
      topology: { host: { name: "web" } },
      shown: { orientation: "textbook", group: "none", stopped: true, title: "Tuesday" },
    },
  });
});

test("a file comes from standard input, and goes to standard output", async () => {
  const file = new Uint8Array(readFileSync(facts));
  const stdin = [file.subarray(0, 1000), file.subarray(1000)];
  const { code, out } = await typed(["render", "-", "-o", "-", "--format", "dot"], { stdin });
  expect(code).toBe(exitCodes.done);
  expect(out).toMatch(/^graph vethscope \{/);
});

test("pairs --json names both ends of every cable, with its proof", async () => {
  const { out } = await typed(["pairs", "--file", facts, "--json"]);
  const { pairs, host } = JSON.parse(out);
  expect(host).toBe("delta");
  expect(pairs).toContainEqual(
    expect.objectContaining({
      container: "web",
      eth: { name: "eth0", ifindex: 2, label: "eth0@if7" },
      veth: { name: "veth5979c6f", ifindex: 7, label: "veth5979c6f@if2" },
      bridge: "docker0",
      network: "bridge",
      address: "172.17.0.2/16",
      proof: "exact",
    }),
  );
});

test("the table of pairs stands in columns, whatever the letters", async () => {
  const { out } = await typed(["pairs", "--file", factsWithName("网关")], { locale: "zh-CN" });
  const lines = out.trimEnd().split("\n");
  const veth = / veth\w+@/;
  const starts = lines
    .filter((line) => veth.test(line))
    .map((line) => columnsOf(line.slice(0, line.search(veth))));
  expect(lines.some((line) => line.startsWith("网关"))).toBe(true);
  expect(new Set(starts).size).toBe(1);
});

test("no name of a host reaches the terminal unescaped", async () => {
  const hostile = "\u001b]0;gotcha\u0007\u202eevil\u0085\u2028";
  const file = factsWithName(hostile);
  const control = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/u;
  for (const argv of [
    ["pairs", "--file", file],
    ["pairs", "--file", file, "--json"],
    ["open", file],
    ["open", file, "--json"],
    ["render", file, "-o", "-", "--format", "md"],
    ["render", file, "-o", "-", "--format", "mmd"],
    ["render", file, "-o", "-", "--format", "dot"],
  ]) {
    const { code, out, err } = await typed(argv);
    expect(code).toBe(exitCodes.done);
    expect(control.test(out + err)).toBe(false);
  }
  const { pairs } = JSON.parse((await typed(["pairs", "--file", file, "--json"])).out);
  expect(pairs.map(({ container }: { readonly container: string }) => container)).toContain(
    hostile,
  );
});

test("open says what a file holds, and its link opens as that", async () => {
  const { code, out } = await typed(["open", facts, "--base", "https://host.example/"]);
  expect(code).toBe(exitCodes.done);
  expect(out).toContain("delta, read 2026-11-21 16:36:00 UTC: 13 containers");
  expect(out).toMatch(/\nhttps:\/\/host\.example\/open#z=[\w-]{500,}\n/);
});

test("a file that is none of ours, is damaged or is not there is refused with its reason", async () => {
  const notOurs = await typed(["open", "-"], { stdin: [new TextEncoder().encode("hello")] });
  const damaged = await typed(["open", "-"], { stdin: [new TextEncoder().encode('{"format":')] });
  const missing = await typed(["render", at("missing.json")]);
  expect([notOurs.code, damaged.code, missing.code]).toEqual([5, 5, 5]);
  expect(notOurs.err).toContain("no file of Vethscope");
  expect(damaged.err).toContain("damaged");
  expect(missing.err).toContain("ENOENT");
});

test("what never ends is left after as much as any file has, from a pipe and from a device", async () => {
  const piece = new Uint8Array(1_000_000);
  let asked = 0;
  async function* endless() {
    for (;;) {
      asked += 1;
      yield piece;
    }
  }
  const piped = await typed(["open", "-"], { stdin: endless() });
  expect(asked).toBe(65);
  const device = await typed(["open", "/dev/zero"]);
  expect([piped.code, device.code]).toEqual([exitCodes.notOpened, exitCodes.notOpened]);
  expect(piped.err).toBe(
    "More than 64 MB came out of -, and no file of Vethscope is that large. The rest was not read.\n",
  );
  expect(device.err).toContain("More than 64 MB came out of /dev/zero");
});

test("a file that cannot be written is said, and the others are written all the same", async () => {
  const { code, err } = await typed([
    "render",
    facts,
    "-o",
    at("no/where.md"),
    "-o",
    at("i.md"),
    "--json",
  ]);
  expect(code).toBe(exitCodes.notWritten);
  expect(err).toContain("could not be written (ENOENT)");
  expect(readFileSync(at("i.md"), "utf8")).toContain("# delta");
});

test("a host that is not understood, or not there, has a status of its own", async () => {
  const odd = await typed(["pairs", "--host-key", "x", "-oProxyCommand=x"]);
  expect(odd.code).toBe(exitCodes.usage);
  const nobody = await typed(["pairs", "nobody@127.0.0.1:1"]);
  expect(nobody.code).toBe(exitCodes.notReached);
  expect(nobody.err).toContain("refused the connection");
});
