import { readFileSync } from "node:fs";
import { asItIs, type Circumstance, eachPort, made, native, set, withRules } from "./circumstance";
import type { ReachPlan } from "./reach-ward";

const ufwLike = [
  "iptables -A INPUT -i lo -j ACCEPT",
  "iptables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
  "iptables -A INPUT -m conntrack --ctstate INVALID -j DROP",
  "iptables -A INPUT -p tcp -m tcp --dport 7000 -j ACCEPT",
  "iptables -P INPUT DROP",
].join("; ");

/** Of a host with docker-proxy, as the engine lays out its rules by itself. */
export const ordinary: readonly Circumstance[] = [
  asItIs("Docker's own rules and nothing else"),
  withRules("DOCKER-USER drops what comes from outside", "iptables -I DOCKER-USER -i eth0 -j DROP"),
  withRules(
    "DOCKER-USER drops one published port by the address it was asked at",
    "iptables -I DOCKER-USER -p tcp -m conntrack --ctorigdstport 8080 --ctdir ORIGINAL -j DROP",
  ),
  withRules(
    "DOCKER-USER lets in the LAN alone",
    "iptables -I DOCKER-USER -i eth0 ! -s 10.99.1.0/24 -j DROP",
  ),
  withRules(
    "DOCKER-USER lets in one address of the world alone",
    "iptables -I DOCKER-USER -i eth0 ! -s 203.0.113.4/32 -j DROP",
  ),
  withRules(
    "DOCKER-USER lets in one address of the LAN, and drops a part of it before",
    "iptables -I DOCKER-USER -i eth0 ! -s 10.99.1.77/32 -j DROP; iptables -I DOCKER-USER -i eth0 -s 10.99.1.0/26 -j DROP",
  ),
  withRules(
    "an ipset names who may, here and far away",
    "ipset create allowed hash:net; ipset add allowed 45.0.0.0/24; ipset add allowed 10.99.1.96/28; iptables -I DOCKER-USER -i eth0 -m set ! --match-set allowed src -j DROP",
    "ipset destroy allowed",
  ),
  withRules(
    "rules name the ranges of documentation and a public resolver, by an interface that is not there",
    ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15", "8.8.8.0/24"]
      .map((net) => `iptables -I FORWARD -i eth9 -s ${net} -j DROP`)
      .join("; "),
  ),
  native(
    "a foreign table lets in some addresses alone",
    "inet guard",
    "chain f { type filter hook forward priority -10; policy accept; iifname eth0 ip saddr != { 203.0.113.4, 10.99.1.0/25 } drop; }",
  ),
  withRules("INPUT drops all but one port, as ufw does", ufwLike),
  withRules(
    "INPUT drops all but what the LAN and one address ask of two ports, as ufw allows it",
    `${ufwLike}; iptables -A INPUT -s 10.99.1.0/24 -p tcp -m tcp --dport 7003 -j ACCEPT; iptables -A INPUT -s 203.0.113.4/32 -p udp -m udp --dport 7002 -j ACCEPT`,
  ),
  withRules("FORWARD drops what no rule accepts", "iptables -P FORWARD DROP"),
  withRules(
    "Docker's rules were flushed",
    "iptables -P FORWARD ACCEPT; iptables -F; iptables -t nat -F",
  ),
  withRules(
    "Docker's rules were flushed and FORWARD drops",
    "iptables -F; iptables -t nat -F; iptables -P FORWARD DROP",
  ),
  withRules(
    "only the filter table was flushed, and answers are let through alone",
    "iptables -F; iptables -P FORWARD DROP; iptables -A FORWARD -m state --state ESTABLISHED -j ACCEPT",
  ),
  native(
    "a foreign table drops before Docker accepts",
    "inet guard",
    "chain f { type filter hook forward priority -10; policy accept; tcp dport { 80, 443 } ct status dnat drop; }",
  ),
  native(
    "a foreign table drops by set, map and range after Docker accepted",
    "ip guard",
    [
      "set bad { type inet_service; flags interval; elements = { 9000-9001 } }",
      'map by { type ifname : verdict; elements = { "eth0" : jump far } }',
      "chain far { tcp dport @bad reject; ip saddr 10.99.1.0/24 tcp dport 53 accept; }",
      "chain f { type filter hook forward priority 10; policy accept; iifname vmap @by; }",
      "chain i { type filter hook input priority 10; policy accept; ip daddr 127.0.0.1 tcp dport 8443 drop; tcp dport . ip daddr { 7000 . 172.17.0.1 } drop; }",
    ].join("\n"),
  ),
  native(
    "a foreign table translates before Docker",
    "ip earlier",
    "chain p { type nat hook prerouting priority -110; policy accept; tcp dport 8080 dnat to 172.17.0.3:80; }",
  ),
  made(
    "legacy rules lie beside those of nft",
    "iptables-legacy -A FORWARD -p tcp -m tcp --dport 9100 -j DROP; iptables-legacy -t nat -A PREROUTING -p tcp -m tcp --dport 7777 -j REDIRECT --to-ports 7000",
    "iptables-legacy -F; iptables-legacy -t nat -F",
  ),
  withRules(
    "an ipset names who may not",
    "ipset create banned hash:net; ipset add banned 10.99.1.0/24; iptables -I DOCKER-USER -m set --match-set banned src -p tcp -m multiport --dports 80,9000:9001 -j DROP",
    "ipset destroy banned",
  ),
  withRules(
    "packets are dropped before conntrack, and some are not tracked",
    "iptables -t raw -A PREROUTING -d 172.17.0.2/32 ! -i docker0 -p tcp -j DROP; iptables -t raw -A PREROUTING -p udp --dport 7002 -j NOTRACK",
    "iptables -t raw -F",
  ),
  withRules(
    "packets are marked, and the mark decides later",
    "iptables -t mangle -A PREROUTING -i eth0 -p tcp --dport 8080 -j MARK --set-mark 7; iptables -I DOCKER-USER -m mark --mark 7 -j DROP",
    "iptables -t mangle -F",
  ),
  withRules(
    "what the host itself sends to containers is dropped",
    "iptables -A OUTPUT -o docker0 -p tcp -m tcp --dport 80 -j DROP",
  ),
  withRules(
    "all that enters a bridge comes from its gateway, and one port is sent to a loopback address",
    "iptables -t nat -A POSTROUTING -o docker0 -j MASQUERADE; iptables -t nat -I PREROUTING -p tcp -m tcp --dport 7003 -j DNAT --to-destination 127.0.0.1:7001",
  ),
  withRules(
    "one chain hands over to another for good, which returns",
    "iptables -N FIRST; iptables -N SECOND; iptables -A FIRST -g SECOND; iptables -A FIRST -j DROP; iptables -A SECOND -p tcp -m tcp --dport 9100 -j REJECT --reject-with tcp-reset; iptables -A SECOND -j RETURN; iptables -I DOCKER-USER -j FIRST",
  ),
  made(
    "ports of one bridge are isolated from each other",
    eachPort("bridge link set dev $each isolated on"),
    eachPort("bridge link set dev $each isolated off"),
  ),
  withRules(
    "a port is translated for its own bridge too, whose ports send nothing back",
    "iptables -t nat -I DOCKER -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80",
  ),
  withRules(
    "a port is translated for its own bridge too, and its ports send back what the gateway asks for",
    `${eachPort("bridge link set dev $each hairpin on")}; iptables -t nat -I DOCKER -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80; iptables -t nat -A POSTROUTING -s 172.17.0.0/16 -o docker0 -j MASQUERADE`,
    eachPort("bridge link set dev $each hairpin off"),
  ),
  set("sources are checked strictly", "ipv4/conf/all/rp_filter", 1),
  set("the host forwards nothing by IPv4", "ipv4/ip_forward", 0),
  set("the host forwards nothing by IPv6", "ipv6/conf/all/forwarding", 0),
  made(
    "ip6tables lets through one port and answers",
    "ip6tables -P FORWARD DROP; ip6tables -A FORWARD -p tcp -m tcp --dport 80 -j ACCEPT; ip6tables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT; ip6tables -A INPUT -p tcp -m tcp --dport 7003 -j REJECT",
    "ip6tables -F; ip6tables -P FORWARD ACCEPT",
  ),
  set("one bridge forwards nothing", "ipv4/conf/docker0/forwarding", 0),
  set("rules do not see the frames of bridges", "bridge/bridge-nf-call-iptables", 0),
];

