import { namespaceName } from "@/components/workbench/place-words";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Key, LinkId, NetnsId } from "@/lib/net/ids";
import type { Condition, Doubt, Stop } from "@/lib/ports/model";

/** Whoever says why has these at hand. */
export type Saying = { readonly words: Words; readonly index: TopologyIndex };

export const namespaceOf = ({ words, index }: Saying, netns: NetnsId): string => {
  const namespace = index.namespace(netns);
  return namespace === null ? visible(netns) : namespaceName(words, namespace);
};

export const linkOf = ({ index }: Saying, link: LinkId): string =>
  visible(index.link(link)?.name ?? link);

/** `rule:BACKEND/FAMILY/TABLE/CHAIN/TEXT`: the chain and the text, which is what people know a rule by. */
const ruleOf = (rule: Key): { readonly chain: string; readonly text: string } => {
  const [, , , chain = "", ...rest] = rule.split("/");
  return { chain: visible(chain), text: visible(rest.join("/")) };
};

/** What ended the way of a connection. */
export function stopWords(saying: Saying, stop: Stop): string {
  const { words } = saying;
  switch (stop.why) {
    case "rule": {
      const { step } = stop;
      const chain = visible(step.chain);
      if (step.rule === null) return words("ports.stop.policy", { chain, did: step.did });
      return words("ports.stop.rule", { chain, n: step.place ?? 0, did: step.did });
    }
    case "no-route":
      return words("ports.stop.no-route", {
        place: namespaceOf(saying, stop.netns),
        to: visible(stop.to),
      });
    case "setting":
      return words("ports.stop.setting", {
        place: namespaceOf(saying, stop.netns),
        name: visible(stop.name),
      });
    case "martian":
      return words("ports.stop.martian", { address: visible(stop.address) });
    case "no-neighbour":
      return words("ports.stop.no-neighbour", {
        link: linkOf(saying, stop.link),
        address: visible(stop.address),
      });
    case "link-down":
    case "isolated":
    case "hairpin":
    case "parent":
      return words(`ports.stop.${stop.why}`, { link: linkOf(saying, stop.link) });
    case "nobody-listens":
      return words("ports.stop.nobody-listens", {
        place: namespaceOf(saying, stop.netns),
        port: `${stop.port}`,
      });
    case "only-held":
      return words("ports.stop.only-held");
    case "answer-untranslated":
      return words("ports.stop.answer-untranslated");
  }
}

/** What is not known and decides. */
export function doubtWords(saying: Saying, doubt: Doubt): string {
  const { words } = saying;
  switch (doubt.why) {
    case "opaque":
    case "chance":
      return words(`ports.doubt.${doubt.why}`, {
        chain: ruleOf(doubt.rule).chain,
        text: visible(doubt.text),
      });
    case "unknown-field":
      return words("ports.doubt.unknown-field", {
        chain: ruleOf(doubt.rule).chain,
        field: visible(doubt.field),
      });
    case "set":
      return words("ports.doubt.set", {
        chain: ruleOf(doubt.rule).chain,
        set: visible(doubt.set),
      });
    case "missing-chain":
    case "loop":
      return words(`ports.doubt.${doubt.why}`, { chain: visible(doubt.chain) });
    case "queue":
    case "one-of-several":
    case "unknown-address":
      return words(`ports.doubt.${doubt.why}`, { chain: ruleOf(doubt.rule).chain });
    case "unread-rules":
      return words("ports.doubt.unread-rules", { backend: doubt.backend });
    case "same-priority":
    case "too-many-ways":
      return words(`ports.doubt.${doubt.why}`, { hook: doubt.hook });
    case "rules-not-read":
    case "sockets-not-read":
    case "not-followed":
      return words(`ports.doubt.${doubt.why}`, { place: namespaceOf(saying, doubt.netns) });
    case "setting-not-read":
      return words("ports.doubt.setting-not-read", {
        place: namespaceOf(saying, doubt.netns),
        name: visible(doubt.name),
      });
    case "routing":
      return words("ports.doubt.routing", {
        place: namespaceOf(saying, doubt.netns),
        to: visible(doubt.to),
      });
    case "beyond":
    case "two-neighbours":
    case "bridge-port":
      return words(`ports.doubt.${doubt.why}`, { link: linkOf(saying, doubt.link) });
    case "frame-rules":
      return words("ports.doubt.frame-rules", { family: doubt.family });
    case "answers-ipv4":
      return words("ports.doubt.answers-ipv4");
  }
}

/** What was taken for granted. */
export function conditionWords(saying: Saying, condition: Condition): string {
  const { words } = saying;
  switch (condition.given) {
    case "own-rules":
      return words("ports.given.own-rules", { place: namespaceOf(saying, condition.netns) });
    case "answers-ipv4":
      return words("ports.given.answers-ipv4");
    case "setting":
      return words("ports.given.setting", { name: visible(condition.name) });
  }
}
