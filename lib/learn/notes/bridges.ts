import type { Note } from "@/lib/learn/note";

export const bridge: Note = {
  en: {
    why: "A [[veth|veth]] pair joins two ends only. To join many, something has to pass frames on: a bridge is a switch inside the kernel. Interfaces are plugged into it as ports; `ip` prints the bridge as their `master`. The bridge learns which MAC address is behind which port ([[fdb|FDB]]) and sends each frame there. Unlike a switch on a desk it is an interface of the host as well, with an address of its own: that address is the containers’ [[gateway|gateway]].",
    picture:
      "The box in the middle is the bridge, and the thin lines to the veth ends are its ports. Each network has one bridge and one colour. Frames between nginx and redis turn round at `docker0` and never come near `ens3`.",
    wrong: [
      {
        claim: "`docker0` is connected to `ens3`.",
        truth:
          "No port joins them. The host routes between the two, and [[masquerade|NAT]] changes the addresses on the way. Only if you make the NIC a port is there a wire.",
      },
      {
        claim: "`brctl show` inside a namespace lists its bridges.",
        truth:
          "`brctl` reads `/sys`, and under `nsenter -n` that is still the host’s. Use `ip -d link` or `bridge link`.",
      },
    ],
    hand: "Look for `master docker0` in the lines of the ports; a veth without a `master` is plugged into nothing.",
  },
  "zh-CN": {
    why: "一对 [[veth|veth]] 只能连两头。要把很多容器连到一起，就得有东西转发帧：网桥就是内核里的交换机。接口作为端口插到网桥上，`ip` 在这些接口后面把网桥打印成 `master`。网桥会学习哪个 MAC 在哪个端口后面（[[fdb|FDB]]），把帧送到该去的端口。和桌上的交换机不同，它本身还是宿主机的一个接口，有自己的地址，这个地址就是容器的[[gateway|网关]]。",
    picture:
      "中间的方框是网桥，连到各个 veth 的细线是它的端口；一个网络一个网桥、一种颜色。nginx 和 redis 之间的帧在 `docker0` 就掉头了，根本不会经过 `ens3`。",
    wrong: [
      {
        claim: "`docker0` 连着 `ens3`。",
        truth:
          "两者之间没有端口相连，是宿主机在中间做路由，途中再由 [[masquerade|NAT]] 改写地址。只有把网卡也加进网桥当端口，才真正有线相连。",
      },
      {
        claim: "进到命名空间里执行 `brctl show`，就能看到里面的网桥。",
        truth:
          "`brctl` 读的是 `/sys`，而 `nsenter -n` 之后 `/sys` 仍然是宿主机的。请用 `ip -d link` 或 `bridge link`。",
      },
    ],
    hand: "看端口那几行里的 `master docker0`；没有 `master` 的 veth 就是哪儿也没插。",
  },
};

