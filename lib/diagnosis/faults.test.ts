import { describe, expect, test } from "vitest";
import { topologyOf } from "@/lib/graph/test-world";
import { containerId, key, linkId, netnsId, netnsLabel } from "@/lib/net/ids";
import type { Bridge, Link, Stacked, Topology } from "@/lib/topology/model";
import { diagnose, problems } from "./diagnose";
import { healthy, withContainer, withLink } from "./healthy-world";

const found = (topology: Topology): readonly string[] =>
  diagnose(topology).map(({ id, about }) => `${id} ${about[0]}`);
const first = (topology: Topology) => {
  const [finding] = diagnose(topology);
  if (finding === undefined) throw new Error("nothing was found");
  return finding;
};

const veth = "peer:ctr:web/eth0";
const eth = "if:ctr:web/eth0";
const docker0 = "if:host/docker0";
const off = { adminUp: false, state: "down" } as const;
const linkOf = (named: string): Link => {
  const link = healthy.links.find((each) => each.key === named);
  if (link === undefined) throw new Error(named);
  return link;
};

describe("a container's own routes and links", () => {
  const withoutDefault: Topology = {
    ...healthy,
    routes: healthy.routes.map((route) =>
      route.netns === linkOf(eth).netns ? { ...route, to: "172.17.0.0/16", via: null } : route,
    ),
  };

  test("no default route, though the engine names a gateway", () => {
    expect(found(withoutDefault)).toEqual(["D05 ctr:web"]);
    expect(first(withoutDefault).remedy).toEqual([
      [
        "nsenter",
        "-t",
        "400",
        "-n",
        "ip",
        "route",
        "add",
        "default",
        "via",
        "172.17.0.1",
        "dev",
        "eth0",
      ],
    ]);
  });

  test("a container on an internal network needs no default route", () => {
    const [netns] = healthy.links.flatMap((link) =>
      link.key === "if:ctr:db/eth0" ? link.netns : [],
    );
    const routes = healthy.routes.map((route) =>
      route.netns === netns ? { ...route, to: "172.19.0.0/16", via: null } : route,
    );
    expect(found({ ...healthy, routes })).toEqual([]);
  });

  test("routes that were not read are no missing default route", () => {
    const routes = healthy.routes.filter(({ netns }) => netns !== linkOf(eth).netns);
    expect(found({ ...healthy, routes })).toEqual([]);
  });

  test("a VPN that covers the default route by its halves leaves a way out", () => {
    const routes = withoutDefault.routes.map((route) =>
      route.netns === linkOf(eth).netns ? { ...route, to: "0.0.0.0/1", dev: "tun0" } : route,
    );
    expect(found({ ...healthy, routes })).toEqual([]);
  });

  test("an interface that is switched off inside is told once, with its route", () => {
    const topology = withLink(withoutDefault, eth, () => off);
    expect(found(topology)).toEqual([`D15 ${eth}`]);
    expect(first(topology).remedy.map((argv) => argv.slice(4).join(" "))).toEqual([
      "ip link set dev eth0 up",
      "ip route add default via 172.17.0.1 dev eth0",
    ]);
  });

  test("an interface of which only /proc/PID/net told has no flags, and is not called down", () => {
    const untold = { adminUp: false, state: "unknown", mtu: null, mac: null } as const;
    expect(found(withLink(healthy, eth, () => untold))).toEqual([]);
  });

  test("an address that the engine tells and the container has not", () => {
    const topology = withLink(healthy, eth, () => ({ addresses: [] }));
    expect(found(topology)).toEqual(["D22 ctr:web"]);
    expect(first(topology).values).toMatchObject({ address: "172.17.0.2", network: "bridge" });
  });
});

