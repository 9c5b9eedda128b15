import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { examine, portsOf, rulesOf } from "@/lib/pipeline";
import { askedNetns, factsOfRules, type SaidOfRules } from "@/lib/topology/firewall/test-firewall";
import type { Topology } from "@/lib/topology/model";
import type { PortRow } from "./model";
import { ports } from "./ports";
import { dockerRules } from "./test-docker";
import { writtenWorld } from "./test-world";

type More = Parameters<typeof dockerRules>[0];

const at = (hostAddress: string, hostPort: number, containerPort: number) => ({
  hostAddress,
  hostPort,
  containerPort,
  protocol: "tcp",
});

/** `web` publishes 8080, on loopback 8443, and listens on 90 besides; the host has sshd, cupsd and a resolver for docker0. */
function rowsOf(
  more: More,
  said: readonly SaidOfRules[] = [],
  settings: Readonly<Record<string, string>> = {},
  change?: (topology: Topology) => Topology,
): readonly PortRow[] {
  const loopback =
    "-A DOCKER -d 127.0.0.1/32 ! -i docker0 -p tcp -m tcp --dport 8443 -j DNAT --to-destination 172.17.0.2:443";
  const opened =
    "-A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 443 -j ACCEPT";
  const rules = dockerRules({
    ...more,
    nat: [loopback, ...(more?.nat ?? [])],
    filter: [opened, ...(more?.filter ?? [])],
  });
  const world = writtenWorld(
    {
      containers: [
        {
          name: "web",
          listens: ["tcp 0.0.0.0 80", "tcp 0.0.0.0 90", "tcp 0.0.0.0 443"],
          ports: [at("0.0.0.0", 8080, 80), at("127.0.0.1", 8443, 443)],
        },
        { name: "other" },
      ],
      hostListens: ["tcp 0.0.0.0 22 sshd", "tcp 127.0.0.1 631 cupsd", "tcp 172.17.0.1 53 dnsmasq"],
      firewall: rulesOf(factsOfRules(rules, ...said), askedNetns).firewall,
      settings,
    },
    change,
  );
  return ports(world).rows;
}

const rowAt = (rows: readonly PortRow[], port: number): PortRow => {
  const found = rows.find(({ host, target }) => (host?.port ?? target?.port) === port);
  if (found === undefined) throw new Error(`no row for ${port}`);
  return found;
};

/** Those beyond every circle who get there. */
const others = ({ asked }: PortRow): readonly string[] =>
  asked.flatMap(({ from, whom, arrives, to }) => {
    if (arrives !== "yes" || (whom.of === "any" && from !== "neighbour")) return [];
    return [whom.of === "any" ? `${from} ${to.address}:${to.port}` : `${from} ${whom.source}`];
  });

const dropsButFrom = (source: string): More => ({
  filter: [`-A FORWARD -i eth0 ! -s ${source} -j DROP`],
});

