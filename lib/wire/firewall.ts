import type {
  Backend,
  Era,
  EraFound,
  FirewallSummary,
  Maker,
  SourceSummary,
} from "@/lib/topology/firewall/model";
import { type Fields, type Here, isCount, isFlag, isNumber, oneOf } from "./columns";
import { gapFields } from "./gaps";

const backends: Readonly<Record<Backend, true>> = {
  "iptables-nft": true,
  "iptables-legacy": true,
  nft: true,
  ipset: true,
};

const { ipset: _, ...ofTables } = backends;

const eras: Readonly<Record<Era, true>> = {
  "docker-17.05": true,
  "docker-17.06": true,
  "docker-18.03": true,
  "docker-28.0.0": true,
  "docker-28": true,
  "docker-29-iptables": true,
  "docker-29-nftables": true,
};

const makers: Readonly<Record<Maker, true>> = {
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
};

const isMaker = oneOf<Maker>(makers);

const isFamily = (value: unknown): value is SourceSummary["family"] =>
  value === null || value === "ip" || value === "ip6";

const sourceFields = <Up>(): Fields<SourceSummary, Here<SourceSummary, Up>> => ({
  backend: { is: oneOf<Backend>(backends) },
  family: { is: isFamily },
  status: { is: oneOf<SourceSummary["status"]>({ read: true, absent: true, unreadable: true }) },
  tables: { is: isNumber },
  chains: { is: isNumber },
  rules: { is: isNumber },
  dnat: { is: isNumber },
  snat: { is: isNumber },
  why: {
    given: { is: isFlag, predict: ({ row }) => row.status === "unreadable" },
    fields: gapFields(),
  },
});

const eraFields = <Up>(): Fields<EraFound, Here<EraFound, Up>> => ({
  era: { is: oneOf<Era>(eras) },
  backend: { is: oneOf<EraFound["backend"]>(ofTables) },
  inForce: { is: isFlag },
});

/** What of the rules goes with every snapshot. */
export function firewallFields<Up>(): Fields<FirewallSummary, Here<FirewallSummary, Up>> {
  const isRead = ({ row }: Here<FirewallSummary, Up>): boolean => row.status === "read";
  return {
    status: {
      is: oneOf<FirewallSummary["status"]>({ "not-asked": true, unreadable: true, read: true }),
    },
    why: { when: ({ row }) => row.status === "unreadable", fields: gapFields() },
    sources: { when: isRead, count: { is: isCount }, each: sourceFields() },
    eras: { when: isRead, count: { is: isCount }, each: eraFields() },
    makers: { when: isRead, count: { is: isCount }, items: { is: isMaker } },
  };
}
