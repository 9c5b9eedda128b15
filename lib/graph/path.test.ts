import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { key } from "@/lib/net/ids";
import { graph } from "./graph";
import { pathMarks, pathOf } from "./path";
import { topologyOf } from "./test-world";

const shown = graph(
  topologyOf({
    networks: [
      { name: "bridge", bridge: "docker0" },
      { name: "shop", bridge: "br-1" },
      { name: "vault", bridge: "br-2", internal: true },
    ],
    containers: [
      { name: "web", on: ["bridge"] },
      { name: "proxy", on: ["shop", "bridge"] },
      { name: "secret", on: ["vault"] },
      { name: "batch", on: [] },
    ],
  }),
  { orientation: "rails", stopped: false },
  wordsIn("en"),
);
const path = (text: string) => [...pathOf(shown, key(text))].sort();

const web = [
  "ctr:web",
  "if:ctr:web/eth0",
  "if:host/docker0",
  "if:host/ens3",
  "net:bridge",
  "outside",
  "pair:peer:ctr:web/eth0",
  "peer:ctr:web/eth0",
  "port:peer:ctr:web/eth0",
  "way:if:host/ens3>if:host/docker0",
  "way:outside>if:host/ens3",
].sort();

test.each(["ctr:web", "if:ctr:web/eth0", "peer:ctr:web/eth0", "pair:peer:ctr:web/eth0"])(
  "%s lights everything from the outside to the container",
  (from) => {
    expect(path(from)).toEqual(web);
  },
);

test("an interface lights its own way, the container all of its ways", () => {
  expect(path("if:ctr:proxy/eth0")).not.toContain("if:host/docker0");
  expect(path("if:ctr:proxy/eth0")).toContain("if:host/br-1");
  expect(path("ctr:proxy")).toEqual(expect.arrayContaining(["if:host/docker0", "if:host/br-1"]));
});

test("what is on an internal network leads to no NIC", () => {
  expect(path("ctr:secret")).toContain("if:host/br-2");
  expect(path("ctr:secret")).not.toContain("if:host/ens3");
});

test("a bridge lights its rows, a network is the same place", () => {
  expect(path("if:host/docker0")).toEqual(
    expect.arrayContaining(["ctr:web", "ctr:proxy", "outside"]),
  );
  expect(path("net:bridge")).toEqual(path("if:host/docker0"));
});

test("a NIC lights what is reached through it, bridge by bridge", () => {
  expect(path("if:host/ens3")).toEqual(
    expect.arrayContaining(["outside", "if:host/docker0", "if:host/br-1"]),
  );
  expect(path("if:host/ens3")).not.toContain("ctr:web");
  expect(path("if:host/ens3")).not.toContain("if:host/br-2");
});

test("what touches nothing lights itself, what is not there lights nothing", () => {
  expect(path("ctr:batch")).toEqual(["ctr:batch"]);
  expect(path("ctr:nobody")).toEqual([]);
});

test("a selection wins over what is pointed at", () => {
  const marks = pathMarks(shown, key("ctr:web"), key("ctr:secret"));
  expect(marks.get(key("ctr:web"))).toBe("selected");
  expect(marks.get(key("if:host/ens3"))).toBe("path");
  expect(marks.has(key("ctr:secret"))).toBe(false);
});
