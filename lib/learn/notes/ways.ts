import type { Note } from "@/lib/learn/note";

export const masquerade: Note = {
  en: {
    why: "Nobody outside knows a way to `172.17.0.2`: the address is private, and exists on every Docker host in the world. So the host answers for it. When a packet leaves by the NIC, `MASQUERADE` in the table nat writes the NIC’s own address over the source, and the kernel (conntrack) remembers the flow, to write the container’s address back into the answers. It is source NAT that looks up the address each time, so that it works with DHCP too.",
    picture:
      "The lit path is the one that is rewritten: nginx, `docker0`, then `ens3`. It happens between bridge and NIC, after routing. Traffic from container to container on one bridge stays as it is; the rule says so: `! -o docker0`.",
    wrong: [
      {
        claim: "`docker0` translates the addresses.",
        truth:
          "A bridge knows nothing of IP addresses. The rule is in the host’s firewall; flush it, and containers lose the outside while all interfaces look healthy.",
      },
      {
        claim: "The rule counts packets.",
        truth:
          "Only the first packet of a flow visits the nat table. Its counter counts connections.",
      },
      {
        claim: "It needs a rule for the way back.",
        truth: "conntrack reverses it by itself.",
      },
    ],
    hand: "`-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE` is what the rule looks like, one for each subnet; with Docker’s nftables backend, ask `nft list ruleset`. The way out is that of the host’s default route.",
  },
  "zh-CN": {
    why: "外面没有人知道怎么去 `172.17.0.2`：它是私有地址，全世界每台 Docker 宿主机上都有一个。所以由宿主机代为出面：包从网卡出去时，nat 表里的 `MASQUERADE` 把源地址改成网卡自己的地址，内核（conntrack）记下这条流，应答回来时再改回容器的地址。它其实就是源地址转换（SNAT），只是每次都现查地址，所以网卡用 DHCP 也没问题。",
    picture:
      "点亮的路径就是会被改写的那条：nginx、`docker0`、`ens3`。改写发生在网桥和网卡之间，路由之后。同一个网桥上容器之间的流量不变，规则里写得明白：`! -o docker0`。",
    wrong: [
      {
        claim: "地址转换是 `docker0` 做的。",
        truth:
          "网桥根本不懂 IP 地址。规则在宿主机的防火墙里；一旦清空，容器就上不了外网，而所有接口看起来都正常。",
      },
      {
        claim: "规则的计数器数的是包。",
        truth: "每条流只有第一个包会经过 nat 表，它数的是连接。",
      },
      {
        claim: "回来的方向也要配一条规则。",
        truth: "conntrack 会自动改回来。",
      },
    ],
    hand: "规则形如 `-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE`，每个子网一条；如果 Docker 用的是 nftables 后端，就看 `nft list ruleset`。出口就是宿主机的默认路由。",
  },
};

export const dnat: Note = {
  en: {
    why: "A container’s address is unknown outside, yet a service has to be reached. `-p 8080:80` publishes a port: whoever connects to the host on 8080 gets to port 80 of the container. The kernel does that by `DNAT` in the table nat: before routing it writes the container’s address and port over the destination. After that the packet is an ordinary one to `172.17.0.2`, routed to the [[bridge|bridge]], and conntrack turns the answers round.",
    picture:
      "The tag `:8080` on nginx is the published port. Amber means that it is open on all addresses of the host, grey that it is bound to `127.0.0.1` only. The lit path is the way of a request from outside.",
    wrong: [
      {
        claim: "My firewall closes 8080 in `INPUT`, so it is closed.",
        truth:
          "After `DNAT` the packet is forwarded and never comes to `INPUT`. Docker leaves the chain `DOCKER-USER` for your rules, and there the port is already 80.",
      },
      {
        claim: "The rule answers on `127.0.0.1` as well.",
        truth:
          "By default the host’s own loopback traffic does not pass it. There the [[docker-proxy|docker-proxy]] answers.",
      },
      {
        claim: "`EXPOSE` in the image publishes a port.",
        truth: "It is a remark. Only `-p` or `-P` makes a rule.",
      },
    ],
    hand: "`-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80` is such a rule. The engine tells what was asked for, the rules what was done.",
  },
  "zh-CN": {
    why: "外面不知道容器的地址，服务却要能访问到。`-p 8080:80` 就是发布端口：谁连宿主机的 8080，就到容器的 80。内核靠 nat 表里的 `DNAT` 做到这一点：在路由之前，把目的地址和端口改成容器的。此后它就是一个发往 `172.17.0.2` 的普通包，路由到[[bridge|网桥]]，应答由 conntrack 改回来。",
    picture:
      "nginx 上的 `:8080` 就是已发布端口。橙色表示在宿主机的所有地址上都能访问，灰色表示只绑定了 `127.0.0.1`。点亮的路径就是外部请求进来的路。",
    wrong: [
      {
        claim: "防火墙在 `INPUT` 里封了 8080，就访问不到了。",
        truth:
          "`DNAT` 之后包走的是转发，根本不进 `INPUT`。自己的规则要放在 Docker 留的 `DOCKER-USER` 链里，而且那里看到的端口已经是 80。",
      },
      {
        claim: "访问 `127.0.0.1` 也走这条规则。",
        truth: "默认情况下宿主机自己的回环流量不经过它，应答的是 [[docker-proxy|docker-proxy]]。",
      },
      {
        claim: "镜像里写了 `EXPOSE` 就等于发布端口。",
        truth: "那只是说明。只有 `-p` 或 `-P` 才会产生规则。",
      },
    ],
    hand: "规则形如 `-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80`。引擎说的是当初要求了什么，规则说的是实际做了什么。",
  },
};

