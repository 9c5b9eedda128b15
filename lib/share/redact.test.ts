import { inflateRawSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose";
import { ruledBy } from "@/lib/diagnosis/rules/ruled-by";
import { graph } from "@/lib/graph/graph";
import { orientations } from "@/lib/graph/model";
import { wordsIn } from "@/lib/messages/words";
import { svg } from "@/lib/render/svg";
import { scene } from "@/lib/scene/scene";
import { printRule } from "@/lib/topology/firewall/print-rule";
import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";
import { dot } from "./dot";
import { leaksIn, wanted } from "./leaks";
import { linkFragment } from "./link";
import { mermaid } from "./mermaid";
import { drawnTopology } from "./net-names";
import { pngWithData, svgData } from "./pictures";
import { type Preset, redact } from "./redact";
import { rulingShape } from "./ruling-shape";
import { type SecretWorld, secretWorld } from "./secret-world";
import type { Secret } from "./secrets";
import type { Visitor } from "./shape";
import { freeze, plainlyShown, type Snapshot } from "./snapshot";
import { smallPng } from "./test-png";
import type { TextKind } from "./text-kinds";
import { markdown, pairsCsv } from "./text-tables";
import { topologyJson } from "./topology-file";
import { topologyShape } from "./topology-shape";
import { trueRules } from "./true-rules";

const boundary = "\n\u0000\n";
const utf8 = new TextDecoder();

/** The text of our own chunk, by nothing of our own: lengths from the file, zlib from Node. */
function textOfPng(png: Uint8Array): string {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const texts: string[] = [];
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    const data = png.subarray(at + 8, at + 8 + view.getUint32(at));
    const type = utf8.decode(png.subarray(at + 4, at + 8));
    if (type === "iTXt") texts.push(utf8.decode(inflateSync(data.subarray(data.indexOf(0) + 5))));
    else texts.push(utf8.decode(data));
  }
  return texts.join(boundary);
}

const textOfSvg = (text: string): string => {
  const [, data = ""] = /<metadata id="vethscope">([^<]*)</.exec(text) ?? [];
  return `${text.replace(data, "")}${boundary}${utf8.decode(inflateSync(Buffer.from(data, "base64")))}`;
};

const ruledIn = ({ topology, ruling }: Snapshot) => ruling && ruledBy(topology, ruling);

/** As the page shows them. */
const printedRules = (ruling: Ruling | null): string =>
  (ruling?.rules ?? [])
    .flatMap(({ firewall }) => (firewall.status === "read" ? firewall.tables : []))
    .flatMap((table) =>
      table.chains.flatMap(({ rules }) =>
        rules.map((rule) => `${rule.key} ${printRule(table.backend, rule)}`),
      ),
    )
    .join("\n");

/** Everything that leaves, as whoever gets it could read it. */
async function everyOutput(snapshot: Snapshot, nth: number): Promise<ReadonlyMap<string, string>> {
  const words = wordsIn(nth % 2 === 0 ? "en" : "zh-CN");
  const drawn = drawnTopology(snapshot);
  const view = { orientation: orientations[nth % 2] ?? "rails", stopped: true };
  const shown = graph(drawn, view, words);
  const png = pngWithData(smallPng, snapshot);
  const fragment = (await linkFragment(snapshot)).slice(2);
  const picture = svg(scene(shown), { theme: "light", data: svgData(snapshot) });
  return new Map([
    ["json", topologyJson(snapshot)],
    ["png", png === null ? "" : textOfPng(png)],
    ["svg", textOfSvg(picture)],
    ["link", utf8.decode(inflateRawSync(Buffer.from(fragment, "base64url")))],
    ["dot", dot(shown)],
    ["mermaid", mermaid(shown)],
    ["markdown", markdown(drawn, words, null)],
    ["csv", pairsCsv(drawn, words)],
    ["findings", JSON.stringify(diagnose(snapshot.topology, ruledIn(snapshot)))],
    ["printed rules", printedRules(snapshot.ruling)],
  ]);
}

const frozenOf = (
  { topology, ruling }: Pick<SecretWorld, "topology" | "ruling">,
  redaction: Preset,
): Snapshot => freeze(topology, { ...plainlyShown, redaction }, null, ruling).snapshot;
const frozen = (seed: number, redaction: Preset): Snapshot =>
  frozenOf(secretWorld(seed), redaction);

type Hiding = Exclude<Preset, "none">;

/** What a preset has to hide. */
const hidden: Readonly<Record<Hiding, (secret: Secret) => boolean>> = {
  public: (secret) => secret.kind === "mac" || (secret.kind === "address" && secret.isPublic),
  addresses: ({ kind }) => kind !== "name",
  names: () => true,
};

