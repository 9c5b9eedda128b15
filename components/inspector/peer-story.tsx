"use client";

import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { gapWords } from "@/components/workbench/gap-words";
import type { MessageKey } from "@/lib/messages/keys";
import type { LinkId } from "@/lib/net/ids";
import type { Unseen, Veth } from "@/lib/topology/model";
import { PlacedLink } from "./placed-link";
import { proofLooks, proofOf, unseenReasons } from "./proof-words";

function LinkList({
  title,
  links,
}: {
  readonly title: MessageKey;
  readonly links: readonly LinkId[];
}) {
  const words = useWords();
  const { index } = useWorkbench();
  const known = links.map((id) => index.link(id)).filter((link) => link !== null);
  if (known.length === 0) return null;
  return (
    <div className="mb-2">
      <p className="text-[13px] font-medium">{words(title)}</p>
      <ul className="mt-0.5 flex flex-col">
        {known.map((link) => (
          <li key={link.id}>
            <PlacedLink link={link} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function UnseenStory({ why }: { readonly why: Unseen }) {
  const words = useWords();
  const { index } = useWorkbench();
  const gap = why.reason === "netns-unread" ? gapWords(words, index, why.why) : null;
  return (
    <div className="mb-2 text-[13px] leading-5 text-muted">
      <p>{words(unseenReasons[why.reason])}</p>
      {gap && (
        <p className="mt-1">
          {gap.what}. {gap.next}
        </p>
      )}
    </div>
  );
}

const meaningOf = ({ peer, nsid }: Veth): MessageKey => {
  if (peer.status === "found" && nsid === null) return "proof.exact.sameNetns";
  if (peer.status === "ambiguous" && peer.candidates.length === 1) return "proof.ambiguous.one";
  return proofLooks[proofOf(peer)].meaning;
};

/** In words, what the status of a peer means; candidates and opponents by name. */
export function PeerStory({ veth }: { readonly veth: Veth }) {
  const words = useWords();
  const { peer } = veth;
  return (
    <>
      <p className="mb-2 text-[13px] leading-5 text-muted">{words(meaningOf(veth))}</p>
      {peer.status === "ambiguous" && (
        <LinkList title="proof.ambiguous.candidates" links={peer.candidates} />
      )}
      {peer.status === "contradictory" && (
        <LinkList title="proof.contradictory.with" links={peer.with} />
      )}
      {peer.status === "unseen" && <UnseenStory why={peer.why} />}
    </>
  );
}
