import type { BaseChain, MadeBy, Maker } from "./model";

type Sign = readonly [RegExp, Maker];

/** Chains are named by who makes them (netfacts: rules by era; each program's own sources). */
const chainSigns: readonly Sign[] = [
  [/^DOCKER-USER$/, "docker-user"],
  [/^DOCKER-INGRESS$/, "docker-swarm"],
  [/^DOCKER(?:$|[-_])/, "docker"],
  [/^NETAVARK/, "podman"],
  [/^CNI-/, "cni"],
  [/^KUBE-/, "kubernetes"],
  [/^(?:cali[-:]|felix-)/, "calico"],
  [/^FLANNEL-/, "flannel"],
  [/^(?:OLD_)?CILIUM_/, "cilium"],
  [/^ufw6?-/, "ufw"],
  [/^LIBVIRT_/, "libvirt"],
  [/^(?:f2b|fail2ban)-/, "fail2ban"],
  [/^ts-(?:input|forward|postrouting)$/, "tailscale"],
  [/^(?:IN|FWDI|FWDO|FWD|PRE|POST)_[a-zA-Z0-9_-]+$/, "firewalld"],
  [
    /^(?:INPUT|OUTPUT|FORWARD|FORWARD_IN|FORWARD_OUT|PREROUTING|POSTROUTING)_(?:ZONES|direct|POLICIES)/,
    "firewalld",
  ],
];

const tableSigns: readonly Sign[] = [
  [/^docker-(?:bridges|dns)$/, "docker"],
  [/^netavark$/, "podman"],
  [/^kube-proxy$/, "kubernetes"],
  [/^firewalld$/, "firewalld"],
  [/^libvirt_network$/, "libvirt"],
  [/^f2b-table$/, "fail2ban"],
  [/^(?:calico|cali-)/, "calico"],
  [/^tailscale/, "tailscale"],
];

const commentSigns: readonly Sign[] = [
  [/^kubernetes |^cluster IPs |^kube-/i, "kubernetes"],
  [/^cali:/, "calico"],
  [/^cilium[-:]/i, "cilium"],
  [/^flanneld /, "flannel"],
  [/^(?:dnat )?name: "[^"]*" id: "/, "cni"],
  [/^CNI /, "cni"],
];

const bySign = (signs: readonly Sign[], text: string): Maker | null =>
  signs.find(([sign]) => sign.test(text))?.[1] ?? null;

/** Docker's names for bridges: its own, and `br-` with the first digits of the network's id. */
const bridge = "(docker0|docker_gwbridge|br-[0-9a-f]{12})";
const same = String.raw`\1`;

/**
 * What Docker puts into chains that are not its own, to the letter; a person's rule about the same bridge reads
 * otherwise. Bridges with a name of their own are not told from a person's here.
 */
const dockerForms: readonly RegExp[] = [
  `-o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
  `-i ${bridge} ! -o ${same} -j ACCEPT`,
  `-i ${bridge} -o ${same} -j (?:ACCEPT|DROP)`,
  `-s \\S+ ! -o ${bridge} -j (?:MASQUERADE|SNAT --to-source \\S+)`,
  `-o ${bridge} -m addrtype --src-type LOCAL -j MASQUERADE`,
  String.raw`-s (\S+\/(?:32|128)) -d \1 -p (\w+) -m \2 --dport \d+ -j MASQUERADE`,
  `-d \\S+/(?:32|128) ! -i ${bridge}(?: -p \\w+ -m \\w+ --dport \\d+)? -j DROP`,
  String.raw`-d (?:127\.0\.0\.1\/32|::1\/128) ! -i lo -p (\w+) -m \1 --dport \d+ -j DROP`,
].map((form) => new RegExp(`^${form}$`));

export const tableMaker = (name: string, isIptables: boolean): MadeBy => {
  if (isIptables) return { who: "iptables", because: "table" };
  const who = bySign(tableSigns, name);
  return who === null ? { who: "unclaimed", because: "nothing" } : { who, because: "table" };
};

export function chainMaker(name: string, base: BaseChain | null, table: MadeBy): MadeBy {
  const who = bySign(chainSigns, name);
  if (who !== null) return { who, because: "chain" };
  if (table.who !== "iptables") return table;
  return base === null ? { who: "unclaimed", because: "nothing" } : table;
}

export type RuleSigns = {
  readonly text: string;
  readonly comment: string | null;
  /** Where it leads to; null: no other chain. */
  readonly jumpsTo: string | null;
};

/** In a chain of its own a rule is its maker's. In others, what it says of itself decides. */
export function ruleMaker({ text, comment, jumpsTo }: RuleSigns, chain: MadeBy): MadeBy {
  const isOpen =
    chain.who === "iptables" || chain.who === "unclaimed" || chain.who === "docker-user";
  if (!isOpen) return chain;
  // Docker fills its chain for people with this until 28.2.
  if (chain.who === "docker-user" && text === "-j RETURN")
    return { who: "docker", because: "form" };
  const led = jumpsTo === null ? null : bySign(chainSigns, jumpsTo);
  if (led !== null) return { who: led === "docker-user" ? "docker" : led, because: "jump" };
  const told = comment === null ? null : bySign(commentSigns, comment);
  if (told !== null) return { who: told, because: "comment" };
  return dockerForms.some((form) => form.test(text))
    ? { who: "docker", because: "form" }
    : { who: "unclaimed", because: "nothing" };
}

/** Each once, in the order in which they are listed in the model. */
export const makerOrder: readonly Maker[] = [
  ...(["docker", "docker-swarm", "docker-user", "podman", "cni", "kubernetes", "calico"] as const),
  ...(["flannel", "cilium", "ufw", "firewalld", "libvirt", "fail2ban", "tailscale"] as const),
  ...(["iptables", "unclaimed"] as const),
];
