import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rulesOf } from "@/lib/pipeline";
import {
  askedNetns,
  factsOfRules,
  mustBeRead,
  type SaidOfRules,
} from "@/lib/topology/firewall/test-firewall";
import { candidates } from "./candidates";
import { throughHook } from "./hook";
import { ephemeral, type Ground, newPacket, type Outcome, type Packet, type Place } from "./packet";

const ground: Ground = {
  addressType: (address) => (["198.51.100.1", "127.0.0.1"].includes(address) ? "local" : "unicast"),
  addressOf: (name) => (name === "eth0" ? "198.51.100.1" : "192.0.2.1"),
};

const placeOf = (...said: readonly SaidOfRules[]): Place => ({
  ground,
  firewall: mustBeRead(rulesOf(factsOfRules(...said), askedNetns).firewall),
});

const fixture = (name: string): string =>
  readFileSync(new URL(`../topology/firewall/fixtures/${name}`, import.meta.url), "utf8");

const sets = (kind: "new-daemon" | "usernet-internal" | "usernet-portmap") => ({
  iptables: placeOf({
    probe: "iptables-save",
    stdout: fixture(`docker-29-iptables--${kind}.save`),
  }),
  nftables: placeOf({
    probe: "nft-ruleset",
    stdout: fixture(`docker-29-nftables--${kind}.json`),
  }),
});

const port = (number: number) => ({ first: number, last: number });

const packetOf = (change: Partial<Packet>): Packet => ({
  ...newPacket(
    {
      source: "203.0.113.9",
      sourcePort: ephemeral,
      destination: "198.51.100.1",
      destinationPort: port(8080),
    },
    "tcp",
  ),
  in: "eth0",
  ...change,
});

const ends = (
  place: Place,
  hook: "prerouting" | "forward" | "postrouting" | "output",
  change: Partial<Packet> = {},
): readonly Outcome[] =>
  throughHook(place, hook, { packet: packetOf(change), steps: [], doubts: [] });

const verdict = (outcomes: readonly Outcome[]): string => {
  expect(outcomes).toHaveLength(1);
  return outcomes[0]?.verdict ?? "";
};

const established = {
  ...packetOf({}).connection,
  state: "established" as const,
};

describe.each(["iptables", "nftables"] as const)("Docker 29 with %s", (backend) => {
  const portmap = sets("usernet-portmap")[backend];
  const internal = sets("usernet-internal")[backend];
  const web = { destination: "192.0.2.2", destinationPort: port(80) };

  it("sends the published port to its container, but not from its own bridge", () => {
    const [sent] = ends(portmap, "prerouting");
    expect(sent?.traveller.packet).toMatchObject(web);
    const [kept] = ends(portmap, "prerouting", { in: "bridge1" });
    expect(kept?.traveller.packet.destination).toBe("198.51.100.1");
  });

  it("leaves what the host itself sends to 127.0.0.1 to docker-proxy", () => {
    const own = { in: null, out: "lo", source: "127.0.0.1", destination: "127.0.0.1" };
    const [kept] = ends(portmap, "output", own);
    expect(kept?.traveller.packet.destination).toBe("127.0.0.1");
  });

  it("drops what comes to the container's own address past the port, before it is routed", () => {
    expect(verdict(ends(portmap, "prerouting", web))).toBe("drop");
    expect(verdict(ends(portmap, "prerouting", { ...web, in: "bridge1" }))).toBe("accept");
  });

  it("forwards the published port and no other", () => {
    const there = { ...web, out: "bridge1" };
    expect(verdict(ends(portmap, "forward", there))).toBe("accept");
    expect(verdict(ends(portmap, "forward", { ...there, destinationPort: port(85) }))).toBe("drop");
  });

  it("lets answers through, and what containers begin", () => {
    const answer = { source: "192.0.2.2", in: "bridge1", out: "eth0" };
    expect(verdict(ends(portmap, "forward", answer))).toBe("accept");
    expect(verdict(ends(portmap, "forward", { ...answer, connection: established }))).toBe(
      "accept",
    );
  });

  it("masquerades what leaves its bridge, and nothing within it", () => {
    const leaving = { source: "192.0.2.2", in: "bridge1", out: "eth0" };
    const [out] = ends(portmap, "postrouting", leaving);
    expect(out?.traveller.packet.source).toBe("198.51.100.1");
    const [within] = ends(portmap, "postrouting", { ...leaving, out: "bridge1" });
    expect(within?.traveller.packet.source).toBe("192.0.2.2");
  });

  it("keeps an internal network to itself, and without icc its containers from each other", () => {
    const inside = (bridge: string, other = bridge) => ({
      source: "198.18.0.2",
      destination: "198.18.0.3",
      in: bridge,
      out: other,
    });
    const open = inside("bridgeNoICC");
    expect(verdict(ends(internal, "forward", open))).toBe("drop");
    expect(verdict(ends(internal, "forward", { ...open, in: "eth0" }))).toBe("drop");
    expect(verdict(ends(internal, "forward", inside("bridgeICC", "eth0")))).toBe("drop");
  });
});

