import type { Note } from "@/lib/learn/note";

export const drivers: Note = {
  en: {
    why: "A driver decides how a container gets its network. `bridge`: a [[veth|veth]] pair to a [[bridge|bridge]], with NAT; what everybody uses. `host`: no namespace of its own, the [[host-network|host’s network]] itself. `null`: [[none-network|nothing but]] `lo`. [[macvlan|macvlan]] and [[ipvlan|ipvlan]]: an interface on top of the NIC, with an address of the real network. [[overlay|overlay]]: one network across several hosts, by tunnel. `--network container:NAME` is no driver: the container moves into [[shared-netns|another one’s]] namespace.",
    picture:
      "One host, five ways: nginx by its pair on `docker0`; sidecar in the same box as nginx; camera on `ens3` by a dash-dotted line that passes by every bridge; node-exporter in the block of the host’s network, without a veth; batch with `lo` alone.",
    wrong: [
      {
        claim: "Every container has a veth.",
        truth:
          "Only those on a bridge or an overlay. Look for a veth of a macvlan container, and you will look for long.",
      },
      {
        claim: "`none` in `docker network ls` is the driver.",
        truth: "It is the network’s name; its driver is called `null`.",
      },
      {
        claim: "A container has one network.",
        truth:
          "It may be on several at once: each gives it an interface. Only one of them holds the default route.",
      },
    ],
    hand: "The engine names the driver of each network; the kernel shows what became of it as the kind of the interface.",
  },
  "zh-CN": {
    why: "驱动决定容器怎么接入网络。`bridge`：一对 [[veth|veth]] 接到[[bridge|网桥]]上，再做 NAT，大家最常用的就是它。`host`：没有自己的命名空间，直接用[[host-network|宿主机的网络]]。`null`：[[none-network|除了]] `lo` 什么都没有。[[macvlan|macvlan]] 和 [[ipvlan|ipvlan]]：在网卡之上叠一个接口，地址属于真实网络。[[overlay|overlay]]：靠隧道跨多台主机的一个网络。`--network container:NAME` 不是驱动：容器住进了[[shared-netns|别的容器]]的命名空间。",
    picture:
      "一台宿主机，五种接法：nginx 用一对 veth 接 `docker0`；sidecar 和 nginx 在同一个方框里；camera 通过点划线直接落在 `ens3` 上，绕开所有网桥；node-exporter 在“宿主机网络”那一块，没有 veth；batch 只有 `lo`。",
    wrong: [
      {
        claim: "每个容器都有 veth。",
        truth: "只有接网桥或 overlay 的才有。想找 macvlan 容器的 veth，找一天也找不到。",
      },
      {
        claim: "`docker network ls` 里的 `none` 是驱动名。",
        truth: "那是网络名，它的驱动叫 `null`。",
      },
      {
        claim: "一个容器只能在一个网络里。",
        truth: "可以同时在好几个网络里，每个网络给它一个接口，但默认路由只在其中一个上。",
      },
    ],
    hand: "引擎会报告每个网络的驱动；在内核里，它体现为接口的类型。",
  },
};

