import { familyOf } from "@/lib/netfilter/packet";
import type { Draft, HostSpan } from "./draft";
import type { PortRule } from "./port-rules";
import { fitsAddress, type PortRules } from "./sendings";
import { isLocal, type World } from "./world";

const anyOf = { ip: "0.0.0.0", ip6: "::" } as const;
const any: ReadonlySet<string> = new Set(Object.values(anyOf));

/** The addresses for which a rule is, as an engine would tell them; of a whole subnet those that the host itself has. */
function addressesOf(world: World, { on, sending }: PortRule): readonly string[] {
  const family = sending.family === "ip6" ? "ip6" : "ip";
  if (on.length === 0) return [anyOf[family]];
  return on.flatMap((value) => {
    if (value.of !== "prefix" || familyOf(value.address) !== family) return [];
    if (value.length === (family === "ip" ? 32 : 128)) return [value.address];
    return world.host === null
      ? []
      : world
          .addressesIn(world.host)
          .filter(({ text }) => fitsAddress(value, text))
          .map(({ text }) => text);
  });
}

/** Services of a cluster have addresses of their own, by the thousand: they are no ports of this host. */
const isService = (world: World, { madeBy }: PortRule, address: string): boolean =>
  madeBy === "kubernetes" &&
  !any.has(address) &&
  world.host !== null &&
  !isLocal(world, world.host, address);

const nameOf = ({ protocol, address, port, last }: HostSpan): string =>
  `${protocol} ${address} ${port}-${last}`;

/** Ports of the host that rules and proxies send on and no engine told of: another engine's, a person's, or it was not asked. */
export function untoldPorts(
  world: World,
  rules: PortRules,
  told: readonly Draft[],
): readonly HostSpan[] {
  const byRules = rules.all.flatMap((rule): readonly HostSpan[] =>
    addressesOf(world, rule)
      .filter((address) => !isService(world, rule, address))
      .map((address) => ({
        protocol: rule.protocol,
        address,
        port: rule.ports.first,
        last: rule.ports.last,
      })),
  );
  const byProxies = world.proxies.map(({ protocol, hostAddress: address, hostPort: port }) => ({
    protocol,
    address,
    port,
    last: port,
  }));
  const known = new Set(
    told.flatMap(({ protocol, host }) => (host === null ? [] : [nameOf({ protocol, ...host })])),
  );
  const found = new Map([...byRules, ...byProxies].map((host) => [nameOf(host), host]));
  return [...found].flatMap(([name, host]) => (known.has(name) ? [] : [host]));
}