export const docker0: Note = {
  en: {
    why: "A container that is started without `--network` has to be somewhere. Docker makes one [[bridge|bridge]] when it starts, calls it `docker0`, gives it an address (`172.17.0.1/16` unless that collides) and puts such containers on it. In Docker’s own words this is the network named `bridge`. Every network that you create with the driver `bridge` gets a bridge of its own, named `br-` and the first 12 digits of the network’s id.",
    picture:
      "Two bridges: `docker0` with nginx, and `br-3f2a9c1d77be`, which carries the network shop, with web and db. There is no line between the two, and Docker’s firewall rules keep their containers apart as well.",
    wrong: [
      {
        claim: "`docker0` and a network of my own behave the same.",
        truth:
          "On `docker0` containers do not find each other by name: the [[dns|embedded DNS]] answers only on networks that you create.",
      },
      {
        claim: "`docker0` is `DOWN`, so something is broken.",
        truth:
          "A bridge without a running port has no carrier. It comes up with the first container on it.",
      },
      {
        claim: "I can look at a network in `docker network ls` and guess its bridge.",
        truth:
          "The name may be set by `com.docker.network.bridge.name`. Otherwise it follows from the id, never from the network’s name.",
      },
    ],
    hand: "The address of the interface and the `Gateway` that the engine names are the same.",
  },
  "zh-CN": {
    why: "启动容器时不写 `--network`，它总得有个去处。Docker 启动时会建一个[[bridge|网桥]]，取名 `docker0`，配上地址（不冲突的话就是 `172.17.0.1/16`），这样的容器就都接在上面。用 Docker 自己的话说，这就是名为 `bridge` 的网络。你用 `bridge` 驱动新建的每个网络都有各自的网桥，名字是 `br-` 加网络 ID 的前 12 位。",
    picture:
      "图里有两个网桥：`docker0` 上是 nginx；`br-3f2a9c1d77be` 承载 shop 网络，上面是 web 和 db。两者之间没有线，Docker 的防火墙规则也把两边的容器隔开。",
    wrong: [
      {
        claim: "`docker0` 和自建网络没什么区别。",
        truth: "在 `docker0` 上，容器之间不能用名字互访：[[dns|内置 DNS]] 只在自建网络里应答。",
      },
      {
        claim: "`docker0` 显示 `DOWN`，说明坏了。",
        truth: "没有端口在用的网桥没有载波，接上第一个容器它就起来了。",
      },
      {
        claim: "看 `docker network ls` 里的网络名就能猜到网桥名。",
        truth:
          "名字可以由 `com.docker.network.bridge.name` 指定；没指定时取自网络 ID，从来不是网络名。",
      },
    ],
    hand: "接口上的地址，和引擎报告的 `Gateway` 是同一个。",
  },
};

export const gateway: Note = {
  en: {
    why: "A subnet such as `172.17.0.0/16` says which addresses are neighbours, reached directly over the [[bridge|bridge]]. Everything else goes to the gateway, the one neighbour that knows further ways. On a Docker bridge network that is the host itself: the address on the bridge. Docker picks the subnet from its address pools, gives the first address to the bridge and the next ones to the containers.",
    picture:
      "`docker0` carries `172.17.0.1/16`: gateway and subnet in one. From nginx the way to the world goes through `docker0`, then by the host’s routes to `ens3`. Containers on the same bridge talk to each other without the gateway.",
    wrong: [
      {
        claim: "The gateway is a router somewhere.",
        truth:
          "It is this machine. That is why a container can reach services of the host at this address, if they listen there and the host’s firewall lets them.",
      },
      {
        claim: "Any free subnet will do.",
        truth:
          "One that overlaps with a company network or a VPN swallows part of it: the host sends those packets to the bridge. Set `default-address-pools` to keep clear.",
      },
      {
        claim: "Every network has a gateway.",
        truth:
          "With `--internal` a container has no default route, and with `--network none` not even an address.",
      },
    ],
    hand: "Inside the container `default via` names the gateway; on the host the same address stands on the bridge.",
  },
  "zh-CN": {
    why: "像 `172.17.0.0/16` 这样的子网，说明哪些地址算邻居，可以经由[[bridge|网桥]]直接到达；其余的都交给网关，也就是那个知道外面怎么走的邻居。在 Docker 的 bridge 网络里，网关就是宿主机自己：网桥上的那个地址。Docker 从地址池里挑子网，第一个地址给网桥，后面的依次给容器。",
    picture:
      "`docker0` 上写着 `172.17.0.1/16`，网关和子网一目了然。nginx 要出去，先到 `docker0`，再按宿主机的路由走 `ens3`。同一个网桥上的容器互访，不经过网关。",
    wrong: [
      {
        claim: "网关是某处的一台路由器。",
        truth:
          "就是这台宿主机。所以容器可以用这个地址访问宿主机上的服务，只要服务监听在那里，而且宿主机防火墙放行。",
      },
      {
        claim: "子网随便挑个没人用的就行。",
        truth:
          "要是和公司内网或 VPN 重叠，那一段就会被吞掉：宿主机会把这些包送进网桥。可用 `default-address-pools` 避开。",
      },
      {
        claim: "每个网络都有网关。",
        truth: "加了 `--internal`，容器就没有默认路由；`--network none` 则连地址都没有。",
      },
    ],
    hand: "容器里的 `default via` 写着网关，宿主机上同一个地址就在网桥上。",
  },
};

