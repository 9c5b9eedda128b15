import { describe, expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { containerId, key } from "@/lib/net/ids";
import { rulesOf } from "@/lib/pipeline";
import { ports } from "@/lib/ports/ports";
import { dockerRules } from "@/lib/ports/test-docker";
import { netnsOf, writtenWorld } from "@/lib/ports/test-world";
import { csv } from "@/lib/share/csv";
import { askedNetns, factsOfRules } from "@/lib/topology/firewall/test-firewall";
import type { Topology } from "@/lib/topology/model";
import { hasIngress } from "./nat-legs";
import { portSaid } from "./port-said";
import { hostText, targetText } from "./port-text";
import { endWords, listenerWords, targetNames } from "./port-words";
import { fittingPorts, portsAsText, sortPorts } from "./shown-ports";

const firewallOf = (...nat: readonly string[]) =>
  rulesOf(factsOfRules(dockerRules({ nat, forward: "ACCEPT" })), askedNetns).firewall;

/** `sidecar` shares the network of `web`. */
const shared = (topology: Topology): Topology => ({
  ...topology,
  containers: topology.containers.map((each, nth) => ({
    ...each,
    netns: netnsOf(0),
    mode: nth === 0 ? { kind: "container", of: containerId("t", 1) } : each.mode,
  })),
});

const world = writtenWorld(
  {
    containers: [
      { name: "sidecar", listens: ["tcp 0.0.0.0 22 sshd", "tcp 127.0.0.1 5432 postgres"] },
      {
        name: "web",
        ports: [{ hostAddress: "0.0.0.0", hostPort: 8080, containerPort: 80, protocol: "tcp" }],
      },
    ],
    hostListens: ["tcp 0.0.0.0 8000 httpd"],
    firewall: firewallOf(
      "-A PREROUTING -p tcp -m tcp --dport 2000:2010 -j DNAT --to-destination 172.17.0.2:22",
      "-A PREROUTING -d 192.0.2.50/32 -p tcp -j DNAT --to-destination 172.17.0.2",
      "-A PREROUTING -p tcp -m tcp --dport 81 -j REDIRECT --to-ports 8000",
      "-A PREROUTING -p tcp -m tcp --dport 9090 -j DNAT --to-destination 172.18.0.9:9090",
    ),
  },
  shared,
);
const { rows } = ports(world);
const index = topologyIndex(world.topology);
const saying = { words: wordsIn("en"), index };
const rowAt = (text: string) => {
  const row = rows.find((each) => hostText(each) === text);
  if (row === undefined) throw new Error(`no row ${text}`);
  return row;
};

describe("a range of ports", () => {
  test("is written as iptables writes it, all ports as a star", () => {
    expect(rows.map(hostText)).toContain("0.0.0.0:2000-2010");
    expect(targetText(rowAt("0.0.0.0:2000-2010"))).toBe("172.17.0.2:22");
    expect(targetText(rowAt("192.0.2.50:*"))).toBe("172.17.0.2:*");
    expect(portSaid(saying.words, rowAt("192.0.2.50:*").key)).toBe("Port 192.0.2.50:*, tcp");
    expect(portSaid(saying.words, key("port:tcp/::/2000-2010/x"))).toBe("Port [::]:2000-2010, tcp");
  });

  test("is found by a port inside it, and by no other", () => {
    const found = (typed: string) => fittingPorts(rows, typed, saying).map(hostText);
    expect(found("2005 web")).toEqual(["0.0.0.0:2000-2010", "192.0.2.50:*"]);
    expect(found("2011 tcp")).toEqual(["192.0.2.50:*"]);
    expect(found("2000-2010")).toEqual(["0.0.0.0:2000-2010"]);
  });

  test("published ports stand first, then those that are redirected, then programs of the host", () => {
    const kinds = sortPorts(rows, null, saying).map(({ kind }) => kind);
    expect([...new Set(kinds)]).toEqual(["published", "redirected", "host", "unpublished"]);
  });

  test("stands in order of its first port", () => {
    const sorted = sortPorts(rows, { column: "port", descending: false }, saying).map(hostText);
    expect(sorted.filter(Boolean)).toEqual([
      ...["192.0.2.50:*", "0.0.0.0:81", "0.0.0.0:2000-2010"],
      ...["0.0.0.0:8000", "0.0.0.0:8080", "0.0.0.0:9090"],
    ]);
  });
});

describe("whose it is", () => {
  test("the one that published it is named first, the one that shares its network beside it", () => {
    expect(targetNames(saying, rowAt("0.0.0.0:8080"))).toEqual(["web", "sidecar"]);
  });

  test("a redirected port is the host's, and one that nobody has is nobody's", () => {
    expect(targetNames(saying, rowAt("0.0.0.0:81"))).toEqual(["the host"]);
    expect(endWords(saying, rowAt("0.0.0.0:9090"))).toBe("nobody that was read on this host");
    expect(listenerWords(saying, rowAt("0.0.0.0:9090"))).toBe("not known");
  });

  test.each(locales)("in %s each column of the table says it", (locale) => {
    const words = wordsIn(locale);
    const text = csv(portsAsText(rows, { words, index }));
    expect(text).toContain('"web, sidecar 172.17.0.2:80"');
    expect(text).toContain(`${words("ports.end.nobody")} 172.18.0.9:9090`);
    expect(text).toContain(words("ports.kind.redirected"));
    expect(text).toContain(words("ports.reason.redirect", { chain: "PREROUTING" }));
    expect(text).toContain(
      words("ports.reason.inside", { address: "127.0.0.1", place: "sidecar" }),
    );
  });
});

describe("swarm's ingress network is told of", () => {
  const { topology } = writtenWorld({ containers: [], firewall: firewallOf() });

  test("where rules of it send ports on (netfacts 4.4)", () => {
    const ingress = firewallOf(
      ":DOCKER-INGRESS - [0:0]",
      "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER-INGRESS",
      "-A DOCKER-INGRESS -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:8080",
      "-A DOCKER-INGRESS -j RETURN",
    );
    expect(hasIngress(topology, ingress)).toBe(true);
  });

  test("where the hidden namespace of it is there, whoever reads the rules", () => {
    const [host] = topology.namespaces;
    if (host === undefined) throw new Error("no namespace");
    const sandbox = { ...host, name: { by: "ingress", text: "ingress_sbox" } } as const;
    expect(hasIngress({ ...topology, namespaces: [sandbox] }, { status: "not-asked" })).toBe(true);
  });

  test("nowhere else", () => {
    expect(hasIngress(topology, firewallOf())).toBe(false);
  });
});
