import type { Desk, Said } from "@/components/inspector/desk";
import { detailsOf } from "@/lib/details/details";
import type { Evidence, HostFacts } from "@/lib/facts/model";
import { quote } from "@/lib/facts/words";
import type { Key } from "@/lib/net/ids";
import { recordedMacs } from "@/lib/pipeline";
import { ports } from "@/lib/ports/ports";
import { wayIn, wayOut } from "@/lib/ports/way";
import { type World, worldOf } from "@/lib/ports/world";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import type { Topology } from "@/lib/topology/model";
import type { Ruling } from "@/lib/topology/ruling";
import { packRules } from "@/lib/wire/rules";
import { packRuling } from "@/lib/wire/ruling";

/** What decides on a host lies in this browser. */
type Ruled = { readonly topology: Topology; readonly ruling: Ruling };

/** Its own words, too. */
type Held = Ruled & { readonly facts: HostFacts };

type Answer<Of> = (held: Of, asked: URLSearchParams) => unknown;

// Our own panels ask, with what they got from the same topology.
const evidenceOf = (asked: URLSearchParams): readonly Evidence[] =>
  asked.getAll("e").map((text) => JSON.parse(text) as Evidence);

const notAsked = (netns: NetnsRules["netns"]): NetnsRules => ({
  netns,
  firewall: { status: "not-asked" },
  settings: { status: "not-asked" },
});

const rules: Answer<Ruled> = ({ ruling, topology }, asked) => {
  const namespace = topology.namespaces.find(({ id }) => id === asked.get("netns"));
  if (namespace === undefined) return null;
  const own = ruling.rules.find(({ netns }) => netns === namespace.id);
  return packRules(own ?? notAsked(namespace.id));
};

const worldIn = ({ topology, ruling }: Ruled): World =>
  worldOf(topology, ruling.rules, ruling.listening);

const way: Answer<Ruled> = (held, asked) => {
  const world = worldIn(held);
  const key = asked.get("into");
  const into = key === null ? undefined : ports(world).rows.find((row) => row.key === key);
  if (into !== undefined) return wayIn(world, into);
  const out = held.topology.namespaces.find(({ id }) => id === asked.get("out"));
  return out === undefined ? null : wayOut(world, out.id);
};

/** By the last part of the server's path; each answers as the route of that name does for a recording. */
const ofRules: Readonly<Record<string, Answer<Ruled>>> = {
  ports: (held) => ports(worldIn(held)),
  way,
  listening: ({ ruling }) => ruling.listening,
  rules,
  ruling: ({ ruling }) => packRuling(ruling),
};

const ofWords: Readonly<Record<string, Answer<Held>>> = {
  facts: ({ facts }) => facts,
  quotes: ({ facts }, asked) => evidenceOf(asked).map((each) => quote(facts, each)),
  details: ({ facts, topology }, asked) =>
    detailsOf(facts, topology, (asked.get("of") ?? "") as Key),
  opened: ({ facts, topology }, asked) => {
    const link = topology.links.find(({ key }) => key === asked.get("of"));
    return asked.get("question") === "macs" && link?.kind === "bridge"
      ? recordedMacs(facts, topology, link)
      : { status: "not-recorded" };
  },
};

const questionOf = (path: string) => {
  const { pathname, searchParams } = new URL(path, "file:///");
  return { name: pathname.slice(pathname.lastIndexOf("/") + 1), asked: searchParams };
};

const said = (json: unknown): Said =>
  json == null ? { status: "failed" } : { status: "said", json };

/** Answers for a facts file, in this browser; what none of its answers tell is not made up. */
export const factsDesk =
  (held: Held): Desk =>
  async (path) => {
    const { name, asked } = questionOf(path);
    return said((ofWords[name] ?? ofRules[name])?.(held, asked));
  };

/** A topology file, a picture or a link: the topology, and what follows from rules where it holds them. */
export const topologyDesk =
  (topology: Topology, ruling: Ruling | null): Desk =>
  async (path) => {
    const { name, asked } = questionOf(path);
    const answer = ofRules[name];
    return ruling === null || answer === undefined
      ? { status: "not-kept" }
      : said(answer({ topology, ruling }, asked));
  };
