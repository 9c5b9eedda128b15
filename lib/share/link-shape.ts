import type { LinkId } from "@/lib/net/ids";
import type {
  Address,
  Check,
  CheckName,
  Counters,
  Link,
  Lower,
  Remote,
  Unseen,
  VethPeer,
  Vlans,
} from "@/lib/topology/model";
import { gap } from "./gap-shape";
import { flag, list, named, nullable, number, object, oneOf, since, union } from "./shape";
import {
  address,
  evidence,
  interfaceName,
  key,
  link,
  mac,
  netns,
  network,
  own,
  text,
} from "./text-shapes";

const addresses = named(
  "Address",
  object<Address>({
    family: oneOf<Address["family"]>({ inet: true, inet6: true }),
    address,
    prefix: number,
    scope: text("scope", "global, link, host, …"),
  }),
);

const counters = named(
  "Counters",
  object<Counters>({
    rxBytes: number,
    rxPackets: number,
    txBytes: number,
    txPackets: number,
  }),
);

const vlans = named(
  "Vlans",
  object<Vlans>({
    pvid: nullable(number),
    ranges: list(object<Vlans["ranges"][number]>({ from: number, to: number })),
    evidence,
  }),
);

const proof = oneOf<Extract<Lower, { status: "found" }>["proof"]>({
  exact: true,
  consistent: true,
});

const check = named(
  "Check",
  object<Check>({
    check: oneOf<CheckName>({
      iflink: true,
      "iflink-back": true,
      nsid: true,
      "nsid-back": true,
      "same-netns": true,
      "only-candidate": true,
      "number-is-shared": true,
      "mirrored-counters": true,
      fdb: true,
    }),
    holds: flag,
    evidence: list(evidence),
  }),
);
const by = list(check);

const peer = named(
  "Peer",
  union<VethPeer, "status">("status", {
    found: { link, proof, by },
    ambiguous: { candidates: list(link), by },
    unseen: {
      why: union<Unseen, "reason">("reason", {
        "netns-unread": { netns, why: gap },
        "netns-unknown": { nsid: nullable(number) },
        "no-iflink": {},
      }),
      by,
    },
    contradictory: { with: list(link), by },
  }),
);

const lower = named(
  "Lower",
  union<Lower, "status">("status", { found: { link, proof }, unseen: {} }),
);

const anyLink = {
  id: own<LinkId>("link-id"),
  key,
  netns,
  ifindex: number,
  name: interfaceName,
  label: text("interface-label", "as ip link prints it: veth9a1c2d3@if4"),
  mac: nullable(mac),
  mtu: nullable(number),
  state: oneOf<Link["state"]>({ up: true, down: true, unknown: true }),
  adminUp: flag,
  master: nullable(link),
  portState: nullable(text("kernel-word", "STP state of a bridge port")),
  isolated: since(nullable(flag), null),
  hairpin: since(nullable(flag), null),
  vlans: since(nullable(vlans), null),
  addresses: list(addresses),
  counters: nullable(counters),
  evidence,
};
const numbers = { iflink: nullable(number), nsid: nullable(number) };
const stacked = { ...anyLink, ...numbers, lower };
const plain = { ...anyLink, infoKind: nullable(text("kernel-word", "kind of the driver")) };

const remote = named(
  "Remote",
  object<Remote>({ address, macs: list(mac), evidence: list(evidence) }),
);

export const links = union<Link, "kind">("kind", {
  veth: { ...anyLink, ...numbers, peer },
  bridge: { ...anyLink, network: nullable(network), filtersVlans: since(nullable(flag), null) },
  macvlan: stacked,
  ipvlan: stacked,
  vlan: stacked,
  vxlan: {
    ...anyLink,
    vni: nullable(number),
    port: nullable(number),
    local: nullable(address),
    underlay: nullable(netns),
    remotes: nullable(list(remote)),
  },
  nic: plain,
  loopback: plain,
  other: plain,
});
