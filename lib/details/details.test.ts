import { expect, test } from "vitest";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import type { Answer, HostFacts } from "@/lib/facts/model";
import { key } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import { detailsOf } from "./details";

const [debian12, , sid] = recordedHosts;
const factsOf = (name: (typeof recordedHosts)[number]) => recordedFacts(name);
const told = (facts: HostFacts, of: string) => {
  const details = detailsOf(facts, understand(facts), key(of));
  if (details === null) throw new Error(`${of} is not there`);
  return details;
};
const linkOf = (facts: HostFacts, of: string) => {
  const { link } = told(facts, of);
  if (link === null) throw new Error(`nothing is told of ${of}`);
  return link;
};

test("the addresses of a link come field by field, as ip printed them", () => {
  const [inet, inet6] = linkOf(factsOf(sid), "if:host/docker0").addresses;
  expect(inet).toEqual({
    family: "inet",
    address: "172.17.0.1",
    prefix: 16,
    peer: null,
    broadcast: "172.17.255.255",
    scope: "global",
    flags: [],
    label: "docker0",
    protocol: null,
    valid: "forever",
    preferred: "forever",
  });
  expect(inet6).toMatchObject({ address: "fd00:14::1", prefix: 64, flags: ["nodad"], label: null });
});

test("whether a link may leave its namespace is told where ip prints it, and unknown where it does not", () => {
  expect(linkOf(factsOf(sid), "if:host/docker0").netnsImmutable).toBe(true);
  expect(linkOf(factsOf(sid), "if:host/eth0").netnsImmutable).toBe(false);
  expect(linkOf(factsOf(debian12), "if:host/docker0").netnsImmutable).toBeNull();
});

test("a bridge tells its settings, and how each of its ports is set", () => {
  const { link, ports } = told(factsOf(sid), "if:host/docker0");
  expect(link?.bridge).toMatchObject({ stp: false, filtersVlans: false, ageing: 300 });
  expect(link?.port).toBeNull();
  const web = ports.find((each) => each.key === "peer:ctr:web/eth0");
  expect(web?.port).toEqual({
    state: "forwarding",
    hairpin: false,
    isolated: false,
    learning: true,
    flood: true,
    locked: false,
    priority: 32,
    cost: 2,
  });
});

/** The host's own links of a recording, told by `ip -d -s addr` in text. */
const inText = (stdout: string): HostFacts => {
  const facts = factsOf(debian12);
  return {
    ...facts,
    answers: facts.answers.map(
      (each): Answer =>
        each.probe === "ip-addr" && each.entered === null ? { ...each, stdout, form: 1 } : each,
    ),
  };
};

const text = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0 allmulti 0 minmtu 0 maxmtu 0
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: ens3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether 52:54:00:12:34:56 brd ff:ff:ff:ff:ff:ff promiscuity 0 allmulti 0 minmtu 68 maxmtu 65535 numtxqueues 1 parentbus pci parentdev 0000:00:03.0
    altname enp0s3
    inet 10.0.0.12/24 brd 10.0.0.255 scope global dynamic noprefixroute ens3
       valid_lft 86123sec preferred_lft 86123sec
    inet 10.0.0.13/24 brd 10.0.0.255 scope global secondary ens3:1
       valid_lft forever preferred_lft forever
    inet6 2001:db8::7/64 scope global temporary deprecated proto kernel_ra
       valid_lft 600sec preferred_lft 0sec
    RX:  bytes packets errors dropped  missed   mcast
       2024763     142      1       2       0       0
    TX:  bytes packets errors dropped carrier collsns
         20883     134      3       4       0       0
3: tun0: <POINTOPOINT,UP,LOWER_UP> mtu 1420 qdisc noqueue state UNKNOWN group default qlen 1000
    link/none promiscuity 0 allmulti 0 minmtu 68 maxmtu 65535
    tun type tun pi off vnet_hdr off persist off
    inet 10.8.0.1 peer 10.8.0.2/32 scope global tun0
       valid_lft forever preferred_lft forever
