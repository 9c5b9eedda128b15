import { expect, test } from "vitest";
import { selectionWords } from "@/components/workbench/selection-words";
import { topologyIndex } from "@/components/workbench/topology-index";
import type { Finding } from "@/lib/diagnosis/model";
import { troubleOf } from "@/lib/diagnosis/trouble";
import { topologyOf } from "@/lib/graph/test-world";
import { wordsIn } from "@/lib/messages/words";
import { type Key, key } from "@/lib/net/ids";
import { partsOfThing, problemsAbout, problemsSaid } from "./problems-about";

const topology = topologyOf({
  networks: [{ name: "shop", bridge: "br-shop" }],
  containers: ["web", "db"].map((name) => ({ name, on: ["shop"] })),
});
const index = topologyIndex(topology);
const [network] = topology.networks;
const bridge = index.link(network?.bridge ?? null);
const web = topology.containers.find(({ name }) => name === "web");
const [eth] = index.linksIn(web?.netns ?? topology.namespaces[0]?.id ?? ("" as never));
if (!network || !bridge || !web || !eth) throw new Error("The world has all of these.");

const finding = (...about: [Key, ...Key[]]): Finding => ({
  id: "D13",
  severity: "high",
  about,
  values: { veth: "veth1@if2", container: "web", eth: "eth0", network: "shop" },
  evidence: [],
  remedy: [],
});
const at = (of: Key, ...findings: readonly Finding[]) =>
  problemsAbout({ findings, trouble: troubleOf(findings) }, partsOfThing(index, of));

test("what is wrong inside a container is wrong with it, and with nobody else", () => {
  const found = finding(eth.key);
  expect(at(web.key, found)).toEqual([found]);
  expect(at(eth.key, found)).toEqual([found]);
  expect(at(key("ctr:db"), found)).toEqual([]);
});

test("a network and its bridge are one thing", () => {
  const found = finding(network.key);
  expect(at(bridge.key, found)).toEqual([found]);
  expect(at(network.key, finding(bridge.key))).toHaveLength(1);
});

test("a note is no problem", () => {
  expect(at(web.key, { ...finding(web.key), severity: "low" })).toEqual([]);
});

test("it is said by name, before what is selected", () => {
  const words = wordsIn("en");
  const findings = [finding(web.key)];
  const said = problemsSaid(words, findings);
  expect(said).toBe("Problem: veth1@if2 of web is in no bridge");
  const diagnosed = { index, findings, trouble: troubleOf(findings) };
  expect(selectionWords(words, diagnosed, web.key).startsWith(`${said}; `)).toBe(true);
  expect(selectionWords(words, diagnosed, key("ctr:db"))).not.toContain("Problem");
  expect(problemsSaid(wordsIn("zh-CN"), findings)).toMatch(/^问题：/);
});
