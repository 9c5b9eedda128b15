import type Docker from "dockerode";
import { nftRules } from "@/lib/diagnosis/rules/ruled-world";
import { engineOf } from "./engine";
import { sh } from "./hard-set";
import { plainImage } from "./image";
import { onHost } from "./lab-env";
import type { LabHost } from "./truth";

/** A host whose addresses and bridges are those of the rules that Docker 29 would write for it (lib/diagnosis/rules/ruled-world). */
export type RuledWard = { readonly host: LabHost; readonly engine: Docker };

/** Something that goes wrong with rules, sockets or settings, made with real commands, and undone. */
export type RuleFault = {
  /** As a claim about the host. */
  readonly name: string;
  readonly make: (ward: RuledWard) => Promise<unknown>;
  readonly restore: (ward: RuledWard) => Promise<unknown>;
  /** All that is found then: number, and the key of the first thing that it is about. */
  readonly found: readonly string[];
};

const shop = "br-000000000001";

type Plan = {
  readonly name: string;
  readonly network: string;
  readonly address?: string;
  readonly listens?: string;
  /** container port, host address, host port */
  readonly publishes?: readonly [port: string, address: string, hostPort: string];
};

const command = (listens: string | undefined): readonly string[] =>
  listens === undefined
    ? ["/bin/busybox", "sleep", "99999"]
    : ["/bin/busybox", "httpd", "-f", "-p", listens, "-h", "/srv"];

async function run(engine: Docker, plan: Plan): Promise<void> {
  const [port = "", HostIp = "", HostPort = ""] = plan.publishes ?? [];
  const container = await engine.createContainer({
    name: plan.name,
    Image: plainImage,
    Cmd: [...command(plan.listens)],
    ExposedPorts: port === "" ? {} : { [port]: {} },
    HostConfig: {
      NetworkMode: plan.network,
      PortBindings: port === "" ? {} : { [port]: [{ HostIp, HostPort }] },
    },
    ...(plan.address === undefined
      ? {}
      : {
          NetworkingConfig: {
            EndpointsConfig: { [plan.network]: { IPAMConfig: { IPv4Address: plan.address } } },
          },
        }),
  });
  await container.start();
}

const network = (
  engine: Docker,
  name: string,
  subnet: string,
  options: Record<string, string> = {},
) =>
  engine.createNetwork({
    Name: name,
    IPAM: { Driver: "default", Config: [{ Subnet: subnet }] },
    Options: options,
  });

/** web and web2 on the default bridge, api on a network of its own; both published ports are answered. */
export async function openRuledWard(host: LabHost): Promise<RuledWard> {
  const engine = engineOf(host);
  // Docker set it to DROP where it had to switch forwarding on itself.
  await sh(host, "iptables -P FORWARD ACCEPT");
  await network(engine, "shop", "172.18.0.0/16", { "com.docker.network.bridge.name": shop });
  await run(engine, {
    name: "web",
    network: "bridge",
    listens: "80",
    publishes: ["80/tcp", "", "8080"],
  });
  await run(engine, { name: "web2", network: "bridge" });
  await run(engine, {
    name: "api",
    network: "shop",
    address: "172.18.0.4",
    listens: "9000",
    publishes: ["9000/tcp", "", "9000"],
  });
  return { host, engine };
}

const onIt =
  (script: string) =>
  ({ host }: RuledWard): Promise<string> =>
    sh(host, `set -e; ${script}`);

const kept = "/run/rules-before";
/** Everything that iptables holds, as it was. */
const keeping = (script: string) => onIt(`iptables-save >${kept}; ${script}`);
const putBack = onIt(`iptables-restore <${kept}`);

const flushAll = "iptables -F; iptables -X; iptables -t nat -F; iptables -t nat -X";

/** nft 1.0.6 knows no name for this priority of output. */
const docker29 = nftRules.replaceAll("priority dstnat", "priority -100");

const loadNft = async ({ host }: RuledWard, text: string): Promise<void> => {
  const { code, stderr } = await onHost(host, ["nft", "-f", "-"], text);
  if (code !== 0) throw new Error(stderr);
};

/** The rules of Docker 29's nftables backend instead of those of the Docker that runs here. */
const byNft =
  (change: (rules: string) => string) =>
  async (ward: RuledWard): Promise<void> => {
    await keeping(flushAll)(ward);
    await loadNft(ward, change(docker29));
  };
