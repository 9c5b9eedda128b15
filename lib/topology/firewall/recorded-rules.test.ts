import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { netnsLabel } from "@/lib/net/ids";
import { listeningOn, rulesOf, understand } from "@/lib/pipeline";
import { dockerEras } from "./eras";
import type { Firewall, Rule } from "./model";
import { allRules, askedNetns, factsOfRules, mustBeRead, type SaidOfRules } from "./test-firewall";

const readFirewall = (...said: readonly SaidOfRules[]) =>
  mustBeRead(rulesOf(factsOfRules(...said), askedNetns).firewall);

type Read = Extract<Firewall, { readonly status: "read" }>;

const facts = (name: string): HostFacts =>
  JSON.parse(readFileSync(new URL(`../../recorded-hosts/${name}.json`, import.meta.url), "utf8"));
const fixture = (name: string): string =>
  readFileSync(new URL(`./fixtures/${name}`, import.meta.url), "utf8");

function hostFirewall(name: string): Read {
  const host = facts(name);
  const { netns } = understand(host).host;
  const { firewall } = rulesOf(host, netnsLabel(`${netns}`.split("/").at(-1) ?? ""));
  if (firewall.status !== "read") throw new Error(firewall.status);
  return firewall;
}

const dnats = (firewall: Read, family: "ip" | "ip6"): readonly string[] =>
  allRules(firewall)
    .filter(({ table }) => table.family === family)
    .flatMap(({ rule }) => dnatOf(rule) ?? []);

/** `8080/tcp → 172.17.0.2:80`, with the address where it is for one only. */
function dnatOf({ parts }: Rule): string | null {
  const dnat = parts.find((part) => part.kind === "dnat");
  if (dnat?.kind !== "dnat") return null;
  const port = parts.find((part) => part.kind === "destination-port");
  const to = parts.find((part) => part.kind === "destination");
  const [value] = port?.kind === "destination-port" ? port.ports : [];
  const [address] = to?.kind === "destination" ? to.addresses : [];
  const on = address?.of === "prefix" ? `${address.address}:` : "";
  const number = value?.of === "range" ? value.first : "?";
  const protocol = port?.kind === "destination-port" ? port.protocol : "?";
  return `${on}${number}/${protocol} → ${dnat.addresses?.first}:${dnat.ports?.first}`;
}

const masquerades = (firewall: Read): readonly string[] =>
  allRules(firewall)
    .filter(
      ({ table, rule }) =>
        table.family === "ip" && rule.parts.some(({ kind }) => kind === "masquerade"),
    )
    .flatMap(({ rule }) => {
      const source = rule.parts.find((part) => part.kind === "source");
      const out = rule.parts.find((part) => part.kind === "out-interface");
      if (source?.kind !== "source" || out?.kind !== "out-interface") return [];
      const [address] = source.addresses;
      return address?.of === "prefix" ? [`${address.address}/${address.length}`] : [];
    });

const published = [
  "127.0.0.1:8443/tcp → 172.17.0.3:443",
  "5353/udp → 172.17.0.3:53",
  "80/tcp → 172.17.0.3:80",
  "8080/tcp → 172.17.0.2:80",
  "9000/tcp → 172.30.0.2:9000",
  "9001/tcp → 172.30.0.2:9001",
  "9002/tcp → 172.30.0.2:9002",
];

test.each([
  ["docker-20.10-debian-12", "docker-18.03"],
  ["docker-26.1-debian-13", "docker-18.03"],
  ["docker-28.5-debian-sid", "docker-28"],
])("%s: its era, what it publishes and what it masquerades", (name, era) => {
  const firewall = hostFirewall(name);
  expect(dockerEras(firewall)).toEqual([{ era, backend: "iptables-nft", inForce: true }]);
  expect(dnats(firewall, "ip").toSorted()).toEqual(published);
  expect(new Set(masquerades(firewall))).toEqual(
    new Set(["172.17.0.0/16", "172.29.0.0/24", "172.30.0.0/24"]),
  );
  expect(firewall.opaque).toBe(0);
});

test("Docker 26 and 28 publish for IPv6 too, 20.10 by docker-proxy alone", () => {
  expect(dnats(hostFirewall("docker-20.10-debian-12"), "ip6")).toEqual([]);
  expect(dnats(hostFirewall("docker-26.1-debian-13"), "ip6").length).toBeGreaterThan(0);
  expect(dnats(hostFirewall("docker-28.5-debian-sid"), "ip6").length).toBeGreaterThan(0);
});

