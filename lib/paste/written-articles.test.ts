import { expect, test } from "vitest";
import { understand } from "@/lib/pipeline";
import { factsOf, pairLines, readOf } from "./test-paste";

/** As authors lay them out: their prompts, what they leave out, and the order in which they show it. */
type Article = {
  readonly about: string;
  readonly text: string;
  readonly pairs: readonly string[];
  /** Lines of prose are not understood, and are to be; others are all read. */
  readonly prose: number;
};

const state = "mtu 1500 qdisc noqueue";
const flags = "<BROADCAST,MULTICAST,UP,LOWER_UP>";
const port = (own: number, name: string, far: number, bridge = "docker0") =>
  `${own}: ${name}@if${far}: ${flags} ${state} master ${bridge} state UP mode DEFAULT group default`;
const inner = (own: number, far: number, address: string) =>
  `${own}: eth0@if${far}: ${flags} ${state} state UP group default
    link/ether 02:42:ac:11:00:02 brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet ${address} brd 172.17.255.255 scope global eth0
       valid_lft forever preferred_lft forever`;
const lo = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever`;

const articles: readonly Article[] = [
  {
    about: "a question of a forum: how to find the veth of a container, by its iflink",
    text: `To find the veth of a container, look up its iflink:

$ docker exec -it my-container bash -c 'cat /sys/class/net/eth0/iflink'
12

$ ip link |grep ^12:
${port(12, "vethd3e3a4b", 11)}
`,
    pairs: ["docker0 ── 12: vethd3e3a4b@if11 ═ 11: eth0@if12 (my-container) consistent"],
    prose: 1,
  },
  {
    about: "如何找到容器对应的 veth：nsenter 加 docker inspect",
    text: `一、先启动一个容器