const seesFrames = "/proc/sys/net/bridge/bridge-nf-call-iptables";

/** Of a host without docker-proxy. */
export const proxyless: readonly Circumstance[] = [
  asItIs("no docker-proxy runs"),
  set(
    "no docker-proxy, and rules do not see the frames of bridges",
    "bridge/bridge-nf-call-iptables",
    0,
  ),
  set("no docker-proxy, and loopback addresses stay inside", "ipv4/conf/docker0/route_localnet", 0),
  made(
    "no docker-proxy, and no port sends back by where it came",
    eachPort("bridge link set dev $each hairpin off"),
    eachPort("bridge link set dev $each hairpin on"),
  ),
  made(
    "no docker-proxy, no port sends back, and rules do not see the frames of bridges",
    `${eachPort("bridge link set dev $each hairpin off")}; echo 0 >${seesFrames}`,
    `${eachPort("bridge link set dev $each hairpin on")}; echo 1 >${seesFrames}`,
  ),
  withRules(
    "no docker-proxy, and what comes back to itself is not masqueraded",
    "iptables -t nat -S POSTROUTING | sed -n 's|^-A \\(.* -s \\([0-9.]*\\)/32 -d \\2/32 .*\\)|iptables -t nat -D \\1|p' | sh",
  ),
  withRules("no docker-proxy, and Docker's rules were flushed", "iptables -F; iptables -t nat -F"),
];