describe("rules that name sources", () => {
  test("the whole subnet named: the LAN still gets there, and no wider circle does", () => {
    expect(rowAt(rowsOf(dropsButFrom("192.0.2.0/24")), 8080)).toMatchObject({
      scope: "lan",
      unasked: [],
    });
  });

  test("a part of the subnet named: the rest of it stands for the LAN", () => {
    const row = rowAt(rowsOf(dropsButFrom("192.0.2.128/25")), 8080);
    expect(row.scope).toBe("some");
    expect(others(row)).toContain("lan 192.0.2.128/25");
  });

  test("ufw's rule for the LAN lets it in at that port alone", () => {
    const rows = rowsOf({
      input: "DROP",
      filter: ["-A INPUT -s 192.0.2.0/24 -p tcp -m tcp --dport 22 -j ACCEPT"],
    });
    expect(rowAt(rows, 22).scope).toBe("lan");
    expect(rowAt(rows, 631).scope).toBe("nobody");
  });

  test("one address alone: told by its name, and nobody else is", () => {
    const row = rowAt(rowsOf(dropsButFrom("203.0.113.4/32")), 8080);
    expect(row.scope).toBe("some");
    expect(others(row)).toEqual(["world 203.0.113.4"]);
  });

  test("one address beside the LAN is told beyond the LAN", () => {
    const filter = [
      "-A FORWARD -i eth0 -s 203.0.113.4/32 -j ACCEPT",
      "-A FORWARD -i eth0 ! -s 192.0.2.0/24 -j DROP",
    ];
    const row = rowAt(rowsOf({ filter }), 8080);
    expect(row.scope).toBe("lan");
    expect(others(row)).toEqual(["world 203.0.113.4"]);
  });

  test("an ipset is asked once, whatever it holds, and not where it is only dropped", () => {
    const elements = ["45.0.0.0/24", "46.0.0.0/24", "47.0.0.1"].map((each) => `add known ${each}`);
    const stdout = ["create known hash:net family inet hashsize 1024 maxelem 65536", ...elements];
    const set = { probe: "ipset-save", stdout: `${stdout.join("\n")}\n` };
    const allowed = [
      "-A FORWARD -i eth0 -m set --match-set known src -j ACCEPT",
      "-A FORWARD -i eth0 -j DROP",
    ];
    expect(others(rowAt(rowsOf({ filter: allowed }, [set]), 8080))).toEqual(["world 45.0.0.0/24"]);
    const named = rowAt(rowsOf({ filter: allowed }, [set]), 8080).asked.find(
      ({ whom }) => whom.of === "named",
    );
    expect(named?.whom).toEqual({ of: "named", source: "45.0.0.0/24", others: 2 });
    const banned = allowed.map((rule) => rule.replace("ACCEPT", "DROP"));
    const row = rowAt(rowsOf({ filter: banned }, [set]), 8080);
    expect(row.asked.filter(({ whom }) => whom.of === "named")).toEqual([]);
    expect(row.scope).toBe("host");
  });

  test("a subnet named in two halves by rules in a row is named as a whole", () => {
    const filter = [
      "-A FORWARD -i eth0 -s 192.0.2.0/25 -j ACCEPT",
      "-A FORWARD -i eth0 -s 192.0.2.128/25 -j ACCEPT",
      "-A FORWARD -i eth0 -j DROP",
    ];
    expect(rowAt(rowsOf({ filter }), 8080)).toMatchObject({ scope: "lan", unasked: [] });
  });

  test("every range of documentation and a public resolver named: somebody else stands for the world", () => {
    const nets = [
      "192.0.2.0/25",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "198.18.0.0/15",
      "8.8.8.0/24",
    ];
    const filter = nets.map((net) => `-A FORWARD -i eth9 -s ${net} -j DROP`);
    expect(rowAt(rowsOf({ filter }), 8080).scope).toBe("world");
  });

  test("rules that name every address leave the circle open: it cannot be told", () => {
    const filter = [
      "-A FORWARD -i eth0 -s 0.0.0.0/1 -j ACCEPT",
      "-A FORWARD -i eth0 -s 128.0.0.0/1 -j DROP",
    ];
    expect(rowAt(rowsOf({ filter }), 8080)).toMatchObject({
      scope: "unknown",
      unasked: [{ why: "all-named", from: "world" }],
    });
  });

  test("of more sources than are tried the rest is counted; one that was tried may still tell", () => {
    const named = Array.from({ length: 12 }, (_, nth) => [
      `-A FORWARD -i eth0 -s 45.0.${nth}.0/24 -p tcp -m tcp --dport 80 -j ACCEPT`,
      `-A FORWARD -i eth0 -s 45.0.${nth}.0/24 -p tcp -m tcp --dport 443 -j ACCEPT`,
    ]).flat();
    const row = rowAt(rowsOf({ filter: [...named, "-A FORWARD -i eth0 -j DROP"] }), 8080);
    expect(row).toMatchObject({ scope: "some", unasked: [{ why: "too-many", n: 4 }] });
    const refused = named.map((rule) => rule.replace("ACCEPT", "RETURN"));
    const open = rowAt(rowsOf({ filter: [...refused, "-A FORWARD -i eth0 -j DROP"] }), 8080);
    expect(open.unasked).toEqual([{ why: "too-many", n: 4 }]);
    expect(["some", "unknown"]).toContain(open.scope);
  });

  test("rules in a row that differ in their source alone are tried as one, and those for other ports not at all", () => {
    const row = (port: number) =>
      rowAt(
        rowsOf({
          filter: [
            ...Array.from(
              { length: 12 },
              (_, nth) =>
                `-A FORWARD -i eth0 -s 45.0.${nth}.0/24 -p tcp -m tcp --dport ${port} -j ACCEPT`,
            ),
            "-A FORWARD -i eth0 -j DROP",
          ],
        }),
        8080,
      );
    expect(row(80)).toMatchObject({ scope: "some", unasked: [] });
    expect(others(row(80))).toHaveLength(1);
    expect(row(1234).asked.filter(({ whom }) => whom.of === "named")).toEqual([]);
  });

  test("what rules say of the host's own containers tells nobody outside apart", () => {
    const filter = ["-A FORWARD -s 172.17.0.0/16 -j ACCEPT", "-A FORWARD -i eth0 -j DROP"];
    const row = rowAt(rowsOf({ filter }), 8080);
    expect(row.asked.filter(({ whom }) => whom.of === "named")).toEqual([]);
    expect(row.scope).toBe("host");
  });
});

