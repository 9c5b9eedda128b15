import { describe, expect, test } from "vitest";
import { quote } from "@/lib/facts/words";
import { netnsLabel } from "@/lib/net/ids";
import { rulesOf, understand } from "@/lib/pipeline";
import type { Topology } from "@/lib/topology/model";
import type { Choice } from "./facts";
import { missingFrom } from "./missing";
import { factsOf, pairLines, readOf } from "./test-paste";

const topologyOf = (text: string, choices?: ReadonlyMap<number, Choice>): Topology =>
  understand(factsOf(text, choices));

const host = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: ens33: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UP group default qlen 1000
    link/ether 00:0c:29:11:22:33 brd ff:ff:ff:ff:ff:ff
    inet 192.168.1.10/24 brd 192.168.1.255 scope global ens33
       valid_lft forever preferred_lft forever
3: docker0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
    link/ether 02:42:9a:11:22:33 brd ff:ff:ff:ff:ff:ff
    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0
       valid_lft forever preferred_lft forever
5: veth30314cf@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP group default
    link/ether 5e:11:22:33:44:55 brd ff:ff:ff:ff:ff:ff link-netnsid 0`;
const container = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
4: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff
    inet 172.17.0.2/16 brd 172.17.255.255 scope global eth0
       valid_lft forever preferred_lft forever`;
const ethtool = "NIC statistics:\n     peer_ifindex: 4";

const prompted = `root@host:~# ip addr
${host}
root@host:~# ethtool -S veth30314cf
${ethtool}
root@host:~# docker exec web ip addr
${container}
`;
const pair = "docker0 ── 5: veth30314cf@if4 ═ 4: eth0@if5 (web) consistent";

const wrapAt = (width: number) => (text: string) =>
  text
    .split("\n")
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "g")) ?? [""])
    .join("\n");

const fullWidth = (text: string): string =>
  text.replace(/[:@<>,]/g, (each) => String.fromCharCode((each.codePointAt(0) ?? 0) + 0xfee0));

describe("an article's `ip addr` of host and container makes a pair", () => {
  test("as it was printed, with the bridge, the NIC and the addresses", () => {
    const topology = topologyOf(prompted);
    expect(pairLines(topology)).toEqual([pair]);
    expect(topology.links.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "lo loopback",
      "ens33 nic",
      "docker0 bridge",
      "veth30314cf veth",
      "lo loopback",
      "eth0 veth",
    ]);
    expect(topology.links.at(-1)?.addresses[0]?.address).toBe("172.17.0.2");
    expect(topology.gaps).toEqual([]);
  });

  test.each<[string, (text: string) => string]>([
    ["wrapped by a terminal of 80 columns", wrapAt(80)],
    ["with Windows' line ends", (text) => text.replaceAll("\n", "\r\n")],
    ["with tabs", (text) => text.replace(/^ {4}/gm, "\t")],
    ["with all indentation lost", (text) => text.replace(/^ +/gm, "")],
    [
      "with line numbers",
      (text) =>
        text
          .replace(/^/gm, () => "")
          .split("\n")
          .map((line, at) => `${at + 1}  ${line}`.replace("  ", " "))
          .join("\n"),
    ],
    ["in a fence", (text) => `先看宿主机：\n\`\`\`bash\n${text}\`\`\`\n`],
    ["with entities of HTML", (text) => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
    ["with full-width signs", fullWidth],
    ["with spaces of a page", (text) => text.replaceAll("    ", "\u00a0\u00a0\u00a0\u00a0")],
    [
      "with a terminal's colours",
      (text) => text.replaceAll("docker0", "\u001b[36mdocker0\u001b[0m"),
    ],
    [
      "cut down, with Chinese prose between",
      (text) =>
        text
          .replace(/^ {4,}.*valid_lft.*\n/gm, "......\n")
          .replaceAll("root@host:~# docker", "然后进入容器，查看网卡：\nroot@host:~# docker"),
    ],
  ])("%s", (_, spoiled) => {
    expect(pairLines(topologyOf(spoiled(prompted)))).toEqual([pair]);
  });

  test("without any prompt the container is a namespace without a name", () => {
    const text = `${host}\n\n${container}\n`;
    expect(pairLines(topologyOf(text))).toEqual([pair.replace("(web)", "(pasted 2)")]);
    expect(readOf(text).blocks.map(({ ownerBy }) => ownerBy)).toEqual(["shape", "nobody"]);
  });

  test("the person says whose it is where no prompt does", () => {
    const owner = { kind: "container", name: "db" } as const;
    const choices = new Map([[1, { owner, place: "container db" }]]);
    expect(pairLines(topologyOf(`${host}\n${container}\n`, choices))).toEqual([
      pair.replace("(web)", "(db)"),
    ]);
  });

  test("who gives both ends to one namespace gets no pair", () => {
    const choices = new Map([[1, { owner: { kind: "host" }, place: "host" } as const]]);
    expect(pairLines(topologyOf(`${host}\n${container}\n`, choices))).toEqual([]);
  });

  test("every check of the pair leads to a pasted line", () => {
    const facts = factsOf(prompted);
    const { links } = topologyOf(prompted);
    const veth = links.find(({ name }) => name === "veth30314cf");
    const by = veth?.kind === "veth" ? veth.peer.by : [];
    const said = by.flatMap(({ evidence }) => evidence.map((each) => quote(facts, each)?.text));
    expect(said).toContain("     peer_ifindex: 4");
    expect(said.some((text) => text?.startsWith("4: eth0@if5: <BROADCAST"))).toBe(true);
    expect(said).not.toContain(null);
  });
});

