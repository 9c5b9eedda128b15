import type { Evidence, Gap } from "@/lib/facts/model";
import type { FirewallSummary } from "@/lib/topology/firewall/model";
import type { Address, Link, Namespace, NamespaceName, VethPeer } from "@/lib/topology/model";
import { eui64, type Maker, privateNet6, publicNet6, publicV4, textOf } from "./secrets";

/** One address of each sort: of its network, made of its MAC, of the internet. */
export function addressesOf(
  make: Maker,
  net: readonly number[],
  mac: readonly number[],
): readonly Address[] {
  const host = [...net, make.byte()];
  const low = Array.from({ length: 8 }, make.byte);
  const zone = [0xfe, 0x80, 0, 0, 0, 0, 0, 0];
  const own = (family: Address["family"], address: string, prefix: number, scope: string) => ({
    ...{ family, address, prefix, scope },
  });
  make.secrets.push({ kind: "mac", bytes: mac });
  return [
    own("inet", make.address(host, false), 24, "global"),
    own("inet6", make.address([...publicNet6(make), ...eui64(mac)], true), 64, "global"),
    own("inet6", make.address([...privateNet6(make), ...low], false), 64, make.word()),
    own("inet6", textOf([...privateNet6(make), ...eui64(mac)]), 64, "global"),
    own("inet6", textOf([...zone, ...eui64(mac)]), 64, "link"),
  ];
}

/** Every reason there is, each with what it may give away. */
export const gapsOf = (make: Maker, netns: Gap["netns"]): readonly Gap[] => {
  const where = { probe: "ip-addr", netns };
  const reached = make.address(publicV4(make), true);
  const command = `nsenter --net=/run/netns/${make.word()} ip addr`;
  const words = `ssh: connect to host ${make.word()} (${reached}): ${make.digits(16)}`;
  const socket = `/home/${make.word()}/docker.sock`;
  return [
    { ...where, reason: "command-missing", command },
    { ...where, reason: "permission-denied", command, words },
    { ...where, reason: "failed", command, exit: 1, words },
    { ...where, reason: "timed-out", command, ms: 3000 },
    { ...where, reason: "cut", command, bytes: 4096 },
    { ...where, reason: "unreadable-output", command, unread: 3, excerpt: words },
    { ...where, reason: "broken-off", command, excerpt: words },
    { ...where, reason: "netns-gone" },
    { ...where, reason: "netns-new" },
    { ...where, reason: "netns-unreachable" },
    { ...where, reason: "no-engine", socket },
    { ...where, reason: "engine-denied", socket },
    { ...where, reason: "engine-silent", socket, ms: 9 },
    { ...where, reason: "engine-error", path: `/networks/${make.digits(64)}`, status: 500, words },
    { ...where, reason: "engine-not-asked", socket, asked: `/srv/${make.word()}.sock` },
    { ...where, reason: "engine-only", address: `tcp://${make.word()}.example:2376` },
    { ...where, reason: "no-linux", platform: "darwin" },
    { ...where, reason: "no-shell", words },
  ];
};

export const namesOf = (make: Maker, name: string): readonly NamespaceName[] => [
  { by: "container", text: name },
  { by: "ip-netns", text: make.word() },
  { by: "pod", text: make.word() },
  { by: "overlay", text: make.word() },
  { by: "load-balancer", text: make.word() },
  { by: "unit", text: `${make.word()}.service` },
  { by: "process", text: make.word() },
];

export const peersOf = (
  make: Maker,
  other: Link["id"],
  netns: Namespace["id"],
  why: Gap,
  proof: readonly Evidence[],
): readonly VethPeer[] => {
  const by = [
    { check: "iflink", holds: true, evidence: proof },
    { check: "fdb", holds: false, evidence: proof },
  ] as const;
  return [
    { status: "found", link: other, proof: make.die(2) === 0 ? "exact" : "consistent", by },
    { status: "ambiguous", candidates: [other], by },
    { status: "contradictory", with: [other], by },
    { status: "unseen", why: { reason: "netns-unread", netns, why }, by },
    { status: "unseen", why: { reason: "netns-unknown", nsid: 7 }, by: [] },
    { status: "unseen", why: { reason: "no-iflink" }, by },
  ];
};

export const pick = <T>(make: Maker, all: readonly T[]): T => {
  const one = all[make.die(all.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
};

/** What goes with every snapshot has no names of its own; what could not be read has. */
export const firewallsOf = (why: Gap): readonly FirewallSummary[] => [
  { status: "not-asked" },
  { status: "unreadable", why },
  {
    status: "read",
    sources: [
      {
        backend: "nft",
        family: null,
        status: "unreadable",
        tables: 0,
        chains: 0,
        rules: 0,
        dnat: 0,
        snat: 0,
        why,
      },
    ],
    eras: [{ era: "docker-28", backend: "iptables-nft", inForce: true }],
    makers: ["docker", "unclaimed"],
  },
];
