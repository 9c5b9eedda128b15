import type { Finding } from "@/lib/diagnosis/model";
import { cidr, isWithin, sameAddress } from "@/lib/net/ip-address";
import type { Container, Link } from "@/lib/topology/model";
import type { RuleCheck } from "./check";
import { elsewhere, meet, onward, packetOf } from "./flow";
import { type Binding, bytesOf, isAnyAddress, type RuleGround } from "./ground";
import { ruleTold } from "./told";
import { removal } from "./tools";
import { isAbout, isOfFamily, type Translation, translationsOf } from "./translations";

const isOfNetwork = ({ bridged }: RuleGround, address: string): boolean => {
  const bytes = bytesOf(address);
  return bridged.some(({ network }) =>
    network.subnets.some(({ subnet }) => {
      const net = cidr(subnet);
      return bytes !== null && net !== null && isWithin(bytes, net);
    }),
  );
};

/** One that Docker made for a container, or that somebody made for an address of its networks. */
const isMeant = (ground: RuleGround, { rule, to }: Translation): boolean =>
  rule.madeBy.who === "docker" ||
  (rule.madeBy.who === "unclaimed" && isOfNetwork(ground, to.address));

const publishes = ({ ports }: Container, translation: Translation): boolean =>
  ports.some(
    ({ hostPort, protocol }) => hostPort !== null && isAbout(translation, { hostPort, protocol }),
  );

type Stale = {
  readonly how: "nobody" | "other";
  readonly container: Container | null;
  readonly held: readonly Link[];
};

/** null: whoever has the address published this port, or nothing is known of who has it. */
function staleness(ground: RuleGround, translation: Translation): Stale | null {
  const held = ground.holdersOf(translation.to.address);
  const [first] = held;
  if (first === undefined) return { how: "nobody", container: null, held };
  if (translation.rule.madeBy.who !== "docker" || !ground.isDockerAlone) return null;
  const containers = held
    .flatMap(({ netns }) => ground.namespace(netns)?.containers ?? [])
    .flatMap((id) => ground.container(id) ?? []);
  const [container] = containers;
  if (container === undefined || containers.some((each) => publishes(each, translation)))
    return null;
  return { how: "other", container, held };
}

function staleFinding(ground: RuleGround, translation: Translation): readonly Finding[] {
  const stale = isMeant(ground, translation) ? staleness(ground, translation) : null;
  if (stale === null) return [];
  const { container, how, held } = stale;
  const { to, ports, protocol, rule } = translation;
  return [
    {
      id: "D23",
      severity: "high",
      about: [container?.key ?? ground.topology.host.key],
      values: {
        how,
        port: ports[0]?.first ?? 0,
        protocol: protocol ?? "",
        target: to.address,
        container: container?.name ?? "",
        told: ruleTold(translation),
      },
      evidence: [
        rule.evidence,
        ...held.map(({ evidence }) => evidence),
        ...(container?.evidence ? [container.evidence] : []),
      ],
      remedy: [...removal(translation), ["systemctl", "restart", "docker"]],
    },
  ];
}

const isRight = ({ endpoints, containerPort }: Binding, { to }: Translation): boolean =>
  endpoints.some(({ far, attachment }) =>
    [...far.addresses.map(({ address }) => address), attachment.address].some((address) => {
      const [own, target] = [bytesOf(address), bytesOf(to.address)];
      return own !== null && target !== null && sameAddress(own, target);
    }),
  ) &&
  (to.port === null || to.port === containerPort);

/** A rule for another address of the host than the binding's is none of its. */
function isFor({ hostAddress }: Binding, { rule }: Translation): boolean {
  const named = rule.parts.find((part) => part.kind === "destination");
  if (named?.kind !== "destination") return true;
  if (named.negated || isAnyAddress(hostAddress)) return false;
  const bytes = bytesOf(hostAddress);
  return named.addresses.some((value) => {
    if (value.of !== "prefix" || bytes === null) return false;
    const net = { address: bytesOf(value.address) ?? [], prefix: value.length };
    return isWithin(bytes, net);
  });
}

/** Where a connection from outside is sent, for certain; null: it is not told. */
function sentTo(
  ground: RuleGround,
  { family, protocol, hostAddress, hostPort }: Binding,
): string | null {
  const uplink = ground.uplink(family);
  if (uplink === null || (protocol !== "tcp" && protocol !== "udp")) return null;
  const own = uplink.addresses.find(
    ({ family: of, scope }) => of === (family === "ip" ? "inet" : "inet6") && scope !== "link",
  );
  const destination = isAnyAddress(hostAddress) ? own?.address : hostAddress;
  if (destination === undefined) return null;
  const packet = packetOf({
    family,
    protocol,
    in: uplink.name,
    out: null,
    source: elsewhere[family],
    destination,
    port: hostPort,
  });
  return onward(meet(ground, "prerouting", packet))?.destination ?? null;
}

type Doubled = {
  readonly binding: Binding;
  readonly wrong: Translation;
  readonly right: Translation;
};

/** Of two rules for one port the first that is met takes the connection. */
function doubled(
  ground: RuleGround,
  binding: Binding,
  all: readonly Translation[],
): Doubled | null {
  const mine = all.filter(
    (each) => isOfFamily(each, binding.family) && isAbout(each, binding) && isFor(binding, each),
  );
  const right = mine.find((each) => isRight(binding, each));
  const others = mine.filter((each) => !isRight(binding, each));
  if (right === undefined || others.length === 0) return null;
  const target = sentTo(ground, binding);
  const wrong = others.find(({ to }) => to.address === target);
  return wrong === undefined ? null : { binding, wrong, right };
}

const doubledFinding = ({ binding, wrong, right }: Doubled): Finding => ({
  id: "D24",
  severity: "high",
  about: [binding.container.key],
  values: {
    container: binding.container.name,
    port: binding.hostPort,
    protocol: binding.protocol,
    wrong: `${wrong.to.address}${wrong.to.port === null ? "" : `:${wrong.to.port}`}`,
    right: `${right.to.address}${right.to.port === null ? "" : `:${right.to.port}`}`,
    told: ruleTold(wrong),
    late: ruleTold(right),
  },
  evidence: [
    wrong.rule.evidence,
    right.rule.evidence,
    ...(binding.container.evidence ? [binding.container.evidence] : []),
  ],
  remedy: removal(wrong),
});

function find(ground: RuleGround): readonly Finding[] {
  const all = translationsOf(ground);
  const pairs = ground.bindings.flatMap((binding) => doubled(ground, binding, all) ?? []);
  const told = new Set(pairs.map(({ wrong }) => wrong.rule.key));
  const stale = ground.topology.host.complete
    ? all.filter(({ rule }) => !told.has(rule.key)).flatMap((each) => staleFinding(ground, each))
    : [];
  return [...stale, ...pairs.map(doubledFinding)];
}

/** Published ports that lead to an address where their container is not. */
export const staleTranslation: RuleCheck = { ids: ["D23", "D24"], find };