const ruleSet = (name: string): string =>
  readFileSync(new URL(`../../lib/topology/firewall/fixtures/${name}`, import.meta.url), "utf8");

const dumped = (name: string): Circumstance =>
  made(
    `Docker 29's own rules: ${name}`,
    `iptables-restore <<'END'\n${ruleSet(`${name}.save`)}\nEND`,
    "for each in raw filter nat; do iptables -t $each -F; iptables -t $each -X; done",
  );

/** nft 1.0.6 has no such name for a priority at this hook. */
const olderNft = "hook output priority dstnat";

const dumpedNative = (name: string): Circumstance =>
  made(
    `Docker 29's own rules: ${name}`,
    `nft -f - <<'END'\n${ruleSet(`${name}.nft`).replaceAll(olderNft, "hook output priority -100")}\nEND`,
    "nft delete table ip docker-bridges; nft delete table ip6 docker-bridges 2>/dev/null || true",
  );

const sets29 = ["new-daemon", "usernet-internal", "usernet-portmap"];

/** On a host whose engine makes no rules of its own. */
export const docker29: readonly Circumstance[] = [
  ...sets29.map((name) => dumped(`docker-29-iptables--${name}`)),
  ...sets29.map((name) => dumpedNative(`docker-29-nftables--${name}`)),
];

const bridged = (name: string, subnet: string, options: Record<string, string> = {}) => ({
  Name: name,
  IPAM: { Driver: "default", Config: [{ Subnet: subnet }] },
  Options: options,
});

const noIcc = { "com.docker.network.bridge.enable_icc": "false" };
const named = (bridge: string) => ({ "com.docker.network.bridge.name": bridge });

const ordinaryNetworks: ReachPlan["networks"] = [
  bridged("shop", "172.30.0.0/24"),
  { ...bridged("vault", "172.31.0.0/24"), Internal: true },
  bridged("quiet", "172.29.0.0/24", noIcc),
];

const web = (host: string) => ({
  name: "web",
  network: "bridge",
  ports: [
    "8080:80/tcp",
    "127.0.0.1:8443:443/tcp",
    `${host}:8444:444/tcp`,
    "5353:53/udp",
    "8081:81/tcp",
    "8082:82/tcp",
    "8089:89/tcp",
  ],
  listens: [
    ...["tcp 0.0.0.0 80", "tcp 0.0.0.0 443", "tcp :: 444", "udp 0.0.0.0 53"],
    ...["tcp 127.0.0.1 82", "tcp 0.0.0.0 85"],
  ],
});