describe("conntrack", () => {
  const { nftables } = sets("usernet-portmap");

  it("asks no nat chain where an end is settled already: what goes round by lo was asked in output", () => {
    const connection = {
      ...packetOf({}).connection,
      decided: { destination: true, source: true },
    };
    const [kept] = ends(nftables, "prerouting", { connection });
    expect(kept?.traveller.packet.destination).toBe("198.51.100.1");
  });

  it("puts back what it translated, after raw and before filter", () => {
    const seen = placeOf({
      probe: "iptables-save",
      stdout: [
        "*raw",
        ":PREROUTING ACCEPT [0:0]",
        "-A PREROUTING -d 10.0.0.9/32 -j DROP",
        "COMMIT",
        "",
      ].join("\n"),
    });
    const packet = packetOf({ connection: established });
    const start = { packet, steps: [], doubts: [] };
    const outcomes = throughHook(seen, "prerouting", start, { destination: "10.0.0.9" });
    expect(verdict(outcomes)).toBe("accept");
    expect(outcomes[0]?.traveller.packet.destination).toBe("10.0.0.9");
  });
});

describe("sets", () => {
  const dropBanned = {
    probe: "iptables-save",
    stdout: [
      "*filter",
      ":FORWARD ACCEPT [0:0]",
      "-A FORWARD -m set --match-set banned src -j DROP",
      "COMMIT",
      "",
    ].join("\n"),
  } as const;
  const banned = (elements: string) =>
    placeOf(dropBanned, {
      probe: "ipset-save",
      stdout: `create banned hash:net family inet hashsize 1024 maxelem 65536\n${elements}`,
    });

  it("of ipset hold what is within an element", () => {
    expect(verdict(ends(banned("add banned 203.0.113.0/24\n"), "forward"))).toBe("drop");
    expect(verdict(ends(banned("add banned 198.51.100.0/24\n"), "forward"))).toBe("accept");
  });

  it("of ipset that were not read leave both ways open", () => {
    const outcomes = ends(placeOf(dropBanned), "forward");
    expect(outcomes.map((each) => each.verdict).toSorted()).toEqual(["accept", "drop"]);
    expect(outcomes[0]?.traveller.doubts).toMatchObject([{ why: "set", set: "banned" }]);
  });
});

describe("a long chain", () => {
  const many = Array.from({ length: 400 }, (_, nth) => nth + 1);
  const { firewall } = placeOf({
    probe: "iptables-save",
    stdout: [
      "*filter",
      ":FORWARD ACCEPT [0:0]",
      "-A FORWARD -i lo -j ACCEPT",
      ...many.map((nth) => `-A FORWARD -p tcp -m tcp --dport ${nth} -j DROP`),
      ...many.map(
        (nth) => `-A FORWARD -d 10.0.${nth >> 8}.${nth & 255}/32 -p tcp -m tcp --dport 80 -j DROP`,
      ),
      "-A FORWARD ! -d 10.0.0.1/32 -j ACCEPT",
      "COMMIT",
      "",
    ].join("\n"),
  });
  const chain = firewall.tables[0]?.chains[0];

  it("is asked only for the rules that may hold, in their order", () => {
    const asked = (change: Partial<Packet>) =>
      chain === undefined ? [] : candidates(chain, packetOf(change)).map(({ place }) => place);
    const to = { destination: "10.0.0.7", destinationPort: port(80) };
    expect(asked(to)).toEqual([1, 81, 408, 802]);
    expect(asked({ ...to, destination: "10.9.9.9" })).toEqual([1, 81, 802]);
    expect(asked({ ...to, destinationPort: { first: 1, last: 65_535 } })).toHaveLength(802);
  });
});