test("lines cut down to what matters pair: `5: veth30314cf@if4: … master docker0 …`", () => {
  const text = `5: veth30314cf@if4: … master docker0 …
$ ethtool -S veth30314cf
     peer_ifindex: 4
4: eth0@if5: … 172.17.0.2/16
`;
  const topology = topologyOf(text);
  expect(pairLines(topology)).toEqual([pair.replace("(web)", "(pasted 2)")]);
  expect(topology.links.find(({ name }) => name === "eth0")?.addresses).toMatchObject([
    { address: "172.17.0.2", prefix: 16 },
  ]);
  expect(readOf(text).unread).toEqual([]);
});

const nginxHost = `14: veth7c2861b@if13: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP mode DEFAULT group default
    link/ether 8a:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff link-netnsid 0
18: veth8ed54b8@if17: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP mode DEFAULT group default
    link/ether 8a:00:00:00:00:02 brd ff:ff:ff:ff:ff:ff link-netnsid 1`;
const nginx = (own: number, far: number) =>
  `${own}: eth0@if${far}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
    link/ether 02:42:ac:11:00:0${own % 7} brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 172.17.0.${own}/16 brd 172.17.255.255 scope global eth0`;

test("two nginx: one by its shell's prompt, the other by the pid that Docker told", () => {
  const topology = topologyOf(`[root@localhost ~]# docker ps
CONTAINER ID   IMAGE     COMMAND                  CREATED         STATUS         PORTS                                   NAMES
5bd0c1a2b3c4   nginx     "/docker-entrypoint.…"   2 minutes ago   Up 2 minutes   0.0.0.0:8080->80/tcp, :::8080->80/tcp   nginx1
6ce1d2b3c4d5   nginx     "/docker-entrypoint.…"   1 minutes ago   Up 1 minutes   80/tcp                                  nginx2
[root@localhost ~]# ip link
${nginxHost}
root@5bd0c1a2b3c4:/# ip a
${nginx(13, 14)}
[root@localhost ~]# docker inspect -f '{{.State.Pid}}' nginx2
1503
[root@localhost ~]# nsenter -t 1503 -n ip addr
${nginx(17, 18)}
`);
  expect(pairLines(topology)).toEqual([
    "docker0 ── 14: veth7c2861b@if13 ═ 13: eth0@if14 (nginx1) consistent",
    "docker0 ── 18: veth8ed54b8@if17 ═ 17: eth0@if18 (nginx2) consistent",
  ]);
  expect(topology.containers.map(({ name, engineId, image }) => [name, engineId, image])).toEqual([
    ["nginx1", "5bd0c1a2b3c4", "nginx"],
    ["nginx2", "6ce1d2b3c4d5", "nginx"],
  ]);
  expect(topology.containers[0]?.ports[0]).toMatchObject({ hostPort: 8080, containerPort: 80 });
});

