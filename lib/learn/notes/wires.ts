import type { Note } from "@/lib/learn/note";

export const netns: Note = {
  en: {
    why: "A process normally sees every interface, port and rule of its machine. Two services that both want port 80 would collide, and either could read the other’s routes. The kernel therefore lets a process live in a copy of the network stack that starts out empty: only `lo`, and even that is down. A container is such a process; Docker makes the namespace, then puts a [[veth|veth]] end into it. A namespace is known by its inode, as in `net:[4026532567]`. It lives as long as a process is in it, or a file such as those in `/run/netns` holds it.",
    picture:
      "Every box at the end of a row is one namespace, named after the container that lives in it. `blue` holds no container: somebody typed `ip netns add blue`. The host has a namespace too: everything to the left of the boxes is in it.",
    wrong: [
      {
        claim: "`ip netns list` shows the namespaces of my containers.",
        truth:
          "It lists the files in `/run/netns` only. Docker keeps its own in `/run/docker/netns`; `lsns -t net` finds them by the processes.",
      },
      {
        claim: "A container has one namespace.",
        truth:
          "It has several kinds (mount, pid, …). Only `net` decides what it sees of the network, and containers may [[shared-netns|share]] it.",
      },
    ],
    hand: "The same inode means the same network. Compare what the first command prints with the `NS` column of the second.",
  },
  "zh-CN": {
    why: "默认情况下，一个进程能看到整台机器的接口、端口和规则。两个都想占用 80 端口的服务会冲突，谁也藏不住自己的路由。于是内核允许进程待在一份独立的网络协议栈里，这份协议栈一开始几乎是空的：只有 `lo`，而且还没启用。容器就是这样的进程；Docker 先建好命名空间，再把 [[veth|veth]] 的一端放进去。命名空间靠 inode 区分，例如 `net:[4026532567]`；只要里面还有进程，或者 `/run/netns` 里那样的文件还挂着它，它就一直存在。",
    picture:
      "每一行末尾的方框就是一个命名空间，用住在里面的容器命名。`blue` 里没有容器，是有人执行了 `ip netns add blue`。宿主机自己也有一个命名空间：方框左边的一切都在其中。",
    wrong: [
      {
        claim: "用 `ip netns list` 就能列出容器的命名空间。",
        truth:
          "它只列 `/run/netns` 里的文件。Docker 把自己的放在 `/run/docker/netns`；`lsns -t net` 则是顺着进程去找。",
      },
      {
        claim: "一个容器只有一个命名空间。",
        truth:
          "命名空间有好几种（mount、pid……）。决定网络视野的只有 `net` 这一种，而且多个容器可以[[shared-netns|共用]]同一个。",
      },
    ],
    hand: "inode 相同，就是同一个网络。拿第一条命令的输出，和第二条里 `NS` 那一列对照。",
  },
};

export const veth: Note = {
  en: {
    why: "A fresh [[netns|namespace]] has no way out. A veth pair is the cable: the kernel creates two interfaces at once, and one of them may be moved into another namespace. A frame that one end sends is received by the other, with nothing in between that could route or filter it. When either end or its namespace goes, both go; half a pair does not exist.",
    picture:
      "`veth9a1c2d3@if4` is the end on the host, plugged into `docker0`. `eth0@if5` is the end in the container. The thick line is the pair. A solid line is proven by the kernel’s own map of namespaces, a dashed one agrees with everything that was read, a dotted one is not settled.",
    wrong: [
      {
        claim: "The veth on the host has the container’s index plus one.",
        truth:
          "Often so where Docker made both ends in a row, and never to be relied on. Ask for [[ifindex|iflink]]; since Docker 28 the end in the container is created there and usually gets number 2.",
      },
      {
        claim: "`veth9a1c2d3` will still be called so tomorrow.",
        truth:
          "The seven digits are random. After a restart the container has a new pair under a new name.",
      },
    ],
    hand: "Each end prints the other’s number behind the `@`. The end on the host also says in which namespace the other one is: `link-netnsid`.",
  },
  "zh-CN": {
    why: "新建的[[netns|命名空间]]没有任何出口，veth 对就是那根网线：内核一次创建两个接口，其中一个可以搬到别的命名空间。一端发出的帧，另一端原样收到，中间没有任何东西会去路由或过滤它。任何一端（或它所在的命名空间）消失，两端一起消失，不存在“半对” veth。",
    picture:
      "`veth9a1c2d3@if4` 是宿主机上的一端，插在 `docker0` 上；`eth0@if5` 是容器里的一端；中间的粗线就是这一对。实线表示由内核自己的命名空间编号证实，虚线表示与读到的一切都吻合，点线表示尚未确定。",
    wrong: [
      {
        claim: "宿主机上 veth 的编号等于容器里编号加一。",
        truth:
          "Docker 接连创建两端时常常如此，但绝不能当作依据。该看的是 [[ifindex|iflink]]；从 Docker 28 起，容器那一端直接在容器里创建，编号多半是 2。",
      },
      {
        claim: "`veth9a1c2d3` 这个名字是固定的。",
        truth: "后面七位是随机的。容器重启之后就是一对新的 veth，名字也换了。",
      },
    ],
    hand: "两端都会在 `@` 后面打印对方的编号；宿主机这一端还会说明对方在哪个命名空间：`link-netnsid`。",
  },
};