const backToIptables = async (ward: RuledWard): Promise<void> => {
  await onIt("nft delete table ip docker-bridges")(ward);
  await putBack(ward);
};

/** The same rules in iptables-legacy instead of iptables-nft. */
const byLegacy = (script: string) =>
  keeping(`${flushAll}; iptables-legacy-restore <${kept}; ${script}`);
const backFromLegacy = async (ward: RuledWard): Promise<void> => {
  const emptied = "iptables-legacy -P FORWARD ACCEPT; iptables-legacy -F; iptables-legacy -X";
  await onIt(`${emptied}; iptables-legacy -t nat -F; iptables-legacy -t nat -X`)(ward);
  await putBack(ward);
};

const without = (pattern: RegExp) => (rules: string) => {
  const after = rules.replace(pattern, "");
  if (after === rules) throw new Error(`nothing is ${pattern}`);
  return after;
};

const plus = (plan: Plan) => ({
  make: ({ engine }: RuledWard) => run(engine, plan),
  restore: ({ engine }: RuledWard) => engine.getContainer(plan.name).remove({ force: true }),
});

const personTable = (body: string) => (ward: RuledWard) =>
  loadNft(ward, `table inet person {\nchain mine {\n${body}\n}\n}\n`);
const noTable = onIt("nft delete table inet person");

const quiet = async (ward: RuledWard): Promise<void> => {
  const { engine } = ward;
  await network(engine, "quiet", "172.20.0.0/16", {
    "com.docker.network.bridge.enable_icc": "false",
    "com.docker.network.bridge.name": "quiet0",
  });
  await run(engine, { name: "q1", network: "quiet" });
  await run(engine, { name: "q2", network: "quiet" });
};

const gone =
  (networkName: string, ...names: readonly string[]) =>
  async ({ engine }: RuledWard): Promise<void> => {
    for (const name of names) await engine.getContainer(name).remove({ force: true });
    await engine.getNetwork(networkName).remove();
  };

