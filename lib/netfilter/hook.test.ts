import { describe, expect, it } from "vitest";
import { answerId } from "@/lib/net/ids";
import { readIptablesSave } from "@/lib/probes/iptables-save-text";
import { iptablesTables } from "@/lib/topology/firewall/iptables-tables";
import type { Source, Table } from "@/lib/topology/firewall/model";
import { throughHook } from "./hook";
import {
  ephemeral,
  type Ground,
  newPacket,
  type Outcome,
  type Packet,
  type Place,
  type Traveller,
} from "./packet";

const ground: Ground = {
  addressType: (address) => (["192.0.2.1", "127.0.0.1"].includes(address) ? "local" : "unicast"),
  addressOf: (name) => (name === "eth0" ? "192.0.2.1" : "172.17.0.1"),
};

const tablesOf = (text: string, backend: "iptables-nft" | "iptables-legacy"): readonly Table[] =>
  iptablesTables(readIptablesSave(text).rows, {
    backend,
    family: "ip",
    answer: answerId("iptables-save", null),
  });

const place = (
  text: string,
  more: readonly Table[] = [],
  sources: readonly Source[] = [],
): Place => ({
  ground,
  firewall: {
    status: "read",
    sources,
    tables: [...tablesOf(text, "iptables-nft"), ...more],
    sets: [],
    opaque: 0,
  },
});

const from = { source: "203.0.113.9", sourcePort: ephemeral };
const port = (number: number) => ({ first: number, last: number });
const to = { destination: "192.0.2.1", destinationPort: port(8080) };

const packet: Packet = { ...newPacket({ ...from, ...to }, "tcp"), in: "eth0" };

const start = (change: Partial<Packet> = {}): Traveller => ({
  packet: { ...packet, ...change },
  steps: [],
  doubts: [],
});

const verdicts = (outcomes: readonly Outcome[]): readonly string[] =>
  outcomes.map(({ verdict }) => verdict);

const only = (outcomes: readonly Outcome[]): Outcome => {
  expect(outcomes).toHaveLength(1);
  return outcomes[0] as Outcome;
};

const nat = (...rules: readonly string[]): string =>
  ["*nat", ":PREROUTING ACCEPT [0:0]", ":DOCKER - [0:0]", ...rules, "COMMIT", ""].join("\n");
const filter = (policy: string, ...rules: readonly string[]): string =>
  ["*filter", `:FORWARD ${policy} [0:0]`, ":A - [0:0]", ":B - [0:0]", ...rules, "COMMIT", ""].join(
    "\n",
  );

const dnat = [
  "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER",
  "-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80",
];
const forwarded = start({
  in: "eth0",
  out: "docker0",
  destination: "172.17.0.2",
  destinationPort: port(80),
});