test("two nginx without prompts are two namespaces: a name is there once in each", () => {
  const topology = topologyOf(`${nginxHost}\n${nginx(13, 14)}\n${nginx(17, 18)}\n`);
  expect(pairLines(topology)).toHaveLength(2);
  expect(topology.namespaces).toHaveLength(3);
});

test("`brctl show` alone gives the bridge and its port, and says that numbers are missing", () => {
  const text =
    "# brctl show\nbridge name     bridge id               STP enabled     interfaces\ndocker0         8000.024242a1b2c3       no              vethed2a70d\n";
  const topology = topologyOf(text);
  const [bridge, port] = topology.links;
  expect(bridge).toMatchObject({ kind: "bridge", name: "docker0" });
  expect(port).toMatchObject({ kind: "veth", name: "vethed2a70d", master: bridge?.id });
  expect(port?.ifindex).toBeLessThan(0);
  expect(missingFrom(topology, readOf(text).blocks)).toContainEqual({
    what: "numbers",
    names: ["vethed2a70d"],
    argv: ["ip", "-d", "addr"],
  });
});

test("`9: veth0e9cd8d@if8` and the container's iflink, 9", () => {
  const topology = topologyOf(`$ docker exec -it web sh
/ # cat /sys/class/net/eth0/iflink
9
/ # cat /sys/class/net/eth0/ifindex
8
/ # exit
$ ip link | grep veth
9: veth0e9cd8d@if8: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP mode DEFAULT group default
`);
  expect(pairLines(topology)).toEqual([
    "docker0 ── 9: veth0e9cd8d@if8 ═ 8: eth0@if9 (web) consistent",
  ]);
});

test("a macvlan's number is its parent's, which does not look back: no pair", () => {
  const topology = topologyOf(`root@host:~# ip link
2: ens33: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default
    link/ether 00:0c:29:11:22:33 brd ff:ff:ff:ff:ff:ff
root@host:~# docker exec mac ip link
7: eth0@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default
    link/ether 02:42:c0:a8:01:05 brd ff:ff:ff:ff:ff:ff link-netnsid 0
`);
  expect(topology.links.filter(({ kind }) => kind === "veth")).toEqual([]);
});

test("ifconfig and brctl of the host tell of the same links", () => {
  const topology = topologyOf(`# ifconfig
docker0   Link encap:Ethernet  HWaddr 02:42:42:a1:b2:c3
          inet addr:172.17.0.1  Bcast:172.17.255.255  Mask:255.255.0.0
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1

vethed2a70d: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        ether 3a:00:00:00:00:01  txqueuelen 0  (Ethernet)
# brctl show
bridge name\tbridge id\t\tSTP enabled\tinterfaces
docker0\t\t8000.024242a1b2c3\tno\t\tvethed2a70d
`);
  expect(topology.namespaces).toHaveLength(1);
  expect(topology.links.map(({ name, kind, mac }) => [name, kind, mac])).toEqual([
    ["docker0", "bridge", "02:42:42:a1:b2:c3"],
    ["vethed2a70d", "veth", "3a:00:00:00:00:01"],
  ]);
});

