import { readFileSync } from "node:fs";
import { asItIs, type Circumstance, eachPort, made, native, set, withRules } from "./circumstance";
import type { ReachPlan } from "./reach-ward";

const recorded = new URL("../../lib/recorded-hosts/docker-28.5-debian-sid.json", import.meta.url);

type Recorded = {
  readonly answers: readonly { readonly probe: string; readonly stdout: string }[];
};

/** The rules for IPv6 that Docker 28.5 laid out on a real host, for `web` and `web2` of docker0. */
function rulesOfDocker28(): string {
  const { answers } = JSON.parse(readFileSync(recorded, "utf8")) as Recorded;
  const found = answers.find(({ probe }) => probe === "ip6tables-save")?.stdout;
  if (found === undefined) throw new Error("the recorded host has no ip6tables-save");
  return found;
}

const docker28 = made(
  "Docker 28.5's own rules for IPv6, as a real host has them",
  `ip6tables-save >/run/rules6.save; ip6tables-restore <<'END'\n${rulesOfDocker28()}\nEND`,
  "ip6tables-restore </run/rules6.save; ip6tables -t raw -F",
);

const ufwLike = [
  "ip6tables -A INPUT -i lo -j ACCEPT",
  "ip6tables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
  // Without neighbour discovery there is no IPv6 at all.
  "ip6tables -A INPUT -p ipv6-icmp -j ACCEPT",
  "ip6tables -A INPUT -p tcp -m tcp --dport 7000 -j ACCEPT",
  "ip6tables -P INPUT DROP",
].join("; ");

/** What decides about IPv6, and about who comes from far away. */
export const ipv6: readonly Circumstance[] = [
  asItIs("Docker's rules for both families and nothing else"),
  docker28,
  withRules(
    "who has a public address is dropped",
    "iptables -I DOCKER-USER -s 8.8.8.0/24 -j DROP; ip6tables -I FORWARD -s 2001:4860::/32 -j DROP; ip6tables -I INPUT ! -s fd00::/8 -i eth0 -p tcp -m tcp --dport 7000 -j REJECT",
  ),
  withRules(
    "only the neighbours are let in, by both families",
    "iptables -I FORWARD -i eth0 ! -s 10.99.1.0/24 -j DROP; ip6tables -I FORWARD -i eth0 ! -s fd00:99::/64 -j REJECT",
  ),
  withRules(
    "one address of the world and one of the neighbours are let in by IPv6",
    "ip6tables -I FORWARD -i eth0 -j REJECT; ip6tables -I FORWARD -i eth0 -s 2620:fe::fe/128 -j ACCEPT; ip6tables -I FORWARD -i eth0 -s fd00:99::77/128 -j ACCEPT",
  ),
  withRules("ip6tables drops in INPUT all but one port, as ufw does", ufwLike),
  withRules("ip6tables drops in FORWARD what no rule accepts", "ip6tables -P FORWARD DROP"),
  withRules(
    "Docker's rules for IPv6 were flushed",
    "ip6tables -P FORWARD ACCEPT; ip6tables -F; ip6tables -t nat -F",
  ),
  withRules(
    "a rule sends a port on by IPv6, and another gives what leaves the host's address",
    "ip6tables -t nat -I PREROUTING -p tcp -m tcp --dport 7777 -j DNAT --to-destination [fd00:27::2]:9100; ip6tables -t nat -A POSTROUTING -o docker0 -j MASQUERADE; ip6tables -t nat -I OUTPUT -p tcp -m tcp --dport 7777 -j REDIRECT --to-ports 7000",
  ),
  withRules(
    "a port is sent to a loopback address of IPv6, and what comes from one leaves under another",
    "ip6tables -t nat -I PREROUTING -p tcp -m tcp --dport 7003 -j DNAT --to-destination [::1]:7001; ip6tables -t nat -A POSTROUTING -s ::1/128 -o docker0 -j MASQUERADE; ip6tables -t nat -I OUTPUT -d ::1/128 -p tcp -m tcp --dport 7777 -j DNAT --to-destination [fd00:14::2]:80",
  ),
  native(
    "a foreign table drops by family, source and what was translated",
    "inet guard",
    [
      "set far { type ipv6_addr; flags interval; elements = { 2001:4860::/32 } }",
      "chain f { type filter hook forward priority -10; policy accept; ip6 saddr @far ct status dnat tcp dport 80 drop; meta nfproto ipv4 udp dport 53 drop; }",
      "chain i { type filter hook input priority 10; policy accept; ip6 daddr ::1 tcp dport 7001 drop; ip6 saddr fd00:14::/64 tcp dport 8080 reject; }",
    ].join("\n"),
  ),
  set("the host forwards nothing by IPv6", "ipv6/conf/all/forwarding", 0),
  set("rules do not see IPv6's frames of bridges", "bridge/bridge-nf-call-ip6tables", 0),
  set("sources are checked strictly, with a world behind a router", "ipv4/conf/all/rp_filter", 1),
];