export const dockerProxy: Note = {
  en: {
    why: "The [[dnat|DNAT]] rule catches packets from outside. Some others pass it by: those of the host to its own `127.0.0.1`, and those of a container to a port that is published on its own host. For these Docker starts a small program for each published port: `docker-proxy` listens on the host’s port, accepts the connection and makes a second one to the container. It also keeps the port taken, so that no other program can claim it.",
    picture:
      "nginx has `:8080`, open to all; redis has `lo:6379` in grey, bound to `127.0.0.1`. A `curl` on the host to `127.0.0.1:8080` is answered by docker-proxy; a browser elsewhere never meets it. The program itself is no interface, so it has no box.",
    wrong: [
      {
        claim: "All traffic to published ports goes through docker-proxy.",
        truth:
          "Usually only what DNAT does not catch. If everything does, the rules are missing: it then still works, only slower.",
      },
      {
        claim: "The container sees who is calling.",
        truth:
          "Through the proxy it sees the [[gateway|gateway’s]] address, since the second connection is the host’s.",
      },
      {
        claim: "The connection was accepted, so the application runs.",
        truth:
          "The proxy accepts first and calls the container afterwards. “Connected, then closed at once” often means that nobody listens inside.",
      },
    ],
    hand: "One process for each published port and address. With `userland-proxy=false` there is none, and `dockerd` itself holds the ports.",
  },
  "zh-CN": {
    why: "[[dnat|DNAT]] 规则接住的是外面来的包。有些流量不经过它：宿主机访问自己的 `127.0.0.1`，以及容器访问本机上发布的端口。为此 Docker 给每个已发布端口启动一个小程序：`docker-proxy` 监听宿主机端口，接受连接，再向容器建立第二条连接。它同时也占住了端口，别的程序就抢不走。",
    picture:
      "nginx 有 `:8080`，对外开放；redis 有灰色的 `lo:6379`，只绑定了 `127.0.0.1`。在宿主机上用 `curl` 访问 `127.0.0.1:8080`，应答的是 docker-proxy；别处的浏览器根本碰不到它。它只是个程序，不是接口，所以图里没有它的方框。",
    wrong: [
      {
        claim: "访问发布端口的流量都经过 docker-proxy。",
        truth: "通常只有 DNAT 没接住的才经过它。如果全都经过它，说明规则丢了：还能用，但更慢。",
      },
      {
        claim: "容器看得到是谁在访问。",
        truth: "经过代理时，看到的是[[gateway|网关]]地址，因为第二条连接是宿主机发起的。",
      },
      {
        claim: "连接成功，说明应用在运行。",
        truth: "代理是先接受连接，再去连容器的。“连上立刻断开”往往说明容器里没人监听。",
      },
    ],
    hand: "每个已发布的端口和地址对应一个进程。设置 `userland-proxy=false` 后就没有它了，端口由 `dockerd` 自己占着。",
  },
};

export const dns: Note = {
  en: {
    why: "Addresses of containers change at every start, names do not. On networks that you create, Docker answers name questions itself: `/etc/resolv.conf` in the container says `nameserver 127.0.0.11`. Nothing listens there on port 53. Rules in the container’s own [[netns|namespace]] lead the question to a port of its own that `dockerd` opened in there, and dockerd answers with the address of the container or alias, or asks the host’s resolvers.",
    picture:
      "web and db are on the network shop (`br-3f2a9c1d77be`) and find each other by name. nginx is on `docker0`: there it is not found by name, and finds nobody. The picture shows who shares a network; that is what a name can reach.",
    wrong: [
      {
        claim: "`127.0.0.11` is a DNS server on the host.",
        truth: "It is loopback inside the container’s namespace. On the host nobody answers there.",
      },
      {
        claim: "Names work on `docker0` too.",
        truth: "Not on the default network. Create one of your own, or pass addresses.",
      },
      {
        claim: "DNS fails, so the resolver is down.",
        truth:
          "If rules in the container’s namespace were flushed, the question finds no one. A restart of the container restores them.",
      },
    ],
    hand: "Look for `127.0.0.11` in the container’s `resolv.conf`, and for the network on which it is: every one except `bridge`, `host` and `none` has the embedded DNS.",
  },
  "zh-CN": {
    why: "容器的地址每次启动都可能变，名字不变。在自建网络里，Docker 自己回答域名查询：容器里的 `/etc/resolv.conf` 写着 `nameserver 127.0.0.11`。其实 53 端口上并没有程序在监听，是容器自己[[netns|命名空间]]里的规则把查询转到 `dockerd` 在里面打开的另一个端口；dockerd 认识的容器名和别名直接回答地址，其余的去问宿主机的解析器。",
    picture:
      "web 和 db 都在 shop 网络（`br-3f2a9c1d77be`）里，彼此能用名字访问。nginx 在 `docker0` 上：别人用名字找不到它，它也找不到别人。从图上看得出谁和谁在同一个网络，名字能到的范围就是这个。",
    wrong: [
      {
        claim: "`127.0.0.11` 是宿主机上的 DNS 服务器。",
        truth: "它是容器命名空间里的回环地址，在宿主机上访问它没人应答。",
      },
      {
        claim: "在 `docker0` 上名字也能用。",
        truth: "默认网络不行。请自建一个网络，或者直接用地址。",
      },
      {
        claim: "解析失败，就是解析器挂了。",
        truth: "如果容器命名空间里的规则被清掉，查询就没人接。重启容器即可恢复。",
      },
    ],
    hand: "看容器的 `resolv.conf` 里有没有 `127.0.0.11`，再看它在哪个网络：除了 `bridge`、`host`、`none`，都有内置 DNS。",
  },
};
