import {
  backFromLegacy,
  backToIptables,
  byLegacy,
  byNft,
  flushAll,
  gone,
  inner,
  innerByNft,
  innerGone,
  keeping,
  network,
  nftPlus,
  noTable,
  onIt,
  openSix,
  openSixGone,
  personTable,
  plus,
  putBack,
  quiet,
  type RuledWard,
  run,
  shop,
  six,
  sixByNft,
  sixByNftGone,
  sixGone,
  without,
} from "./rule-ward";

/** Something that goes wrong with rules, sockets or settings, made with real commands, and undone. */
export type RuleFault = {
  /** As a claim about the host. */
  readonly name: string;
  readonly make: (ward: RuledWard) => Promise<unknown>;
  readonly restore: (ward: RuledWard) => Promise<unknown>;
  /** All that is found then: number, and the key of the first thing that it is about. */
  readonly found: readonly string[];
};

export const ruleFaults: readonly RuleFault[] = [
  {
    name: "D01: a network is not masqueraded",
    make: onIt("iptables -t nat -D POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE"),
    restore: onIt("iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE"),
    found: ["D01 if:host/docker0"],
  },
  {
    name: "no fault: the rules are those of Docker 29's nftables backend",
    make: byNft((rules) => rules),
    restore: backToIptables,
    found: [],
  },
  {
    name: "D01: a network is not masqueraded by the nftables backend",
    make: byNft(without(/oifname != "docker0" ip saddr.*\n/)),
    restore: backToIptables,
    found: ["D01 if:host/docker0"],
  },
  {
    name: "no fault: the rules are in iptables-legacy",
    make: byLegacy("true"),
    restore: backFromLegacy,
    found: [],
  },
  {
    name: "D01: a network is not masqueraded by iptables-legacy",
    make: byLegacy(
      "iptables-legacy -t nat -D POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
    ),
    restore: backFromLegacy,
    found: ["D01 if:host/docker0"],
  },
  {
    name: "D02: FORWARD of iptables-legacy drops, and Docker's rules are not there",
    make: byLegacy("iptables-legacy -P FORWARD DROP; iptables-legacy -F FORWARD"),
    restore: backFromLegacy,
    found: ["D02 if:host/docker0"],
  },
  {
    name: "D47: the filter table of iptables-legacy was flushed",
    make: byLegacy("iptables-legacy -F"),
    restore: backFromLegacy,
    found: ["D47 host:ruled"],
  },
  {
    name: "D02: FORWARD drops, and Docker's rules are not there",
    make: keeping("iptables -P FORWARD DROP; iptables -F FORWARD"),
    restore: putBack,
    found: ["D02 if:host/docker0"],
  },
  {
    name: "D02: FORWARD of iptables drops what the nftables backend accepts",
    make: async (ward) => {
      await byNft((rules) => rules)(ward);
      await onIt("iptables -P FORWARD DROP")(ward);
    },
    restore: backToIptables,
    found: ["D02 if:host/docker0"],
  },
  {
    name: "D03: forwarding is off",
    make: onIt("sysctl -qw net.ipv4.ip_forward=0"),
    restore: onIt("sysctl -qw net.ipv4.ip_forward=1"),
    found: ["D03 if:host/docker0"],
  },
  {
    name: "D04: forwarding is off for one bridge",
    make: onIt("sysctl -qw net/ipv4/conf/docker0/forwarding=0"),
    restore: onIt("sysctl -qw net/ipv4/conf/docker0/forwarding=1"),
    found: ["D04 if:host/docker0"],
  },
  {
    name: "D23: a translation was left behind",
    make: onIt(
      "iptables -t nat -A DOCKER ! -i docker0 -p tcp --dport 7000 -j DNAT --to-destination 172.17.0.99:70",
    ),
    restore: onIt(
      "iptables -t nat -D DOCKER ! -i docker0 -p tcp --dport 7000 -j DNAT --to-destination 172.17.0.99:70",
    ),
    found: ["D23 host:ruled"],
  },
  {
    name: "D23: a translation was left behind in the nftables backend",
    make: byNft((rules) =>
      rules.replace(
        /(chain nat-prerouting-and-output \{\n)/,
        '$1iifname != "docker0" tcp dport 7000 counter dnat to 172.17.0.99:70\n',
      ),
    ),
    restore: backToIptables,
    found: ["D23 host:ruled"],
  },
  {
    name: "D24: another translation of the same port comes first",
    make: onIt(
      "iptables -t nat -I DOCKER ! -i docker0 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80",
    ),
    restore: onIt(
      "iptables -t nat -D DOCKER ! -i docker0 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80",
    ),
    found: ["D24 ctr:web"],
  },
  {
    name: "D24: another translation of the same port comes first in the nftables backend",
    make: byNft(
      nftPlus(
        "nat-prerouting-and-output",
        'iifname != "docker0" tcp dport 8080 counter dnat to 172.17.0.3:80',
      ),
    ),
    restore: backToIptables,
    found: ["D24 ctr:web"],
  },
  {
    name: "D25: nothing leads to Docker's translations",
    make: keeping("iptables -t nat -F PREROUTING"),
    restore: putBack,
    found: ["D25 ctr:api"],
  },
  {
    name: "D25: nothing leads to the translations of the nftables backend",
    make: byNft(
      without(/fib daddr type local counter packets 0 bytes 0 jump nat.*\n(?=\}\nchain nat-pre)/),
    ),
    restore: backToIptables,
    found: ["D25 ctr:api"],
  },
  {
    name: "D26: the docker-proxy of one port died",
    make: onIt(
      'for each in /proc/[0-9]*; do if tr "\\0" " " <"$each/cmdline" 2>/dev/null | grep -q "^[^ ]*docker-proxy .*-host-port 8080 "; then kill "$(basename "$each")"; fi; done; sleep 0.2',
    ),
    restore: ({ engine }) => engine.getContainer("web").restart({ t: 0 }),
    found: ["D26 ctr:web"],
  },
  {
    name: "D27: nobody listens on a published port",
    ...plus({ name: "mute", network: "bridge", publishes: ["77/tcp", "", "7777"] }),
    found: ["D27 ctr:mute"],
  },
  {
    name: "D27: a program listens for its own container alone",
    ...plus({
      name: "shy",
      network: "bridge",
      listens: "127.0.0.1:77",
      publishes: ["77/tcp", "", "7777"],
    }),
    found: ["D27 ctr:shy"],
  },
  {
    name: "D28: a program listens on another port than is published, which anybody may reach (D37)",
    ...plus({ name: "other", network: "bridge", listens: "78", publishes: ["77/tcp", "", "7777"] }),
    found: ["D28 ctr:other", "D37 if:host/docker0"],
  },
  {
    name: "D30: a port is published on an address that went",
    make: async (ward) => {
      await onIt("ip addr add 10.99.1.233/32 dev eth0")(ward);
      await run(ward.engine, {
        name: "lost",
        network: "bridge",
        listens: "77",
        publishes: ["77/tcp", "10.99.1.233", "7777"],
      });
      await onIt("ip addr del 10.99.1.233/32 dev eth0")(ward);
    },
    restore: ({ engine }) => engine.getContainer("lost").remove({ force: true }),
    found: ["D30 ctr:lost"],
  },
  {
    name: "D32: INPUT drops, and published ports are reached",
    make: onIt("iptables -P INPUT DROP"),
    restore: onIt("iptables -P INPUT ACCEPT"),
    found: ["D32 ctr:web"],
  },
  {
    name: "D32: a table of nft drops at input, and published ports are reached",
    make: personTable("type filter hook input priority 0; policy drop;"),
    restore: noTable,
    found: ["D32 ctr:web"],
  },
  {
    name: "D32: INPUT drops, and the ports of the nftables backend are reached",
    make: async (ward) => {
      await byNft((rules) => rules)(ward);
      await onIt("iptables -P INPUT DROP")(ward);
    },
    restore: backToIptables,
    found: ["D32 ctr:web"],
  },
  {
    name: "D32: INPUT of ip6tables drops, and a published port is reached by IPv6",
    make: openSix,
    restore: openSixGone,
    found: ["D32 ctr:v6"],
  },
  {
    name: "D33: a rule in DOCKER-USER asks for the host port",
    make: onIt("iptables -I DOCKER-USER -p tcp --dport 8080 -j DROP"),
    restore: onIt("iptables -D DOCKER-USER -p tcp --dport 8080 -j DROP"),
    found: ["D33 ctr:web"],
  },
  {
    name: "D35: nothing leads to DOCKER-USER",
    make: keeping(
      "iptables -I DOCKER-USER -s 192.0.2.9 -j DROP; iptables -D FORWARD -j DOCKER-USER",
    ),
    restore: putBack,
    found: ["D35 host:ruled"],
  },
  {
    name: "D37: a program is reached on a port that nobody published",
    ...plus({ name: "open", network: "bridge", listens: "5432" }),
    found: ["D37 if:host/docker0"],
  },
  {
    name: "D38: a port on 127.0.0.1 is translated for neighbours",
    ...plus(inner),
    found: ["D38 ctr:inner"],
  },
  {
    name: "D38: a port on 127.0.0.1 is translated for neighbours by the nftables backend",
    make: innerByNft(false),
    restore: innerGone,
    found: ["D38 ctr:inner"],
  },
  {
    name: "no fault: the nftables backend drops what comes for 127.0.0.1 from outside",
    make: innerByNft(true),
    restore: innerGone,
    found: [],
  },
  {
    name: "D43: containers that are to be apart are not",
    make: async (ward) => {
      await quiet(ward);
      await onIt("sysctl -qw net.bridge.bridge-nf-call-iptables=0")(ward);
    },
    restore: async (ward) => {
      await onIt("sysctl -qw net.bridge.bridge-nf-call-iptables=1")(ward);
      await gone("quiet", "q1", "q2")(ward);
    },
    found: ["D43 if:host/quiet0"],
  },
  {
    name: "D46: 127.0.0.1 is translated, and may not cross the bridge",
    make: keeping(
      "iptables -t nat -F OUTPUT; iptables -t nat -A OUTPUT -m addrtype --dst-type LOCAL -j DOCKER",
    ),
    restore: putBack,
    found: [`D46 if:host/${shop}`, "D46 if:host/docker0"],
  },
  {
    name: "D47: the filter table was flushed",
    make: keeping("iptables -F"),
    restore: putBack,
    found: ["D47 host:ruled"],
  },
  {
    name: "D47: what is forwarded meets no rule of the nftables backend",
    make: byNft(without(/(oifname|iifname) vmap @filter-forward-(in|out)-jumps\n/g)),
    restore: backToIptables,
    found: ["D47 host:ruled"],
  },
  {
    name: "D49: both kinds of iptables hold rules",
    make: onIt("iptables-legacy -P FORWARD DROP"),
    restore: onIt("iptables-legacy -P FORWARD ACCEPT"),
    found: ["D49 host:ruled"],
  },
  {
    name: "D50: another table drops what is forwarded",
    make: personTable("type filter hook forward priority 10; policy drop;"),
    restore: noTable,
    found: ["D50 if:host/docker0"],
  },
  {
    name: "D52: no rule of Docker anywhere",
    make: keeping(flushAll),
    restore: putBack,
    found: [`D01 if:host/${shop}`, "D01 if:host/docker0", "D52 host:ruled"],
  },
  {
    name: "D63: a macvlan, which the host itself does not reach",
    make: async (ward) => {
      await onIt(
        "ip link add par0 type veth peer name par1; ip link set par0 up; ip link set par1 up",
      )(ward);
      await ward.engine.createNetwork({
        Name: "lan",
        Driver: "macvlan",
        IPAM: { Driver: "default", Config: [{ Subnet: "10.98.0.0/24" }] },
        Options: { parent: "par0" },
      });
      await run(ward.engine, { name: "camera", network: "lan" });
    },
    restore: async (ward) => {
      await gone("lan", "camera")(ward);
      await onIt("ip link del par0")(ward);
    },
    found: ["D63 if:host/par0"],
  },
  {
    name: "D67: a network has no address left",
    make: async ({ engine }) => {
      await network(engine, "tiny", "172.28.0.0/30");
      await run(engine, { name: "last", network: "tiny" });
    },
    restore: gone("tiny", "last"),
    found: ["D67 net:tiny"],
  },
  {
    name: "D68: a private IPv6 address leaves as it is",
    make: six,
    restore: sixGone,
    found: ["D68 if:host/six0"],
  },
  {
    name: "D68: a private IPv6 address leaves as it is by the nftables backend",
    make: sixByNft(""),
    restore: sixByNftGone,
    found: ["D68 if:host/six0"],
  },
  {
    name: "no fault: the nftables backend masquerades IPv6",
    make: sixByNft('oifname != "six0" ip6 saddr fd00:29::/64 counter masquerade'),
    restore: sixByNftGone,
    found: [],
  },
];
