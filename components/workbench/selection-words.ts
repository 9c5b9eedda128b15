import {
  type Diagnosed,
  partsOfThing,
  problemsAbout,
  problemsSaid,
} from "@/components/diagnose/problems-about";
import { proofLooks, proofOf } from "@/components/inspector/proof-words";
import { portSaid } from "@/components/ports/port-said";
import { ruleSaid } from "@/components/rules/rule-said";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Key } from "@/lib/net/ids";
import type { Veth } from "@/lib/topology/model";
import { namespaceName } from "./place-words";
import type { Pair, Thing, TopologyIndex } from "./topology-index";

const pairWords = (words: Words, index: TopologyIndex, { near, far }: Pair): string => {
  const bridge = index.link(near.master);
  const namespace = index.namespace(far.netns);
  const values = {
    container: namespace === null ? "" : namespaceName(words, namespace),
    far: visible(far.name),
    farIndex: `${far.ifindex}`,
    near: visible(near.name),
    nearIndex: `${near.ifindex}`,
    bridge: visible(bridge?.name ?? ""),
    proof: words(proofLooks[proofOf(near.peer)].name),
  };
  return words(bridge === null ? "canvas.said.pairNoBridge" : "canvas.said.pair", values);
};

const vethsOf = (index: TopologyIndex, thing: Thing): readonly Veth[] => {
  if (thing.kind === "link") return thing.link.kind === "veth" ? [thing.link] : [];
  if (thing.kind !== "container" || thing.container.netns === null) return [];
  if (thing.container.mode.kind === "host") return [];
  return index.linksIn(thing.container.netns).filter((link) => link.kind === "veth");
};

const nameOf = (words: Words, thing: Thing): string => {
  switch (thing.kind) {
    case "container":
      return visible(thing.container.name);
    case "namespace":
      return namespaceName(words, thing.namespace);
    case "network":
      return visible(thing.network.name);
    case "bridge":
      return visible(thing.bridge.label);
    case "pair":
      return visible(thing.pair.near.label);
    case "link":
      return visible(thing.link.label);
  }
};

/** What is selected, as one line for those who hear the page; what is wrong with it comes first. */
export const selectionWords = (
  words: Words,
  { index, ...diagnosed }: Diagnosed & { readonly index: TopologyIndex },
  selected: Key | null,
): string => {
  const found = selected === null ? [] : problemsAbout(diagnosed, partsOfThing(index, selected));
  const said = thingWords(words, index, selected);
  return found.length === 0 ? said : [problemsSaid(words, found), said].join(words("gap.comma"));
};

const thingWords = (words: Words, index: TopologyIndex, selected: Key | null): string => {
  const thing = selected === null ? null : index.thing(selected);
  if (thing === null)
    return selected === null
      ? ""
      : (ruleSaid(words, selected) ?? portSaid(words, selected) ?? visible(selected));
  if (thing.kind === "pair") return pairWords(words, index, thing.pair);
  const pairs = vethsOf(index, thing).flatMap((veth) => index.pair(veth) ?? []);
  if (pairs.length === 0) return words("canvas.said.other", { name: nameOf(words, thing) });
  return pairs.map((pair) => pairWords(words, index, pair)).join(words("gap.comma"));
};
