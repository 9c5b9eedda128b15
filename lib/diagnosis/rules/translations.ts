import type { PortRange, PortValue } from "@/lib/topology/firewall/values";
import type { PlacedRule, RuleGround } from "./ground";

/** A rule that sends a port to an address. Those that look it up or name a range of addresses are none. */
export type Translation = PlacedRule & {
  readonly protocol: string | null;
  readonly ports: readonly PortRange[];
  /** null: the port stays. */
  readonly to: { readonly address: string; readonly port: number | null };
};

const isRange = (value: PortValue): value is PortRange => value.of === "range";

function portsOf({ rule }: PlacedRule): Pick<Translation, "protocol" | "ports"> | null {
  const ports = rule.parts.find((part) => part.kind === "destination-port");
  if (ports?.kind !== "destination-port" || ports.negated || !ports.ports.every(isRange))
    return null;
  const named = rule.parts.find((part) => part.kind === "protocol");
  const [said] = named?.kind === "protocol" && !named.negated ? named.protocols : [];
  return {
    protocol: ports.protocol ?? (typeof said === "string" ? said : null),
    ports: ports.ports.filter(isRange),
  };
}

function translationOf(placed: PlacedRule): Translation | null {
  const dnat = placed.rule.parts.find((part) => part.kind === "dnat");
  if (dnat?.kind !== "dnat" || dnat.addresses === null) return null;
  const { first, last } = dnat.addresses;
  const ports = portsOf(placed);
  if (first !== last || ports === null) return null;
  return { ...placed, ...ports, to: { address: first, port: dnat.ports?.first ?? null } };
}

/** In the order in which they were read. */
export const translationsOf = ({ rules }: RuleGround): readonly Translation[] =>
  rules.flatMap((placed) => translationOf(placed) ?? []);

export const isAbout = (
  { protocol, ports }: Translation,
  asked: { readonly protocol: string; readonly hostPort: number },
): boolean =>
  (protocol === null || protocol === asked.protocol) &&
  ports.some(({ first, last }) => first <= asked.hostPort && asked.hostPort <= last);

/** `family` of the table fits packets of this one. */
export const isOfFamily = ({ table }: PlacedRule, family: "ip" | "ip6"): boolean =>
  table.family === family || table.family === "inet";