describe("neighbours that send by this host", () => {
  test("get at a port on 127.0.0.1 that is translated before the kernel looks (D38)", () => {
    const row = rowAt(rowsOf({}), 8443);
    expect(row.scope).toBe("some");
    expect(others(row)).toContain("neighbour 127.0.0.1:8443");
  });

  test("not where raw drops what does not come by lo", () => {
    const row = rowAt(
      rowsOf({ raw: ["-A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 8443 -j DROP"] }),
      8443,
    );
    expect(row.scope).toBe("some");
    expect(others(row)).toEqual(["neighbour 172.17.0.2:443"]);
    const shut = rowAt(
      rowsOf({
        raw: [
          "-A PREROUTING -d 127.0.0.1/32 ! -i lo -p tcp -m tcp --dport 8443 -j DROP",
          "-A PREROUTING -d 172.17.0.2/32 ! -i docker0 -p tcp -j DROP",
        ],
      }),
      8443,
    );
    expect(others(shut)).toEqual([]);
    expect(shut.scope).toBe("containers");
  });

  test("get at a program of the host on 127.0.0.1 only where route_localnet lets them", () => {
    expect(rowAt(rowsOf({}), 631).scope).toBe("host");
    const settings = { "net/ipv4/conf/eth0/route_localnet": "1" };
    expect(rowAt(rowsOf({}, [], settings), 631).scope).toBe("some");
  });

  test("get at what listens on a bridge's own address, which is nobody else's business", () => {
    const row = rowAt(rowsOf({}), 53);
    expect(row.scope).toBe("some");
    expect(others(row)).toEqual(["neighbour 172.17.0.1:53"]);
    expect(row.asked.find(({ from }) => from === "world")).toMatchObject({ arrives: "no" });
  });

  test("get at an unpublished port where FORWARD accepts (D37), and not where it drops", () => {
    expect(rowAt(rowsOf({}), 90).scope).toBe("containers");
    const open = rowAt(rowsOf({ forward: "ACCEPT" }), 90);
    expect(open.scope).toBe("some");
    expect(others(open)).toEqual(["neighbour 172.17.0.2:90"]);
  });

  test("of the LAN whom a rule names are told by their name", () => {
    const filter = ["-A FORWARD -i eth0 -s 192.0.2.77/32 -j ACCEPT"];
    expect(others(rowAt(rowsOf({ filter }), 90))).toEqual(["neighbour 192.0.2.77"]);
  });
});

describe("who could ask", () => {
  const withDefault =
    (routes: (topology: Topology) => Topology["routes"]) =>
    (topology: Topology): Topology => ({ ...topology, routes: routes(topology) });

  test("several ways out: from the world it cannot be told, never is that taken for nobody", () => {
    const change = withDefault(({ routes }) =>
      routes.map((route) =>
        route.to === "default" && route.via === "192.0.2.254"
          ? { ...route, via: null, dev: null }
          : route,
      ),
    );
    expect(rowAt(rowsOf({}, [], {}, change), 8080).scope).toBe("unknown");
  });

  test("no way out at all: the LAN is the widest circle", () => {
    const change = withDefault(({ routes }) =>
      routes.filter(({ to, via }) => to !== "default" || via !== "192.0.2.254"),
    );
    expect(rowAt(rowsOf({}, [], {}, change), 8080).scope).toBe("lan");
  });
});

const facts = (name: string): HostFacts =>
  JSON.parse(readFileSync(new URL(`../recorded-hosts/${name}.json`, import.meta.url), "utf8"));

test.each(["docker-20.10-debian-12", "docker-26.1-debian-13", "docker-28.5-debian-sid"])(
  "on the recorded host %s Ports and Diagnose say the same of ports on 127.0.0.1 and of those that nobody published",
  (name) => {
    const host = facts(name);
    const { topology, ruled } = examine(host);
    const { rows } = portsOf(host, topology);
    const byNeighbours = (kind: PortRow["kind"], isIt: (row: PortRow) => boolean) =>
      rows.filter(
        (row) =>
          row.kind === kind &&
          isIt(row) &&
          row.asked.some(
            ({ from, arrives, to }) =>
              from === "neighbour" &&
              arrives === "yes" &&
              (row.host === null || to.address === row.host.address),
          ),
      );
    const inner = byNeighbours(
      "published",
      ({ host: own }) => own?.address.startsWith("127.") === true,
    );
    const found = ruled.findings.filter(({ id }) => id === "D38");
    const keys = new Map(topology.containers.map(({ id, key }) => [id, key]));
    expect(new Set(found.flatMap(({ about }) => about))).toEqual(
      new Set(inner.flatMap(({ containers }) => containers.flatMap((id) => keys.get(id) ?? []))),
    );
    for (const row of inner) expect(row.scope).toBe("some");
    const open = byNeighbours("unpublished", () => true);
    expect(ruled.findings.some(({ id }) => id === "D37")).toBe(open.length > 0);
  },
);
