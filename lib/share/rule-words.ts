import { isCommonProtocol } from "./kernel-names";

/**
 * What the rules of any machine may say, so that it tells nothing of this one. In rules much is free text: what is
 * not in these lists is somebody's.
 */
const listed = (...lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(" ")));

/** In place of what is not said. */
export const unsaid = "…";

const protocols = listed(
  "all udplite icmpv6 ipv6-icmp ipv6 ipip ipencap dccp esp ah gre igmp ospf vrrp pim egp ipcomp",
);

const words = listed(
  // conntrack
  "new established related invalid untracked snat dnat none assured confirmed expected seen-reply",
  "original reply dying",
  // address types, packet types
  "unspec unicast local broadcast anycast multicast blackhole unreachable prohibit throw nat xresolve",
  "host other",
  // TCP flags
  "fin syn rst psh ack urg ecn cwr ece all",
  // nat
  "random fully-random persistent",
  // reject with
  "icmp-net-unreachable icmp-host-unreachable icmp-port-unreachable icmp-proto-unreachable",
  "icmp-net-prohibited icmp-host-prohibited icmp-admin-prohibited tcp-reset icmp6-no-route no-route",
  "icmp6-adm-prohibited adm-prohibited icmp6-addr-unreachable addr-unreach icmp6-port-unreachable",
  "port-unreach policy-fail reject-route tcp reset icmp icmpv6 icmpx type port-unreachable",
  "admin-prohibited net-unreachable host-unreachable prot-unreachable net-prohibited host-prohibited",
  // ICMP
  "any echo-request echo-reply destination-unreachable source-quench redirect time-exceeded",
  "parameter-problem timestamp-request timestamp-reply info-request info-reply address-mask-request",
  "address-mask-reply router-advertisement router-solicitation neighbour-solicitation",
  "neighbour-advertisement neighbor-solicitation neighbor-advertisement nd-router-solicit",
  "nd-router-advert nd-neighbor-solicit nd-neighbor-advert nd-redirect mld-listener-query",
  "mld-listener-report mld-listener-done mld2-listener-report packet-too-big ttl-exceeded",
  "fragmentation-needed ping pong network-unreachable protocol-unreachable",
);

const options = listed(
  "limit rate over until burst packets bytes limit-burst hashlimit-upto hashlimit-above hashlimit-burst",
  "hashlimit-mode hashlimit-name hashlimit-htable-expire hashlimit-htable-size hashlimit-srcmask",
  "hashlimit-dstmask connlimit-upto connlimit-above connlimit-mask connlimit-saddr connlimit-daddr",
  "srcip srcport dstip dstport mode random nth probability every packet set rcheck update remove",
  "seconds reap hitcount rttl name mask rsource rdest timestart timestop datestart datestop weekdays",
  "monthdays kerneltz contiguous vaddr vport vdir vmethod vproto vportctl strict reqid proto dir pol",
  "next tunnel-src tunnel-dst log-prefix log-level log-tcp-sequence log-tcp-options log-ip-options",
  "log-uid log-macdecode nflog-prefix nflog-group nflog-range nflog-size nflog-threshold prefix level",
  "flags group snaplen queue-threshold emerg alert crit err warn warning notice info debug audit",
  "queue-num queue-balance queue-bypass queue-cpu-fanout num bypass fanout to nfmask ctmask mask",
  "family inet inet6 hashsize maxelem bucketsize timeout counters comment skbinfo forceadd initval size",
  "netmask range markmask interval dynamic constant gc-interval auto-merge policy memory performance",
  "in out none ipsec flag elements",
);

const types = listed(
  "hash list bitmap set ip net port iface mac mark ipv4_addr ipv6_addr ether_addr inet_service",
  "inet_proto ifname iface_index iface_type verdict ct_state ct_status ct_dir icmp_type icmpv6_type",
  "meta l4proto saddr daddr sport dport ip6 tcp udp th iifname oifname nfproto ct typeof type",
);

