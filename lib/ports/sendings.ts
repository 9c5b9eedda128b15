import { isWithin, sameAddress } from "@/lib/net/ip-address";
import { bytesOf } from "@/lib/netfilter/bytes-of";
import { familyOf, type Ports } from "@/lib/netfilter/packet";
import type { Deed } from "@/lib/topology/firewall/actions";
import type { Chain, Rule, Table } from "@/lib/topology/firewall/model";
import { printRule } from "@/lib/topology/firewall/print-rule";
import type { AddressValue } from "@/lib/topology/firewall/values";
import type { HostPort } from "./draft";
import type { Sending } from "./model";
import { portName, type World } from "./world";

/** A rule that sends what comes for these ports to one address. */
export type PortRule = {
  readonly sending: Sending;
  readonly protocol: string;
  readonly ports: Ports;
  /** The addresses that it is for; empty: whichever. */
  readonly on: readonly AddressValue[];
};

type Dnat = Extract<Deed, { readonly kind: "dnat" | "snat" }>;

const isDnat = (part: Rule["parts"][number]): part is Extract<Rule["parts"][number], Dnat> =>
  part.part === "action" && part.kind === "dnat";

const protocolOf = ({ parts }: Rule): string | null => {
  for (const part of parts) {
    if (part.kind === "destination-port" && part.protocol !== null) return part.protocol;
    if (part.kind === "protocol" && !part.negated) {
      const [first] = part.protocols;
      if (typeof first === "string") return first;
    }
  }
  return null;
};

const rangesOf = ({ parts }: Rule): readonly Ports[] =>
  parts.flatMap((part) =>
    part.kind === "destination-port" && !part.negated
      ? part.ports.flatMap((port) => (port.of === "range" ? [port] : []))
      : [],
  );

const onOf = ({ parts }: Rule): readonly AddressValue[] =>
  parts.flatMap((part) => (part.kind === "destination" && !part.negated ? part.addresses : []));

/** nft's tables of both families say it with the statement, and the address itself says it. */
const sentFamily = (table: Table, dnat: Dnat): string =>
  table.family === "inet" ? (dnat.family ?? familyOf(dnat.addresses?.first ?? "")) : table.family;

function rulesOf(table: Table, chain: Chain, rule: Rule): readonly PortRule[] {
  const dnat = rule.parts.find(isDnat);
  const protocol = protocolOf(rule);
  if (dnat?.kind !== "dnat" || dnat.addresses === null || protocol === null) return [];
  const { addresses } = dnat;
  return rangesOf(rule).map((ports) => ({
    protocol,
    ports,
    on: onOf(rule),
    sending: {
      rule: rule.key,
      backend: table.backend,
      family: sentFamily(table, dnat),
      table: table.name,
      chain: chain.name,
      text: printRule(table.backend, { ...rule, counters: null }),
      counters: rule.counters,
      to: { address: addresses.first, port: dnat.ports?.first ?? ports.first },
    },
  }));
}

/** Every rule of the host that sends a port of it elsewhere, in the order in which they were read. */
export function portRules(world: World): readonly PortRule[] {
  const firewall = world.host === null ? undefined : world.rules(world.host)?.firewall;
  if (firewall?.status !== "read") return [];
  return firewall.tables.flatMap((table) =>
    table.chains.flatMap((chain) => chain.rules.flatMap((rule) => rulesOf(table, chain, rule))),
  );
}

/** The same where they are looked up by the port that they are for. */
export type PortRules = {
  readonly all: readonly PortRule[];
  /** Those that may be about it, in their order. */
  readonly on: (host: HostPort) => readonly PortRule[];
};

const isOne = ({ ports }: PortRule): boolean => ports.first === ports.last;

/** Rules for one port each, as engines write them by the thousand, are found by it; one for a range is asked every time. */
export function sorted(all: readonly PortRule[]): PortRules {
  const places = new Map(all.map((rule, place) => [rule, place]));
  const placeOf = (rule: PortRule): number => places.get(rule) ?? 0;
  const wide = all.filter((rule) => !isOne(rule));
  const byPort = Map.groupBy(all.filter(isOne), ({ protocol, ports }) =>
    portName({ protocol, port: ports.first }),
  );
  return {
    all,
    on: (host) => {
      const own = byPort.get(portName(host)) ?? [];
      if (wide.length === 0) return own;
      return [...own, ...wide].toSorted((a, b) => placeOf(a) - placeOf(b));
    },
  };
}

const fitsAddress = (value: AddressValue, address: string): boolean => {
  const bytes = bytesOf(address);
  if (value.of !== "prefix" || bytes === null) return false;
  const net = bytesOf(value.address);
  return net !== null && isWithin(bytes, { address: net, prefix: value.length });
};

const any = new Set(["0.0.0.0", "::"]);

/** Whether a rule is about this port at this address: `0.0.0.0` and `::` are about all of their family. */
export function isAbout({ protocol, ports, on, sending }: PortRule, host: HostPort): boolean {
  if (protocol !== host.protocol || sending.family !== familyOf(host.address)) return false;
  if (host.port < ports.first || ports.last < host.port) return false;
  if (any.has(host.address)) return on.length === 0;
  return on.length === 0 || on.some((value) => fitsAddress(value, host.address));
}

/** With the port that this one becomes: a range is sent to a range. */
export const sendingOf = ({ ports, sending }: PortRule, port: number): Sending => ({
  ...sending,
  to: {
    ...sending.to,
    port: ports.first === ports.last ? sending.to.port : sending.to.port + (port - ports.first),
  },
});

export const isSame = (a: string, b: string): boolean => {
  const [left, right] = [bytesOf(a), bytesOf(b)];
  return left !== null && right !== null && sameAddress(left, right);
};