[root@localhost ~]# docker run -d --name nginx1 nginx
二、查看容器内的网卡，可以看到 eth0@if14：
[root@localhost ~]# nsenter -t $(docker inspect -f '{{.State.Pid}}' nginx1) -n ip addr
${lo}
${inner(13, 14, "172.17.0.2/16")}
三、在宿主机上查看序号为 14 的网卡：
[root@localhost ~]# ip link show | grep 14:
${port(14, "veth7c2861b", 13)}
`,
    pairs: ["docker0 ── 14: veth7c2861b@if13 ═ 13: eth0@if14 (nginx1) consistent"],
    prose: 3,
  },
  {
    about: "pid 存进变量，再进入网络命名空间",
    text: `\`\`\`shell
# pid=$(docker inspect --format '{{.State.Pid}}' web)
# nsenter -n -t $pid ip a
${lo}
${inner(6, 7, "172.17.0.3/16")}
# brctl show
bridge name	bridge id		STP enabled	interfaces
docker0		8000.0242a1b2c3d4	no		veth55aa66b
# ip a | grep veth
${port(7, "veth55aa66b", 6)}
\`\`\`
`,
    pairs: ["docker0 ── 7: veth55aa66b@if6 ═ 6: eth0@if7 (web) consistent"],
    prose: 0,
  },
  {
    about: "compose: a service, its container in `docker ps`, and a bridge of its own",
    text: `me@box:~/shop$ docker compose ps
me@box:~/shop$ docker ps
CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES
5bd0c1a2b3c4   nginx   "nginx"   1 hour ago   Up 1 hour   80/tcp   shop-web-1
me@box:~/shop$ docker compose exec web ip addr show eth0
${inner(20, 21, "172.18.0.2/16")}
me@box:~/shop$ ip link show type veth
${port(21, "veth1a2b3c4", 20, "br-9f9f9f9f9f9f")}
`,
    pairs: ["br-9f9f9f9f9f9f ── 21: veth1a2b3c4@if20 ═ 20: eth0@if21 (shop-web-1) consistent"],
    prose: 0,
  },
  {
    about: "Kubernetes: a pod asked by kubectl, the node by its own prompt",
    text: `$ kubectl exec -it web-5d9c -n prod -- ip a
${lo}
3: eth0@if9: ${flags} mtu 1450 qdisc noqueue state UP group default
    link/ether 0a:58:0a:f4:01:05 brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 10.244.1.5/24 brd 10.244.1.255 scope global eth0
root@node1:~# ip link show master cni0
9: vethb1c2d3e4@if3: ${flags} mtu 1450 qdisc noqueue master cni0 state UP mode DEFAULT group default
    link/ether 5e:aa:bb:cc:dd:ee brd ff:ff:ff:ff:ff:ff link-netnsid 0
`,
    pairs: ["cni0 ── 9: vethb1c2d3e4@if3 ═ 3: eth0@if9 (web-5d9c) consistent"],
    prose: 0,
  },
  {
    about: "oh-my-zsh and two containers, one by attach",
    text: `➜  ~ docker exec -it box1 sh
/ # ip a
${lo}
${inner(4, 5, "172.17.0.2/16")}
/ # exit
➜  ~ docker attach box2
/ # ip a
${lo}
${inner(6, 7, "172.17.0.3/16")}
/ # read escape sequence
➜  ~ ip link
${port(5, "vethaaaaaaa", 4)}
${port(7, "vethbbbbbbb", 6)}
`,
    pairs: [
      "docker0 ── 5: vethaaaaaaa@if4 ═ 4: eth0@if5 (box1) consistent",
      "docker0 ── 7: vethbbbbbbb@if6 ═ 6: eth0@if7 (box2) consistent",
    ],
    prose: 0,
  },
  {
    about: "手工搭建：ip netns 与一对 veth",
    text: `host$ ip netns add ns1
host$ ip link show veth0
6: veth0@if5: ${flags} ${state} master br0 state UP mode DEFAULT group default qlen 1000
    link/ether 5e:11:22:33:44:55 brd ff:ff:ff:ff:ff:ff link-netns ns1
host$ sudo ip netns exec ns1 ip addr
${lo}
5: veth1@if6: ${flags} ${state} state UP group default qlen 1000
    link/ether 5e:11:22:33:44:66 brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 10.0.0.2/24 scope global veth1
`,
    pairs: ["br0 ── 6: veth0@if5 ═ 5: veth1@if6 (ns1) consistent"],
    prose: 0,
  },
  {
    about: "Windows: a machine of WSL, its container asked from PowerShell",
    text: `PS C:\\Users\\me> docker exec web ip a
${lo}
${inner(8, 9, "172.17.0.2/16")}
PS C:\\Users\\me> wsl -d docker-desktop ip link
3: docker0: ${flags} ${state} state UP
${port(9, "veth0e9cd8d", 8)}
`,
    // Of whom a tool asks that nobody knows is not said: its links are in a namespace of their own.
    pairs: [],
    prose: 0,
  },
  {
    about: "老内核：ip link 不显示 @if，用 ethtool 对号",
    text: `宿主机：
[root@docker ~]# ip link
18: veth8ed54b8: ${flags} ${state} master docker0 state UP
[root@docker ~]# ethtool -S veth8ed54b8
NIC statistics:
     peer_ifindex: 17
容器：
[root@docker ~]# docker exec nginx2 ip addr
${lo}
17: eth0: ${flags} ${state} state UP
    link/ether 02:42:ac:11:00:03 brd ff:ff:ff:ff:ff:ff
    inet 172.17.0.3/16 scope global eth0
`,
    pairs: ["docker0 ── 18: veth8ed54b8@if17 ═ 17: eth0 (nginx2) consistent"],
    prose: 2,
  },
  {
    about: "a namespace lent to a box of tools, and the pid that `docker inspect | grep Pid` told",
    text: `root@host:~# docker run -it --rm --network container:api nicolaka/netshoot ip addr
${lo}
${inner(30, 31, "172.17.0.4/16")}
root@host:~# docker inspect worker | grep Pid
            "Pid": 28465,
            "PidMode": "",
            "PidsLimit": null,
root@host:~# nsenter --target 28465 --net ip addr
${lo}
${inner(32, 33, "172.17.0.5/16")}
root@host:~# ip -o link show type veth
${port(31, "veth3131313", 30)}
${port(33, "veth3333333", 32)}
`,
    pairs: [
      "docker0 ── 31: veth3131313@if30 ═ 30: eth0@if31 (api) consistent",
      "docker0 ── 33: veth3333333@if32 ═ 32: eth0@if33 (worker) consistent",
    ],
    prose: 2,
  },
];

test.each(articles)("$about", ({ text, pairs, prose }) => {
  expect(pairLines(understand(factsOf(text)))).toEqual(pairs);
  expect(readOf(text).unread).toHaveLength(prose);
});

test("nothing of a container is put on the host, however it was asked", () => {
  for (const { text, about } of articles) {
    const { host, links } = understand(factsOf(text));
    const inside = links.filter(({ netns, name }) => netns === host.netns && name === "eth0");
    expect([about, inside]).toEqual([about, []]);
  }
});
