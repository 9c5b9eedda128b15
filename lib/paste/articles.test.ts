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

describe("`9: veth0e9cd8d@if8` and nothing of the container but its iflink, 9", () => {
  const line = (own: number, name: string, far: string) =>
    `${own}: ${name}${far}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP mode DEFAULT group default`;
  const asks = (name: string, iflink: number) =>
    `$ docker exec -it ${name} cat /sys/class/net/eth0/iflink\n${iflink}\n`;
  const host = `$ ip link\n${line(9, "veth0e9cd8d", "@if8")}\n`;
  const missed = (text: string) => missingFrom(topologyOf(text), readOf(text).blocks);
  const whats = (text: string) => missed(text).map(({ what }) => what);
  const ends = (text: string) =>
    topologyOf(text)
      .links.flatMap((link) =>
        link.kind === "veth" ? [`${link.ifindex}: ${link.label} ${link.peer.status}`] : [],
      )
      .sort();

  test("are a pair: eth0's own number stands behind the @ of the only end that fits", () => {
    const text = asks("web", 9) + host;
    expect(pairLines(topologyOf(text))).toEqual([
      "docker0 ── 9: veth0e9cd8d@if8 ═ 8: eth0@if9 (web) consistent",
    ]);
    expect(whats(text)).toEqual(["proof"]);
    expect(understand(factsOf(text)).links.filter(({ ifindex }) => ifindex < 0)).toHaveLength(1);
  });

  test("what the one end says is shown, and not what was taken from it", () => {
    const { links } = topologyOf(asks("web", 9) + host);
    const said = links.flatMap((link) =>
      link.kind === "veth" && link.peer.status === "found"
        ? [`${link.name}: ${link.peer.by.map(({ check }) => check).join(" ")}`]
        : [],
    );
    expect(said).toEqual([
      "veth0e9cd8d: iflink-back only-candidate",
      "eth0: iflink only-candidate",
    ]);
  });

  test.each<[string, string]>([
    [
      "in a shell that was entered",
      "$ docker exec -it web sh\n/ # cat /sys/class/net/eth0/iflink\n9\n/ # exit\n",
    ],
    ["by `bash -c`", "$ docker exec web bash -c 'cat /sys/class/net/eth0/iflink'\n9\n"],
    ["with its ifindex", `${asks("web", 9)}${asks("web", 8).replace("iflink", "ifindex")}`],
    ["by compose", asks("web", 9).replace("docker", "docker compose")],
  ])("%s", (_, container) => {
    expect(pairLines(topologyOf(container + host))).toEqual([
      "docker0 ── 9: veth0e9cd8d@if8 ═ 8: eth0@if9 (web) consistent",
    ]);
  });

  test("two containers with an iflink each are two pairs", () => {
    const text = `${asks("web", 9)}${asks("db", 11)}${host}${line(11, "veth1111111", "@if10")}\n`;
    expect(pairLines(topologyOf(text))).toEqual([
      "docker0 ── 9: veth0e9cd8d@if8 ═ 8: eth0@if9 (web) consistent",
      "docker0 ── 11: veth1111111@if10 ═ 10: eth0@if11 (db) consistent",
    ]);
  });

  test("an old `ip link` without @ leaves the number open, and is a pair all the same", () => {
    const text = `${asks("web", 9)}$ ip link\n${line(9, "veth0e9cd8d", "")}\n`;
    expect(ends(text)).toEqual(["-1: eth0@if9 found", "9: veth0e9cd8d found"]);
    expect(missed(text)).toContainEqual({
      what: "own-number",
      names: ["eth0"],
      argv: ["docker", "exec", "web", "cat", "/sys/class/net/eth0/ifindex"],
    });
  });

  test("two that name one end are ambiguous, and so is the end", () => {
    const text = asks("web", 9) + asks("db", 9) + host;
    expect(ends(text)).toEqual([
      "-1: eth0@if9 ambiguous",
      "-1: eth0@if9 ambiguous",
      "9: veth0e9cd8d@if8 ambiguous",
    ]);
    expect(whats(text)).toEqual(["own-number", "own-number", "ambiguous"]);
  });

  test("another container's eth0 that agrees both ways is a rival too", () => {
    const other = `$ docker exec db ip link\n${line(8, "eth0", "@if9").replace("master docker0 ", "")}\n`;
    expect(ends(asks("web", 9) + host + other)).toEqual([
      "-1: eth0@if9 ambiguous",
      "8: eth0@if9 ambiguous",
      "9: veth0e9cd8d@if8 ambiguous",
    ]);
  });

  test("where no such end was pasted, the advice is about the host and about iflink", () => {
    const text = `${asks("web", 10)}${host}`;
    expect(pairLines(topologyOf(text))).toEqual([]);
    expect(whats(text)).not.toContain("numbers");
    expect(whats(text)).toContain("own-number");
  });

  test("a NIC whose number is named is no end of a pair", () => {
    const nic = line(9, "ens33", "").replace("master docker0 ", "");
    expect(ends(`${asks("web", 9)}root@host:~# ip link\n${nic}\n`)).not.toContain("found");
    expect(pairLines(topologyOf(`${asks("web", 9)}root@host:~# ip link\n${nic}\n`))).toEqual([]);
  });
});

test("`ethtool -S` and a container's `4: eth0:` of an old ip are a pair", () => {
  const topology = topologyOf(`root@host:~# ip link
5: veth30314cf: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP
root@host:~# ethtool -S veth30314cf
NIC statistics:
     peer_ifindex: 4
root@host:~# docker exec web ip link
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN
4: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP
`);
  expect(pairLines(topology)).toEqual(["docker0 ── 5: veth30314cf@if4 ═ 4: eth0 (web) consistent"]);
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

const nftJson = {
  nftables: [
    { metainfo: { version: "1.0.9", json_schema_version: 1 } },
    { table: { family: "ip", name: "mine", handle: 1 } },
    {
      chain: {
        ...{ family: "ip", table: "mine", name: "in", handle: 1 },
        ...{ type: "filter", hook: "input", prio: 0, policy: "accept" },
      },
    },
    {
      rule: {
        ...{ family: "ip", table: "mine", chain: "in", handle: 2 },
        expr: [
          {
            match: {
              op: "==",
              left: { payload: { protocol: "tcp", field: "dport" } },
              right: 8080,
            },
          },
          { drop: null },
        ],
      },
    },
  ],
};

test.each<[string, string]>([
  ["JSON", JSON.stringify(nftJson)],
  ["JSON that jq put into lines", JSON.stringify(nftJson, null, 2)],
  [
    "text",
    "table ip mine {\n\tchain in {\n\t\ttype filter hook input priority filter; policy accept;\n\t\ttcp dport 8080 drop\n\t}\n}",
  ],
])("what nft lists as %s becomes rules of the host", (_, listed) => {
  const text = `root@host:~# nft -j list ruleset\n${listed}\n`;
  expect(readOf(text).unread).toEqual([]);
  const { firewall } = rulesOf(factsOf(text), netnsLabel("pasted 1"));
  const chains = firewall.status === "read" ? firewall.tables.flatMap((each) => each.chains) : [];
  expect(chains.map(({ name, rules }) => [name, rules.map(({ parts }) => parts.length)])).toEqual([
    ["in", [2]],
  ]);
  expect(topologyOf(text).host.firewall.status).toBe("read");
});
