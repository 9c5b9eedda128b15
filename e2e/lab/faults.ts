import type Docker from "dockerode";
import { engineOf } from "./engine";
import { sh } from "./hard-set";
import { plainImage } from "./image";
import type { LabHost } from "./truth";

/** What is there before anything is broken; names and numbers as the kernel and the engine gave them. */
export type Ward = {
  readonly host: LabHost;
  readonly engine: Docker;
  /** The host end of web's pair. */
  readonly veth: string;
  /** The bridges of the networks `shop` and `other`. */
  readonly shop: string;
  readonly web: Guest;
  readonly web2: Guest;
  /** The folder where dockerd keeps the namespaces of containers. */
  readonly sandboxes: string;
};

type Guest = {
  readonly pid: string;
  readonly address: string;
  readonly mac: string;
  readonly gateway: string;
};

/** Something that goes wrong on real hosts, made with real commands, and undone. */
export type Fault = {
  /** As a claim about the host. */
  readonly name: string;
  readonly make: (ward: Ward) => Promise<unknown>;
  readonly restore: (ward: Ward) => Promise<unknown>;
  /** All that is found then: number, and the key of the first thing that it is about. */
  readonly found: (ward: Ward) => readonly string[];
};

const sleeps = ["/bin/busybox", "sleep", "99999"];

async function run(engine: Docker, name: string, mode: string): Promise<void> {
  const container = await engine.createContainer({
    name,
    Image: plainImage,
    Cmd: sleeps,
    HostConfig: { NetworkMode: mode },
  });
  await container.start();
}

const bridgeNetwork = (engine: Docker, name: string, subnet: string) =>
  engine.createNetwork({ Name: name, IPAM: { Driver: "default", Config: [{ Subnet: subnet }] } });

/** Containers on the default bridge and on a network, one that shares a namespace, one on a macvlan. */
export async function openWard(host: LabHost): Promise<Ward> {
  const engine = engineOf(host);
  await sh(
    host,
    "ip link add par0 type veth peer name par1; ip link set par0 up; ip link set par1 up",
  );
  await bridgeNetwork(engine, "shop", "172.30.0.0/24");
  await bridgeNetwork(engine, "other", "172.31.0.0/24");
  await engine.createNetwork({
    Name: "lan",
    Driver: "macvlan",
    IPAM: { Driver: "default", Config: [{ Subnet: "10.98.0.0/24" }] },
    Options: { parent: "par0" },
  });
  await run(engine, "web", "bridge");
  await run(engine, "web2", "bridge");
  await run(engine, "api", "shop");
  await run(engine, "api2", "shop");
  await run(engine, "camera", "lan");
  await run(engine, "owner", "bridge");
  await run(engine, "sidecar", "container:owner");
  const { Id } = await engine.getNetwork("shop").inspect();
  const web = await guest(engine, "web");
  return {
    host,
    engine,
    web,
    web2: await guest(engine, "web2"),
    veth: await hostEnd(host, web),
    shop: `br-${String(Id).slice(0, 12)}`,
    sandboxes: await sh(
      host,
      `sed -n 's|.* \\(/[^ ]*/netns\\)/[0-9a-f]\\{12\\} .*|\\1|p' /proc/self/mountinfo | head -n 1`,
    ),
  };
}

async function guest(engine: Docker, name: string): Promise<Guest> {
  const { State, NetworkSettings } = await engine.getContainer(name).inspect();
  const { IPAddress, MacAddress, Gateway } = NetworkSettings.Networks["bridge"] ?? {};
  if (!IPAddress || !MacAddress || !Gateway) throw new Error(`${name} is not on bridge`);
  return { pid: String(State.Pid), address: IPAddress, mac: MacAddress, gateway: Gateway };
}

async function hostEnd(host: LabHost, { pid }: Guest): Promise<string> {
  const printed = await sh(host, 'nsenter -t "$1" -n ip -j link show dev eth0', pid);
  const [{ link_index }] = JSON.parse(printed) as [{ link_index: number }];
  const links = JSON.parse(await sh(host, "ip -j link show")) as {
    ifindex: number;
    ifname: string;
  }[];
  const end = links.find(({ ifindex }) => ifindex === link_index);
  if (end === undefined) throw new Error(`no link ${link_index} on the host`);
  return end.ifname;
}

const onHost =
  (script: string) =>
  ({ host, veth, shop, sandboxes }: Ward): Promise<string> =>
    sh(host, `set -e; veth=$1 shop=$2 sandboxes=$3; ${script}`, veth, shop, sandboxes);

const inside =
  (who: "web" | "web2", script: string) =>
  (ward: Ward): Promise<string> => {
    const { web } = ward;
    const { pid } = ward[who];
    return sh(
      ward.host,
      `in="nsenter -t $1 -n" address=$2 gateway=$3 mac=$4; set -e; ${script}`,
      ...[pid, web.address, web.gateway, web.mac],
    );
  };

/** Those of docker0: web is the first of them. */
const eachPort = (script: string): string =>
  `for each in $(ip -o link show master docker0 | sed "s/^[0-9]*: \\([^@]*\\)@.*/\\1/"); do ${script}; done`;

const always =
  (...found: readonly string[]) =>
  () =>
    found;

