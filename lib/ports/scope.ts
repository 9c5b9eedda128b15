import type { Asked, PortRow, Scope, Unasked, Vantage } from "./model";

const isAny = ({ whom }: Asked): boolean => whom.of === "any";

const from =
  (...vantages: readonly Vantage[]) =>
  (asked: Asked): boolean =>
    vantages.includes(asked.from);

/** Who belongs to a circle, and which of those who were not asked leave it open. */
type Ring = {
  readonly scope: Scope;
  readonly has: (asked: Asked) => boolean;
  readonly lacks: (unasked: Unasked) => boolean;
};

const nobody = (): boolean => false;

const outer: readonly Ring[] = [
  ...(["world", "lan"] as const).map(
    (scope): Ring => ({
      scope,
      has: (asked) => isAny(asked) && asked.from === scope,
      lacks: (unasked) => unasked.why === "all-named" && unasked.from === scope,
    }),
  ),
  {
    scope: "some",
    has: (asked) => !isAny(asked) || asked.from === "neighbour",
    lacks: ({ why }) => why === "too-many",
  },
];

const ofHost: Ring = { scope: "host", has: from("loopback", "host"), lacks: nobody };
const ofContainers: Ring = {
  scope: "containers",
  has: from("same-network", "other-network"),
  lacks: nobody,
};

/** A host reaches all of its containers by their own addresses: of a port inside, who else does is what tells. */
const ringsOf = ({ host }: Pick<PortRow, "host">): readonly Ring[] =>
  host === null ? [...outer, ofContainers, ofHost] : [...outer, ofHost, ofContainers];

/** From the widest circle inwards: the first that gets there; one that cannot be told hides all narrower ones. */
export function scopeOf({
  host,
  asked,
  unasked,
}: Pick<PortRow, "host" | "asked" | "unasked">): Scope {
  if (asked.length === 0) return "unknown";
  for (const { scope, has, lacks } of ringsOf({ host })) {
    const said = asked.filter(has).map(({ arrives }) => arrives);
    if (said.includes("yes")) return scope;
    if (said.includes("cannot-tell") || unasked.some(lacks)) return "unknown";
  }
  return "nobody";
}