export const scope: Note = {
  en: {
    why: "The word stands for two things that have little in common. The `SCOPE` of a Docker network says who knows it: `local`, this engine only; `swarm`, all engines of the cluster. The scope of an address says how far it is valid: `host`, inside this machine (`127.0.0.1`); `link`, on this cable (`fe80::…`); `global`, anywhere that a route leads.",
    picture:
      "`backend` has the scope `swarm`: an [[overlay|overlay]] that other hosts know as well, with a tunnel to them. `docker_gwbridge` is `local`: each host has one of its own, and the same name elsewhere means another bridge.",
    wrong: [
      {
        claim: "`scope global` means that the address is public.",
        truth:
          "It only means “not limited to this link”. `172.17.0.2` is private, and its scope is `global`.",
      },
      {
        claim: "Two hosts with a network `shop` of scope `local` share it.",
        truth: "They have two networks with the same name, and often with the same subnet.",
      },
      {
        claim: "A network of scope `swarm` is there on every node.",
        truth: "A worker gets it when the first task that needs it is started there.",
      },
    ],
    hand: "The engine prints one kind of scope for its networks, the kernel the other kind for each address.",
  },
  "zh-CN": {
    why: "这个词在两处出现，意思几乎不相干。Docker 网络的 `SCOPE` 说的是谁认识它：`local`，只有这一个引擎；`swarm`，集群里的所有引擎。地址的 scope 说的是它在多大范围内有效：`host`，只在本机内（`127.0.0.1`）；`link`，只在这一条链路上（`fe80::…`）；`global`，路由能到的地方都行。",
    picture:
      "`backend` 的范围是 `swarm`：这个 [[overlay|overlay]] 别的主机也认识，有隧道通向它们。`docker_gwbridge` 是 `local`：每台主机各有一个，别处的同名网桥是另一个。",
    wrong: [
      {
        claim: "`scope global` 说明是公网地址。",
        truth: "它只表示“不限于本链路”。`172.17.0.2` 是私有地址，scope 照样是 `global`。",
      },
      {
        claim: "两台主机上都有 `local` 的 `shop` 网络，那就是同一个。",
        truth: "那是两个同名的网络，而且子网还常常一样。",
      },
      {
        claim: "`swarm` 范围的网络在每个节点上都有。",
        truth: "工作节点要等第一个用到它的任务在那里启动，才会出现。",
      },
    ],
    hand: "一种是引擎给网络打印的，另一种是内核给每个地址打印的。",
  },
};

export const hostNetwork: Note = {
  en: {
    why: "With `--network host` Docker makes no [[netns|namespace]]: the container’s processes stay in the host’s. They see the host’s interfaces, use its addresses and open ports directly on it. That is fast and simple, for monitoring agents or routers, and it gives up the separation: whoever takes over the container can listen to all traffic that its capabilities allow, and reach every service on `127.0.0.1` of the host.",
    picture:
      "node-exporter stands in the block of the host’s network: it has no `eth0@if…`, no veth and no bridge. A line to it would claim a wire that is not there. nginx beside it has all of them.",
    wrong: [
      {
        claim: "`-p 8080:80` works there too.",
        truth:
          "It is ignored: there is nothing to translate. The process listens on the host’s port itself, and two that want the same one collide.",
      },
      {
        claim: "The container’s `eth0` is its own.",
        truth: "It is the host’s NIC, seen from inside. Whoever changes it there changes the host.",
      },
    ],
    hand: "The inode behind the container’s `ns/net` is the one of the host’s own processes.",
  },
  "zh-CN": {
    why: "用了 `--network host`，Docker 就不建[[netns|命名空间]]：容器的进程直接留在宿主机的网络里，看到的是宿主机的接口，用的是宿主机的地址，端口也直接开在宿主机上。这样又快又简单，适合监控代理、路由类程序；代价是不再隔离：谁攻下了这个容器，就能在其权限（capability）允许的范围内监听全部流量，还能访问宿主机 `127.0.0.1` 上的所有服务。",
    picture:
      "node-exporter 放在“宿主机网络”那一块里：没有 `eth0@if…`，没有 veth，也没有网桥。给它画一条线，等于声称有一根并不存在的网线。旁边的 nginx 则样样都有。",
    wrong: [
      {
        claim: "`-p 8080:80` 在这里也有效。",
        truth:
          "会被忽略，因为没有什么可转换的。进程自己就监听在宿主机的端口上，两个抢同一个端口就会冲突。",
      },
      {
        claim: "容器里的 `eth0` 是它自己的。",
        truth: "那是从里面看到的宿主机网卡。在里面改它，改的就是宿主机。",
      },
    ],
    hand: "容器的 `ns/net` 指向的 inode，和宿主机自己的进程是同一个。",
  },
};