async function leaksOf(
  world: SecretWorld,
  seed: number,
  preset: Hiding,
): Promise<readonly string[]> {
  const secrets = wanted(world.secrets.filter(hidden[preset]));
  const outputs = await everyOutput(frozenOf(world, preset), seed);
  for (const [name, text] of outputs) expect(text.length, name).toBeGreaterThan(50);
  // PNG and SVG carry the same text.
  const texts = new Set([...outputs.values()].flatMap((text) => text.split(boundary)));
  if (leaksIn([...texts].join("\n"), secrets).length === 0) return [];
  return [...outputs].flatMap(([name, text]) =>
    leaksIn(text, secrets).map((leak) => `host ${seed}, ${preset}, ${name}: ${leak}`),
  );
}

describe("the finished bytes give nothing away, in any spelling", () => {
  test("of 1,000 hosts, whichever preset hides it", { timeout: 900_000 }, async () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const world = secretWorld(seed);
      for (const preset of ["names", "addresses", "public"] as const)
        expect((await leaksOf(world, seed, preset)).slice(0, 20)).toEqual([]);
    }
  });

  test("what is searched for is there before", async () => {
    const { secrets } = secretWorld(7);
    const outputs = await everyOutput(frozen(7, "none"), 7);
    for (const [name, text] of outputs)
      expect(leaksIn(text, wanted(secrets)), name).not.toEqual([]);
    const json = outputs.get("json") ?? "";
    const unseen = secrets.filter((secret) => leaksIn(json, wanted([secret])).length === 0);
    expect(secrets.length).toBeGreaterThan(200);
    // Of what is chosen by lot only one is on the host.
    expect(unseen.length).toBeLessThan(secrets.length / 4);
  });
});

/** Rules as they are before texts are replaced: without parts that would no longer be true. */
const tellable = (ruling: Ruling): Ruling =>
  trueRules(ruling, {
    prefix: () => true,
    range: () => false,
    beginning: (text) => text === "veth",
  });

type Whole = { readonly topology: Topology; readonly ruling: Ruling };

const visit = ({ topology, ruling }: Whole, text: Visitor["text"]): Whole => {
  const visitor: Visitor = { text, own: text, inode: (inode) => inode };
  return {
    topology: topologyShape.map(topology, visitor, topology),
    ruling: rulingShape.map(ruling, visitor, ruling),
  };
};

/** Every text of a host, in the order in which it is visited. */
function textsOf({ topology, ruling }: Whole): readonly (readonly [TextKind, string])[] {
  const found: [TextKind, string][] = [];
  visit({ topology, ruling: tellable(ruling) }, (kind, text) => {
    found.push([kind, text]);
    return text;
  });
  return found;
}

/** The redacted topology as it would be if texts of one kind were forgotten. */
function forgetting(broken: TextKind, seed: number): string {
  const before = textsOf(secretWorld(seed)).filter(([kind]) => kind === broken);
  const { topology, ruling } = frozen(seed, "names");
  if (ruling === null) throw new Error("no rules");
  let at = 0;
  return JSON.stringify(
    visit({ topology, ruling }, (kind, now) =>
      kind === broken ? (before[at++]?.[1] ?? now) : now,
    ),
  );
}

const seeds = Array.from({ length: 12 }, (_, nth) => nth + 1);
/** The vocabulary of kernel, clocks and ourselves tells nothing of anybody. */
const harmless: readonly TextKind[] = ["kernel-word", "our-word", "time"];

describe("a rule that is forgotten is found", () => {
  const kinds = [
    ...new Set(seeds.flatMap((seed) => textsOf(secretWorld(seed)).map(([kind]) => kind))),
  ];

  test("every kind of text is on the hosts that are searched", () => {
    expect(kinds.length).toBeGreaterThan(60);
  });

  // A boot is left out as a whole, so there is no place where it could stand.
  test("boot-id", () => {
    for (const seed of seeds) expect(frozen(seed, "names").topology.host.bootId).toBeNull();
  });

  const told = kinds.filter((kind) => kind !== "boot-id" && !harmless.includes(kind));
  test.each(told)("%s", (kind) => {
    const leaks = seeds.flatMap((seed) =>
      leaksIn(forgetting(kind, seed), wanted(secretWorld(seed).secrets)),
    );
    expect(leaks).not.toEqual([]);
  });

  test("and without one nothing is found", () => {
    for (const seed of seeds) {
      const { topology, ruling, secrets } = secretWorld(seed);
      const now = redact(topology, "names", ruling);
      expect(leaksIn(JSON.stringify([now.topology, now.ruling]), wanted(secrets))).toEqual([]);
    }
  });
});