export const faults: readonly Fault[] = [
  {
    name: "a container lost its default route",
    make: inside("web", "$in ip route del default"),
    restore: inside("web", "$in ip route add default via $gateway"),
    found: always("D05 ctr:web"),
  },
  {
    name: "a bridge lost its address",
    make: onHost("ip addr del 172.30.0.1/24 dev $shop"),
    restore: onHost("ip addr add 172.30.0.1/24 dev $shop"),
    found: ({ shop }) => [`D10 if:host/${shop}`],
  },
  {
    name: "a bridge was switched off",
    make: onHost("ip link set $shop down"),
    restore: onHost("ip link set $shop up"),
    found: ({ shop }) => [`D11 if:host/${shop}`],
  },
  {
    name: "a veth fell out of its bridge",
    make: onHost("ip link set $veth nomaster"),
    restore: onHost("ip link set $veth master docker0"),
    found: always("D13 peer:ctr:web/eth0"),
  },
  {
    name: "the host end of a pair was switched off",
    make: onHost("ip link set $veth down"),
    restore: onHost("ip link set $veth up"),
    found: always("D14 peer:ctr:web/eth0"),
  },
  {
    name: "an interface was switched off inside its container",
    make: inside("web", "$in ip link set eth0 down"),
    restore: inside("web", "$in ip link set eth0 up; $in ip route add default via $gateway"),
    found: always("D15 if:ctr:web/eth0"),
  },
  {
    name: "a veth was put into the bridge of another network",
    make: onHost("ip link set $veth master $shop"),
    restore: onHost("ip link set $veth master docker0"),
    found: always("D16 peer:ctr:web/eth0"),
  },
  {
    name: "two containers have one address",
    make: inside("web2", "$in ip addr add $address/16 dev eth0"),
    restore: inside("web2", "$in ip addr del $address/16 dev eth0"),
    found: always("D17 if:ctr:web2/eth0"),
  },
  {
    name: "two containers have one MAC address",
    make: inside("web2", "$in ip link set eth0 address $mac"),
    restore: async (ward) => inside("web2", `$in ip link set eth0 address ${ward.web2.mac}`)(ward),
    found: always("D18 if:ctr:web2/eth0"),
  },
  {
    name: "the owner of a shared namespace was restarted",
    make: ({ engine }) => engine.getContainer("owner").restart({ t: 0 }),
    restore: ({ engine }) => engine.getContainer("sidecar").restart({ t: 0 }),
    found: always("D19 ctr:sidecar"),
  },
  {
    name: "the owner of a shared namespace was stopped",
    make: ({ engine }) => engine.getContainer("owner").stop({ t: 0 }),
    restore: async ({ engine }) => {
      await engine.getContainer("owner").start();
      await engine.getContainer("sidecar").restart({ t: 0 });
    },
    found: always("D19 ctr:sidecar"),
  },
  {
    name: "a namespace was left behind in dockerd's folder",
    make: onHost(': >"$sandboxes/abcdefabcdef"; unshare --net="$sandboxes/abcdefabcdef" true'),
    restore: onHost('umount "$sandboxes/abcdefabcdef"; rm "$sandboxes/abcdefabcdef"'),
    found: always("D20 netns:"),
  },
  {
    name: "a file was left behind where namespaces are kept",
    make: onHost("mkdir -p /run/netns; : >/run/netns/left-behind"),
    restore: onHost("rm /run/netns/left-behind"),
    found: always("D20 host:ill"),
  },
  {
    name: "spanning tree holds back the port of a container",
    make: onHost(
      "ip link set docker0 type bridge forward_delay 3000 stp_state 1; ip link set $veth down; ip link set $veth up",
    ),
    restore: onHost(
      "ip link set docker0 type bridge stp_state 0 forward_delay 1500; ip link set $veth down; ip link set $veth up",
    ),
    found: always("D21 peer:ctr:web/eth0"),
  },
  {
    name: "ports of one bridge were isolated from each other",
    make: onHost(eachPort("bridge link set dev $each isolated on")),
    restore: onHost(eachPort("bridge link set dev $each isolated off")),
    found: always("D21 peer:ctr:web/eth0"),
  },
  {
    name: "a container has another address than the engine tells",
    make: inside(
      "web",
      "$in ip addr del $address/16 dev eth0; $in ip addr add 172.17.0.200/16 dev eth0; $in ip route add default via $gateway",
    ),
    restore: inside(
      "web",
      "$in ip addr del 172.17.0.200/16 dev eth0; $in ip addr add $address/16 dev eth0; $in ip route add default via $gateway",
    ),
    found: always("D22 ctr:web"),
  },
  {
    name: "the way out takes smaller packets than containers send",
    make: onHost("ip link set eth0 mtu 1400"),
    restore: onHost("ip link set eth0 mtu 1500"),
    found: ({ shop }) => [`D54 if:host/${shop}`, "D54 if:host/docker0"],
  },
  {
    name: "one end of a pair has another MTU than its bridge",
    make: inside("web", "$in ip link set eth0 mtu 1400"),
    restore: inside("web", "$in ip link set eth0 mtu 1500"),
    found: always("D56 if:ctr:web/eth0"),
  },
  {
    name: "the device below a macvlan was switched off",
    make: onHost("ip link set par0 down"),
    restore: onHost("ip link set par0 up"),
    found: always("D65 if:host/par0"),
  },
  {
    name: "a bridge outlived its network",
    make: onHost("ip link add br-0123456789ab type bridge"),
    restore: onHost("ip link delete br-0123456789ab"),
    found: always("D78 if:host/br-0123456789ab"),
  },
];
