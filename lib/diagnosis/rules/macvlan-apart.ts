import type { Endpoint } from "@/lib/diagnosis/ground";
import type { Finding } from "@/lib/diagnosis/model";
import type { LinkId } from "@/lib/net/ids";
import type { Link } from "@/lib/topology/model";
import type { RuleCheck } from "./check";
import type { RuleGround } from "./ground";
import { listed } from "./told";

const lowerOf = (link: Link): LinkId | null =>
  (link.kind === "macvlan" || link.kind === "ipvlan") && link.lower.status === "found"
    ? link.lower.link
    : null;

/** A child of the same device on the host's side is what people add so that both meet. */
const hasOwnChild = (ground: RuleGround, parent: Link): boolean =>
  ground.linksIn(ground.home).some((link) => lowerOf(link) === parent.id);

function findingOf(parent: Link, [first, ...more]: readonly [Endpoint, ...Endpoint[]]): Finding {
  const all = [first, ...more];
  const { network, attachment } = first;
  return {
    id: "D63",
    severity: "low",
    about: [parent.key, ...all.map(({ container }) => container.key)],
    values: {
      parent: parent.name,
      kind: first.far.kind,
      network: network.name,
      containers: listed(all.map(({ container }) => container.name)),
      n: all.length,
    },
    evidence: [parent.evidence, ...all.map(({ far }) => far.evidence), network.evidence],
    remedy:
      first.far.kind === "macvlan" && attachment.address !== null
        ? [
            [
              "ip",
              "link",
              "add",
              "shim0",
              "link",
              parent.name,
              "type",
              "macvlan",
              "mode",
              "bridge",
            ],
            ["ip", "link", "set", "shim0", "up"],
            ["ip", "route", "add", attachment.address, "dev", "shim0"],
          ]
        : [],
  };
}

function find(ground: RuleGround): readonly Finding[] {
  const stacked = ground.endpoints.flatMap((endpoint) => {
    const parent = ground.link(lowerOf(endpoint.far));
    return parent?.netns === ground.home ? [{ endpoint, parent }] : [];
  });
  return [...Map.groupBy(stacked, ({ parent }) => parent)].flatMap(([parent, all]) => {
    const [first, ...more] = all.map(({ endpoint }) => endpoint);
    if (first === undefined || hasOwnChild(ground, parent)) return [];
    return [findingOf(parent, [first, ...more])];
  });
}

/** The kernel passes nothing between a device and the macvlans on top of it. */
export const macvlanApart: RuleCheck = { ids: ["D63"], find };