export const noneNetwork: Note = {
  en: {
    why: "`--network none` gives a container a [[netns|namespace]] of its own and leaves it empty: `lo` and nothing else. No pair, no address, no route. It is meant for jobs that must not talk to anybody (a key generator, an untrusted converter), and for those who want to wire a container by hand or by a plugin afterwards.",
    picture:
      "batch is drawn apart, in the block of those with `lo` only. That it has no line is the very thing that it is there for. nginx beside it has its pair to `docker0`.",
    wrong: [
      {
        claim: "`none` and `host` are nearly the same: neither has a veth.",
        truth:
          "They are opposites. `host` sees all of the machine’s network, `none` sees none of it.",
      },
      {
        claim: "A container without a network cannot exchange anything.",
        truth:
          "[[volumes|Volumes]] and Unix sockets in shared folders still work: they are files, and files do not ask the network.",
      },
      {
        claim: "Containers with `none` share the network called none.",
        truth: "Each has an empty namespace of its own. They do not see each other either.",
      },
    ],
    hand: "The list of interfaces inside has one line: `lo`.",
  },
  "zh-CN": {
    why: "`--network none` 会给容器一个自己的[[netns|命名空间]]，但里面什么也不放：除了 `lo` 一无所有，没有 veth 对，没有地址，没有路由。它适合不该与任何人通信的任务（生成密钥、处理不可信文件的转换程序），也适合打算事后手工或用插件接线的人。",
    picture:
      "batch 单独画在只有 `lo` 的那一块里。没有连线，正是它的用意所在。旁边的 nginx 有一对 veth 接到 `docker0`。",
    wrong: [
      {
        claim: "`none` 和 `host` 差不多，反正都没有 veth。",
        truth: "恰好相反：`host` 看得到整台机器的网络，`none` 什么也看不到。",
      },
      {
        claim: "没有网络的容器什么都交换不了。",
        truth: "[[volumes|卷]]和共享目录里的 Unix 套接字照样能用：它们是文件，文件不走网络。",
      },
      {
        claim: "用 `none` 的容器都在名叫 none 的网络里，可以互通。",
        truth: "它们各有一个空的命名空间，彼此也看不见。",
      },
    ],
    hand: "里面的接口列表只有一行：`lo`。",
  },
};

export const sharedNetns: Note = {
  en: {
    why: "Processes that belong together often want one network: a proxy in front of an application, a debugger with tools that the image lacks. `--network container:nginx` starts a container inside the [[netns|namespace]] of another one. Both then have one `eth0`, one address and one `127.0.0.1`. Kubernetes builds every pod this way, around a small container that only holds the namespace.",
    picture:
      "nginx and sidecar are two names on one box, at the end of one pair: `eth0@if5`. There is no second veth, so there is no second line.",
    wrong: [
      {
        claim: "The two are two machines on one network.",
        truth:
          "They are one machine, as far as the network goes: they reach each other on `127.0.0.1`, and a port can be taken only once.",
      },
      {
        claim: "When nginx is restarted, sidecar goes along.",
        truth:
          "A restart gives nginx a new namespace. sidecar stays behind in the old one, with `lo` alone, until it is restarted too. Vethscope looks for this fault.",
      },
      {
        claim: "The engine tells the address of sidecar.",
        truth: "Its list of networks is empty; the address is that of nginx.",
      },
    ],
    hand: "Both processes’ `ns/net` lead to one inode.",
  },
  "zh-CN": {
    why: "有些进程本来就该共用一个网络：应用前面的代理，或者带着镜像里没有的工具来排错的容器。`--network container:nginx` 会把容器启动在另一个容器的[[netns|命名空间]]里，两者共用一个 `eth0`、一个地址、一个 `127.0.0.1`。Kubernetes 的每个 Pod 都是这么搭的，围绕着一个只负责占住命名空间的小容器。",
    picture:
      "nginx 和 sidecar 是同一个方框上的两个名字，位于同一对 veth 的末端：`eth0@if5`。没有第二个 veth，也就没有第二条线。",
    wrong: [
      {
        claim: "它们是同一网络里的两台机器。",
        truth: "从网络角度看，它们就是一台机器：互访用 `127.0.0.1`，同一个端口只能占用一次。",
      },
      {
        claim: "nginx 重启，sidecar 会跟着走。",
        truth:
          "重启后 nginx 换了新的命名空间，sidecar 留在旧的里面，只剩 `lo`，直到它也重启。Vethscope 会检查这种故障。",
      },
      {
        claim: "引擎会给出 sidecar 的地址。",
        truth: "它的网络列表是空的，地址就是 nginx 的地址。",
      },
    ],
    hand: "两个进程的 `ns/net` 指向同一个 inode。",
  },
};