export const ruleFaults: readonly RuleFault[] = [
  {
    name: "D01: a network is not masqueraded",
    make: onIt("iptables -t nat -D POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE"),
    restore: onIt("iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE"),
    found: ["D01 if:host/docker0"],
  },
  {
    name: "no fault: the rules are those of Docker 29's nftables backend",
    make: byNft((rules) => rules),
    restore: backToIptables,
    found: [],
  },
  {
    name: "D01: a network is not masqueraded by the nftables backend",
    make: byNft(without(/oifname != "docker0" ip saddr.*\n/)),
    restore: backToIptables,
    found: ["D01 if:host/docker0"],
  },
  {
    name: "no fault: the rules are in iptables-legacy",
    make: byLegacy("true"),
    restore: backFromLegacy,
    found: [],
  },
  {
    name: "D01: a network is not masqueraded by iptables-legacy",
    make: byLegacy(
      "iptables-legacy -t nat -D POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
    ),
    restore: backFromLegacy,
    found: ["D01 if:host/docker0"],
  },
  {
    name: "D02: FORWARD of iptables-legacy drops, and Docker's rules are not there",
    make: byLegacy("iptables-legacy -P FORWARD DROP; iptables-legacy -F FORWARD"),
    restore: backFromLegacy,
    found: ["D02 if:host/docker0"],
  },
  {
    name: "D47: the filter table of iptables-legacy was flushed",
    make: byLegacy("iptables-legacy -F"),
    restore: backFromLegacy,
    found: ["D47 host:ruled"],
  },
  {
    name: "D02: FORWARD drops, and Docker's rules are not there",
    make: keeping("iptables -P FORWARD DROP; iptables -F FORWARD"),
    restore: putBack,
    found: ["D02 if:host/docker0"],
  },
  {
    name: "D03: forwarding is off",
    make: onIt("sysctl -qw net.ipv4.ip_forward=0"),
    restore: onIt("sysctl -qw net.ipv4.ip_forward=1"),
    found: ["D03 if:host/docker0"],
  },
  {
    name: "D04: forwarding is off for one bridge",
    make: onIt("sysctl -qw net/ipv4/conf/docker0/forwarding=0"),
    restore: onIt("sysctl -qw net/ipv4/conf/docker0/forwarding=1"),
    found: ["D04 if:host/docker0"],
  },
  {
    name: "D23: a translation was left behind",
    make: onIt(
      "iptables -t nat -A DOCKER ! -i docker0 -p tcp --dport 7000 -j DNAT --to-destination 172.17.0.99:70",
    ),
    restore: onIt(
      "iptables -t nat -D DOCKER ! -i docker0 -p tcp --dport 7000 -j DNAT --to-destination 172.17.0.99:70",
    ),
    found: ["D23 host:ruled"],
  },
  {
    name: "D23: a translation was left behind in the nftables backend",
    make: byNft((rules) =>
      rules.replace(
        /(chain nat-prerouting-and-output \{\n)/,
        '$1iifname != "docker0" tcp dport 7000 counter dnat to 172.17.0.99:70\n',
      ),
    ),
    restore: backToIptables,
    found: ["D23 host:ruled"],
  },
  {
    name: "D24: another translation of the same port comes first",
    make: onIt(
      "iptables -t nat -I DOCKER ! -i docker0 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80",
    ),
    restore: onIt(
      "iptables -t nat -D DOCKER ! -i docker0 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80",
    ),
    found: ["D24 ctr:web"],
  },
  {
    name: "D25: nothing leads to Docker's translations",
    make: keeping("iptables -t nat -F PREROUTING"),
    restore: putBack,
    found: ["D25 ctr:api"],
  },
  {
    name: "D25: nothing leads to the translations of the nftables backend",
    make: byNft(
      without(/fib daddr type local counter packets 0 bytes 0 jump nat.*\n(?=\}\nchain nat-pre)/),
    ),
    restore: backToIptables,
    found: ["D25 ctr:api"],
  },
  {
    name: "D26: the docker-proxy of one port died",
    make: onIt(
      'for each in /proc/[0-9]*; do if tr "\\0" " " <"$each/cmdline" 2>/dev/null | grep -q "^[^ ]*docker-proxy .*-host-port 8080 "; then kill "$(basename "$each")"; fi; done; sleep 0.2',
    ),
    restore: ({ engine }) => engine.getContainer("web").restart({ t: 0 }),
    found: ["D26 ctr:web"],
  },
  {
    name: "D27: nobody listens on a published port",
    ...plus({ name: "mute", network: "bridge", publishes: ["77/tcp", "", "7777"] }),
    found: ["D27 ctr:mute"],
  },
  {
    name: "D27: a program listens for its own container alone",
    ...plus({
      name: "shy",
      network: "bridge",
      listens: "127.0.0.1:77",
      publishes: ["77/tcp", "", "7777"],
    }),
    found: ["D27 ctr:shy"],
  },
  {
    name: "D28: a program listens on another port than is published, which anybody may reach (D37)",
    ...plus({ name: "other", network: "bridge", listens: "78", publishes: ["77/tcp", "", "7777"] }),
    found: ["D28 ctr:other", "D37 if:host/docker0"],
  },
  {
    name: "D30: a port is published on an address that went",
    make: async (ward) => {
      await onIt("ip addr add 10.99.1.233/32 dev eth0")(ward);
      await run(ward.engine, {
        name: "lost",
        network: "bridge",
        listens: "77",
        publishes: ["77/tcp", "10.99.1.233", "7777"],
      });
      await onIt("ip addr del 10.99.1.233/32 dev eth0")(ward);
    },
    restore: ({ engine }) => engine.getContainer("lost").remove({ force: true }),
    found: ["D30 ctr:lost"],
  },
  {
    name: "D32: INPUT drops, and published ports are reached",
    make: onIt("iptables -P INPUT DROP"),
    restore: onIt("iptables -P INPUT ACCEPT"),
    found: ["D32 ctr:web"],
  },
  {
    name: "D32: a table of nft drops at input, and published ports are reached",
    make: personTable("type filter hook input priority 0; policy drop;"),
    restore: noTable,
    found: ["D32 ctr:web"],
  },
  {
    name: "D33: a rule in DOCKER-USER asks for the host port",
    make: onIt("iptables -I DOCKER-USER -p tcp --dport 8080 -j DROP"),
    restore: onIt("iptables -D DOCKER-USER -p tcp --dport 8080 -j DROP"),
    found: ["D33 ctr:web"],
  },
  {
    name: "D35: nothing leads to DOCKER-USER",
    make: keeping(
      "iptables -I DOCKER-USER -s 192.0.2.9 -j DROP; iptables -D FORWARD -j DOCKER-USER",
    ),
    restore: putBack,
    found: ["D35 host:ruled"],
  },
  {
    name: "D37: a program is reached on a port that nobody published",
    ...plus({ name: "open", network: "bridge", listens: "5432" }),
    found: ["D37 if:host/docker0"],
  },
  {
    name: "D38: a port on 127.0.0.1 is translated for neighbours",
    ...plus({
      name: "inner",
      network: "bridge",
      listens: "443",
      publishes: ["443/tcp", "127.0.0.1", "8443"],
    }),
    found: ["D38 ctr:inner"],
  },
  {
    name: "D43: containers that are to be apart are not",
    make: async (ward) => {
      await quiet(ward);
      await onIt("sysctl -qw net.bridge.bridge-nf-call-iptables=0")(ward);
    },
    restore: async (ward) => {
      await onIt("sysctl -qw net.bridge.bridge-nf-call-iptables=1")(ward);
      await gone("quiet", "q1", "q2")(ward);
    },
    found: ["D43 if:host/quiet0"],
  },
  {
    name: "D46: 127.0.0.1 is translated, and may not cross the bridge",
    make: keeping(
      "iptables -t nat -F OUTPUT; iptables -t nat -A OUTPUT -m addrtype --dst-type LOCAL -j DOCKER",
    ),
    restore: putBack,
    found: [`D46 if:host/${shop}`, "D46 if:host/docker0"],
  },
  {
    name: "D47: the filter table was flushed",
    make: keeping("iptables -F"),
    restore: putBack,
    found: ["D47 host:ruled"],
  },
  {
    name: "D47: what is forwarded meets no rule of the nftables backend",
    make: byNft(without(/(oifname|iifname) vmap @filter-forward-(in|out)-jumps\n/g)),
    restore: backToIptables,
    found: ["D47 host:ruled"],
  },
  {
    name: "D49: both kinds of iptables hold rules",
    make: onIt("iptables-legacy -P FORWARD DROP"),
    restore: onIt("iptables-legacy -P FORWARD ACCEPT"),
    found: ["D49 host:ruled"],
  },
  {
    name: "D50: another table drops what is forwarded",
    make: personTable("type filter hook forward priority 10; policy drop;"),
    restore: noTable,
    found: ["D50 if:host/docker0"],
  },
  {
    name: "D52: no rule of Docker anywhere",
    make: keeping(flushAll),
    restore: putBack,
    found: [`D01 if:host/${shop}`, "D01 if:host/docker0", "D52 host:ruled"],
  },
  {
    name: "D63: a macvlan, which the host itself does not reach",
    make: async (ward) => {
      await onIt(
        "ip link add par0 type veth peer name par1; ip link set par0 up; ip link set par1 up",
      )(ward);
      await ward.engine.createNetwork({
        Name: "lan",
        Driver: "macvlan",
        IPAM: { Driver: "default", Config: [{ Subnet: "10.98.0.0/24" }] },
        Options: { parent: "par0" },
      });
      await run(ward.engine, { name: "camera", network: "lan" });
    },
    restore: async (ward) => {
      await gone("lan", "camera")(ward);
      await onIt("ip link del par0")(ward);
    },
    found: ["D63 if:host/par0"],
  },
  {
    name: "D67: a network has no address left",
    make: async ({ engine }) => {
      await network(engine, "tiny", "172.28.0.0/30");
      await run(engine, { name: "last", network: "tiny" });
    },
    restore: gone("tiny", "last"),
    found: ["D67 net:tiny"],
  },
  {
    name: "D68: a private IPv6 address leaves as it is",
    make: async (ward) => {
      await ward.engine.createNetwork({
        Name: "six",
        EnableIPv6: true,
        IPAM: {
          Driver: "default",
          Config: [{ Subnet: "172.29.0.0/24" }, { Subnet: "fd00:29::/64" }],
        },
        Options: { "com.docker.network.bridge.name": "six0" },
      });
      await run(ward.engine, { name: "v6", network: "six" });
      await onIt("ip -6 route add default dev eth0")(ward);
    },
    restore: async (ward) => {
      await onIt("ip -6 route del default dev eth0")(ward);
      await gone("six", "v6")(ward);
    },
    found: ["D68 if:host/six0"],
  },
];
