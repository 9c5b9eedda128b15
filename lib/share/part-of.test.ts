import { inflateRawSync, inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import { diagnose, problems } from "@/lib/diagnosis/diagnose";
import { hideRest } from "@/lib/find/hide-rest";
import { graph } from "@/lib/graph/graph";
import type { Graph } from "@/lib/graph/model";
import { pathOf } from "@/lib/graph/path";
import { wordsIn } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import { svg } from "@/lib/render/svg";
import { scene } from "@/lib/scene/scene";
import type { Topology } from "@/lib/topology/model";
import { forLink, linkFragment, openLink } from "./link";
import { openFile } from "./open-file";
import { partOf, partSnapshot } from "./part-of";
import { pngWithData, svgData } from "./pictures";
import { secretWorld } from "./secret-world";
import { freeze, plainlyShown, type Snapshot } from "./snapshot";
import { smallPng } from "./test-png";
import { topologyJson } from "./topology-file";

const words = wordsIn("en");
const view = { orientation: "rails", stopped: true } as const;
const utf8 = new TextDecoder();

type Part = { readonly whole: Snapshot; readonly shown: Graph; readonly part: Snapshot };

const partWith = (
  topology: Topology,
  selected: Key | null,
  keysIn: (all: Graph) => ReadonlySet<Key>,
): Part => {
  const { snapshot: whole } = freeze(topology, { ...plainlyShown, selected });
  const all = graph(whole.topology, view, words);
  const shown = hideRest(all, keysIn(all));
  return { whole, shown, part: partSnapshot(whole, shown) };
};

const ofSelection = (topology: Topology, selected: Key): Part =>
  partWith(topology, selected, (all) => pathOf(all, selected));

const hosts = recordedHosts.map((name) => understand(recordedFacts(name)));
/** Each container as it is selected, and each of its interfaces as it stands alone on a screen. */
const everyPart = (): readonly Part[] =>
  hosts.flatMap((topology) => [
    ...topology.containers.map(({ key }) => ofSelection(topology, key)),
    ...topology.links
      .filter(({ netns, kind }) => netns !== topology.host.netns && kind !== "loopback")
      .map(({ key }) => partWith(topology, null, () => new Set([key]))),
  ]);

/** Each row with what is claimed of its wire. */
const rowsOf = ({ blocks }: Graph): readonly string[] =>
  blocks
    .flatMap((block) =>
      block.kind === "list"
        ? block.boxes.map(({ key }) => `${key}`)
        : block.rows.map(({ key, wire }) => `${key} ${JSON.stringify(wire)}`),
    )
    .toSorted();

test("what opens again shows the rows of the picture, no more and no fewer, each as sure as it was", () => {
  for (const { shown, part } of everyPart())
    expect(rowsOf(graph(part.topology, view, words))).toEqual(rowsOf(shown));
});

test("it opens as it was sent, and says that it is a part", async () => {
  for (const { part } of everyPart()) {
    expect(part.shown.part).toBe(true);
    expect(await openFile(new TextEncoder().encode(topologyJson(part)))).toStrictEqual({
      kind: "topology",
      snapshot: part,
      unknown: 0,
    });
    expect(await openLink(await linkFragment(part))).toStrictEqual({
      kind: "topology",
      snapshot: { ...part, topology: forLink(part.topology) },
      unknown: 0,
    });
  }
});

test("a part gives no alarm that the whole does not give", () => {
  for (const { whole, part } of everyPart()) {
    const known = new Set(
      problems(diagnose(whole.topology)).flatMap(({ id, about }) =>
        about.map((key) => `${id} ${key}`),
      ),
    );
    const told = problems(diagnose(part.topology)).flatMap(({ id, about }) =>
      about.map((key) => `${id} ${key}`),
    );
    expect(told.filter((each) => !known.has(each))).toEqual([]);
  }
});

/** What somebody could be known by, of these rows. */
const identifiers = ({
  links,
  networks,
  containers,
}: Pick<Topology, "links" | "networks" | "containers">): readonly string[] =>
  [
    ...links.flatMap(({ name, mac, addresses }) => [
      name,
      mac ?? [],
      addresses.map(({ address }) => address),
    ]),
    ...networks.flatMap(({ name, engineId, subnets }) => [
      name,
      engineId,
      subnets.flatMap(({ subnet, gateway }) => [subnet, gateway ?? []].flat()),
    ]),
    ...containers.flatMap(({ name, engineId, image, project, attachments }) => [
      name,
      engineId,
      image ?? [],
      project ?? [],
      attachments.flatMap(({ address, mac, gateway }) =>
        [address ?? [], mac ?? [], gateway ?? []].flat(),
      ),
    ]),
  ].flat(2);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** All that is in the finished bytes, as whoever gets them could read it; nothing of ours unpacks them. */
async function everyByte(snapshot: Snapshot): Promise<string> {
  const data = svgData(snapshot);
  const drawn = scene(graph(snapshot.topology, view, words));
  const png = pngWithData(smallPng, snapshot) ?? new Uint8Array();
  const from = png.findIndex((_, at) => utf8.decode(png.subarray(at, at + 9)) === "vethscope");
  const link = (await linkFragment(snapshot)).slice(2);
  return [
    svg(drawn, { theme: "light" }),
    utf8.decode(inflateSync(Buffer.from(data, "base64"))),
    utf8.decode(inflateSync(png.subarray(png.indexOf(0x78, from + 9)))),
    utf8.decode(inflateRawSync(Buffer.from(link, "base64url"))),
    topologyJson(snapshot),
  ].join("\n");
}

/** Identifiers of rows that are not in the part and stand nowhere in its picture. */
const restOf = ({ whole: { topology }, shown, part }: Part): readonly string[] => {
  const rows = <Row extends { readonly id: string }>(all: readonly Row[], sent: readonly Row[]) => {
    const ids = new Set(sent.map(({ id }) => id));
    return all.filter(({ id }) => !ids.has(id));
  };
  const sent = part.topology;
  const uplinks = new Set(shown.uplinks.map(({ chip }) => chip.link));
  const ways = new Set(sent.links.flatMap(({ id, name }) => (uplinks.has(id) ? name : [])));
  const own = new Set([
    ...identifiers(sent),
    ...topology.routes.flatMap(({ dev, to }) => (ways.has(dev ?? "") ? to : [])),
    // A word of the engine's for having no network, and of ours for replacing nothing.
    "none",
  ]);
  const drawn = JSON.stringify(shown);
  return [
    ...new Set(
      identifiers({
        links: rows(topology.links, sent.links),
        networks: rows(topology.networks, sent.networks),
        containers: rows(topology.containers, sent.containers),
      }),
    ),
  ].filter((text) => text.length > 2 && !own.has(text) && !drawn.includes(text));
};

const leaksOf = async (each: Part): Promise<readonly string[]> => {
  const bytes = await everyByte(each.part);
  return restOf(each).filter((text) =>
    new RegExp(`(?<![\\w.:-])${escaped(text)}(?![\\w.:-])`).test(bytes),
  );
};

test("in the bytes of every format nothing tells of what is not drawn", async () => {
  let searched = 0;
  for (const each of everyPart()) {
    searched += restOf(each).length;
    expect(await leaksOf(each)).toEqual([]);
  }
  expect(searched).toBeGreaterThan(1000);
});

test("nor of 150 hosts with ambiguous, contradictory and unread ends, gaps and hidden namespaces", async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const { topology } = secretWorld(seed);
    const { key } = topology.containers[seed % topology.containers.length] ?? topology.host;
    expect([seed, await leaksOf(ofSelection(topology, key))]).toEqual([seed, []]);
  }
});

test("all that is drawn is the whole, but for what nobody sees", () => {
  for (const topology of hosts) {
    const part = partOf(topology, graph(topology, view, words));
    expect(part.containers).toEqual(topology.containers);
    expect(part.networks.map(({ id }) => id)).toEqual(
      topology.networks.flatMap(({ id }) => (part.networks.some((row) => row.id === id) ? id : [])),
    );
    expect(rowsOf(graph(part, view, words))).toEqual(rowsOf(graph(topology, view, words)));
  }
});

test("a selection that is not in the part is not told by its key", () => {
  const [topology] = hosts;
  const [first, second] = topology?.containers.filter(({ netns }) => netns !== null) ?? [];
  if (topology === undefined || first === undefined || second === undefined)
    throw new Error("no host");
  const { snapshot } = freeze(topology, { ...plainlyShown, selected: second.key });
  const all = graph(snapshot.topology, view, words);
  const part = partSnapshot(snapshot, hideRest(all, pathOf(all, first.key)));
  expect(part.shown.selected).toBeNull();
});