const hostListens = [
  ...["tcp 0.0.0.0 7000", "tcp 127.0.0.1 7001", "udp 0.0.0.0 7002", "tcp :: 7003"],
];

const api = {
  name: "api",
  network: "shop",
  ports: ["9100:9100/tcp", "9000:9000/tcp", "9001:9001/tcp", "9002:9002/tcp"],
  listens: ["tcp 0.0.0.0 9100", "tcp 0.0.0.0 9000", "tcp 0.0.0.0 9001", "tcp 0.0.0.0 9002"],
};

export const ordinaryPlan: ReachPlan = {
  name: "reach",
  address: "10.99.1.41",
  world: true,
  networks: [
    ...ordinaryNetworks,
    {
      ...bridged("six", "172.28.0.0/24"),
      EnableIPv6: true,
      IPAM: {
        Driver: "default",
        Config: [{ Subnet: "172.28.0.0/24" }, { Subnet: "fd00:6::/64" }],
      },
    },
    {
      ...bridged("lan", "10.99.1.0/24", { parent: "eth0" }),
      Driver: "macvlan",
      IPAM: {
        Driver: "default",
        // Its way to the world is the host's: the router's.
        Config: [{ Subnet: "10.99.1.0/24", IPRange: "10.99.1.208/28", Gateway: "10.99.1.8" }],
      },
    },
  ],
  guests: [
    web("10.99.1.41"),
    { name: "web2", network: "bridge", listens: ["tcp 0.0.0.0 80"] },
    api,
    { name: "db", network: "shop" },
    { name: "secret", network: "vault", ports: ["9200:80/tcp"], listens: ["tcp 0.0.0.0 80"] },
    { name: "q1", network: "quiet", ports: ["9300:80/tcp"], listens: ["tcp 0.0.0.0 80"] },
    { name: "q2", network: "quiet" },
    { name: "camera", network: "lan", listens: ["tcp 0.0.0.0 80"] },
    { name: "six", network: "six", listens: ["tcp :: 80", "tcp :: 81", "udp :: 53"] },
    { name: "six2", network: "six" },
    { name: "node-exporter", network: "host", runs: 9105 },
    { name: "sidecar", network: "container:web", listens: ["tcp 0.0.0.0 89"] },
  ],
  hostListens,
};

export const proxylessPlan: ReachPlan = {
  name: "proxyless",
  address: "10.99.1.42",
  world: true,
  dockerd: ["--userland-proxy=false"],
  networks: ordinaryNetworks,
  guests: [
    web("10.99.1.42"),
    { name: "web2", network: "bridge", listens: ["tcp 0.0.0.0 80"] },
    api,
    { name: "q1", network: "quiet", ports: ["9300:80/tcp"], listens: ["tcp 0.0.0.0 80"] },
    { name: "q2", network: "quiet" },
  ],
  hostListens,
};

/** The bridges and addresses that Docker's own tests of its rule sets have. */
export const docker29Plan: ReachPlan = {
  name: "docker29",
  address: "10.99.1.43",
  world: true,
  dockerd: ["--iptables=false"],
  networks: [
    bridged("one", "192.0.2.0/24", named("bridge1")),
    { ...bridged("icc", "198.51.100.0/24", named("bridgeICC")), Internal: true },
    {
      ...bridged("no-icc", "203.0.113.0/24", { ...named("bridgeNoICC"), ...noIcc }),
      Internal: true,
    },
  ],
  guests: [
    {
      name: "web",
      network: "one",
      address: "192.0.2.2",
      ports: ["8080:80/tcp"],
      listens: ["tcp 0.0.0.0 80", "tcp 0.0.0.0 85"],
    },
    { name: "web2", network: "one", listens: ["tcp 0.0.0.0 80"] },
    { name: "api", network: "bridge", listens: ["tcp 0.0.0.0 80"] },
    { name: "in1", network: "icc", listens: ["tcp 0.0.0.0 80"] },
    { name: "in2", network: "icc" },
    { name: "no1", network: "no-icc", listens: ["tcp 0.0.0.0 80"] },
    { name: "no2", network: "no-icc" },
  ],
  hostListens: ["tcp 0.0.0.0 7000", "tcp 127.0.0.1 7001"],
};
