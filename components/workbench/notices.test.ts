import { describe, expect, test } from "vitest";
import type { Gap, HostFacts } from "@/lib/facts/model";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import facts from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import type { Engine, Topology } from "@/lib/topology/model";
import { noticesOf } from "./notices";
import { topologyIndex } from "./topology-index";

const recorded = understand(facts as unknown as HostFacts);
const live: Topology = { ...recorded, host: { ...recorded.host, source: "live" } };
const nowhere = { probe: null, netns: null };

const told = (topology: Topology, stopped = false) =>
  noticesOf(wordsIn("en"), topologyIndex(topology), { stopped });
const idsOf = (topology: Topology) => told(topology).map(({ id }) => id);
const withEngine = (topology: Topology, engine: Engine): Topology => ({
  ...topology,
  host: { ...topology.host, engine },
});
const unread = (why: Gap): Engine => ({ status: "unread", why });

test("a live host that was read in full has nothing to say", () => {
  expect(told(live)).toEqual([]);
});

test("a recording is called one", () => {
  expect(idsOf(recorded)).toEqual(["recorded"]);
});

describe("an engine that did not answer is told with its socket", () => {
  const socket = "/run/docker.sock";
  test.each([
    { why: { ...nowhere, reason: "no-engine", socket }, says: "No container engine answered at" },
    { why: { ...nowhere, reason: "engine-denied", socket }, says: "refused to answer" },
  ] as const)("$why.reason", ({ why, says }) => {
    const [notice] = told(withEngine(live, unread(why)));
    expect(notice?.text).toContain(says);
    expect(notice?.text).toContain(socket);
  });
});

test("a namespace that was not read is counted", () => {
  const why: Gap = { ...nowhere, reason: "netns-unreachable" };
  const namespaces = live.namespaces.map((each, at) =>
    at === 1 ? { ...each, read: { status: "unread", why } as const } : each,
  );
  expect(told({ ...live, namespaces })[0]?.text).toMatch(/^1 of 12 network namespaces/);
});

test("where neither kernel nor engine said anything, that is all there is to say", () => {
  const mute: Gap = { ...nowhere, reason: "no-shell", words: "not available" };
  const engine = unread({ ...nowhere, reason: "no-engine", socket: "/run/docker.sock" });
  const lists = { namespaces: [], links: [], containers: [], networks: [], routes: [] };
  const { host } = withEngine(live, engine);
  const dark = { ...live, ...lists, gaps: [mute], host: { ...host, netns: null } };
  expect(told(dark).map(({ id, text }) => [id, text])).toEqual([
    ["nothing-read", expect.stringContaining("What it has is not known")],
  ]);
  // With the engine's word there is something to see.
  const named = { ...dark, host: { ...live.host, netns: null } };
  expect(idsOf(named)).toContain("no-shell");
});

test("elsewhere than on Linux, that is the one thing to know", () => {
  const gap: Gap = { ...nowhere, reason: "no-linux", platform: "macOS" };
  const mac = { ...withEngine(live, unread(gap)), gaps: [gap], namespaces: [], links: [] };
  expect(told(mac).map(({ id, action }) => [id, action])).toEqual([["no-linux", "sample"]]);
});

test("a host that is known by its engine alone is told so, with the address", () => {
  const gap: Gap = { ...nowhere, reason: "engine-only", address: "tcp://10.0.0.1:2376" };
  const far = {
    ...live,
    host: { ...live.host, netns: null },
    gaps: [gap],
    namespaces: [],
    links: [],
  };
  expect(told(far)).toMatchObject([
    { id: "engine-only", action: "gaps", text: expect.stringContaining("tcp://10.0.0.1:2376") },
  ]);
});

test("a host that runs no command is told so; nothing inside its containers was read either", () => {
  const gap: Gap = { ...nowhere, reason: "no-shell", words: "This account is not available." };
  const closed = { ...live, host: { ...live.host, netns: null }, gaps: [gap], namespaces: [] };
  expect(told(closed)).toMatchObject([
    { id: "no-shell", action: "gaps", text: expect.stringContaining("only what the engine says") },
  ]);
});

test("where nothing runs, stopped containers are offered; once shown they are not", () => {
  const gone = live.containers.filter(({ state }) => state !== "running");
  expect(told({ ...live, containers: gone })).toMatchObject([{ action: "stopped" }]);
  expect(told({ ...live, containers: gone }, true)).toMatchObject([{ action: null }]);
  expect(told({ ...live, containers: [] })).toMatchObject([{ action: "sample" }]);
});

test("a bare machine without an engine is offered the sample", () => {
  const why: Gap = { ...nowhere, reason: "no-engine", socket: "/run/docker.sock" };
  const bare = { ...withEngine(live, unread(why)), links: [], containers: [] };
  expect(idsOf(bare)).toEqual(["engine", "bare"]);
});
