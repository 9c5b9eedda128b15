import { describe, expect, test } from "vitest";
import { netnsLabel } from "@/lib/net/ids";
import { rulesOf, understand } from "@/lib/pipeline";
import { missingFrom } from "./missing";
import { factsOf, pairLines, readOf } from "./test-paste";

/** In the order of their ids. */
const containersOf = (text: string) =>
  understand(factsOf(text)).containers.toSorted((a, b) => a.engineId.localeCompare(b.engineId));

const missingOf = (text: string) =>
  missingFrom(understand(factsOf(text)), readOf(text).blocks).filter(
    ({ what }) => what === "process" || what === "numbers",
  );

const kindsOf = (text: string): readonly string[] =>
  readOf(text).blocks.map(({ kind, place }) => `${kind} ${place}`);

describe("ip -br", () => {
  const addr = `lo               UNKNOWN        127.0.0.1/8 ::1/128
ens33            UP             192.168.33.10/24 metric 100 fe80::20c:29ff:fe5d:1a7e/64
docker0          DOWN
br-6d3a0c1b2e4f  UP             172.18.0.1/16
tun0             UNKNOWN        10.8.0.1 peer 10.8.0.2/32
veth30314cf@if4  UP             fe80::681c:bff:fe52:e894/64`;
  const link = `lo               UNKNOWN        00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP>
docker0          DOWN           02:42:9c:41:7d:03 <NO-CARRIER,BROADCAST,MULTICAST,UP>
vethd2a19c0@if12 UP             6a:1c:0b:52:e8:94 <BROADCAST,MULTICAST,UP,LOWER_UP>`;

  test("each line is a link of the host; its number is said to be missing", () => {
    const text = `root@web01:~# ip -br addr\n${addr}\n`;
    expect(kindsOf(text)).toEqual(["ip-brief host"]);
    const { links, gaps } = understand(factsOf(text));
    expect(gaps).toEqual([]);
    expect(links.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      "lo loopback",
      "ens33 nic",
      "docker0 bridge",
      "br-6d3a0c1b2e4f bridge",
      "tun0 nic",
      "veth30314cf veth",
    ]);
    expect(links.flatMap(({ addresses }) => addresses.map(({ address }) => address))).toEqual([
      ...["127.0.0.1", "::1", "192.168.33.10", "fe80::20c:29ff:fe5d:1a7e", "172.18.0.1"],
      ...["10.8.0.1", "fe80::681c:bff:fe52:e894"],
    ]);
    const [numbers] = missingOf(text);
    expect(numbers).toMatchObject({ what: "numbers", argv: ["ip", "-d", "addr"] });
    expect(numbers?.names).toContain("veth30314cf");
  });

  test("without a prompt too, after prose, its white space squeezed by a page", () => {
    const text = `宿主机上：\n${link.replace(/ +/g, " ")}\n`;
    expect(kindsOf(text)).toEqual(["ip-brief host"]);
    const veth = understand(factsOf(text)).links.find(({ kind }) => kind === "veth");
    expect(veth).toMatchObject({ name: "vethd2a19c0", mac: "6a:1c:0b:52:e8:94" });
  });

  test("with `ip link` of the same host a pair is found", () => {
    const topology = understand(
      factsOf(`root@web01:~# ip -br addr
docker0          UP             172.17.0.1/16
veth30314cf@if4  UP
root@web01:~# ip link show veth30314cf
5: veth30314cf@if4: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master docker0 state UP mode DEFAULT group default
root@web01:~# docker exec web ip addr
4: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default
`),
    );
    expect(pairLines(topology)).toEqual([
      "docker0 ── 5: veth30314cf@if4 ═ 4: eth0@if5 (web) consistent",
    ]);
    expect(topology.links.find(({ name }) => name === "docker0")?.addresses).toHaveLength(1);
  });

  test("by itself it pairs nothing: a number on one side may be anybody's", () => {
    const text = `root@web01:~# ip -br link\n${link}\nroot@web01:~# docker exec web ip -br addr
lo               UNKNOWN        127.0.0.1/8
eth0@if13        UP             172.17.0.2/16
`;
    expect(kindsOf(text)).toEqual(["ip-brief host", "ip-brief container web"]);
    expect(pairLines(understand(factsOf(text)))).toEqual([]);
  });

  test.each(["The link is DOWN", "docker0 DOWN", "state UP", "It went UP 3 times"])(
    "%s is a sentence",
    (text) => expect(readOf(text).blocks).toEqual([]),
  );
});