`;

test("text tells the same as JSON: lifetimes, flags, labels, peers, losses, hardware", () => {
  const ens3 = linkOf(inText(text), "if:host/ens3");
  expect(ens3).toMatchObject({
    qdisc: "fq_codel",
    altNames: ["enp0s3"],
    device: "pci 0000:00:03.0",
    losses: { rxErrors: 1, rxDropped: 2, txErrors: 3, txDropped: 4 },
    netnsImmutable: null,
  });
  expect(ens3.addresses).toMatchObject([
    { flags: ["dynamic", "noprefixroute"], label: "ens3", valid: 86123, broadcast: "10.0.0.255" },
    { flags: ["secondary"], label: "ens3:1", valid: "forever" },
    { flags: ["temporary", "deprecated"], label: null, protocol: "kernel_ra", preferred: 0 },
  ]);
  expect(linkOf(inText(text), "if:host/tun0").addresses).toMatchObject([
    { address: "10.8.0.1", peer: "10.8.0.2", prefix: 32, label: "tun0" },
  ]);
});

const mount = (type: string, source: string, destination: string) => ({
  Type: type,
  Name: type === "volume" ? source : "",
  Source: type === "volume" ? `/var/lib/docker/volumes/${source}/_data` : source,
  Destination: destination,
  RW: destination !== "/etc/app",
  Propagation: type === "bind" ? "rprivate" : "",
});

/** The recording with mounts, which none of its containers has. */
const withMounts = (mounts: Readonly<Record<string, readonly object[]>>): HostFacts => {
  const facts = factsOf(sid);
  return {
    ...facts,
    answers: facts.answers.map((each): Answer => {
      if (each.probe !== "engine-containers") return each;
      const rows = JSON.parse(each.stdout) as { Names: string[] }[];
      const more = rows.map((row) => ({ ...row, Mounts: mounts[`${row.Names[0]}`] ?? [] }));
      return { ...each, stdout: JSON.stringify(more) };
    }),
  };
};

test("a container's mounts name the others that have the same source", () => {
  const facts = withMounts({
    "/web": [
      mount("volume", "pages", "/srv"),
      mount("bind", "/etc/app", "/etc/app"),
      { Type: "tmpfs", Source: "", Destination: "/tmp" },
    ],
    "/api": [mount("volume", "pages", "/data"), { Type: "tmpfs", Source: "", Destination: "/tmp" }],
    "/db": [mount("bind", "/etc/app", "/elsewhere")],
  });
  expect(told(facts, "ctr:web").container?.mounts).toEqual([
    {
      type: "bind",
      name: null,
      source: "/etc/app",
      destination: "/etc/app",
      writable: false,
      propagation: "rprivate",
      sharedWith: ["ctr:db"],
    },
    {
      type: "volume",
      name: "pages",
      source: "/var/lib/docker/volumes/pages/_data",
      destination: "/srv",
      writable: true,
      propagation: null,
      sharedWith: ["ctr:api"],
    },
    expect.objectContaining({ type: "tmpfs", source: null, writable: null, sharedWith: [] }),
  ]);
});

test("a container that no engine lists has nothing told of it, and what is not there is null", () => {
  const facts = factsOf(sid);
  const topology = understand(facts);
  const [first] = topology.containers;
  if (first === undefined) throw new Error("no container");
  const unlisted = { ...topology, containers: [{ ...first, evidence: null }] };
  expect(detailsOf(facts, unlisted, first.key)?.container).toBeNull();
  expect(detailsOf(facts, topology, key("ctr:nobody"))).toBeNull();
});

test.each(recordedHosts)("every link and container of %s is told something of", (name) => {
  const facts = factsOf(name);
  const topology = understand(facts);
  for (const link of topology.links) {
    const { link: detail } = told(facts, link.key);
    expect(detail?.flags.includes("UP"), link.key).toBe(link.adminUp);
    expect(detail?.addresses.map(({ address }) => address)).toEqual(
      link.addresses.map(({ address }) => address),
    );
  }
  for (const { key: of } of topology.containers)
    expect(told(facts, of).container, of).not.toBeNull();
});