export const fdb: Note = {
  en: {
    why: "When a frame for some MAC address arrives, a [[bridge|bridge]] must know behind which port that address lives. It learns by watching: the source address of each frame is remembered with the port that it came in on. This table is the forwarding database, FDB. Frames for an unknown address are sent out of all ports. Entries that were learned are forgotten after 300 seconds of silence.",
    picture:
      "`docker0` with two ports. When redis has sent something, the FDB holds the MAC of its `eth0` behind `vethf01be77`. Vethscope compares that with the pair that it has proven by numbers: a learned MAC supports a pair, it never decides one.",
    wrong: [
      {
        claim: "The FDB lists all containers.",
        truth:
          "Only those that spoke lately. A silent container is missing, and nothing is wrong with it.",
      },
      {
        claim: "An entry with `permanent` was learned on this port.",
        truth:
          "That is the port’s or the bridge’s own address, or a multicast group. Learned entries have no `permanent` and no `self`.",
      },
      {
        claim: "FDB and ARP are the same.",
        truth:
          "ARP (the `ip neigh` table) says which MAC an IP has. The FDB says which port a MAC has. One works on IP, the other knows nothing of it.",
      },
    ],
    hand: "The MAC that the bridge learned on the port is the MAC of the `eth0` at the other end of the pair.",
  },
  "zh-CN": {
    why: "收到一个发往某 MAC 的帧，[[bridge|网桥]]得知道这个 MAC 在哪个端口后面。办法是边看边学：每个帧的源 MAC 连同进来的端口一起记下来，这张表就是转发数据库 FDB。目的 MAC 没学到过的帧，从所有端口发出去。学到的表项静默 300 秒后就会忘掉。",
    picture:
      "图中的 `docker0` 有两个端口。redis 只要发过包，FDB 里就会有它的 `eth0` 的 MAC，端口是 `vethf01be77`。Vethscope 拿它和凭编号证实的那一对核对：学到的 MAC 只作旁证，从不用来下结论。",
    wrong: [
      {
        claim: "FDB 里列着全部容器。",
        truth: "只有最近发过包的。安静的容器不在里面，并不说明有问题。",
      },
      {
        claim: "带 `permanent` 的表项是这个端口学来的。",
        truth:
          "那是端口或网桥自己的地址，或者组播地址。学来的表项既没有 `permanent` 也没有 `self`。",
      },
      {
        claim: "FDB 和 ARP 是一回事。",
        truth:
          "ARP（`ip neigh` 那张表）管 IP 对应哪个 MAC，FDB 管 MAC 在哪个端口。前者针对 IP，后者根本不认识 IP。",
      },
    ],
    hand: "网桥在端口上学到的 MAC，就是这一对另一头 `eth0` 的 MAC。",
  },
};