describe("a bridge", () => {
  test("without the gateway of its network", () => {
    const topology = withLink(healthy, docker0, () => ({ addresses: [] }));
    expect(found(topology)).toEqual([`D10 ${docker0}`]);
    expect(first(topology)).toMatchObject({
      severity: "critical",
      remedy: [["ip", "addr", "add", "172.17.0.1/16", "dev", "docker0"]],
    });
  });

  test("of an internal network may have no address", () => {
    expect(found(withLink(healthy, "if:host/br-000000000002", () => ({ addresses: [] })))).toEqual(
      [],
    );
  });

  test("with a NIC in it may have its gateway outside", () => {
    const topology = withLink(healthy, docker0, () => ({ addresses: [] }));
    const plugged = withLink(topology, "if:host/ens3", () => ({ master: linkOf(docker0).id }));
    expect(found(plugged)).toEqual([]);
  });

  test("switched off under its containers", () => {
    expect(found(withLink(healthy, docker0, () => off))).toEqual([`D11 ${docker0}`]);
  });

  test("switched off with nobody on it is no fault", () => {
    const empty = topologyOf({
      networks: [{ name: "shop", bridge: "br-000000000001" }],
      containers: [],
    });
    expect(found(withLink(empty, "if:host/br-000000000001", () => off))).toEqual([]);
  });

  const leftover: Bridge = {
    ...linkOf(docker0),
    kind: "bridge",
    id: linkId(netnsId("test", netnsLabel(1)), 99),
    key: key("if:host/br-0123456789ab"),
    name: "br-0123456789ab",
    network: null,
    filtersVlans: false,
    addresses: [],
  };

  test("whose network is gone is a note, not a problem", () => {
    const topology = { ...healthy, links: [...healthy.links, leftover] };
    expect(found(topology)).toEqual(["D78 if:host/br-0123456789ab"]);
    expect(problems(diagnose(topology))).toEqual([]);
  });

  test("is nobody's leftover where the engine's networks were not listed", () => {
    const topology: Topology = {
      ...healthy,
      links: [...healthy.links, leftover],
      gaps: [
        {
          probe: "engine-networks",
          netns: null,
          reason: "engine-error",
          path: "/networks",
          status: 500,
          words: "",
        },
      ],
    };
    expect(found(topology)).toEqual([]);
  });
});

describe("a pair", () => {
  test("whose host end is in no bridge", () => {
    const topology = withLink(healthy, veth, () => ({ master: null }));
    expect(found(topology)).toEqual([`D13 ${veth}`]);
    expect(first(topology)).toMatchObject({
      severity: "high",
      values: { container: "web", network: "bridge" },
    });
  });

  test("that the engine knows nothing of may be in no bridge", () => {
    const alone = withContainer(
      withLink(healthy, veth, () => ({ master: null })),
      "web",
      { attachments: [] },
    );
    expect(found(alone)).toEqual([]);
  });

  test("whose peer is not settled is not judged", () => {
    const open = { status: "unseen", why: { reason: "no-iflink" }, by: [] } as const;
    const topology = withLink(healthy, eth, () => ({ peer: open }) as Partial<Link>);
    expect(
      found(withLink(topology, veth, () => ({ master: null, peer: open }) as Partial<Link>)),
    ).toEqual([]);
  });

  test("whose host end is switched off", () => {
    expect(found(withLink(healthy, veth, () => off))).toEqual([`D14 ${veth}`]);
  });

  test("in the bridge of another network", () => {
    const topology = withLink(healthy, veth, () => ({
      master: linkOf("if:host/br-000000000001").id,
    }));
    expect(found(topology)).toEqual([`D16 ${veth}`]);
    expect(first(topology).values).toMatchObject({ real: "br-000000000001", meant: "docker0" });
  });

  test("whose port the bridge blocks", () => {
    expect(found(withLink(healthy, veth, () => ({ portState: "blocking" })))).toEqual([
      `D21 ${veth}`,
    ]);
  });

  test("whose port is forwarding or disabled is not blocked", () => {
    for (const portState of ["forwarding", "disabled", null]) {
      expect(found(withLink(healthy, veth, () => ({ portState })))).toEqual([]);
    }
  });

  const isolated = (...ports: readonly string[]): Topology =>
    ports.reduce((world, port) => withLink(world, port, () => ({ isolated: true })), healthy);
  const web2 = "peer:ctr:web2/eth0";

  test("isolated, and so is another of its bridge: the two cannot speak to each other", () => {
    const { about, values, remedy } = first(isolated(veth, web2));
    expect(found(isolated(veth, web2))).toEqual([`D21 ${veth}`]);
    expect(about).toEqual([veth, web2]);
    expect(values).toMatchObject({ how: "isolated", bridge: "docker0", containers: "web, web2" });
    expect(remedy[0]).toEqual(["bridge", "link", "set", "dev", "veth0", "isolated", "off"]);
  });

  test("isolated alone, in another bridge, or because the network forbids it, is no fault", () => {
    expect(found(isolated(veth))).toEqual([]);
    expect(found(isolated(veth, "peer:ctr:api/eth0"))).toEqual([]);
    const quiet = healthy.networks.map((each) => ({ ...each, icc: false }));
    expect(found({ ...isolated(veth, web2), networks: quiet })).toEqual([]);
  });

  const { evidence } = linkOf(docker0);
  const inVlan = (vlan: number) => ({
    pvid: vlan,
    ranges: [{ from: vlan, to: vlan }],
    evidence,
  });
  const filtering = (ofWeb: Link["vlans"]): Topology => {
    const filters = withLink(healthy, docker0, () => ({ filtersVlans: true, vlans: inVlan(1) }));
    const other = withLink(filters, web2, () => ({ vlans: inVlan(1) }));
    return withLink(other, veth, () => ({ vlans: ofWeb }));
  };

  test("in a VLAN that no other port of its bridge has", () => {
    expect(found(filtering(inVlan(20)))).toEqual([`D21 ${veth}`]);
    expect(first(filtering(inVlan(20))).remedy).toEqual([
      ["bridge", "vlan", "add", "vid", "1", "dev", "veth0", "pvid", "untagged"],
    ]);
  });

  test("without a VLAN for frames that have no tag", () => {
    const tagged = { pvid: null, ranges: [{ from: 1, to: 4094 }], evidence };
    expect(found(filtering(tagged))).toEqual([`D21 ${veth}`]);
    expect(first(filtering(tagged)).values).toMatchObject({ how: "vlan", pvid: "none" });
  });

  test("in the VLAN of its bridge, or in one that was not read, is not cut off", () => {
    expect(found(filtering(inVlan(1)))).toEqual([]);
    expect(found(filtering(null))).toEqual([]);
    const trunk = { pvid: null, ranges: [{ from: 2, to: 4094 }], evidence };
    const withTrunk = withLink(filtering(inVlan(20)), web2, () => ({ vlans: trunk }));
    expect(found(withTrunk)).toEqual([`D21 ${web2}`]);
  });

  test("with another MTU at one end", () => {
    const topology = withLink(healthy, eth, () => ({ mtu: 1400 }));
    expect(found(topology)).toEqual([`D56 ${eth}`]);
    expect(first(topology).values).toMatchObject({
      mtu: 1400,
      usual: 1500,
      place: "docker0",
      n: 1,
    });
  });
});

