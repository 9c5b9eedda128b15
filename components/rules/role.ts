import { type Cidr, type IpAddress, ipAddress, isWithin, sameAddress } from "@/lib/net/ip-address";
import type { Match, OfKind } from "@/lib/topology/firewall/matches";
import type {
  AddressValue,
  ElementValue,
  Field,
  InterfaceValue,
  PortValue,
} from "@/lib/topology/firewall/values";
import type { Party } from "./party";

/** What is known of some packets at one hook; null: anything. */
export type Role = {
  readonly source: readonly IpAddress[] | null;
  readonly destination: readonly IpAddress[] | null;
  readonly in: string | null;
  readonly out: string | null;
  /** To which ports of the host. */
  readonly ports: Party["published"] | null;
  /** Where `source` is not known: it is in none of these. */
  readonly notFrom: readonly Cidr[];
  /** Of the connection; nat chains meet its first packet only. */
  readonly state: "new" | "established";
};

/** no: it never holds. maybe: that is not known, or hangs on the packet. */
type Held = "yes" | "no" | "maybe";

const told = (holds: boolean, negated: boolean): Held => (holds === negated ? "no" : "yes");

type PlainAddress = Exclude<AddressValue, { readonly of: "set" }>;

const compare = (a: IpAddress, b: IpAddress): number => {
  const at = a.findIndex((byte, nth) => byte !== b[nth]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
};

/** null: it cannot be told. */
function isIn(value: PlainAddress, address: IpAddress): boolean | null {
  if (value.of === "masked") return null;
  if (value.of === "prefix") {
    const net = ipAddress(value.address);
    return net === null ? null : isWithin(address, { address: net, prefix: value.length });
  }
  const [first, last] = [ipAddress(value.first), ipAddress(value.last)];
  if (first === null || last === null) return null;
  return (
    first.length === address.length && compare(first, address) <= 0 && compare(address, last) <= 0
  );
}

/** All that is asked for lies within where packets are known not to come from. */
const isBarred = (value: AddressValue, notFrom: readonly Cidr[]): boolean => {
  const net = value.of === "prefix" ? ipAddress(value.address) : null;
  if (net === null || value.of !== "prefix") return false;
  return notFrom.some((each) => value.length >= each.prefix && isWithin(net, each));
};

/** Of several packets: the same for all, or it hangs on which. */
function ofAll(held: readonly Held[]): Held {
  const [first = "maybe"] = held;
  return held.every((each) => each === first) ? first : "maybe";
}

const lengthOf = { ip: 4, ip6: 16 } as const;

function addressHeld(
  { addresses, family, negated }: OfKind<Match, "source">,
  known: readonly IpAddress[] | null,
  notFrom: readonly Cidr[],
): Held {
  if (known === null) {
    const barred = !negated && addresses.every((value) => isBarred(value, notFrom));
    return barred ? "no" : "maybe";
  }
  const own = known.filter(({ length }) => length === lengthOf[family]);
  if (own.length === 0) return "no";
  return ofAll(
    own.map((address) => {
      const answers = addresses.map((value) => (value.of === "set" ? null : isIn(value, address)));
      if (answers.includes(true)) return told(true, negated);
      return answers.includes(null) ? "maybe" : told(false, negated);
    }),
  );
}

const isNamed = (value: InterfaceValue, name: string): boolean | null => {
  if (value.of === "set") return null;
  return value.wildcard ? name.startsWith(value.name) : name === value.name;
};

function interfaceHeld(
  { interfaces, negated }: OfKind<Match, "in-interface">,
  known: string | null,
): Held {
  if (known === null) return "maybe";
  const answers = interfaces.map((value) => isNamed(value, known));
  if (answers.includes(true)) return told(true, negated);
  return answers.includes(null) ? "maybe" : told(false, negated);
}

const isPort = (value: PortValue, port: number): boolean =>
  value.of === "set" || (value.first <= port && port <= value.last);

function portHeld(
  { ports, protocol, negated }: OfKind<Match, "destination-port">,
  known: Role["ports"],
): Held {
  if (known === null || ports.some(({ of }) => of === "set")) return "maybe";
  const can = known.some(
    (each) =>
      (protocol === null || each.protocol === protocol) &&
      ports.some((value) => isPort(value, each.port)) !== negated,
  );
  return can ? "maybe" : "no";
}

function protocolHeld(
  { protocols, negated }: OfKind<Match, "protocol">,
  known: Role["ports"],
): Held {
  if (protocols.includes("all")) return told(true, negated);
  if (known === null || protocols.some((each) => typeof each !== "string")) return "maybe";
  return known.some(({ protocol }) => protocols.includes(protocol) !== negated) ? "maybe" : "no";
}

/** Only what is local is known here: the host's own addresses. */
function typeHeld(
  { of, types, negated }: OfKind<Match, "address-type">,
  role: Role,
  host: readonly IpAddress[],
): Held {
  const known = role[of];
  if (known === null || types.join() !== "local") return "maybe";
  return ofAll(
    known.map((address) =>
      told(
        host.some((each) => sameAddress(each, address)),
        negated,
      ),
    ),
  );
}

/** Whether a condition holds of such packets. `host`: its own addresses. */
export function heldBy(match: Match, role: Role, host: readonly IpAddress[]): Held {
  switch (match.kind) {
    case "source":
      return addressHeld(match, role.source, role.notFrom);
    case "destination":
      return addressHeld(match, role.destination, []);
    case "in-interface":
      return interfaceHeld(match, role.in);
    case "out-interface":
      return interfaceHeld(match, role.out);
    case "destination-port":
      return portHeld(match, role.ports);
    case "protocol":
      return protocolHeld(match, role.ports);
    case "ct-state":
      return match.states.includes("untracked")
        ? "maybe"
        : told(match.states.includes(role.state), match.negated);
    case "address-type":
      return typeHeld(match, role, host);
    case "comment":
      return "yes";
    default:
      return "maybe";
  }
}

const isAddress = (value: ElementValue): value is PlainAddress =>
  value.of === "prefix" ||
  value.of === "masked" ||
  (value.of === "range" && typeof value.first === "string");

/** Whether an element of a map can be met by such packets, as far as one of its fields says. */
export function elementCan(field: Field, value: ElementValue, role: Role): boolean {
  switch (field.of) {
    case "in-interface":
    case "out-interface": {
      const known = field.of === "in-interface" ? role.in : role.out;
      return known === null || value.of !== "name" || isNamed(value, known) !== false;
    }
    case "source":
    case "destination": {
      const known = role[field.of];
      return known === null || !isAddress(value) || known.some((one) => isIn(value, one) !== false);
    }
    default:
      return true;
  }
}
