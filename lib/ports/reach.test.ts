import { describe, expect, it } from "vitest";
import { key } from "@/lib/net/ids";
import { rulesOf } from "@/lib/pipeline";
import { askedNetns, factsOfRules, type SaidOfRules } from "@/lib/topology/firewall/test-firewall";
import type { Topology } from "@/lib/topology/model";
import type { Origin, Reach } from "./model";
import { reach } from "./reach";
import { dockerRules } from "./test-docker";
import { hostNetns, netnsOf, nic, type Written, writtenWorld } from "./test-world";

const outside: Origin = { at: "outside", link: nic, address: "203.0.113.77" };
const neighbour: Origin = { at: "outside", link: nic, address: "192.0.2.9" };
const host: Origin = { at: "namespace", netns: hostNetns };
const other: Origin = { at: "namespace", netns: netnsOf(1) };

const web = { name: "web", listens: ["tcp 0.0.0.0 80"] };
const firewallOf = (...said: readonly SaidOfRules[]) =>
  rulesOf(factsOfRules(...said), askedNetns).firewall;

const plain: Written = {
  containers: [web, { name: "other" }],
  firewall: firewallOf(dockerRules()),
};

const asks = (
  written: Written,
  from: Origin,
  to: string,
  change?: (topology: Topology) => Topology,
): Reach => {
  const [address = "", port] = to.split(" ");
  return reach(writtenWorld(written, change), from, {
    protocol: "tcp",
    address,
    port: Number(port),
  });
};

const stopOf = ({ answer, stop }: Reach) => {
  expect(answer).toBe("no");
  return stop;
};

describe("a published port is reached", () => {
  it("by the world: translated, forwarded, answered", () => {
    const said = asks(plain, outside, "192.0.2.1 8080");
    expect(said).toMatchObject({ answer: "yes", ends: [{ netns: netnsOf(0), port: 80 }] });
    expect(said.way.map(({ did }) => did)).toEqual([
      ...["came", "met-rule", "met-rule", "routed", "met-rule", "met-rule"],
      ...["crossed", "came", "was-local", "reached"],
    ]);
  });

  it("given that the container forbids nothing itself, which is said", () => {
    const { conditions } = asks(plain, outside, "192.0.2.1 8080");
    expect(conditions).toEqual([{ given: "own-rules", netns: netnsOf(0) }]);
  });

  it("not where the answer is dropped, although the question got through", () => {
    const firewall = firewallOf(dockerRules({ filter: ["-A FORWARD -i docker0 -j DROP"] }));
    const said = asks({ ...plain, firewall }, outside, "192.0.2.1 8080");
    expect(stopOf(said)).toMatchObject({ at: { why: "rule" }, phase: "answer" });
  });

  it("not where only first packets and answers are let through, and the client's next is dropped", () => {
    const filter = [
      "-A FORWARD -i docker0 -j ACCEPT",
      "-A FORWARD -o docker0 -m conntrack --ctstate NEW -j ACCEPT",
      "-A FORWARD -j DROP",
    ];
    const said = asks(
      { ...plain, firewall: firewallOf(dockerRules({ filter })) },
      outside,
      "192.0.2.1 8080",
    );
    expect(stopOf(said)).toMatchObject({ at: { why: "rule" }, phase: "later" });
  });

  it("not by its own address from outside where raw drops that before it is translated", () => {
    const firewall = firewallOf(
      dockerRules({ raw: ["-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -j DROP"] }),
    );
    const direct = asks({ ...plain, firewall }, neighbour, "172.17.0.2 80");
    expect(stopOf(direct)?.at).toMatchObject({ why: "rule", step: { table: "raw", place: 1 } });
    expect(asks({ ...plain, firewall }, neighbour, "192.0.2.1 8080").answer).toBe("yes");
  });
});

