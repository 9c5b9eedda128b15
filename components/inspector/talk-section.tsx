"use client";

import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { namespaceName } from "@/components/workbench/place-words";
import type { TopologyIndex } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";
import type { Bridge, Link, Network } from "@/lib/topology/model";
import { type Talk, talkIn } from "./talk";

const mostNamed = 8;

/** By what is at the other end, since that is what talks. */
const nameOf = (words: Words, index: TopologyIndex, port: Link): string => {
  const pair = port.kind === "veth" ? index.pair(port) : null;
  const namespace = pair && pair.far.netns !== port.netns ? index.namespace(pair.far.netns) : null;
  return namespace === null ? visible(port.name) : namespaceName(words, namespace);
};

const namesOf = (words: Words, index: TopologyIndex, ports: readonly Link[]): string => {
  const named = ports.slice(0, mostNamed).map((port) => nameOf(words, index, port));
  const more = ports.length - named.length;
  const all = named.join(words("gap.comma"));
  return more > 0 ? `${all}${words("gap.comma")}${words("inspector.macs.more", { n: more })}` : all;
};

const talkWords = (words: Words, index: TopologyIndex, talk: Talk): string => {
  switch (talk.says) {
    case "isolated":
      return words("inspector.talk.isolated", {
        n: talk.ports.length,
        names: namesOf(words, index, talk.ports),
      });
    case "noVlan":
      return words("inspector.talk.noVlan", { names: namesOf(words, index, talk.ports) });
    case "vlan":
      return words("inspector.talk.vlans", {
        pvid: `${talk.pvid}`,
        names: namesOf(words, index, talk.ports),
      });
    case "free":
    case "alone":
    case "iccOff":
    case "internal":
    case "vlansUnread":
    case "portsUnread":
      return words(`inspector.talk.${talk.says}`);
  }
};

/** Who reaches whom, as far as the bridge and the network's options tell. */
export function TalkSection({
  bridge,
  ports,
  network,
}: {
  readonly bridge: Bridge;
  readonly ports: readonly Link[];
  readonly network: Network | null;
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const talks = talkIn(bridge, ports, network);
  if (talks.length === 0) return null;
  return (
    <Section title={words("inspector.talk.title")} open>
      <ul className="flex flex-col gap-1.5 text-[13px] leading-5">
        {talks.map((talk) => {
          const text = talkWords(words, index, talk);
          return (
            <li key={text} className="break-words">
              {text}
            </li>
          );
        })}
      </ul>
      <p className="mt-1.5 text-[12px] leading-4.5 text-muted">{words("inspector.talk.rules")}</p>
    </Section>
  );
}