export const macvlan: Note = {
  en: {
    why: "Some containers should be full members of the real network: with an address of the router’s own subnet, visible to everybody, without NAT. macvlan puts a virtual interface with a MAC of its own on top of a NIC, the parent. The switch outside sees several MAC addresses on one cable, as if several machines were plugged in.",
    picture:
      "camera’s `eth0@if2` leads to `ens3`, which is number 2 on the host, by a dash-dotted line that passes by `docker0`. The `@if2` is not a peer: it names the device below, and every macvlan interface on this NIC shows the same number.",
    wrong: [
      {
        claim: "The container and its host can talk to each other.",
        truth:
          "They cannot, by design: the parent does not pass frames to its own children. An extra macvlan interface on the host is the usual way out.",
      },
      {
        claim: "`-p` and the host’s firewall apply.",
        truth:
          "Neither does. Packets do not pass the host’s `iptables`; the container’s own namespace is the only place for rules.",
      },
      {
        claim: "It works on every machine.",
        truth:
          "Wireless NICs, many clouds and virtual switches refuse frames from a MAC that they do not know.",
      },
    ],
    hand: "The kind says `macvlan`, `link_index` is the number of the parent, and the parent is on the host.",
  },
  "zh-CN": {
    why: "有些容器要成为真实网络里的正式成员：地址来自路由器那一段，谁都能直接访问，不经过 NAT。macvlan 在网卡（父设备）之上叠一个有自己 MAC 的虚拟接口。外面的交换机会在一根网线上看到好几个 MAC，就像插了好几台机器。",
    picture:
      "camera 的 `eth0@if2` 通过点划线连到 `ens3`（它在宿主机上就是 2 号），绕过了 `docker0`。这里的 `@if2` 不是对端，而是下层设备；同一块网卡上的所有 macvlan 接口都显示同一个编号。",
    wrong: [
      {
        claim: "容器和所在的宿主机可以互访。",
        truth:
          "不行，而且是有意如此：父设备不会把帧交给自己的子接口。常见的办法是在宿主机上再建一个 macvlan 接口。",
      },
      {
        claim: "`-p` 和宿主机防火墙都有效。",
        truth: "都无效。包不经过宿主机的 `iptables`，规则只能写在容器自己的命名空间里。",
      },
      {
        claim: "哪台机器上都能用。",
        truth: "无线网卡、很多云主机和虚拟交换机会拒绝来自陌生 MAC 的帧。",
      },
    ],
    hand: "类型是 `macvlan`，`link_index` 是父设备的编号，而父设备在宿主机上。",
  },
};