export const stp: Note = {
  en: {
    why: "Two bridges joined by two cables form a ring, and a broadcast would run round it for ever. The spanning tree protocol (STP) finds such rings and shuts ports until none is left. That is why every port of a [[bridge|bridge]] has a state: `disabled`, `blocking`, `listening`, `learning`, `forwarding`. Docker’s bridges have STP switched off (`stp_state 0`), since containers cannot build a ring out of one [[veth|veth]] each; a port that is up then goes to `forwarding` at once.",
    picture:
      "The state of a port is shown with its veth end. ▽ on `vethf01be77@if6` says that it is down: its port is `disabled` and redis is cut off, though the pair itself is proven and everything else looks right.",
    wrong: [
      {
        claim: "The port is in the bridge, so frames pass.",
        truth: "Only in `forwarding`. A port may have a `master` and still pass nothing.",
      },
      {
        claim: "`state UP` of the interface is the state of the port.",
        truth:
          "They are two things. `operstate` tells of the link, the port state tells what the bridge does with it.",
      },
      {
        claim: "STP is off, so the state says nothing.",
        truth: "It still says `disabled` when the veth or its other end is down.",
      },
    ],
    hand: "`bridge link` prints the state at the end of the line; the bridge’s own `stp_state` is 0 or 1.",
  },
  "zh-CN": {
    why: "两台网桥之间接了两根线就成了环，一个广播会在里面永远转下去。生成树协议（STP）负责发现环，并关掉一些端口，直到没有环为止。所以[[bridge|网桥]]的每个端口都有一个状态：`disabled`、`blocking`、`listening`、`learning`、`forwarding`。Docker 的网桥默认关闭 STP（`stp_state 0`），因为每个容器只有一根 [[veth|veth]]，绕不成环；端口一启用就直接进入 `forwarding`。",
    picture:
      "端口状态标在宿主机一侧的 veth 上。`vethf01be77@if6` 上的 ▽ 表示它没有启用：端口是 `disabled`，redis 就断网了，尽管这一对 veth 已被证实，其他一切看起来都正常。",
    wrong: [
      {
        claim: "端口已经在网桥里了，帧就能过。",
        truth: "只有 `forwarding` 才放行。有 `master` 的端口也可能什么都不转发。",
      },
      {
        claim: "接口的 `state UP` 就是端口状态。",
        truth: "这是两码事：`operstate` 说的是链路，端口状态说的是网桥怎么对待它。",
      },
      {
        claim: "STP 关着，端口状态就没意义。",
        truth: "veth 或者它的另一头没启用时，照样会显示 `disabled`。",
      },
    ],
    hand: "`bridge link` 在行尾打印端口状态；网桥自己的 `stp_state` 是 0 或 1。",
  },
};

export const hairpin: Note = {
  en: {
    why: "A [[bridge|bridge]] never sends a frame back out of the port on which it came in: on a switch the sender is there, and has seen it already. One case needs exactly that. A container asks for its own published port at the host’s address, [[dnat|DNAT]] turns the destination into the container itself, and the answer has to leave by the port where the question came in. `hairpin on` allows it, port by port; the name is that of the bend in the road.",
    picture:
      "nginx asks for port 8080 of its own host: along the pair to `docker0`, and back along the same `veth9a1c2d3`. The drawing shows one wire; the packet uses it twice.",
    wrong: [
      {
        claim: "Docker needs hairpin for published ports.",
        truth:
          "Not by default: a container’s connection to its own published port is taken by [[docker-proxy|docker-proxy]]. Docker switches hairpin on when it runs with `userland-proxy=false`.",
      },
      {
        claim: "Hairpin alone is enough.",
        truth:
          "The source must be rewritten too ([[masquerade|MASQUERADE]]), or the container sees a packet from itself and drops it.",
      },
    ],
    hand: "Look for `hairpin` in the details of the port. `false` with docker-proxy running is as it should be.",
  },
  "zh-CN": {
    why: "[[bridge|网桥]]从不把帧从它进来的那个端口再发回去：在交换机上发送者就在那里，早已看过这个帧。但有一种情况偏偏需要这样：容器通过宿主机的地址访问自己发布的端口，[[dnat|DNAT]] 把目的地址改成了容器自己，于是包得从进来的那个端口再出去。`hairpin on` 按端口逐个放行这种走法；hairpin 原意是发夹，也就是原路折返的弯。",
    picture:
      "nginx 访问宿主机的 8080 端口：沿着这对 veth 到 `docker0`，再沿同一个 `veth9a1c2d3` 折回来。图上只有一根线，包却走了两次。",
    wrong: [
      {
        claim: "发布端口必须开 hairpin。",
        truth:
          "默认不需要：容器访问自己发布的端口，由 [[docker-proxy|docker-proxy]] 接手。只有设置了 `userland-proxy=false`，Docker 才会打开 hairpin。",
      },
      {
        claim: "开了 hairpin 就够了。",
        truth:
          "源地址也得改写（[[masquerade|MASQUERADE]]），否则容器收到的是“来自自己”的包，会直接丢掉。",
      },
    ],
    hand: "在端口详情里找 `hairpin`。开着 docker-proxy 时它是 `false`，这很正常。",
  },
};
