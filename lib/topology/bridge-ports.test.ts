import { expect, test } from "vitest";
import type { Answer, HostFacts } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";
import { questionsLeft, understand } from "@/lib/pipeline";
import { writtenFacts } from "./written-host";

const port = (ifindex: number, ifname: string, more: object = {}) => ({
  ifindex,
  ifname,
  master: "br0",
  link_type: "ether",
  linkinfo: {
    info_kind: "dummy",
    info_slave_kind: "bridge",
    info_slave_data: { state: "forwarding", ...more },
  },
});

/** A host with one bridge, which this machine's kernel cannot make: it knows no VLAN filtering. */
const facts = (vlanFiltering: number): HostFacts =>
  writtenFacts({
    namespaces: [
      {
        inode: 4026531840,
        links: [
          {
            ifindex: 2,
            ifname: "br0",
            link_type: "ether",
            linkinfo: { info_kind: "bridge", info_data: { vlan_filtering: vlanFiltering } },
          },
          port(3, "a", { isolated: true }),
          port(4, "b", { isolated: false }),
          port(5, "c"),
        ],
      },
    ],
  });

const home = netnsLabel(4026531840);
const vlans = (stdout: string, exit = 0): Answer => ({
  id: answerId("bridge-vlan", home),
  probe: "bridge-vlan",
  netns: home,
  entered: null,
  asked: { kind: "command", argv: ["bridge", "-j", "vlan", "show"] },
  at: "2026-01-01T00:00:00.000Z",
  ms: 1,
  stdout,
  stderr: "",
  exit,
  cut: false,
});
const printed = JSON.stringify([
  { ifname: "br0", vlans: [{ vlan: 1, flags: ["PVID", "Egress Untagged"] }] },
  {
    ifname: "a",
    vlans: [
      { vlan: 20, flags: ["PVID"] },
      { vlan: 30, vlanEnd: 40 },
    ],
  },
  { ifname: "b", vlans: [{ vlan: 1 }] },
]);
const withVlans = (answer: Answer): HostFacts => {
  const all = facts(1);
  return { ...all, answers: [...all.answers, answer] };
};
const named = (of: HostFacts, name: string) => {
  const link = understand(of).links.find((each) => each.name === name);
  if (link === undefined) throw new Error(`no ${name}`);
  return link;
};

test("a port is isolated, is not, or nothing tells", () => {
  expect(["a", "b", "c", "br0"].map((name) => named(facts(0), name).isolated)).toEqual([
    true,
    false,
    null,
    null,
  ]);
});

test("a port sends back by where it came, does not, or nothing tells", () => {
  const hairpin = (value?: boolean): boolean | null => {
    const link = port(3, "a", value === undefined ? {} : { hairpin: value });
    const of = writtenFacts({ namespaces: [{ inode: 4026531840, links: [link] }] });
    return named(of, "a").hairpin;
  };
  expect([hairpin(true), hairpin(false), hairpin()]).toEqual([true, false, null]);
});

test("VLANs are asked for where a bridge filters them, and nowhere else", () => {
  const scopes = (of: HostFacts) => questionsLeft(of).map(({ scope }) => scope);
  expect(scopes(facts(1))).toContain("filtering");
  expect(scopes(facts(0))).not.toContain("filtering");
});

test("a port has its own VLAN and those that it passes; one that is not printed has none", () => {
  const read = withVlans(vlans(printed));
  expect(named(read, "a").vlans).toMatchObject({
    pvid: 20,
    ranges: [
      { from: 20, to: 20 },
      { from: 30, to: 40 },
    ],
  });
  expect(named(read, "b").vlans).toMatchObject({ pvid: null, ranges: [{ from: 1, to: 1 }] });
  expect(named(read, "c").vlans).toMatchObject({ pvid: null, ranges: [] });
  expect(named(read, "br0").vlans).toMatchObject({ pvid: 1 });
});

test("where the answer failed, VLANs are unknown, and not none", () => {
  expect(named(withVlans(vlans("", 1)), "c").vlans).toBeNull();
  expect(named(facts(1), "a").vlans).toBeNull();
});
