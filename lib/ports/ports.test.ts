import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { portsOf, rulesOf, understand, wayInto, wayOutOf, worldOn } from "@/lib/pipeline";
import { askedNetns, factsOfRules, type SaidOfRules } from "@/lib/topology/firewall/test-firewall";
import type { PortRow, Way } from "./model";
import { portRules } from "./port-rules";
import { ports } from "./ports";
import { dockerRules } from "./test-docker";
import { type Written, writtenWorld } from "./test-world";
import { wayIn, wayOut } from "./way";

const firewallOf = (...said: readonly SaidOfRules[]) =>
  rulesOf(factsOfRules(...said), askedNetns).firewall;

const at = (hostAddress: string, hostPort: number | null, containerPort: number) => ({
  hostAddress: hostPort === null ? null : hostAddress,
  hostPort,
  containerPort,
  protocol: "tcp",
});

/** A line as a person would read it. */
const inShort = ({ kind, protocol, host, target, listener, scope }: PortRow): string => {
  const left = host === null ? "-" : `${host.address}:${host.port}`;
  const right = target === null ? "-" : `${target.address ?? ""}:${target.port}`;
  return `${kind} ${protocol} ${left} → ${right}, ${listener.status}, ${scope}`;
};

const shown = (written: Written): readonly string[] =>
  ports(writtenWorld(written)).rows.map(inShort);