describe("lsns", () => {
  const host =
    "4026531840 net     122     1 root  unassigned                                /sbin/init";
  const web =
    "4026532281 net       2  1503 root           0 /run/docker/netns/2c39e69ae5ba nginx: master process nginx -g daemon off;";
  const db =
    "4026532361 net       1  1702 root           1 /run/docker/netns/5d1f0c2a7b3e redis-server *:6379";
  const listed = `root@web01:~# lsns -t net
        NS TYPE NPROCS   PID USER     NETNSID NSFS                           COMMAND
${host}
${web}
${db}
`;
  const inside = `root@web01:~# nsenter -t 1503 -n ip link
4: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT group default
`;

  test("is no namespace's, and says into whose namespaces nobody looked", () => {
    const text = `${listed}${inside}`;
    expect(kindsOf(text)).toEqual(["lsns host", "ip process 1503"]);
    expect(readOf(text).unread).toEqual([]);
    expect(missingOf(text)).toEqual([
      {
        what: "process",
        names: ["1702 redis-server *:6379"],
        argv: ["nsenter", "-t", "1702", "-n", "ip", "-d", "addr"],
      },
    ]);
  });

  test("says nothing more where everybody is here", () => {
    const other = inside.replace("1503", "1702").replace("4: eth0@if5", "6: eth0@if7");
    expect(missingOf(`${listed}${inside}${other}`)).toEqual([]);
  });

  test("as Vethscope asks for it, by columns, and of all kinds of namespaces without a prompt", () => {
    const columns = `        NS   PID    NETNSID
4026533586     1 unassigned
4026535202   403          1
4026536026
`;
    expect(missingOf(columns)).toMatchObject([{ what: "process", names: ["403"] }]);
    const every = `        NS TYPE   NPROCS   PID USER             COMMAND
4026531835 cgroup    122     1 root             /sbin/init
4026531840 net       122     1 root             /sbin/init
4026532281 net         2  1503 root             nginx: master process
`;
    expect(kindsOf(every)).toEqual(["lsns host"]);
    expect(readOf(every).unread).toEqual([]);
  });
});

describe("nft list ruleset", () => {
  const ruleset = `# Warning: table ip nat is managed by iptables-nft, do not touch!
table ip nat {
	chain DOCKER {
		iifname "docker0" counter packets 0 bytes 0 return
		iifname != "docker0" tcp dport 8080 counter packets 3 bytes 180 dnat to 172.17.0.2:80
	}

	chain PREROUTING {
		type nat hook prerouting priority dstnat; policy accept;
		fib daddr type local counter packets 5 bytes 300 jump DOCKER
	}
}
table inet mine {
	set blocked {
		type ipv4_addr
		elements = { 192.0.2.1,
			     192.0.2.2 }
	}

	chain input {
		type filter hook input priority filter; policy accept;
		......
		iifname "br-{odd" ip saddr @blocked drop
	}
}
`;
  const rulesIn = (text: string) => {
    const { firewall } = rulesOf(factsOf(text), netnsLabel("pasted 1"));
    const tables = firewall.status === "read" ? firewall.tables : [];
    return tables.flatMap(({ name, chains }) =>
      chains.flatMap((chain) =>
        chain.rules.map(
          ({ parts }) => `${name} ${chain.name} ${parts.map(({ kind }) => kind).join("+")}`,
        ),
      ),
    );
  };

  test("becomes rules of the host, with tables of Docker's and one's own", () => {
    const text = `root@web01:~# nft list ruleset\n${ruleset}root@web01:~# ip -br link\nlo UNKNOWN 00:00:00:00:00:00 <LOOPBACK,UP>\n`;
    expect(kindsOf(text)).toEqual(["nft host", "ip-brief host"]);
    expect(readOf(text).unread).toEqual([]);
    expect(rulesIn(text)).toEqual([
      "nat DOCKER in-interface+counter+return",
      "nat DOCKER in-interface+destination-port+counter+dnat",
      "nat PREROUTING address-type+counter+jump",
      "mine input in-interface+source+drop",
    ]);
  });

  test("without a prompt, and cut off: what follows is read all the same", () => {
    const cut = ruleset.split("\n").slice(1, 5).join("\n");
    const text = `防火墙规则：\n${cut}\n5: veth0@if4: <UP> mtu 1500 master docker0 state UP\n`;
    expect(kindsOf(text)).toEqual(["nft host", "ip host"]);
    // The last line may itself have been cut.
    expect(rulesIn(text)).toEqual(["nat DOCKER in-interface+counter+return", "nat DOCKER opaque"]);
  });
});

