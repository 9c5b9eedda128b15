import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { answerId, netnsId, netnsLabel } from "@/lib/net/ids";
import { blankLink } from "@/lib/topology/blank";
import type { Topology, Vxlan } from "@/lib/topology/model";
import { graph } from "./graph";
import { say } from "./said";
import { topologyOf } from "./test-world";
import { tunnelLines, tunnelText } from "./tunnels";

const world = topologyOf({ networks: [{ name: "bridge", bridge: "docker0" }], containers: [] });
const home = netnsId("test", netnsLabel(1));
const evidence = { answer: answerId("test", null), at: { line: 0 } } as const;

const vxlan = (more: Partial<Vxlan> = {}): Vxlan => ({
  ...blankLink(home, 77, "vx0", "if:host/vx0"),
  mtu: 1450,
  evidence,
  kind: "vxlan",
  vni: 4097,
  port: 4789,
  local: null,
  underlay: null,
  remotes: ["10.99.1.12", "10.99.1.13", "10.99.1.14"].map((address) => ({
    address,
    macs: [],
    evidence: [],
  })),
  ...more,
});

const shown = (link: Vxlan) => {
  const topology: Topology = { ...world, links: [...world.links, link] };
  return graph(topology, { orientation: "rails", stopped: false }, wordsIn("en"));
};

test("a tunnel tells its number and where it leads", () => {
  expect(tunnelLines(vxlan())).toEqual(["VNI 4097", "→ 10.99.1.12", "→ 10.99.1.13", "+1"]);
  expect(tunnelText(vxlan({ vni: null, remotes: null }))).toBeNull();
});

test("a tunnel of the host leads outside by a line of its own, which the legend explains", () => {
  const graphed = shown(vxlan());
  const uplink = graphed.uplinks.find(({ chip }) => chip.label === "vx0");
  expect(uplink?.out).toMatchObject({ means: "tunnelled" });
  expect(uplink?.addresses).toContain("VNI 4097");
  expect(graphed.legend.map(({ text }) => text)).toContain("tunnel to other hosts");
});

test("a tunnel that was not read to lead anywhere has no line", () => {
  const graphed = shown(vxlan({ remotes: null }));
  expect(graphed.uplinks.find(({ chip }) => chip.label === "vx0")?.out).toBeNull();
});

test("a tunnel that is a port of a bridge tells the same on its row", () => {
  const docker0 = world.links.find(({ name }) => name === "docker0");
  const graphed = shown(vxlan({ master: docker0?.id ?? null }));
  const rows = graphed.blocks.flatMap((block) => (block.kind === "list" ? [] : block.rows));
  expect(rows.find(({ host }) => host?.label === "vx0")).toMatchObject({
    note: "VNI 4097 → 10.99.1.12 → 10.99.1.13 +1",
    open: null,
    wire: { means: "tunnelled" },
  });
});

test("the line of a tunnel in a bridge is in the legend, and its row says where it leads", () => {
  const docker0 = world.links.find(({ name }) => name === "docker0");
  const graphed = shown(vxlan({ master: docker0?.id ?? null }));
  expect(graphed.legend.map(({ text }) => text)).toContain("tunnel to other hosts");
  const rows = graphed.blocks.flatMap((block) => (block.kind === "list" ? [] : block.rows));
  const said = rows.find(({ host }) => host?.label === "vx0")?.said;
  expect(said === undefined ? "" : say(wordsIn("en"), said)).toBe(
    "vx0, a port of docker0, a tunnel: VNI 4097 → 10.99.1.12 → 10.99.1.13 +1",
  );
});
