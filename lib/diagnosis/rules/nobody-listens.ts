import type { Finding } from "@/lib/diagnosis/model";
import { answering } from "@/lib/ports/listeners";
import { isLoopback } from "@/lib/ports/world";
import type { Socket } from "@/lib/topology/listening";
import type { RuleCheck } from "./check";
import type { Binding, RuleGround } from "./ground";
import { listed } from "./told";

const isWithinOnly = ({ address }: Socket): boolean =>
  isLoopback(address) || address === "::1" || address.startsWith("::ffff:127.");

type Unheard = {
  readonly binding: Binding;
  readonly how: "nobody" | "loopback" | "elsewhere";
  /** Those that show it: on the port, but for the container itself; or on other ports. */
  readonly sockets: readonly Socket[];
};

/** Published under one number or another: somebody reaches them already. */
const published = ({ bindings }: RuleGround, { container }: Binding): ReadonlySet<number> =>
  new Set(
    bindings
      .filter((each) => each.container.id === container.id && each.protocol === "tcp")
      .map(({ containerPort }) => containerPort),
  );

function unheard(ground: RuleGround, binding: Binding): Unheard | null {
  const { protocol, containerPort: port, endpoints } = binding;
  const [{ far }] = endpoints;
  const address = far.addresses.find(({ family }) => family === "inet")?.address;
  if ((protocol !== "tcp" && protocol !== "udp") || address === undefined) return null;
  const found = answering(ground.world, far.netns, "ip", { protocol, address, port });
  if (found.by !== "nobody") return null;
  const own = (ground.world.sockets(far.netns) ?? []).filter((each) => each.protocol === protocol);
  const here = own.filter((each) => each.port === port);
  if (here.some(isWithinOnly)) return { binding, how: "loopback", sockets: here };
  if (here.length > 0) return null;
  const taken = published(ground, binding);
  const others =
    protocol === "tcp" ? own.filter((each) => !isWithinOnly(each) && !taken.has(each.port)) : [];
  return { binding, how: others.length === 0 ? "nobody" : "elsewhere", sockets: others };
}

const holderOf = ({ holder }: Socket): string =>
  holder.by === "processes" ? (holder.processes[0]?.name ?? "") : "";

function findingOf({ binding, how, sockets }: Unheard): Finding {
  const { container, containerPort, hostPort, protocol } = binding;
  const isElsewhere = how === "elsewhere";
  return {
    id: isElsewhere ? "D28" : "D27",
    severity: isElsewhere ? "medium" : "high",
    about: [container.key],
    values: {
      how,
      container: container.name,
      port: containerPort,
      hostPort,
      protocol,
      process: listed(sockets.map(holderOf).filter((name) => name !== "")) || "none",
      listens: listed(sockets.map(({ address, port }) => (isElsewhere ? `${port}` : address))),
    },
    evidence: [
      ...(container.evidence ? [container.evidence] : []),
      ...sockets.map(({ evidence }) => evidence),
    ],
    remedy: [],
  };
}

/** What a container publishes once per family and once per host port is one port inside. */
function find(ground: RuleGround): readonly Finding[] {
  const once = new Map(
    ground.bindings
      .filter(({ family }) => family === "ip")
      .map((each) => [`${each.container.id} ${each.containerPort}/${each.protocol}`, each]),
  );
  return [...once.values()].flatMap((binding) => {
    const found = unheard(ground, binding);
    return found === null ? [] : [findingOf(found)];
  });
}

/** A published port behind which nothing answers. */
export const nobodyListens: RuleCheck = { ids: ["D27", "D28"], find };
