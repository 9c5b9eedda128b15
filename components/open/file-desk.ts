import type { Desk, Said } from "@/components/inspector/desk";
import { detailsOf } from "@/lib/details/details";
import type { Evidence, HostFacts } from "@/lib/facts/model";
import { quote } from "@/lib/facts/words";
import { type Key, netnsLabel } from "@/lib/net/ids";
import { listeningOn, portsOf, recordedMacs, rulesOf, wayInto, wayOutOf } from "@/lib/pipeline";
import type { Topology } from "@/lib/topology/model";
import { packRules } from "@/lib/wire/rules";

/** A host whose own words lie in this browser. */
type Held = { readonly facts: HostFacts; readonly topology: Topology };

type Answer = (held: Held, asked: URLSearchParams) => unknown;

// Our own panels ask, with what they got from the same topology.
const evidenceOf = (asked: URLSearchParams): readonly Evidence[] =>
  asked.getAll("e").map((text) => JSON.parse(text) as Evidence);

const rules: Answer = ({ facts, topology }, asked) => {
  const namespace = topology.namespaces.find(({ id }) => id === asked.get("netns"));
  return namespace === undefined ? null : packRules(rulesOf(facts, netnsLabel(namespace.label)));
};

const way: Answer = ({ facts, topology }, asked) => {
  const into = portsOf(facts, topology).rows.find(({ key }) => key === asked.get("into"));
  if (into !== undefined) return wayInto(facts, topology, into);
  const out = topology.namespaces.find(({ id }) => id === asked.get("out"));
  return out === undefined ? null : wayOutOf(facts, topology, out.id);
};

/** By the last part of the server's path; each answers as the route of that name does for a recording. */
const answers: Readonly<Record<string, Answer>> = {
  quotes: ({ facts }, asked) => evidenceOf(asked).map((each) => quote(facts, each)),
  details: ({ facts, topology }, asked) =>
    detailsOf(facts, topology, (asked.get("of") ?? "") as Key),
  opened: ({ facts, topology }, asked) => {
    const link = topology.links.find(({ key }) => key === asked.get("of"));
    return asked.get("question") === "macs" && link?.kind === "bridge"
      ? recordedMacs(facts, topology, link)
      : { status: "not-recorded" };
  },
  ports: ({ facts, topology }) => portsOf(facts, topology),
  way,
  listening: ({ facts }) => listeningOn(facts),
  rules,
};

/** Answers for a facts file, in this browser; what none of its answers tell is not made up. */
export const factsDesk =
  (held: Held): Desk =>
  async (path): Promise<Said> => {
    const { pathname, searchParams } = new URL(path, "file:///");
    const answer = answers[pathname.slice(pathname.lastIndexOf("/") + 1)];
    const json = answer?.(held, searchParams) ?? null;
    return json === null ? { status: "failed" } : { status: "said", json };
  };

/** A topology file, a picture or a link: nothing but the topology itself. */
export const topologyDesk: Desk = async () => ({ status: "not-kept" });
