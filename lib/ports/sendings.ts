import { isWithin, sameAddress } from "@/lib/net/ip-address";
import { bytesOf } from "@/lib/netfilter/bytes-of";
import { familyOf } from "@/lib/netfilter/packet";
import type { AddressValue } from "@/lib/topology/firewall/values";
import type { HostSpan } from "./draft";
import type { Sending } from "./model";
import { type PortRule, portsAfter } from "./port-rules";
import { portName } from "./world";

/** The rules of a host where they are looked up by the port that they are for. */
export type PortRules = {
  readonly all: readonly PortRule[];
  /** Those that may be about it, in their order. */
  readonly on: (host: HostSpan) => readonly PortRule[];
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
      const own = host.port === host.last ? (byPort.get(portName(host)) ?? []) : [];
      if (wide.length === 0) return own;
      return [...own, ...wide].toSorted((a, b) => placeOf(a) - placeOf(b));
    },
  };
}

export const fitsAddress = (value: AddressValue, address: string): boolean => {
  const bytes = bytesOf(address);
  if (value.of !== "prefix" || bytes === null) return false;
  const net = bytesOf(value.address);
  return net !== null && isWithin(bytes, { address: net, prefix: value.length });
};

const any = new Set(["0.0.0.0", "::"]);

/** Whether a rule is about all of these ports at this address: `0.0.0.0` and `::` are about all of their family. */
export function isAbout({ protocol, ports, on, sending }: PortRule, host: HostSpan): boolean {
  if (protocol !== host.protocol || sending.family !== familyOf(host.address)) return false;
  if (host.port < ports.first || ports.last < host.last) return false;
  if (any.has(host.address)) return on.length === 0;
  return on.length === 0 || on.some((value) => fitsAddress(value, host.address));
}

/** With what these ports of it become. */
export function sendingOf({ becomes, sending }: PortRule, { port, last }: HostSpan): Sending {
  const to = portsAfter(becomes, { first: port, last });
  return { ...sending, to: { ...sending.to, port: to.first, last: to.last } };
}

export const isSame = (a: string, b: string): boolean => {
  const [left, right] = [bytesOf(a), bytesOf(b)];
  return left !== null && right !== null && sameAddress(left, right);
};
