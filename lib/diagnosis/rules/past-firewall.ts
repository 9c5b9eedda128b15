import type { Exposed, Exposure, Finding } from "@/lib/diagnosis/model";
import type { Backend } from "@/lib/topology/firewall/model";
import type { Link } from "@/lib/topology/model";
import type { RuleCheck } from "./check";
import { atInput } from "./exposure";
import type { RuleGround } from "./ground";
import { listed, stepTold, type ToldStep } from "./told";
import { dockerBackend, iptablesOf, isPlain, ownTable } from "./tools";

/** The rule or policy that would have dropped it. */
function dropOf(
  ground: RuleGround,
  uplink: Link,
  address: string,
  { protocol, port }: Exposed,
): ToldStep | null {
  const [met] = atInput(ground, uplink, { protocol, address, port });
  const step = met?.traveller.steps.at(-1);
  return step === undefined ? null : stepTold(ground, step);
}

const hasUfw = (ground: RuleGround): boolean =>
  ground.rules.some(({ chain }) => chain.madeBy.who === "ufw");

/** What refuses one of them before it comes to its container, by the port that the connection began with. */
function refusal(
  backend: Backend,
  { name }: Link,
  { protocol, port }: Exposed,
): readonly (readonly string[])[] {
  if (backend !== "nft")
    return [
      [
        ...[iptablesOf(backend, "ip"), "-I", "DOCKER-USER", "-i", name, "-p", protocol],
        ...["-m", "conntrack", "--ctorigdstport", `${port}`, "--ctdir", "ORIGINAL", "-j", "DROP"],
      ],
    ];
  if (!isPlain(name)) return [];
  return [
    ...ownTable,
    [
      ...["nft", "add", "rule", "ip", "published", "forward", "iifname", name],
      ...[
        "meta",
        "l4proto",
        protocol,
        "ct",
        "direction",
        "original",
        "ct",
        "original",
        "proto-dst",
        `${port}`,
        "drop",
      ],
    ],
  ];
}

/** Published ports that the host's own rules would close, and that do not ask them. */
function pastTheFirewall(ground: RuleGround, exposure: Exposure): readonly Finding[] {
  const uplink = ground.uplink("ip");
  if (exposure.status !== "told" || uplink === null) return [];
  const past = exposure.rows.filter(({ input, about }) => input === "past" && about !== null);
  const [first] = past;
  const [about, ...more] = [...new Set(past.flatMap((each) => each.about ?? []))];
  if (first === undefined || about === undefined) return [];
  const drop = dropOf(ground, uplink, exposure.address, first);
  const containers = ground.topology.containers.filter(
    ({ key }) => key === about || more.includes(key),
  );
  return [
    {
      id: "D32",
      severity: "high",
      about: [about, ...more],
      values: {
        backend: dockerBackend(ground, "ip"),
        who: hasUfw(ground) ? "ufw" : "input",
        n: past.length,
        ports: listed(past.map(({ port, protocol }) => `${port}/${protocol}`)),
        containers: listed(past.map(({ name }) => name ?? "")),
        address: exposure.address,
        told: drop?.text ?? "",
      },
      evidence: [
        ...(drop === null ? [] : [drop.evidence]),
        ...containers.flatMap(({ evidence }) => evidence ?? []),
      ],
      remedy: refusal(dockerBackend(ground, "ip"), uplink, first),
    },
  ];
}

/** Found together with the list of what is exposed, whose walks are long. */
export const publishedPastFirewall = (exposure: Exposure): RuleCheck => ({
  ids: ["D32"],
  find: (ground) => pastTheFirewall(ground, exposure),
});
