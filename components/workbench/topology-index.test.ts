import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { key } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import facts from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import { pairKey, topologyIndex } from "./topology-index";

const index = topologyIndex(understand(facts as unknown as HostFacts));

test("every row's key leads to a thing", () => {
  const { links, containers, namespaces, networks } = index.topology;
  for (const row of [...links, ...containers, ...namespaces, ...networks]) {
    expect(index.thing(row.key), row.key).not.toBeNull();
  }
});

test("both ends of a pair lead to the same pair, the host's end first", () => {
  const near = index.thing(key("pair:peer:ctr:web/eth0"));
  const far = index.thing(key("pair:if:ctr:web/eth0"));
  if (near?.kind !== "pair") throw new Error("no pair");
  expect(far).toEqual(near);
  expect(near.pair.near.netns).toBe(index.topology.host.netns);
  expect(index.thing(pairKey(near.pair))).toEqual(near);
});

test("a network with a bridge is its bridge, one without is itself", () => {
  expect(index.thing(key("net:bridge"))).toMatchObject({
    kind: "bridge",
    bridge: { name: "docker0" },
  });
  expect(index.thing(key("net:lan"))?.kind).toBe("network");
});

test("the pair of a veth whose peer was not seen is the veth alone", () => {
  expect(index.thing(key("pair:if:host/eth0"))).toMatchObject({
    kind: "link",
    link: { name: "eth0" },
  });
});

test("a key that nothing has leads nowhere", () => {
  expect(index.thing(key("ctr:nobody"))).toBeNull();
  expect(index.thing(key("pair:ctr:web"))).toBeNull();
  expect(index.thing(key("__proto__"))).toBeNull();
});