/** Without docker-proxy. */
export const ipv6Proxyless: readonly Circumstance[] = [
  asItIs("no docker-proxy runs, for either family"),
  set(
    "no docker-proxy, and rules do not see IPv6's frames of bridges",
    "bridge/bridge-nf-call-ip6tables",
    0,
  ),
  withRules(
    "no docker-proxy, and Docker's rules for IPv6 were flushed",
    "ip6tables -P FORWARD ACCEPT; ip6tables -F; ip6tables -t nat -F",
  ),
  made(
    "no docker-proxy, and no port sends IPv6 back by where it came",
    eachPort("bridge link set dev $each hairpin off"),
    eachPort("bridge link set dev $each hairpin on"),
  ),
  withRules(
    "no docker-proxy, and the gateway asks for what comes from its own bridge by IPv6",
    "ip6tables -t nat -I POSTROUTING -o docker0 -j MASQUERADE",
  ),
];

const both = (name: string, v4: string, v6: string, more: object = {}) => ({
  Name: name,
  EnableIPv6: true,
  IPAM: { Driver: "default", Config: [{ Subnet: v4 }, { Subnet: v6 }] },
  ...more,
});

/** The default bridge hands out addresses one after the other only where its subnet is small: `web` is to have fd00:14::2. */
const dockerd = ["--experimental", "--ip6tables", "--ipv6", "--fixed-cidr-v6=fd00:14::/112"];

const web = (second: string) => ({
  name: "web",
  network: "bridge",
  ports: ["8080:80/tcp", "::1:8445:445/tcp", `${second}:8446:446/tcp`, "8081:81/tcp"],
  listens: ["tcp :: 80", "tcp :: 445", "tcp :: 446", "tcp ::1 81", "tcp :: 85"],
});

const web2 = {
  name: "web2",
  network: "bridge",
  ports: ["80:80/tcp", "5353:53/udp"],
  listens: ["tcp :: 80", "udp :: 53"],
};

const api = {
  name: "api",
  network: "shop",
  ports: ["9100:9100/tcp", "9000:9000/tcp"],
  listens: ["tcp :: 9100", "tcp 0.0.0.0 9000"],
};

const hostListens = ["tcp :: 7000", "tcp ::1 7001", "udp :: 7002", "tcp 0.0.0.0 7003"];

const networks: ReachPlan["networks"] = [
  both("shop", "172.30.0.0/24", "fd00:27::/64"),
  both("vault", "172.31.0.0/24", "fd00:31::/64", { Internal: true }),
];

const planOn = (
  name: string,
  address: string,
  second: string,
  more: readonly string[],
): ReachPlan => ({
  name,
  address,
  world: true,
  gateway6: "fd00:14::1",
  dockerd: [...dockerd, ...more],
  networks,
  guests: [
    web(second),
    web2,
    api,
    { name: "db", network: "shop" },
    { name: "secret", network: "vault", listens: ["tcp :: 80"] },
  ],
  hostListens,
});

export const ipv6Plan = planOn("reach6", "10.99.1.44", "fd00:99::44", []);

export const ipv6ProxylessPlan = planOn("proxyless6", "10.99.1.45", "fd00:99::45", [
  "--userland-proxy=false",
]);