test.each(["docker-20.10-debian-12", "docker-26.1-debian-13", "docker-28.5-debian-sid"])(
  "%s: every rule that Docker made is known as its own",
  (name) => {
    const unclaimed = allRules(hostFirewall(name)).filter(
      ({ rule }) => rule.madeBy.who !== "docker",
    );
    expect(unclaimed.map(({ chain, rule }) => [chain.name, rule.key])).toEqual([]);
  },
);

test("Docker 29 with iptables lays out one set of chains, with nftables a table of its own", () => {
  const eras = (probe: string, name: string) =>
    dockerEras(readFirewall({ probe, stdout: fixture(name) }));
  const iptables = "docker-29-iptables--usernet-portmap.save";
  expect(eras("iptables-save", iptables)).toEqual([
    { era: "docker-29-iptables", backend: "iptables-nft", inForce: true },
  ]);
  const native = readFirewall({
    probe: "nft-ruleset",
    stdout: fixture("docker-29-nftables--usernet-portmap.json"),
  });
  expect(dockerEras(native)).toEqual([
    { era: "docker-29-nftables", backend: "nft", inForce: true },
  ]);
  expect(dnats(native, "ip")).toEqual(["8080/tcp → 192.0.2.2:80"]);
  expect(masquerades(native).toSorted()).toEqual(["172.17.0.0/16", "192.0.2.0/24"]);
  expect(native.sets.find(({ name }) => name === "filter-forward-in-jumps")?.holds).toEqual({
    of: "mappings",
    elements: ["bridge1", "docker0"].map((name) => ({
      key: [{ of: "name", name, wildcard: false }],
      to: { of: "verdict", verdict: { kind: "jump", chain: `filter-forward-in__${name}` } },
    })),
  });
});

test("what an upgrade left behind is an era that no rule leads to", () => {
  const before = fixture("docker-29-iptables--usernet-portmap.save");
  const stdout = before.replace(
    ":DOCKER-USER - [0:0]",
    ":DOCKER-USER - [0:0]\n:DOCKER-ISOLATION-STAGE-1 - [0:0]",
  );
  const native = fixture("docker-29-nftables--new-daemon.json");
  const firewall = readFirewall(
    { probe: "iptables-save", stdout },
    { probe: "nft-ruleset", stdout: native },
  );
  expect(dockerEras(firewall)).toEqual([
    { era: "docker-29-nftables", backend: "nft", inForce: true },
    { era: "docker-29-iptables", backend: "iptables-nft", inForce: true },
    { era: "docker-28", backend: "iptables-nft", inForce: false },
  ]);
});

test("with a snapshot goes what is there and who made it, and no rule", () => {
  const { firewall } = understand(facts("docker-28.5-debian-sid")).host;
  expect(firewall).toEqual({
    status: "read",
    sources: [
      {
        backend: "iptables-nft",
        family: "ip",
        status: "read",
        tables: 3,
        chains: 17,
        rules: 58,
        dnat: 7,
        snat: 3,
        why: null,
      },
      {
        backend: "iptables-nft",
        family: "ip6",
        status: "read",
        tables: 3,
        chains: 17,
        rules: 24,
        dnat: 3,
        snat: 1,
        why: null,
      },
      {
        backend: "iptables-legacy",
        family: "ip",
        status: "absent",
        tables: 0,
        chains: 0,
        rules: 0,
        dnat: 0,
        snat: 0,
        why: null,
      },
      {
        backend: "nft",
        family: null,
        status: "absent",
        tables: 0,
        chains: 0,
        rules: 0,
        dnat: 0,
        snat: 0,
        why: null,
      },
    ],
    eras: [{ era: "docker-28", backend: "iptables-nft", inForce: true }],
    makers: ["docker", "docker-user", "iptables"],
  });
  expect(JSON.stringify(firewall)).not.toContain("DOCKER-");
});

test("who listens on a recorded host, and docker-proxy told from sshd", () => {
  const { sockets } = listeningOn(facts("docker-28.5-debian-sid"));
  if (sockets.status !== "read") throw new Error(sockets.status);
  const of = sockets.sockets.map(({ protocol, address, port, holder }) => {
    const [process] = holder.by === "processes" ? holder.processes : [];
    return `${protocol} ${address} ${port} ${process?.name}`;
  });
  expect(of).toContain("tcp 127.0.0.1 8443 docker-proxy");
  expect(of).toContain("udp :: 5353 docker-proxy");
  expect(of).toContain("tcp 0.0.0.0 22 sshd");
  expect(sockets.namespaces).toHaveLength(1);
  // docker-proxy has a socket of each family on the port, so neither answers for the other.
  expect(
    sockets.sockets.find(({ address, port }) => address === "::" && port === 8080)?.answersIpv4,
  ).toBe("no");
});