test("`ip -o addr`, `bridge link` and `ip -o link` of one host are put together", () => {
  const topology = topologyOf(`root@host:~# ip -o addr
3: docker0    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0\\       valid_lft forever preferred_lft forever
root@host:~# bridge link
5: veth30314cf@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master docker0 state forwarding priority 32 cost 2
root@host:~# ip netns exec blue ip -o link
4: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default\\    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff link-netnsid 0
`);
  expect(pairLines(topology)).toEqual([pair.replace("(web)", "(blue)")]);
  expect(topology.links.find(({ kind }) => kind === "bridge")).toMatchObject({
    ifindex: 3,
    addresses: [{ address: "172.17.0.1", prefix: 16 }],
  });
});

test("`docker network inspect` names the bridge's network and its containers", () => {
  const id = "9f".repeat(32);
  const topology = topologyOf(`root@host:~# docker network ls
NETWORK ID     NAME      DRIVER    SCOPE
9f9f9f9f9f9f   bridge    bridge    local
root@host:~# docker network inspect bridge
[
    {
        "Name": "bridge",
        "Id": "${id}",
        "Driver": "bridge",
        "IPAM": { "Config": [{ "Subnet": "172.17.0.0/16", "Gateway": "172.17.0.1" }] },
        "Containers": {
            "${"5b".repeat(32)}": { "Name": "web", "MacAddress": "02:42:ac:11:00:02", "IPv4Address": "172.17.0.2/16" }
        },
        "Options": { "com.docker.network.bridge.default_bridge": "true", "com.docker.network.bridge.name": "docker0" }
    }
]
${prompted}`);
  expect(topology.networks).toMatchObject([
    { name: "bridge", engineId: id, subnets: [{ subnet: "172.17.0.0/16" }] },
  ]);
  const [network] = topology.networks;
  expect(topology.links.find(({ id: link }) => link === network?.bridge)?.name).toBe("docker0");
  const [web] = topology.containers;
  expect(web?.attachments).toMatchObject([{ networkName: "bridge", address: "172.17.0.2" }]);
  expect(topology.links.find(({ id: link }) => link === web?.attachments[0]?.link)?.name).toBe(
    "eth0",
  );
});

test("rules listed by -L and -S become rules of the host", () => {
  const facts = factsOf(`root@host:~# iptables -t nat -L -n -v
Chain PREROUTING (policy ACCEPT 12 packets, 720 bytes)
 pkts bytes target     prot opt in     out     source               destination
   24  1440 DOCKER     all  --  *      *       0.0.0.0/0            0.0.0.0/0            ADDRTYPE match dst-type LOCAL

Chain POSTROUTING (policy ACCEPT 0 packets, 0 bytes)
 pkts bytes target     prot opt in     out     source               destination
    0     0 MASQUERADE  all  --  *      !docker0  172.17.0.0/16        0.0.0.0/0

Chain DOCKER (2 references)
 pkts bytes target     prot opt in     out     source               destination
    0     0 DNAT       tcp  --  !docker0 *       0.0.0.0/0            0.0.0.0/0            tcp dpt:8080 to:172.17.0.2:80
root@host:~# iptables -S
-P FORWARD DROP
-N DOCKER
-A FORWARD -o docker0 -j DOCKER
`);
  const { firewall } = rulesOf(facts, netnsLabel("pasted 1"));
  expect(firewall.status).toBe("read");
  const tables = firewall.status === "read" ? firewall.tables : [];
  const rules = tables.flatMap(({ name, chains }) =>
    chains.flatMap((chain) =>
      chain.rules.map(
        ({ parts }) => `${name} ${chain.name} ${parts.map(({ kind }) => kind).join("+")}`,
      ),
    ),
  );
  expect(rules).toEqual([
    "nat PREROUTING address-type+jump",
    "nat POSTROUTING source+out-interface+masquerade",
    "nat DOCKER in-interface+protocol+destination-port+dnat",
    "filter FORWARD out-interface+jump",
  ]);
});
