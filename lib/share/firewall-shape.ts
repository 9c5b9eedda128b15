import type {
  Backend,
  Era,
  EraFound,
  FirewallSummary,
  Maker,
  SourceSummary,
} from "@/lib/topology/firewall/model";
import { gap } from "./gap-shape";
import { flag, list, nullable, number, object, oneOf, type Shape, union } from "./shape";

/** Kinds of rules that are kept in tables. */
export const ofTables = { "iptables-nft": true, "iptables-legacy": true, nft: true } as const;

export const backend = oneOf<Backend>({ ...ofTables, ipset: true });

const source = object<SourceSummary>({
  backend,
  family: nullable(oneOf<"ip" | "ip6">({ ip: true, ip6: true })),
  status: oneOf<SourceSummary["status"]>({ read: true, absent: true, unreadable: true }),
  tables: number,
  chains: number,
  rules: number,
  dnat: number,
  snat: number,
  why: nullable(gap),
});

const era = object<EraFound>({
  era: oneOf<Era>({
    "docker-17.05": true,
    "docker-17.06": true,
    "docker-18.03": true,
    "docker-28.0.0": true,
    "docker-28": true,
    "docker-29-iptables": true,
    "docker-29-nftables": true,
  }),
  backend: oneOf<EraFound["backend"]>(ofTables),
  inForce: flag,
});

export const maker = oneOf<Maker>({
  docker: true,
  "docker-swarm": true,
  "docker-user": true,
  podman: true,
  cni: true,
  kubernetes: true,
  calico: true,
  flannel: true,
  cilium: true,
  ufw: true,
  firewalld: true,
  libvirt: true,
  fail2ban: true,
  tailscale: true,
  iptables: true,
  unclaimed: true,
});

/** Numbers and makers: the rules themselves, where a file holds them, are beside the topology (./ruling-shape). */
export const firewall: Shape<FirewallSummary> = union<FirewallSummary, "status">("status", {
  "not-asked": {},
  unreadable: { why: gap },
  read: { sources: list(source), eras: list(era), makers: list(maker) },
});