describe("what decides beside rules", () => {
  it("the interface by which a packet came must forward, whatever ip_forward says", () => {
    const settings = { "net/ipv4/conf/eth0/forwarding": "0" };
    const said = asks({ ...plain, settings }, outside, "192.0.2.1 8080");
    expect(stopOf(said)?.at).toMatchObject({
      why: "setting",
      name: "net/ipv4/conf/eth0/forwarding",
    });
  });

  it("rp_filter drops a source to which another link leads, and asks nothing where it is the same", () => {
    const settings = { "net/ipv4/conf/all/rp_filter": "1" };
    expect(asks({ ...plain, settings }, outside, "192.0.2.1 8080").answer).toBe("yes");
    const forged: Origin = { at: "outside", link: nic, address: "172.17.0.99" };
    const said = asks({ ...plain, settings }, forged, "192.0.2.1 8080");
    expect(stopOf(said)?.at).toMatchObject({ why: "setting" });
  });

  it("a container whose default route is gone answers nobody but its own subnet", () => {
    const change = (topology: Topology): Topology => ({
      ...topology,
      routes: topology.routes.filter(({ netns, to }) => netns !== netnsOf(0) || to !== "default"),
    });
    const said = asks(plain, outside, "192.0.2.1 8080", change);
    expect(stopOf(said)).toMatchObject({ at: { why: "no-route" }, phase: "answer" });
    expect(asks(plain, other, "172.17.0.2 80", change).answer).toBe("yes");
  });

  it("ports of a bridge that are isolated from each other", () => {
    const change = (topology: Topology): Topology => ({
      ...topology,
      links: topology.links.map((link) =>
        link.master === null ? link : { ...link, isolated: true },
      ),
    });
    expect(stopOf(asks(plain, other, "172.17.0.2 80", change))?.at).toMatchObject({
      why: "isolated",
    });
    expect(asks(plain, host, "172.17.0.2 80", change).answer).toBe("yes");
  });

  it("rules see frames of a bridge only where the kernel was told to show them", () => {
    const firewall = firewallOf(
      dockerRules({ filter: ["-A FORWARD -i docker0 -o docker0 -j DROP"] }),
    );
    const seen = asks({ ...plain, firewall }, other, "172.17.0.2 80");
    expect(stopOf(seen)?.at).toMatchObject({ why: "rule" });
    const settings = { "net/bridge/bridge-nf-call-iptables": "0" };
    expect(asks({ ...plain, firewall, settings }, other, "172.17.0.2 80").answer).toBe("yes");
  });
});

describe("who listens", () => {
  it("nobody: refused, although it got there", () => {
    const said = asks({ ...plain, containers: [{ name: "web" }] }, outside, "192.0.2.1 8080");
    expect(said).toMatchObject({ answer: "no", arrives: "yes", stop: { at: { port: 80 } } });
  });

  it("a program on 127.0.0.1 only answers nobody outside its container", () => {
    const containers = [{ name: "web", listens: ["tcp 127.0.0.1 80"] }];
    const said = asks({ ...plain, containers }, outside, "192.0.2.1 8080");
    expect(stopOf(said)?.at).toMatchObject({ why: "nobody-listens" });
  });

  it("dockerd, that holds a published port without docker-proxy, answers nobody", () => {
    const ports = [{ hostAddress: "0.0.0.0", hostPort: 8080, containerPort: 80, protocol: "tcp" }];
    const containers = [{ ...web, ports }];
    const hostListens = ["tcp 0.0.0.0 8080 dockerd"];
    const said = asks({ ...plain, containers, hostListens }, host, "127.0.0.1 8080");
    expect(stopOf(said)?.at).toMatchObject({ why: "only-held" });
  });

  it("docker-proxy passes on what no rule takes; where it leads is told by engine and kernel together", () => {
    const ports = [{ hostAddress: "0.0.0.0", hostPort: 8080, containerPort: 80, protocol: "tcp" }];
    const containers = [{ ...web, ports }];
    const hostListens = ["tcp 0.0.0.0 8080 docker-proxy"];
    const said = asks({ ...plain, containers, hostListens }, host, "127.0.0.1 8080");
    expect(said).toMatchObject({ answer: "yes", ends: [{ netns: netnsOf(0), proxied: true }] });
    expect(said.way.filter(({ did }) => did === "sent")).toMatchObject([
      { by: "program" },
      { by: "docker-proxy" },
    ]);
    const unknown = asks({ ...plain, hostListens }, host, "127.0.0.1 8080");
    expect(unknown.answer).toBe("cannot-tell");
  });

  it("a program of the host is asked past INPUT, which sees nothing of published ports", () => {
    const input = { input: "DROP" } as const;
    const ward = {
      ...plain,
      hostListens: ["tcp 0.0.0.0 22"],
      firewall: firewallOf(dockerRules(input)),
    };
    expect(stopOf(asks(ward, outside, "192.0.2.1 22"))?.at).toMatchObject({
      why: "rule",
      step: { chain: "INPUT", rule: null },
    });
    expect(asks(ward, outside, "192.0.2.1 8080").answer).toBe("yes");
  });
});