export const ifindex: Note = {
  en: {
    why: "Names can change and need not be unique across namespaces, so the kernel counts: `ifindex` is the number of an interface, unique within its own [[netns|namespace]] only. `iflink` is the number of the interface at the other end: for a [[veth|veth]] its peer, for a [[macvlan|macvlan]] the device below. `ip` prints it as `@if4`: “my other end is number 4, but not here”.",
    picture:
      "`eth0@if5` in nginx points to number 5 on the host, which is `veth9a1c2d3@if4`; that one points back to number 4 in nginx. Two numbers, crosswise: that is the whole trick of the articles.",
    wrong: [
      {
        claim: "`@if4` names one interface.",
        truth:
          "It names a number in a namespace that is not told there. A host with twenty containers can have twenty interfaces number 4; which one is meant, only [[nsid|link-netnsid]] says.",
      },
      {
        claim: "The index is the container’s plus one.",
        truth:
          "Numbers are given in the order of creation, per namespace. Any other interface that comes in between breaks the rule.",
      },
      {
        claim: "`iflink` is a peer.",
        truth:
          "Not for every kind. For a bridge or NIC it is its own number, for `vxlan` it may be anything: look at the kind first.",
      },
    ],
    hand: "Read `iflink` inside the container, then look for the interface with that `ifindex` on the host, and check that it points back.",
  },
  "zh-CN": {
    why: "接口名会变，不同命名空间里还可以重名，所以内核用编号：`ifindex` 是接口的编号，只在自己所在的[[netns|命名空间]]内唯一；`iflink` 是另一头那个接口的编号，对 [[veth|veth]] 来说是对端，对 [[macvlan|macvlan]] 来说是下层设备。`ip` 把它打印成 `@if4`，意思是“我的另一头是 4 号，但不在这里”。",
    picture:
      "nginx 里的 `eth0@if5` 指向宿主机上的 5 号，也就是 `veth9a1c2d3@if4`；它又指回 nginx 里的 4 号。两个数字交叉对上，文章里的全部窍门就在这儿。",
    wrong: [
      {
        claim: "`@if4` 就能确定是哪个接口。",
        truth:
          "它只是某个命名空间里的一个编号，而是哪个命名空间并没有写出来。二十个容器的宿主机上可能有二十个 4 号接口；到底指谁，只有 [[nsid|link-netnsid]] 说得清。",
      },
      {
        claim: "veth 的编号等于容器里的编号加一。",
        truth:
          "编号按创建顺序发放，各个命名空间各数各的。中间只要多创建一个接口，这条“规律”就不成立了。",
      },
      {
        claim: "`iflink` 就是对端。",
        truth:
          "不是每种接口都如此。网桥和网卡的这个数字就是自己的编号，`vxlan` 的可能是任何值：先看接口类型。",
      },
    ],
    hand: "先在容器里读 `iflink`，再到宿主机上找 `ifindex` 等于它的接口，最后确认它也指回来。",
  },
};