const modules = listed(
  "limit hashlimit connlimit statistic random recent time string u32 bpf length ttl hl dscp tos ecn",
  "helper connbytes connlabel quota nfacct policy rpfilter socket cgroup realm rt dst hbh frag eui64",
  "ipv6header mh ah esp cluster cpu devgroup dccp sctp osf conntrack addrtype owner mac iprange",
  "physdev pkttype set tcp udp icmp icmp6 multiport state mark connmark comment ipvs tcpmss",
  "AUDIT CHECKSUM CLASSIFY CLUSTERIP CONNSECMARK CT DSCP ECN HL HMARK IDLETIMER LED NFQUEUE QUEUE",
  "RATEEST SECMARK SET SYNPROXY TEE TOS TPROXY TRACE TTL DNPT SNPT MARK CONNMARK ULOG",
  "dnat snat netmap log queue tproxy synproxy dup fwd flow add update delete meta fib notrack quota",
  "limit reset exthdr ct tcp ip ip6 ether numgen jhash symhash osf socket xt",
);

const sysctls = listed(
  "net/ipv4/ip_forward net/ipv4/ip_unprivileged_port_start net/ipv4/neigh/default/gc_thresh1",
  "net/ipv4/neigh/default/gc_thresh2 net/ipv4/neigh/default/gc_thresh3 net/ipv6/bindv6only",
  "net/bridge/bridge-nf-call-arptables net/bridge/bridge-nf-call-iptables",
  "net/bridge/bridge-nf-call-ip6tables net/bridge/bridge-nf-filter-pppoe-tagged",
  "net/bridge/bridge-nf-filter-vlan-tagged net/bridge/bridge-nf-pass-vlan-input-dev",
  "net/netfilter/nf_conntrack_count",
  "net/netfilter/nf_conntrack_max",
);

const isSmall = (text: string): boolean =>
  /^(?:\d{1,6}(?:[-:/.]\d{1,4})?(?:\/(?:s|sec|second|min|minute|hour|day|week))?|0x[0-9a-f]{1,4}|0xffffffff)$/.test(
    text,
  );

export const isCommonIpProtocol = (text: string): boolean =>
  isCommonProtocol(text) || protocols.has(text) || /^\d{1,3}$/.test(text);

/** `established`, `echo-request`, `8`; several, too: `tcp reset`, `established,related`. */
export const plainWord = (text: string): string =>
  text
    .split(/[ ,]/)
    .every(
      (each) =>
        words.has(each) || isCommonIpProtocol(each) || /^(?:\d{1,5}|0x[0-9a-f]{1,4})$/.test(each),
    )
    ? text
    : unsaid;

export const plainModule = (text: string): string => (modules.has(text) ? text : unsaid);

/** `hash:ip,port`, `ipv4_addr . inet_service` */
export const plainSetType = (text: string): string =>
  text.replace(/[^\s:.,]+/g, (each) => (types.has(each) ? each : unsaid));

/** `--limit 3/min --name corp` → `--limit 3/min --name …` */
export const plainOptions = (text: string): string =>
  text
    .split(/\s+/)
    .map((each) => {
      const plain =
        each === "" ||
        each.split(",").every((one) => options.has(one.replace(/^--/, "")) || isSmall(one));
      return plain ? each : unsaid;
    })
    .filter((each, nth, all) => each !== unsaid || all[nth - 1] !== unsaid)
    .join(" ");

const ofLink =
  /^(net\/ipv[46]\/conf\/)(.+)(\/(?:forwarding|rp_filter|route_localnet|accept_ra|disable_ipv6))$/;

/** Of one link the name of the link is somebody's. */
export const plainSysctl = (text: string, interfaceName: (name: string) => string): string => {
  const [, before, link = "", after] = ofLink.exec(text) ?? [];
  if (before === undefined) return sysctls.has(text) ? text : unsaid;
  return `${before}${link === "all" || link === "default" ? link : interfaceName(link)}${after}`;
};

export const plainSysctlValue = (text: string): string =>
  /^-?\d{1,10}$/.test(text.trim()) ? text : unsaid;