describe("addresses on one layer 2", () => {
  const addressOf = (named: string) => linkOf(named).addresses;

  test("an IP on two interfaces: the one that the engine did not give it to comes first", () => {
    const topology = withLink(healthy, "if:ctr:web2/eth0", ({ addresses }) => ({
      addresses: [...addresses, ...addressOf(eth)],
    }));
    expect(found(topology)).toEqual(["D17 if:ctr:web2/eth0"]);
    expect(first(topology).remedy).toEqual([
      ["nsenter", "-t", "401", "-n", "ip", "addr", "del", "172.17.0.2/16", "dev", "eth0"],
    ]);
  });

  test("the same IP on two networks is no conflict", () => {
    const topology = withLink(healthy, "if:ctr:api/eth0", ({ addresses }) => ({
      addresses: [...addresses, ...addressOf(eth)],
    }));
    expect(found(topology)).toEqual([]);
  });

  test("a service's /32 is on several interfaces on purpose", () => {
    const service = {
      family: "inet",
      address: "172.17.0.99",
      prefix: 32,
      scope: "global",
    } as const;
    const add = ({ addresses }: Link) => ({ addresses: [...addresses, service] });
    expect(found(withLink(withLink(healthy, eth, add), "if:ctr:web2/eth0", add))).toEqual([]);
  });

  test("a MAC on two interfaces: the one that lost its own comes first", () => {
    const topology = withLink(healthy, "if:ctr:web2/eth0", () => ({ mac: linkOf(eth).mac }));
    expect(found(topology)).toEqual(["D18 if:ctr:web2/eth0"]);
    expect(first(topology).remedy.map((argv) => argv.slice(4).join(" "))).toEqual([
      "ip link set dev eth0 address 02:42:ac:00:00:03",
    ]);
  });

  test("a bridge that took over the MAC of a port is no conflict", () => {
    const same = () => ({ mac: "02:42:ac:ff:ff:ff" });
    expect(found(withLink(withLink(healthy, veth, same), docker0, same))).toEqual([]);
  });
});