export const ipvlan: Note = {
  en: {
    why: "Like [[macvlan|macvlan]], ipvlan gives a container an address of the real network on top of a NIC. The difference: all interfaces share the NIC’s MAC address, and the kernel tells them apart by their IP addresses. That works where the switch, the cloud or the wireless network accepts one MAC only. In mode `l2` it behaves like a switch port; in `l3` and `l3s` the kernel routes, and broadcasts do not pass.",
    picture:
      "sensor-1 and sensor-2 both show `eth0@if2`: number 2 is `ens3`, the device below both, and no peer. There is no bridge and no veth. Other machines have to know a way to the addresses: in `l3` that takes a route.",
    wrong: [
      {
        claim: "It is macvlan under another name.",
        truth:
          "One MAC for all means that DHCP by MAC cannot tell the containers apart, and in `l3` there is no ARP for them at all.",
      },
      {
        claim: "Two interfaces with the same MAC are a fault.",
        truth: "On one bridge they are. On ipvlan they are the point.",
      },
      {
        claim: "The container can reach its host.",
        truth: "Here too the parent and its children do not talk directly.",
      },
    ],
    hand: "Kind `ipvlan` with its mode; the MAC is that of the parent.",
  },
  "zh-CN": {
    why: "ipvlan 和 [[macvlan|macvlan]] 一样，在网卡之上给容器一个真实网络里的地址。区别在于：所有接口共用网卡的 MAC，内核靠 IP 来区分它们。交换机、云平台或无线网络只认一个 MAC 的场合，就得用它。`l2` 模式像交换机端口；`l3` 和 `l3s` 模式由内核路由，广播过不去。",
    picture:
      "sensor-1 和 sensor-2 都显示 `eth0@if2`：2 号是 `ens3`，是两者共同的下层设备，不是对端。没有网桥，也没有 veth。别的机器得知道怎么走到这些地址：`l3` 模式下需要加路由。",
    wrong: [
      {
        claim: "就是换了名字的 macvlan。",
        truth:
          "大家共用一个 MAC，意味着按 MAC 分配的 DHCP 分不清谁是谁；`l3` 模式下甚至根本没有 ARP。",
      },
      {
        claim: "两个接口 MAC 相同，肯定有故障。",
        truth: "在同一个网桥上是故障，在 ipvlan 里这正是它的设计。",
      },
      {
        claim: "容器能访问所在的宿主机。",
        truth: "这里也一样，父设备和子接口不能直接通信。",
      },
    ],
    hand: "类型是 `ipvlan`，并带有模式；MAC 与父设备相同。",
  },
};

export const overlay: Note = {
  en: {
    why: "Containers on different hosts cannot be ports of one [[bridge|bridge]]: there is no cable. An overlay network makes one out of packets. A `vxlan` interface takes each frame, puts it into a UDP packet (port 4789) for the other host, and there it is unpacked onto a bridge again. The VNI, a number in every packet, keeps networks apart. Docker builds this for swarm.",
    picture:
      "`br0` and `vxlan0` are in a hidden [[netns|namespace]] that Docker keeps for the network, not on the host; “VNI 4097” leads to another host. api has two interfaces: `eth0` into the overlay, and `eth1` to `docker_gwbridge`, for the way outside.",
    wrong: [
      {
        claim: "I see no `vxlan0` on the host, so there is no overlay.",
        truth:
          "It is in a namespace of its own, as a file in `/run/docker/netns` that begins with `1-`. No process lives there.",
      },
      {
        claim: "`vxlan0@if14` has a peer number 14.",
        truth: "A vxlan has no peer. The number is no end of a cable.",
      },
      {
        claim: "The MTU is 1500 as everywhere.",
        truth: "The packing takes 50 bytes: 1450 is right. See [[mtu|MTU]].",
      },
    ],
    hand: "Kind `vxlan` with its VNI, and the addresses of other hosts in the [[fdb|FDB]] of that namespace.",
  },
  "zh-CN": {
    why: "不同主机上的容器没法插在同一个[[bridge|网桥]]上：中间没有网线。overlay 网络就用数据包造出一根来：`vxlan` 接口把每个帧装进 UDP 包（4789 端口）发给另一台主机，在那边拆开，再放上网桥。包里有个编号叫 VNI，用来区分不同的网络。Docker 为 swarm 搭的就是这个。",
    picture:
      "`br0` 和 `vxlan0` 不在宿主机上，而在 Docker 专为这个网络保留的隐藏[[netns|命名空间]]里；“VNI 4097” 通向另一台主机。api 有两个接口：`eth0` 进 overlay，`eth1` 接 `docker_gwbridge`，用来访问外部。",
    wrong: [
      {
        claim: "宿主机上看不到 `vxlan0`，说明没有 overlay。",
        truth:
          "它在单独的命名空间里，对应 `/run/docker/netns` 下以 `1-` 开头的文件，里面没有进程。",
      },
      {
        claim: "`vxlan0@if14` 的对端是 14 号。",
        truth: "vxlan 没有对端，这个数字不是网线的另一头。",
      },
      {
        claim: "MTU 和别处一样是 1500。",
        truth: "封装要占 50 字节，1450 才对。见 [[mtu|MTU]]。",
      },
    ],
    hand: "类型是 `vxlan`，带 VNI；其他主机的地址在那个命名空间的 [[fdb|FDB]] 里。",
  },
};
