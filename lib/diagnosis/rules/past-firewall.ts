import type { Door, Exposed, Exposure, FamilyExposure, Finding } from "@/lib/diagnosis/model";
import { strangerFor } from "@/lib/ports/vantages";
import type { Backend } from "@/lib/topology/firewall/model";
import type { RuleCheck } from "./check";
import { atInput } from "./exposure";
import type { RuleGround } from "./ground";
import { listed, stepTold, type ToldStep } from "./told";
import { dockerBackend, iptablesOf, isPlain, ownTableOf } from "./tools";

type Told = Extract<FamilyExposure, { readonly status: "told" }>;

/** The rule or policy that would have dropped it. */
function dropOf(
  ground: RuleGround,
  door: Door,
  { family, protocol, port }: Exposed,
): ToldStep | null {
  const { address, uplink } = door;
  const source = strangerFor(ground.world, family);
  if (source === null) return null;
  const knock = { family, source, address, uplink: { name: uplink }, protocol, port };
  const [met] = atInput(ground, knock);
  const step = met?.traveller.steps.at(-1);
  return step === undefined ? null : stepTold(ground, step);
}

const hasUfw = (ground: RuleGround): boolean =>
  ground.rules.some(({ chain }) => chain.madeBy.who === "ufw");

/** What refuses one of them before it comes to its container, by the port that the connection began with. */
function refusal(
  backend: Backend,
  name: string,
  { family, protocol, port }: Exposed,
): readonly (readonly string[])[] {
  if (backend !== "nft")
    return [
      [
        ...[iptablesOf(backend, family), "-I", "DOCKER-USER", "-i", name, "-p", protocol],
        ...["-m", "conntrack", "--ctorigdstport", `${port}`, "--ctdir", "ORIGINAL", "-j", "DROP"],
      ],
    ];
  if (!isPlain(name)) return [];
  return [
    ...ownTableOf(family),
    [
      ...["nft", "add", "rule", family, "published", "forward", "iifname", name],
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
function pastTheFirewall(
  ground: RuleGround,
  { family, doors }: Told,
  rows: readonly Exposed[],
): readonly Finding[] {
  const past = rows.filter(
    (row) => row.family === family && row.input === "past" && row.about !== null,
  );
  const [first] = past;
  const [about, ...more] = [...new Set(past.flatMap((each) => each.about ?? []))];
  if (first === undefined || about === undefined) return [];
  const door = doors.find(({ address }) => address === first.at[0]) ?? doors[0];
  const drop = dropOf(ground, door, first);
  const containers = ground.topology.containers.filter(
    ({ key }) => key === about || more.includes(key),
  );
  const backend = dockerBackend(ground, family);
  return [
    {
      id: "D32",
      severity: "high",
      about: [about, ...more],
      values: {
        family,
        backend,
        who: hasUfw(ground) ? "ufw" : "input",
        n: past.length,
        ports: listed(past.map(({ port, protocol }) => `${port}/${protocol}`)),
        containers: listed(past.map(({ name }) => name ?? "")),
        addresses: listed(past.flatMap(({ at }) => at)),
        told: drop?.text ?? "",
      },
      evidence: [
        ...(drop === null ? [] : [drop.evidence]),
        ...containers.flatMap(({ evidence }) => evidence ?? []),
      ],
      remedy: refusal(backend, door.uplink, first),
    },
  ];
}

/** Found together with the list of what is exposed, whose walks are long. One of each family, since each has rules of its own. */
export const publishedPastFirewall = ({ families, rows }: Exposure): RuleCheck => ({
  ids: ["D32"],
  find: (ground) =>
    families.flatMap((each) => (each.status === "told" ? pastTheFirewall(ground, each, rows) : [])),
});