describe("docker ps on a terminal of few columns", () => {
  const table = `CONTAINER ID   IMAGE          COMMAND                  CREATED         STATUS         PORTS                                     NAMES
5bd0c1a2b3c4   nginx:alpine   "/docker-entrypoint.…"   5 minutes ago   Up 5 minutes   0.0.0.0:8080->80/tcp, [::]:8080->80/tcp   web
9f21aa02bb17   redis          "docker-entrypoint.s…"   5 minutes ago   Up 5 minutes   6379/tcp                                  shop_cache_with_a_long_name
0a1b2c3d4e5f   busybox        "sleep 99999"            2 hours ago     Exited (137)                                             old`;
  const broken = (width: number): string =>
    table
      .split("\n")
      .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "g")) ?? [])
      .map((line) => line.trimEnd())
      .join("\n");
  const wanted = [
    ["old", "0a1b2c3d4e5f", "busybox", "exited"],
    ["web", "5bd0c1a2b3c4", "nginx:alpine", "running"],
    ["shop_cache_with_a_long_name", "9f21aa02bb17", "redis", "running"],
  ];

  test.each([60, 72, 80, 88, 90, 100, 120, 126, 130, 140])("%i", (width) => {
    const text = `root@web01:~# docker ps -a\n${broken(width)}\nroot@web01:~# exit\n`;
    const found = containersOf(text);
    expect(found.map(({ name, engineId, image, state }) => [name, engineId, image, state])).toEqual(
      wanted,
    );
    expect(readOf(text).unread).toEqual([]);
  });

  test("its ports are whole again", () => {
    const [, web] = containersOf(broken(80));
    expect(web?.ports).toMatchObject([
      { hostAddress: "0.0.0.0", hostPort: 8080, containerPort: 80 },
      { hostAddress: "::", hostPort: 8080, containerPort: 80 },
    ]);
  });

  test("a sentence below the table is none of it", () => {
    const text = `${table}\nAs we see, three of them.\n`;
    expect(containersOf(text)).toHaveLength(3);
    expect(readOf(text).unread).toEqual([{ at: 4, excerpt: "As we see, three of them." }]);
    expect(
      containersOf(`${broken(80)}\nAs we see, three of them.\n`).map(({ name }) => name),
    ).toEqual(wanted.map(([name]) => name));
  });
});

describe("the host's name", () => {
  test("is the prompt's, and the first one's where several name one", () => {
    const text =
      "admin@web01:~$ ip link\n1: lo: <UP> mtu 1500\nadmin@web02:~$ ip link\n1: lo: <UP> mtu 1500\n";
    expect(understand(factsOf(text)).host).toMatchObject({ name: "web01", id: "pasted" });
    expect(readOf(text).machine).toBe("web01");
  });

  test("is the reader's word for it where no prompt names one; a container's id is no host", () => {
    const text = "root@5bd0c1a2b3c4:/# ip link\n1: lo: <UP> mtu 1500\n";
    expect(readOf(text).machine).toBeNull();
    expect(understand(factsOf(text)).host.name).toBe("pasted text");
  });
});
