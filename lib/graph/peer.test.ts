import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { graph } from "./graph";
import { namedBy, peerKey } from "./peer";
import { topologyOf } from "./test-world";

const topology = topologyOf({
  networks: [
    { name: "bridge", bridge: "docker0" },
    { name: "shop", bridge: "br-1" },
  ],
  containers: [
    { name: "web", on: ["bridge"] },
    { name: "proxy", on: ["shop", "bridge"] },
    { name: "odd", on: ["bridge"], peer: "ambiguous" },
    { name: "batch", on: [] },
  ],
});
const shown = graph(topology, { orientation: "rails", stopped: false }, wordsIn("en"));

test.each([
  ["if:ctr:web/eth0", "peer:ctr:web/eth0"],
  ["peer:ctr:web/eth0", "if:ctr:web/eth0"],
  ["pair:peer:ctr:web/eth0", "if:ctr:web/eth0"],
  ["ctr:web", "peer:ctr:web/eth0"],
  ["ctr:proxy", "peer:ctr:proxy/eth0"],
])("from %s one is led to %s", (from, to) => {
  expect(peerKey(shown, key(from))).toBe(to);
});

test.each(["if:ctr:odd/eth0", "if:host/docker0", "ctr:batch", "ctr:nobody"])(
  "%s has no peer to be led to",
  (from) => {
    expect(peerKey(shown, key(from))).toBeNull();
  },
);

test("an open end points at its candidates, a found one is wired already", () => {
  expect(namedBy(topology, key("if:ctr:odd/eth0"))).toEqual(["peer:ctr:odd/eth0"]);
  expect(namedBy(topology, key("if:ctr:web/eth0"))).toEqual([]);
  expect(namedBy(topology, key("ctr:nobody"))).toEqual([]);
});