describe("it cannot be told, and why is said", () => {
  it("where a rule on the way hangs on chance", () => {
    const filter = ["-A FORWARD -p tcp -m limit --limit 1/sec -j DROP"];
    const said = asks(
      { ...plain, firewall: firewallOf(dockerRules({ filter })) },
      outside,
      "192.0.2.1 8080",
    );
    expect(said).toMatchObject({ answer: "cannot-tell", doubts: [{ why: "chance" }] });
  });

  it("not where such a rule is about another port", () => {
    const filter = ["-A FORWARD -p tcp -m tcp --dport 443 -m limit --limit 1/sec -j DROP"];
    const said = asks(
      { ...plain, firewall: firewallOf(dockerRules({ filter })) },
      outside,
      "192.0.2.1 8080",
    );
    expect(said).toMatchObject({ answer: "yes", doubts: [] });
  });

  it("where a rule takes one of several addresses", () => {
    const nat = [
      "-A DOCKER -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2-172.17.0.3:80",
    ];
    const said = asks(
      { ...plain, firewall: firewallOf(dockerRules({ nat })) },
      outside,
      "192.0.2.1 8080",
    );
    expect(said).toMatchObject({ answer: "cannot-tell", doubts: [{ why: "one-of-several" }] });
  });

  it("where routes of another table lead elsewhere", () => {
    const change = (topology: Topology): Topology => ({
      ...topology,
      routes: [
        ...topology.routes,
        { netns: hostNetns, family: "inet", to: "default", via: null, dev: "docker0", table: "52" },
      ],
    });
    const said = asks(plain, outside, "192.0.2.1 8080", change);
    expect(said).toMatchObject({ answer: "cannot-tell", doubts: [{ why: "routing" }] });
  });

  it("where the rules were not read: never is that taken for none", () => {
    const said = asks({ ...plain, firewall: firewallOf() }, outside, "192.0.2.1 8080");
    expect(said).toMatchObject({ answer: "cannot-tell", doubts: [{ why: "rules-not-read" }] });
  });

  it("where frames have rules of their own", () => {
    const bridge = JSON.stringify({
      nftables: [
        { table: { family: "bridge", name: "guard", handle: 1 } },
        {
          chain: {
            family: "bridge",
            table: "guard",
            name: "f",
            handle: 2,
            type: "filter",
            hook: "forward",
            prio: 0,
            policy: "drop",
          },
        },
      ],
    });
    const firewall = firewallOf(dockerRules(), { probe: "nft-ruleset", stdout: bridge });
    const said = asks({ ...plain, firewall }, outside, "192.0.2.1 8080");
    expect(said).toMatchObject({ answer: "cannot-tell", doubts: [{ why: "frame-rules" }] });
  });

  it("where a container's other end was not found", () => {
    const change = (topology: Topology): Topology => ({
      ...topology,
      links: topology.links.map((link) =>
        link.kind === "veth"
          ? {
              ...link,
              peer: { status: "unseen", why: { reason: "no-iflink" }, by: [] },
            }
          : link,
      ),
    });
    const said = asks(plain, outside, "192.0.2.1 8080", change);
    expect(said).toMatchObject({ answer: "cannot-tell", doubts: [{ why: "beyond" }] });
  });
});

it("a macvlan is met from the wire, and never from the host below it", () => {
  const camera = "192.0.2.50";
  const change = (topology: Topology): Topology => ({
    ...topology,
    links: topology.links.map((link) =>
      link.netns === netnsOf(0) && link.name === "eth0"
        ? {
            ...link,
            kind: "macvlan",
            iflink: 2,
            nsid: 0,
            lower: { status: "found", link: nic, proof: "exact" },
            addresses: [{ family: "inet", address: camera, prefix: 24, scope: "global" }],
            key: key("if:camera"),
          }
        : link,
    ),
    routes: topology.routes.map((route) =>
      route.netns !== netnsOf(0)
        ? route
        : route.to === "default"
          ? { ...route, via: "192.0.2.254" }
          : { ...route, to: "192.0.2.0/24" },
    ),
  });
  const firewall = firewallOf(dockerRules({ input: "DROP" }));
  expect(asks({ ...plain, firewall }, neighbour, `${camera} 80`, change).answer).toBe("yes");
  const fromHost = asks({ ...plain, firewall }, host, `${camera} 80`, change);
  expect(stopOf(fromHost)?.at).toMatchObject({ why: "parent" });
});
