import { expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import type { HostFacts } from "@/lib/facts/model";
import { key } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import facts from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import type { Topology } from "@/lib/topology/model";
import { selfChecks } from "./self-checks";

const recorded = understand(facts as unknown as HostFacts);

const checksOf = (topology: Topology, name: string) => {
  const index = topologyIndex(topology);
  const thing = index.thing(key(`pair:${name}`));
  if (thing?.kind !== "pair") throw new Error(`${name} is not a pair`);
  return selfChecks(index, thing.pair);
};

const commands = (topology: Topology, name: string) =>
  checksOf(topology, name).map(({ command }) => command);

test("the commands of the articles come with this pair's names and numbers, and their answers", () => {
  expect(checksOf(recorded, "peer:ctr:web/eth0")).toEqual([
    { command: "docker exec web cat /sys/class/net/eth0/iflink", prints: "7" },
    { command: "ip -o link | grep '^7:'", prints: "7: veth5979c6f@if2: …" },
    { command: "nsenter -t 403 -n ip link", prints: "2: eth0@if7: …" },
    { command: "lsns -t net -no NS,NETNSID | grep 4026535202", prints: "4026535202 1" },
  ]);
});

test("without an engine the namespace is entered by its process", () => {
  const host = { ...recorded.host, engine: { status: "not-asked" } } as const;
  expect(commands({ ...recorded, host }, "peer:ctr:web/eth0")).toContain(
    "nsenter -t 403 -n ip -o link show dev eth0",
  );
});

test("a namespace of `ip netns` is entered by its name", () => {
  const inLonely = recorded.links.find(({ name }) => name === "lv0");
  expect(commands(recorded, `${inLonely?.key}`)).toContain("ip -n lonely -o link show dev lv1");
});

test("a name that holds code is quoted, never run", () => {
  const links = recorded.links.map((link) =>
    link.key === "if:ctr:web/eth0" ? { ...link, name: "$(id)" } : link,
  );
  expect(commands({ ...recorded, links }, "peer:ctr:web/eth0")).toContain(
    "docker exec web cat '/sys/class/net/$(id)/iflink'",
  );
});