export const nsid: Note = {
  en: {
    why: "An [[ifindex|ifindex]] alone does not name a peer, because every [[netns|namespace]] counts for itself. The kernel closes the gap with a second number: `link-netnsid` says in which namespace the other end is. It is a nickname that each namespace hands out for others it is linked to: 0, 1, 2 and so on. With both numbers the peer is settled, without guessing. This is the proof behind every line that Vethscope draws solid.",
    picture:
      "Both host ends read `@if2` here, and both containers have an `eth0` with number 2, as in any host with Docker 28. Nothing in the names tells which belongs to which. The `link-netnsid` does: 0 is nginx, 1 is redis.",
    wrong: [
      {
        claim: "nsid 0 is the host, or the same everywhere.",
        truth:
          "Each namespace numbers the others in its own way. 0 seen from the host and 0 seen from a container have nothing to do with each other.",
      },
      {
        claim: "I can write the nsid down.",
        truth:
          "It goes with its namespace and is given out again. After a restart the same container may have another.",
      },
      {
        claim: "No `link-netnsid` means that it is unknown.",
        truth:
          "It means that both ends are in the same namespace, and `ip` then prints the peer’s name behind the `@`.",
      },
    ],
    hand: "`lsns` prints the host’s own map: the `NETNSID` column beside the inode in `NS`. Find the number of the interface in it.",
  },
  "zh-CN": {
    why: "每个[[netns|命名空间]]都各自编号，所以单凭 [[ifindex|ifindex]] 定不了对端。内核为此给出第二个数字：`link-netnsid`，说明另一头在哪个命名空间。它是每个命名空间给与自己相连的其他命名空间起的代号：0、1、2……有了这两个数字，对端就确定了，不用猜。Vethscope 里画成实线的每一条，背后的证据就是它。",
    picture:
      "图里宿主机上的两端都是 `@if2`，两个容器里的 `eth0` 也都是 2 号，装了 Docker 28 的宿主机都是这样。光看名字分不出谁连着谁，`link-netnsid` 才分得出：0 是 nginx，1 是 redis。",
    wrong: [
      {
        claim: "nsid 0 就是宿主机，或者 nsid 处处通用。",
        truth: "每个命名空间各编各的。宿主机眼里的 0 和某个容器眼里的 0 毫无关系。",
      },
      {
        claim: "nsid 可以记下来以后用。",
        truth: "命名空间消失，编号就收回并重新分配。同一个容器重启之后，nsid 可能就变了。",
      },
      {
        claim: "没有 `link-netnsid` 说明对端未知。",
        truth: "恰恰相反：两端在同一个命名空间里，这时 `ip` 会在 `@` 后面直接打印对端的名字。",
      },
    ],
    hand: "`lsns` 打印的是宿主机自己的对照表：`NETNSID` 一列对应 `NS` 一列的 inode。在里面找到接口上的那个编号即可。",
  },
};

export const mtu: Note = {
  en: {
    why: "A link carries packets up to a size: its MTU, 1500 bytes on ordinary Ethernet. What is larger must be cut or dropped. A tunnel puts a packet inside another, so its own room is smaller: an [[overlay|overlay]] network has `mtu 1450`, since VXLAN over IPv4 takes 50 bytes. Docker gives its bridges 1500 unless told otherwise; it does not look at the NIC or the VPN behind it.",
    picture:
      "Every interface on the lit path has an MTU of its own: `eth0` in the container, `veth9a1c2d3`, `docker0`, `ens3`. The smallest one counts. Select an interface to see its value; the two ends of a pair are compared.",
    wrong: [
      {
        claim: "Ping works, so the network is fine.",
        truth:
          "A ping is small. With a wrong MTU short answers arrive and large ones hang: a login works, a download or a TLS handshake does not.",
      },
      {
        claim: "The kernel finds the right size by itself.",
        truth:
          "Only if the ICMP message “fragmentation needed” comes through. A firewall that drops ICMP turns it into a black hole.",
      },
      {
        claim: "A router cuts what is too large, and a bridge does too.",
        truth:
          "A bridge cuts nothing: a frame that is larger than the port’s MTU is dropped in silence.",
      },
    ],
    hand: "Compare the numbers along the way. The setting is `com.docker.network.driver.mtu` of a network, or `mtu` in `daemon.json` for the default bridge.",
  },
  "zh-CN": {
    why: "每条链路能承载的包有个上限，就是 MTU，普通以太网是 1500 字节；超过就得分片，否则丢弃。隧道要把一个包装进另一个包里，留给里面的空间就更小：[[overlay|overlay]] 网络是 `mtu 1450`，因为 IPv4 上的 VXLAN 头要占 50 字节。Docker 的网桥默认就是 1500，它并不会去看网卡或者后面的 VPN 是多少。",
    picture:
      "点亮的路径上每个接口都有自己的 MTU：容器里的 `eth0`、`veth9a1c2d3`、`docker0`、`ens3`，起作用的是最小的那个。选中接口就能看到数值，一对 veth 的两端会并排比较。",
    wrong: [
      {
        claim: "能 ping 通，网络就没问题。",
        truth:
          "ping 包很小。MTU 不对时，短的应答能到，长的会卡住：能登录，却下载不动，TLS 握手也卡着。",
      },
      {
        claim: "内核会自己找到合适的大小。",
        truth: "前提是 ICMP 的“需要分片”消息能回来。防火墙一旦丢掉 ICMP，就成了黑洞。",
      },
      {
        claim: "包太大路由器会分片，网桥也会。",
        truth: "网桥什么都不切：比端口 MTU 大的帧会被悄悄丢掉。",
      },
    ],
    hand: "沿路把数字比一遍。要改的话：自建网络用 `com.docker.network.driver.mtu`，默认网桥用 `daemon.json` 里的 `mtu`。",
  },
};