describe("the way out", () => {
  test("that takes smaller packets than containers send is told for each network, and only of medium weight", () => {
    const topology = withLink(healthy, "if:host/ens3", () => ({ mtu: 1400 }));
    expect(found(topology)).toEqual(["D54 if:host/br-000000000001", `D54 ${docker0}`]);
    expect(first(topology)).toMatchObject({
      severity: "medium",
      values: { mtu: 1500, limit: 1400 },
    });
  });

  test("with an unknown MTU is not judged", () => {
    expect(found(withLink(healthy, "if:host/ens3", () => ({ mtu: null })))).toEqual([]);
  });

  const camera = (up: boolean): Stacked => {
    const { id, netns } = linkOf("if:host/ens3");
    return {
      ...linkOf("if:host/ens3"),
      id: linkId(netns, 50),
      key: key("if:host/mv0"),
      name: "mv0",
      kind: "macvlan",
      iflink: 2,
      nsid: null,
      adminUp: up,
      addresses: [],
      lower: { status: "found", link: id, proof: "exact" },
    };
  };

  test("under a macvlan is down", () => {
    const topology = withLink(
      { ...healthy, links: [...healthy.links, camera(true)] },
      "if:host/ens3",
      () => off,
    );
    expect(found(topology)).toEqual(["D65 if:host/ens3"]);
    expect(first(topology).values).toMatchObject({ child: "mv0", off: "admin" });
  });

  test("under a macvlan that is not used may be down", () => {
    const topology = { ...healthy, links: [...healthy.links, camera(false)] };
    expect(found(withLink(topology, "if:host/ens3", () => off))).toEqual([]);
  });
});

describe("namespaces", () => {
  const shares = (of: number | null): Topology =>
    withContainer(healthy, "web2", {
      mode: { kind: "container", of: of === null ? null : containerId("test", of) },
      attachments: [],
    });

  test("a container that is not in the namespace that it shares", () => {
    const topology = shares(0);
    expect(found(topology)).toEqual(["D19 ctr:web2"]);
    expect(first(topology)).toMatchObject({
      values: { how: "renewed", owner: "web" },
      remedy: [["docker", "restart", "web2"]],
    });
  });

  test("a container whose owner is stopped, or gone", () => {
    expect(first(shares(4))).toMatchObject({ values: { how: "stopped", owner: "gone" } });
    expect(first(shares(null))).toMatchObject({ values: { how: "gone" }, remedy: [] });
  });

  test("an owner that was not listed is not gone", () => {
    const topology: Topology = {
      ...shares(null),
      host: { ...healthy.host, engine: { status: "not-asked" } },
    };
    expect(found(topology)).toEqual([]);
  });

  const left = (path: string, pid: number | null): Topology => ({
    ...healthy,
    namespaces: [
      ...healthy.namespaces,
      {
        id: netnsId("test", netnsLabel(900)),
        key: key("netns:900"),
        label: netnsLabel(900),
        inode: 900,
        name: { by: "inode", text: "900" },
        containers: [],
        paths: [path],
        pid,
        read: { status: "read" },
      },
    ],
  });

  test("one in Docker's folder in which nothing lives", () => {
    expect(found(left("/run/docker/netns/0123456789ab", null))).toEqual(["D20 netns:900"]);
  });

  test("one that people named, one of swarm, and one in which something lives are not left behind", () => {
    expect(found(left("/run/netns/0123456789ab", null))).toEqual([]);
    expect(found(left("/run/docker/netns/1-k2j3h4g5f6", null))).toEqual([]);
    expect(found(left("/run/docker/netns/0123456789ab", 77))).toEqual([]);
  });

  test("a plain file where namespaces are kept", () => {
    const [link] = healthy.links;
    const leftovers = link
      ? [{ path: "/run/docker/netns/abcdefabcdef", evidence: link.evidence }]
      : [];
    expect(found({ ...healthy, leftovers })).toEqual(["D20 host:test"]);
    expect(first({ ...healthy, leftovers }).remedy).toEqual([
      ["rm", "/run/docker/netns/abcdefabcdef"],
    ]);
  });
});