describe("the ports of a host", () => {
  it("are joined from engine, rules, docker-proxy and sockets, with from where each is reached", () => {
    const written: Written = {
      containers: [
        {
          name: "web",
          listens: ["tcp 0.0.0.0 80", "tcp 127.0.0.1 82", "tcp 0.0.0.0 90"],
          ports: [
            at("0.0.0.0", 8080, 80),
            at("0.0.0.0", 8081, 81),
            at("127.0.0.1", 8082, 82),
            at("", null, 9000),
          ],
        },
        { name: "other" },
      ],
      hostListens: [
        "tcp 0.0.0.0 8080 docker-proxy",
        "tcp 0.0.0.0 8081 docker-proxy",
        "tcp 127.0.0.1 8082 docker-proxy",
        "tcp 0.0.0.0 22 sshd",
        "tcp 127.0.0.1 631 cupsd",
        "udp :: 123 ntpd",
      ],
      firewall: firewallOf(dockerRules()),
    };
    expect(shown(written)).toEqual([
      "published tcp 0.0.0.0:8080 → 172.17.0.2:80, listening, world",
      "published tcp 0.0.0.0:8081 → 172.17.0.2:81, nobody, world",
      "published tcp 127.0.0.1:8082 → 172.17.0.2:82, elsewhere, host",
      "exposed tcp - → :9000, nobody, containers",
      "unpublished tcp - → :90, listening, containers",
      "host tcp 0.0.0.0:22 → -, listening, world",
      "host tcp 127.0.0.1:631 → -, listening, host",
      "host udp :::123 → -, listening, world",
    ]);
  });

  it("are told by rules alone where no engine answers", () => {
    const written: Written = {
      containers: [{ name: "web", listens: ["tcp 0.0.0.0 80"] }],
      firewall: firewallOf(dockerRules()),
    };
    const [row] = ports(writtenWorld(written)).rows;
    expect(row).toMatchObject({
      host: { address: "0.0.0.0", port: 8080 },
      target: { address: "172.17.0.2", port: 80 },
      rules: [{ chain: "DOCKER", text: expect.stringContaining("--to-destination") }],
      scope: "world",
    });
  });

  it("of which nothing can be told are not called unreachable", () => {
    const written: Written = {
      containers: [{ name: "web", ports: [at("0.0.0.0", 8080, 80)] }],
      firewall: firewallOf(),
    };
    const { rows, lacks } = ports(writtenWorld(written));
    expect(rows.map(({ scope }) => scope)).toEqual(["unknown"]);
    expect(lacks).toEqual(["rules"]);
  });

  it("have keys of their own, whatever is published twice", () => {
    const twice = [at("0.0.0.0", 8080, 80), at("0.0.0.0", 8080, 80)];
    const written: Written = {
      containers: [{ name: "web", ports: twice }],
      firewall: firewallOf(dockerRules()),
    };
    const keys = ports(writtenWorld(written)).rows.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

const facts = (name: string): HostFacts =>
  JSON.parse(readFileSync(new URL(`../recorded-hosts/${name}.json`, import.meta.url), "utf8"));

const recorded = ["docker-20.10-debian-12", "docker-26.1-debian-13", "docker-28.5-debian-sid"];

describe.each(recorded)("on the recorded host %s", (name) => {
  const host = facts(name);
  const topology = understand(host);
  const { rows } = portsOf(host, topology);
  const rowAt = (address: string, port: number): PortRow | undefined =>
    rows.find(({ host: own }) => own?.address === address && own.port === port);

  it("each published port leads to its container, by its rule, and from where it should be reached", () => {
    const ofIpv4 = rows.filter(({ kind, family }) => kind === "published" && family === "ip");
    expect(ofIpv4.map((row) => `${inShort(row)}, rules ${row.rules.length}`).toSorted()).toEqual([
      "published tcp 0.0.0.0:80 → 172.17.0.3:80, not-read, world, rules 1",
      "published tcp 0.0.0.0:8080 → 172.17.0.2:80, not-read, world, rules 1",
      "published tcp 0.0.0.0:9000 → 172.30.0.2:9000, not-read, world, rules 1",
      "published tcp 0.0.0.0:9001 → 172.30.0.2:9001, not-read, world, rules 1",
      "published tcp 0.0.0.0:9002 → 172.30.0.2:9002, not-read, world, rules 1",
      // Docker 28 drops in raw what comes to it from outside.
      `published tcp 127.0.0.1:8443 → 172.17.0.3:443, not-read, ${name.includes("28.5") ? "host" : "some"}, rules 1`,
      "published udp 0.0.0.0:5353 → 172.17.0.3:53, not-read, world, rules 1",
    ]);
  });

  it("a container that shares another's network is named beside it", () => {
    const names = rowAt("0.0.0.0", 8080)?.containers.map(
      (id) => topology.containers.find((each) => each.id === id)?.name,
    );
    expect(names?.toSorted()).toEqual(["sidecar", "web"]);
  });

  it("sshd is a program of the host", () => {
    expect(rowAt("0.0.0.0", 22)).toMatchObject({ kind: "host", scope: "world", containers: [] });
  });

  it("the way in goes by Docker's own rules to the container", () => {
    const row = rowAt("0.0.0.0", 8080);
    const way = row === undefined ? null : wayInto(host, topology, row);
    expect(way?.from).toBe("world");
    expect(steps(way)).toContain("DOCKER dnat 172.17.0.2:80");
    for (const { step, rule } of way?.lines ?? [])
      if (step.did === "met-rule") expect(rule?.text).toMatch(/^-A |^-|^!/);
  });

  it("the way out is masqueraded to the address of the NIC", () => {
    const web = topology.containers.find(({ name: own }) => own === "web");
    const way = web?.netns ? wayOutOf(host, topology, web.netns) : null;
    expect(way?.answer).toBe("yes");
    const own = topology.links.find(
      (link) => link.netns === topology.host.netns && link.name === "eth0",
    );
    const address = own?.addresses.find(({ family }) => family === "inet")?.address;
    expect(steps(way)).toContain(`POSTROUTING masquerade from ${address}`);
    expect(way?.lines.at(-1)?.step.did).toBe("left");
  });

  it("an internal network has no way out", () => {
    const secret = topology.containers.find(({ name: own }) => own === "secret");
    const way = secret?.netns ? wayOutOf(host, topology, secret.netns) : null;
    // Docker 20.10 still gave it a default route, which its rules then bar.
    const why = name.startsWith("docker-20.10") ? "rule" : "no-route";
    expect(way).toMatchObject({ answer: "no", stop: { at: { why } } });
  });
});

const steps = (way: Way | null): readonly string[] =>
  (way?.lines ?? []).flatMap(({ step }) => {
    if (step.did !== "met-rule") return [step.did];
    const { chain, did, after } = step.step;
    if (did === "dnat")
      return [`${chain} dnat ${after?.destination}:${after?.destinationPort.first}`];
    return [did === "masquerade" ? `${chain} ${did} from ${after?.source}` : `${chain} ${did}`];
  });

const fixture = (name: string): string =>
  readFileSync(new URL(`../topology/firewall/fixtures/${name}`, import.meta.url), "utf8");

it.each([
  ["iptables-save", "docker-29-iptables--usernet-portmap.save", "DOCKER"],
  ["nft-ruleset", "docker-29-nftables--usernet-portmap.json", "nat-prerouting-and-output"],
])("Docker 29's published port is found with %s", (probe, name, chain) => {
  const firewall = firewallOf({ probe, stdout: fixture(name) });
  const rules = portRules(writtenWorld({ containers: [], firewall }));
  expect(rules).toMatchObject([
    {
      protocol: "tcp",
      ports: { first: 8080, last: 8080 },
      on: [],
      sending: { chain, family: "ip", to: { address: "192.0.2.2", port: 80 } },
    },
  ]);
});

describe("the ways of a container", () => {
  const world = writtenWorld({
    containers: [{ name: "web", listens: ["tcp 0.0.0.0 80"], ports: [at("0.0.0.0", 8080, 80)] }],
    firewall: firewallOf(dockerRules()),
  });

  it("in: every step, with the very rule that was met", () => {
    const row = ports(world).rows.find(({ kind }) => kind === "published");
    const way = row === undefined ? null : wayIn(world, row);
    expect(steps(way)).toEqual([
      ...["came", "PREROUTING jump", "DOCKER dnat 172.17.0.2:80", "routed"],
      ...["FORWARD jump", "DOCKER accept", "crossed", "came", "was-local", "reached"],
    ]);
    expect(way?.lines.flatMap(({ rule }) => rule?.text ?? [])).toEqual([
      "-m addrtype --dst-type LOCAL -j DOCKER",
      "! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80",
      "-o docker0 -j DOCKER",
      "-d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT",
    ]);
  });

  it("out: routed, forwarded, masqueraded, gone by the NIC", () => {
    const netns = world.topology.containers[0]?.netns;
    const way = netns ? wayOut(world, netns) : null;
    expect(steps(way)).toEqual([
      ...["sent", "routed", "crossed", "came", "routed", "FORWARD accept"],
      ...["POSTROUTING masquerade from 192.0.2.1", "left"],
    ]);
    expect(way?.answer).toBe("yes");
  });
});

it("of the recorded hosts every answer says why, where it is not yes", () => {
  for (const name of recorded) {
    const host = facts(name);
    const world = worldOn(host, understand(host));
    const said = ports(world).rows.flatMap(({ asked }) => asked.map(({ reach }) => reach));
    const mute = said.filter(({ answer, stop, doubts }) =>
      answer === "no" ? stop === null : answer === "cannot-tell" && doubts.length === 0,
    );
    expect(said.length).toBeGreaterThan(50);
    expect(mute).toEqual([]);
  }
});
