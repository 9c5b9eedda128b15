import type Docker from "dockerode";
import { nftRules } from "@/lib/diagnosis/rules/ruled-world";
import { engineOf } from "./engine";
import { sh } from "./hard-set";
import { plainImage } from "./image";
import { onHost } from "./lab-env";
import type { LabHost } from "./truth";

/** A host whose addresses and bridges are those of the rules that Docker 29 would write for it (lib/diagnosis/rules/ruled-world). */
export type RuledWard = { readonly host: LabHost; readonly engine: Docker };

export const shop = "br-000000000001";

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

export async function run(engine: Docker, plan: Plan): Promise<void> {
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

export const network = (
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

export const onIt =
  (script: string) =>
  ({ host }: RuledWard): Promise<string> =>
    sh(host, `set -e; ${script}`);

const kept = "/run/rules-before";
/** Everything that iptables holds, as it was. */
export const keeping = (script: string) => onIt(`iptables-save >${kept}; ${script}`);
export const putBack = onIt(`iptables-restore <${kept}`);

export const flushAll = "iptables -F; iptables -X; iptables -t nat -F; iptables -t nat -X";

/** nft 1.0.6 knows no name for this priority of output. */
const docker29 = nftRules.replaceAll("priority dstnat", "priority -100");

const loadNft = async ({ host }: RuledWard, text: string): Promise<void> => {
  const { code, stderr } = await onHost(host, ["nft", "-f", "-"], text);
  if (code !== 0) throw new Error(stderr);
};

/** The rules of Docker 29's nftables backend instead of those of the Docker that runs here. */
export const byNft =
  (change: (rules: string) => string) =>
  async (ward: RuledWard): Promise<void> => {
    await keeping(flushAll)(ward);
    await loadNft(ward, change(docker29));
  };
export const backToIptables = async (ward: RuledWard): Promise<void> => {
  await onIt("nft delete table ip docker-bridges")(ward);
  await putBack(ward);
};

/** One more rule, the first of its chain. */
export const nftPlus =
  (place: string, rule: string) =>
  (rules: string): string => {
    const head = new RegExp(`chain ${place} \\{\\n(?:type .*\\n)?`);
    const after = rules.replace(head, (found) => `${found}${rule}\n`);
    if (after === rules) throw new Error(`there is no ${place}`);
    return after;
  };

/** Its port is on 127.0.0.1. */
export const inner: Plan = {
  name: "inner",
  network: "bridge",
  listens: "443",
  publishes: ["443/tcp", "127.0.0.1", "8443"],
};

/** `inner`, whose port is on 127.0.0.1, as that backend has it: with what keeps neighbours out, or without. */
export const innerByNft =
  (isGuarded: boolean) =>
  async (ward: RuledWard): Promise<void> => {
    await run(ward.engine, inner);
    const { NetworkSettings } = await ward.engine.getContainer(inner.name).inspect();
    const address = NetworkSettings.Networks["bridge"]?.IPAddress ?? "";
    const to = "ip daddr 127.0.0.1 tcp dport 8443";
    const sent = nftPlus(
      "nat-prerouting-and-output",
      `iifname != "docker0" ${to} counter dnat to ${address}:443 comment "DNAT"`,
    );
    const accepted = nftPlus(
      "filter-forward-in__docker0",
      `ip daddr ${address} tcp dport 443 counter accept`,
    );
    const guard = nftPlus(
      "raw-PREROUTING",
      `iifname != "lo" ${to} counter drop comment "DROP REMOTE LOOPBACK"`,
    );
    const rules = (text: string) => sent(accepted(text));
    await byNft(isGuarded ? (text) => guard(rules(text)) : rules)(ward);
  };
export const innerGone = async (ward: RuledWard): Promise<void> => {
  await backToIptables(ward);
  await ward.engine.getContainer(inner.name).remove({ force: true });
};

/** A network with IPv6 and one container on it, and the host with a way out for it. */
async function sixWith({ engine, host }: RuledWard, plan: Partial<Plan>): Promise<void> {
  await engine.createNetwork({
    Name: "six",
    EnableIPv6: true,
    IPAM: {
      Driver: "default",
      Config: [{ Subnet: "172.29.0.0/24" }, { Subnet: "fd00:29::/64" }],
    },
    Options: { "com.docker.network.bridge.name": "six0" },
  });
  await run(engine, { ...plan, name: "v6", network: "six" });
  await sh(host, "ip -6 route add default dev eth0");
}
export const six = (ward: RuledWard): Promise<void> => sixWith(ward, {});
export const sixGone = async (ward: RuledWard): Promise<void> => {
  await onIt("ip -6 route del default dev eth0")(ward);
  await gone("six", "v6")(ward);
};

const sixSetting = "net.ipv6.conf.all.forwarding";
const sixAddress = "2001:db8:33::33/64";

/** The same, published by IPv6 too, with the rules for it that Docker 27 makes and 20.10 does not; INPUT lets none in. */
export async function openSix(ward: RuledWard): Promise<void> {
  await sixWith(ward, { listens: "80", publishes: ["80/tcp", "::", "8086"] });
  const { NetworkSettings } = await ward.engine.getContainer("v6").inspect();
  const to = NetworkSettings.Networks["six"]?.GlobalIPv6Address ?? "";
  await onIt(
    [
      `ip -6 addr add ${sixAddress} dev eth0 nodad`,
      `sysctl -n ${sixSetting} >${kept}; sysctl -qw ${sixSetting}=1`,
      "ip6tables -t nat -A POSTROUTING -s fd00:29::/64 ! -o six0 -j MASQUERADE",
      `ip6tables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -p tcp --dport 8086 -j DNAT --to-destination [${to}]:80`,
      "ip6tables -P INPUT DROP",
    ].join("; "),
  )(ward);
}
export async function openSixGone(ward: RuledWard): Promise<void> {
  await onIt(
    [
      "ip6tables -P INPUT ACCEPT; ip6tables -t nat -F",
      `sysctl -qw ${sixSetting}="$(cat ${kept})"`,
      `ip -6 addr del ${sixAddress} dev eth0`,
    ].join("; "),
  )(ward);
  await sixGone(ward);
}

/** The same with the rules of the nftables backend, of IPv6 with `rule` at the way out. */
export const sixByNft =
  (rule: string) =>
  async (ward: RuledWard): Promise<void> => {
    await six(ward);
    const ip = 'oifname != "six0" ip saddr 172.29.0.0/24 counter masquerade comment "MASQUERADE"';
    await byNft(nftPlus("nat-POSTROUTING", ip))(ward);
    const type = "type nat hook postrouting priority srcnat; policy accept;";
    const chain = `chain nat-POSTROUTING {\n${type}\n${rule}\n}\n`;
    await loadNft(ward, `table ip6 docker-bridges {\n${chain}}\n`);
  };
export const sixByNftGone = async (ward: RuledWard): Promise<void> => {
  await onIt("nft delete table ip6 docker-bridges")(ward);
  await backToIptables(ward);
  await sixGone(ward);
};

/** The same rules in iptables-legacy instead of iptables-nft. */
export const byLegacy = (script: string) =>
  keeping(`${flushAll}; iptables-legacy-restore <${kept}; ${script}`);
export const backFromLegacy = async (ward: RuledWard): Promise<void> => {
  const emptied = "iptables-legacy -P FORWARD ACCEPT; iptables-legacy -F; iptables-legacy -X";
  await onIt(`${emptied}; iptables-legacy -t nat -F; iptables-legacy -t nat -X`)(ward);
  await putBack(ward);
};

export const without = (pattern: RegExp) => (rules: string) => {
  const after = rules.replace(pattern, "");
  if (after === rules) throw new Error(`nothing is ${pattern}`);
  return after;
};

export const plus = (plan: Plan) => ({
  make: ({ engine }: RuledWard) => run(engine, plan),
  restore: ({ engine }: RuledWard) => engine.getContainer(plan.name).remove({ force: true }),
});

export const personTable = (body: string) => (ward: RuledWard) =>
  loadNft(ward, `table inet person {\nchain mine {\n${body}\n}\n}\n`);
export const noTable = onIt("nft delete table inet person");

export const quiet = async (ward: RuledWard): Promise<void> => {
  const { engine } = ward;
  await network(engine, "quiet", "172.20.0.0/16", {
    "com.docker.network.bridge.enable_icc": "false",
    "com.docker.network.bridge.name": "quiet0",
  });
  await run(engine, { name: "q1", network: "quiet" });
  await run(engine, { name: "q2", network: "quiet" });
};

export const gone =
  (networkName: string, ...names: readonly string[]) =>
  async ({ engine }: RuledWard): Promise<void> => {
    for (const name of names) await engine.getContainer(name).remove({ force: true });
    await engine.getNetwork(networkName).remove();
  };
