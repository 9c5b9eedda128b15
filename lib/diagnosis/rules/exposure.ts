import type { Exposed, Exposure } from "@/lib/diagnosis/model";
import { ephemeral, type Outcome } from "@/lib/netfilter/packet";
import type { Reach } from "@/lib/ports/model";
import { reach } from "@/lib/ports/reach";
import type { Link } from "@/lib/topology/model";
import { elsewhere, isEnd, meet, packetOf } from "./flow";
import { type Binding, isAnyAddress, type RuleGround } from "./ground";
import { isUnheard } from "./unheard";

type Protocol = "tcp" | "udp";
type Candidate = {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  /** null: nobody published it. */
  readonly binding: Binding | null;
};

/** More are not asked about: each costs a walk through all rules. */
const mostAsked = 256;

const globalAddress = ({ addresses }: Link): string | null =>
  addresses.find(({ family, scope }) => family === "inet" && scope === "global")?.address ?? null;

const isProtocol = (protocol: string): protocol is Protocol =>
  protocol === "tcp" || protocol === "udp";

/** What could answer at the host's address by which the world comes: published ports, and its own programs. */
function candidates(ground: RuleGround, own: string): readonly Candidate[] {
  const published = ground.bindings.map((binding) => ({
    protocol: binding.protocol,
    address: binding.hostAddress,
    port: binding.hostPort,
    binding,
  }));
  // UDP on ports of that range is mostly programs that wait for their own answers.
  const listens = (ground.world.sockets(ground.home) ?? [])
    .filter(({ protocol, port }) => protocol === "tcp" || port < ephemeral.first)
    .map(({ protocol, address, port }) => ({ protocol, address, port, binding: null }));
  // Of one port the binding is kept, which says whose it is.
  const all = [...listens, ...published].flatMap(({ protocol, address, port, binding }) => {
    const isOpen = isAnyAddress(address) || address === own;
    return isProtocol(protocol) && isOpen ? [{ protocol, port, binding }] : [];
  });
  const once = new Map(all.map((each) => [`${each.protocol} ${each.port}`, each]));
  return [...once.values()]
    .map((each) => ({ ...each, address: own }))
    .toSorted((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol, "en"));
}

/** What the rules for the host's own programs would do with a connection from the world, if it came to them. */
export const atInput = (
  ground: RuleGround,
  uplink: Link,
  { protocol, address, port }: Omit<Candidate, "binding">,
): readonly Outcome[] =>
  meet(
    ground,
    "input",
    packetOf({
      family: "ip",
      protocol,
      in: uplink.name,
      out: null,
      source: elsewhere.ip,
      destination: address,
      port,
    }),
  );

function inputOf(met: readonly Outcome[]): Exposed["input"] {
  if (met.length > 0 && met.every(isEnd)) return "past";
  return met.length === 1 && met[0]?.verdict === "accept" ? "accepts" : "cannot-tell";
}

const processOf = (ground: RuleGround, { ends }: Asked["reach"]): string | null => {
  const key = ends[0]?.socket ?? null;
  const holder = key === null ? null : (ground.world.socket(key)?.holder ?? null);
  return holder?.by === "processes" ? (holder.processes[0]?.name ?? null) : null;
};

type Asked = { readonly candidate: Candidate; readonly reach: Omit<Reach, "way"> };

/** Sent on to a container before the rules for the host's own programs are asked; what docker-proxy passes on is not. */
const isForwarded = (ground: RuleGround, { candidate, reach: { ends } }: Asked): boolean => {
  const [end] = ends;
  if (end === undefined) return candidate.binding !== null;
  return end.netns !== ground.home && !end.proxied;
};

function exposedOf(ground: RuleGround, uplink: Link, asked: Asked): readonly Exposed[] {
  const { candidate, reach: found } = asked;
  if (found.answer !== "yes" && !isUnheard(ground, found)) return [];
  const { protocol, port, binding } = candidate;
  const who =
    binding === null
      ? { about: null, name: processOf(ground, found) }
      : { about: binding.container.key, name: binding.container.name };
  const input = isForwarded(ground, asked)
    ? inputOf(atInput(ground, uplink, candidate))
    : "accepts";
  return [{ protocol, port, ...who, input }];
}

/** What answers from a machine beyond the default route, asked port by port. */
export function exposureOf(ground: RuleGround): Exposure {
  const uplink = ground.uplink("ip");
  const own = uplink === null ? null : globalAddress(uplink);
  const { status } = ground.listening.sockets;
  if (uplink === null || own === null || ground.place === null || status !== "read")
    return { status: "unknown" };
  const origin = { at: "outside", link: uplink.id, address: elsewhere.ip } as const;
  const all = candidates(ground, own);
  const asked = all.slice(0, mostAsked).map((candidate) => ({
    candidate,
    reach: reach(ground.world, origin, candidate),
  }));
  return {
    status: "told",
    address: own,
    uplink: uplink.name,
    rows: asked.flatMap((each) => exposedOf(ground, uplink, each)),
    open:
      asked.filter((each) => each.reach.answer === "cannot-tell" && !isUnheard(ground, each.reach))
        .length +
      all.length -
      asked.length,
  };
}