const optionValues = listed("true false nat nat-unprotected routed isolated");
export const plainOptionName = (text: string): string =>
  /^com\.docker\.network\.(?:bridge\.)?(?:enable_ip_masquerade|gateway_mode_ipv[46])$/.test(text)
    ? text
    : unsaid;
export const plainOptionValue = (text: string): string => (optionValues.has(text) ? text : unsaid);

const tables = listed(
  "filter nat mangle raw security docker-bridges docker-dns netavark kube-proxy firewalld",
  "libvirt_network f2b-table calico",
);
export const isCommonRuleTable = (text: string): boolean => tables.has(text);

const chains = [
  "INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING|input|output|forward|prerouting|postrouting",
  "DOCKER(?:-(?:USER|FORWARD|BRIDGE|CT|INTERNAL|INGRESS|ISOLATION(?:-STAGE-[12])?))?",
  "DOCKER_(?:OUTPUT|POSTROUTING)",
  "(?:filter|nat|raw)-(?:INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)|nat-prerouting-and-output",
  "ufw6?-(?:before|after|user|reject|track|skip-to-policy|logging|not-local)(?:-(?:logging|input|output|forward|limit|accept|deny|allow))*",
  "LIBVIRT_(?:INP|OUT|FWI|FWO|FWX|PRT)",
  "KUBE-(?:SERVICES|EXTERNAL-SERVICES|NODEPORTS|POSTROUTING|FORWARD|FIREWALL|PROXY-FIREWALL|MARK-MASQ|MARK-DROP|KUBELET-CANARY|PROXY-CANARY)",
  "CNI-(?:FORWARD|ADMIN|HOSTPORT-(?:DNAT|MASQ|SETMARK))",
  "NETAVARK_(?:FORWARD|INPUT)|NETAVARK-(?:HOSTPORT-(?:DNAT|SETMARK|MASQ)|ISOLATION-[123])",
  "FLANNEL-(?:FWD|POSTRTG)|ts-(?:input|forward|postrouting)|cali-(?:INPUT|OUTPUT|FORWARD|PREROUTING|POSTROUTING)",
];
const commonChain = new RegExp(`^(?:${chains.join("|")})$`);
const chainOfBridge = /^((?:filter-forward|nat-postrouting)-(?:in|out)__)(.+)$/;

/** A chain that Docker's nftables backend makes for a bridge is called by it. null: somebody named it. */
export const plainChain = (
  text: string,
  interfaceName: (name: string) => string,
): string | null => {
  if (commonChain.test(text)) return text;
  const [, before, bridge = ""] = chainOfBridge.exec(text) ?? [];
  return before === undefined ? null : `${before}${interfaceName(bridge)}`;
};

export const isCommonSet = (text: string): boolean =>
  /^(?:docker-ext-bridges-v[46]|(?:filter-forward|nat-postrouting)-(?:in|out)-jumps)$/.test(text);

const comments = new Set([
  "DNAT",
  "ICC",
  "MASQUERADE",
  "OUTGOING",
  "DROP DIRECT ACCESS",
  "UNPUBLISHED PORT DROP",
]);
export const isCommonRuleComment = (text: string): boolean => comments.has(text);

export const isCommonUser = (text: string): boolean =>
  text === "root" || /^\d{1,10}(?:-\d{1,10})?$/.test(text);

const processes = listed(
  "docker-proxy dockerd containerd sshd systemd systemd-resolve systemd-network systemd-timesyn init",
  "dnsmasq chronyd ntpd rpcbind conmon aardvark-dns netavark rootlessport slirp4netns pasta",
);
/** What engines and systems run on every machine. */
export const isCommonProcess = (text: string): boolean => processes.has(text);

/** Beginnings that many machines' rules name (`veth+`, `br-+`). */
const beginnings = listed(
  "veth br- br docker eth en eno ens enp wl wlan wlp tun tap wg virbr vnet cni podman lxcbr cali flannel",
  "bond team vxlan dummy lxc usb ppp gre sit",
);
export const isCommonBeginning = (text: string): boolean => text === "" || beginnings.has(text);
