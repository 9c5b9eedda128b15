import { expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import type { HostFacts } from "@/lib/facts/model";
import { key } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import facts from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import type { Topology } from "@/lib/topology/model";
import { bridgeChecks, endChecks, selfChecks } from "./self-checks";

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
  const shown = checksOf(recorded, "peer:ctr:web/eth0");
  expect(shown.map(({ command, prints }) => [command, prints])).toEqual([
    ["docker exec web cat /sys/class/net/eth0/iflink", "7"],
    ["cat /proc/403/root/sys/class/net/eth0/iflink", "7"],
    ["nsenter -t 403 -n ip a", "2: eth0@if7: …"],
    ["ip -o link | grep '^7:'", "7: veth5979c6f@if2: …"],
    ["ethtool -S veth5979c6f | grep peer_ifindex", "peer_ifindex: 2"],
    ["lsns -t net -no NS,NETNSID | grep 4026535202", "4026535202 1"],
    ["brctl show docker0", "docker0 … veth5979c6f"],
    [
      "bridge fdb show br docker0 | grep 6e:8c:c5:85:8d:be",
      "6e:8c:c5:85:8d:be dev veth5979c6f master docker0",
    ],
  ]);
});

test("a command says what it takes: tools on the host, and in the image", () => {
  const [first, , third, , fifth] = checksOf(recorded, "peer:ctr:web/eth0");
  expect(first).toMatchObject({ tools: ["docker"], note: "selfCheck.needsCat" });
  expect(third).toMatchObject({ tools: ["nsenter", "ip"], note: null });
  expect(fifth).toMatchObject({ tools: ["ethtool", "grep"] });
});

test("without an engine the namespace is entered by its process", () => {
  const host = { ...recorded.host, engine: { status: "not-asked" } } as const;
  const all = commands({ ...recorded, host }, "peer:ctr:web/eth0");
  expect(all[0]).toBe("nsenter -t 403 -n ip a");
});

test("a namespace of `ip netns` is entered by its name", () => {
  const inLonely = recorded.links.find(({ name }) => name === "lv0");
  expect(commands(recorded, `${inLonely?.key}`)).toContain("ip -n lonely a");
});

test("a name that holds code is quoted, never run", () => {
  const links = recorded.links.map((link) =>
    link.key === "if:ctr:web/eth0" ? { ...link, name: "$(id)" } : link,
  );
  expect(commands({ ...recorded, links }, "peer:ctr:web/eth0")).toContain(
    "docker exec web cat '/sys/class/net/$(id)/iflink'",
  );
});

test("an end whose peer is not seen is looked at by itself, and by the namespaces that have a number", () => {
  const index = topologyIndex(recorded);
  const uplink = recorded.links.find(
    (link) => link.kind === "veth" && link.peer.status === "unseen",
  );
  if (uplink?.kind !== "veth") throw new Error("every peer is seen");
  expect(endChecks(index, uplink).map(({ command, prints }) => [command, prints])).toEqual([
    [`ip -o link | grep '^${uplink.ifindex}:'`, `${uplink.ifindex}: ${uplink.label}: …`],
    [`ethtool -S ${uplink.name} | grep peer_ifindex`, `peer_ifindex: ${uplink.iflink}`],
    ["ip netns list-id", uplink.nsid === null ? null : `nsid ${uplink.nsid} …`],
  ]);
});

test("a bridge of the host is looked at by name, one of a container not at all", () => {
  const index = topologyIndex(recorded);
  const docker0 = recorded.links.find(({ name }) => name === "docker0");
  if (docker0?.kind !== "bridge") throw new Error("no docker0");
  expect(bridgeChecks(index, docker0).map(({ command }) => command)).toContain(
    "bridge fdb show br docker0",
  );
  const elsewhere = recorded.namespaces.find(({ id }) => id !== recorded.host.netns);
  if (elsewhere === undefined) throw new Error("one namespace only");
  expect(bridgeChecks(index, { ...docker0, netns: elsewhere.id })).toEqual([]);
});
