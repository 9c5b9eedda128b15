import type { TopologyIndex } from "@/components/workbench/topology-index";
import { problems } from "@/lib/diagnosis/diagnose";
import type { Finding } from "@/lib/diagnosis/model";
import type { Trouble } from "@/lib/graph/model";
import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import type { Container, Link } from "@/lib/topology/model";
import { findingWords } from "./finding-words";

/** What every panel and row needs to know of the problems of a host. */
export type Diagnosed = { readonly findings: readonly Finding[]; readonly trouble: Trouble };

/** The problems that are about any of these, worst first. */
export const problemsAbout = (
  { findings, trouble }: Diagnosed,
  keys: readonly Key[],
): readonly Finding[] => {
  if (trouble.size === 0) return [];
  const numbers = new Set(keys.flatMap((key) => trouble.get(key) ?? []));
  if (numbers.size === 0) return [];
  return problems(findings).filter((_, number) => numbers.has(number));
};

const keyOf = ({ key }: { readonly key: Key }): Key => key;

/** A container's own namespace with all that is in it; the host's belongs to none. */
const insideOf = (index: TopologyIndex, { netns }: Container): readonly Key[] => {
  const namespace = index.namespace(netns);
  if (netns === null || namespace === null || netns === index.topology.host.netns) return [];
  return [namespace.key, ...index.linksIn(netns).map(keyOf)];
};

const withNetwork = (index: TopologyIndex, link: Link): readonly Key[] => {
  const network = link.kind === "bridge" ? index.network(link.network) : null;
  return network === null ? [link.key] : [link.key, network.key];
};

/** What one means when one points at a thing: itself, and what is nowhere told of but there. */
export const partsOfThing = (index: TopologyIndex, of: Key): readonly Key[] => {
  const thing = index.thing(of);
  switch (thing?.kind) {
    case "container":
      return [thing.container.key, ...insideOf(index, thing.container)];
    case "namespace": {
      const { id, key, containers } = thing.namespace;
      if (id === index.topology.host.netns) return [key];
      return [
        key,
        ...index.linksIn(id).map(keyOf),
        ...containers.flatMap((each) => index.container(each)?.key ?? []),
      ];
    }
    case "network": {
      const bridge = index.link(thing.network.bridge);
      return bridge === null ? [thing.network.key] : [thing.network.key, bridge.key];
    }
    case "bridge":
      return withNetwork(index, thing.bridge);
    case "pair":
      return [thing.pair.near.key, thing.pair.far.key];
    case "link":
      return [thing.link.key];
    case undefined:
      return [of];
  }
};

/** As one hears it. Empty: there is none. */
export const problemsSaid = (words: Words, found: readonly Finding[]): string =>
  found
    .map((finding) => words("diagnose.said", { title: findingWords(words, finding).title }))
    .join(words("gap.comma"));