describe("the rules at one hook", () => {
  it("send a published port's first packet to the container, by the rule that says so", () => {
    const { verdict, traveller } = only(throughHook(place(nat(...dnat)), "prerouting", start()));
    expect(verdict).toBe("accept");
    expect(traveller.packet).toMatchObject({
      destination: "172.17.0.2",
      destinationPort: port(80),
    });
    expect(traveller.steps.map(({ chain, did }) => `${chain} ${did}`)).toEqual([
      "PREROUTING jump",
      "DOCKER dnat",
    ]);
    expect(traveller.packet.connection).toMatchObject({
      translated: { destination: true },
      began: { destination: "192.0.2.1" },
    });
  });

  it("leave what comes by docker0 itself, and packets of a connection that is there already", () => {
    const rules = place(nat(...dnat));
    const inside = only(throughHook(rules, "prerouting", start({ in: "docker0" })));
    const later = { ...packet.connection, state: "established" as const };
    const again = only(throughHook(rules, "prerouting", start({ connection: later })));
    for (const { traveller } of [inside, again])
      expect(traveller.packet.destination).toBe("192.0.2.1");
  });

  it("end by the policy where no rule says anything", () => {
    expect(verdicts(throughHook(place(filter("DROP")), "forward", forwarded))).toEqual(["drop"]);
    expect(verdicts(throughHook(place(filter("ACCEPT")), "forward", forwarded))).toEqual([
      "accept",
    ]);
  });

  it("return to the caller after a jump, to the caller's caller after a goto", () => {
    const inner = ["-A A -g B", "-A A -j DROP", "-A B -j RETURN"];
    const gone = place(filter("DROP", "-A FORWARD -j A", "-A FORWARD -j ACCEPT", ...inner));
    expect(verdicts(throughHook(gone, "forward", forwarded))).toEqual(["accept"]);
    const jumped = ["-A A -j B", "-A A -j DROP", "-A B -j RETURN"];
    const back = place(filter("ACCEPT", "-A FORWARD -j A", "-A FORWARD -j ACCEPT", ...jumped));
    expect(verdicts(throughHook(back, "forward", forwarded))).toEqual(["drop"]);
  });

  it("of another table with a drop are not outvoted by an accept: each base chain is asked", () => {
    const legacy = tablesOf(filter("DROP"), "iptables-legacy");
    const both = place(filter("ACCEPT", "-A FORWARD -j ACCEPT"), legacy);
    expect(verdicts(throughHook(both, "forward", forwarded))).toEqual(["drop"]);
  });

  it("that nobody understands leave both ways open, and say which rule it is", () => {
    const unclear = place(filter("DROP", "-A FORWARD -m mystery --what 1 -j ACCEPT"));
    const outcomes = throughHook(unclear, "forward", forwarded);
    expect(verdicts(outcomes).toSorted()).toEqual(["accept", "drop"]);
    for (const { traveller } of outcomes)
      expect(traveller.doubts).toMatchObject([{ why: "opaque" }]);
  });

  it("that nobody understands do not matter where the end is the same", () => {
    const rules = ["-A FORWARD -m mystery --what 1 -j ACCEPT", "-A FORWARD -j ACCEPT"];
    const { verdict, traveller } = only(
      throughHook(place(filter("DROP", ...rules)), "forward", forwarded),
    );
    expect(verdict).toBe("accept");
    expect(traveller.doubts).toEqual([]);
  });

  it("that ask for chance cannot be told; a condition beside it that fails settles it", () => {
    const limit = "-A FORWARD -p PROTO -m limit --limit 1/sec -j DROP";
    const asked = (protocol: string) =>
      throughHook(place(filter("ACCEPT", limit.replace("PROTO", protocol))), "forward", forwarded);
    expect(verdicts(asked("tcp")).toSorted()).toEqual(["accept", "drop"]);
    expect(verdicts(asked("udp"))).toEqual(["accept"]);
  });

  it("in two nat chains of one priority: which maps first is not told, unless both say the same", () => {
    const other = nat(...dnat).replace("172.17.0.2:80", "172.18.0.9:80");
    const twins = throughHook(
      place(nat(...dnat), tablesOf(other, "iptables-legacy")),
      "prerouting",
      start(),
    );
    expect(twins.map(({ traveller }) => traveller.packet.destination).toSorted()).toEqual([
      "172.17.0.2",
      "172.18.0.9",
    ]);
    expect(twins[0]?.traveller.doubts).toMatchObject([{ why: "same-priority" }]);
    const same = throughHook(
      place(nat(...dnat), tablesOf(nat(...dnat), "iptables-legacy")),
      "prerouting",
      start(),
    );
    expect(only(same).traveller.doubts).toEqual([]);
  });

  it("cannot be told at all where rules of the family were not read", () => {
    const why = { probe: "nft", netns: null, reason: "command-missing", command: "nft" } as const;
    const unread: Source = {
      backend: "nft",
      family: null,
      version: null,
      state: { status: "unreadable", why },
    };
    const outcomes = throughHook(place(filter("ACCEPT"), [], [unread]), "forward", forwarded);
    expect(verdicts(outcomes)).toContain("taken");
    for (const { traveller } of outcomes)
      expect(traveller.doubts).toMatchObject([{ why: "unread-rules", backend: "nft" }]);
  });

  it("end somewhere, whatever loops and missing chains were printed", () => {
    const loops = place(
      filter("ACCEPT", "-A FORWARD -j A", "-A A -j B", "-A B -j A", "-A B -j GONE"),
    );
    const outcomes = throughHook(loops, "forward", forwarded);
    expect(outcomes.flatMap(({ traveller }) => traveller.doubts.map(({ why }) => why))).toContain(
      "loop",
    );
  });

  it("with many doubts stop being followed, and say so", () => {
    const rules = Array.from(
      { length: 80 },
      (_, nth) => `-A FORWARD -m mystery --what ${nth} -j MARK --set-xmark ${nth + 1}/0xffffffff`,
    );
    const outcomes = throughHook(place(filter("ACCEPT", ...rules)), "forward", forwarded);
    expect(outcomes.flatMap(({ traveller }) => traveller.doubts.map(({ why }) => why))).toContain(
      "too-many-ways",
    );
  });
});
