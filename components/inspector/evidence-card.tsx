"use client";

import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { namespacePlace } from "@/components/workbench/place-words";
import { LinkName, ThingLink } from "@/components/workbench/thing-link";
import { pairKey, type TopologyIndex } from "@/components/workbench/topology-index";
import { visible } from "@/lib/graph/names";
import type { Check, Link, Veth } from "@/lib/topology/model";
import { CheckLine } from "./check-line";
import { checkWords, isWarning } from "./check-words";
import { NumberAlone } from "./number-alone";
import { PeerStory } from "./peer-story";
import { ProofBadge } from "./proof-badge";
import { proofLooks, proofOf } from "./proof-words";
import { SelfCheckList } from "./self-check-list";
import { endChecks, selfChecks } from "./self-checks";

function EndLine({ link }: { readonly link: Link }) {
  const words = useWords();
  const { index } = useWorkbench();
  const namespace = index.namespace(link.netns);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3">
      <LinkName link={link} bare />
      <span translate="no" className="font-mono text-[12px] whitespace-nowrap">
        ifindex <b className="font-semibold">{link.ifindex > 0 ? link.ifindex : "–"}</b>
        <span className="text-muted"> ⇄ </span>iflink{" "}
        <b className="font-semibold">{(link.kind === "veth" && link.iflink) || "–"}</b>
      </span>
      <span className="col-span-2 text-[12px] text-muted">
        {namespace && namespacePlace(words, namespace)}
      </span>
    </div>
  );
}

/** The end that the checks are about where no pair is settled: the one that denies, the one that fits. */
const suspect = (index: TopologyIndex, { peer }: Veth): Link | null => {
  if (peer.status === "contradictory") return index.link(peer.with[0] ?? null);
  const [only, ...others] = peer.status === "ambiguous" ? peer.candidates : [];
  return others.length === 0 ? index.link(only ?? null) : null;
};

const signOf = (check: Check) => {
  if (isWarning(check)) return "beware";
  return check.holds ? "holds" : "fails";
};

function CheckList({ veth, peer }: { readonly veth: Veth; readonly peer: Link | null }) {
  const words = useWords();
  const { index } = useWorkbench();
  return (
    <ul className="flex flex-col gap-0.5">
      {veth.peer.by.map((check) => (
        <CheckLine key={check.check} sign={signOf(check)} evidence={check.evidence}>
          {checkWords(words, index, check, { from: veth, to: peer })}
        </CheckLine>
      ))}
    </ul>
  );
}

/** For one veth: what its peer is, how we know, and how to check it without us. */
export function EvidenceCard({ veth }: { readonly veth: Veth }) {
  const words = useWords();
  const { index } = useWorkbench();
  const pair = index.pair(veth);
  const from = pair?.near ?? veth;
  const proof = proofOf(from.peer);
  const { wanting } = proofLooks[proof];
  const ends = pair === null ? [from] : [pair.far, pair.near];
  return (
    <section
      aria-label={`${words("proof.pair")} ${ends.map(({ name }) => visible(name)).join(" ⇄ ")}`}
      className="rounded-lg border border-edge bg-panel p-3.5"
    >
      <h3 className="mb-2.5 flex flex-wrap items-baseline justify-between gap-x-2 text-[13px] font-semibold">
        {pair === null ? (
          words("proof.pair")
        ) : (
          <ThingLink to={pairKey(pair)}>{words("proof.pair")}</ThingLink>
        )}
        <ProofBadge proof={proof} checks={from.peer.by.length} />
      </h3>
      <div className="mb-2.5 flex flex-col gap-1.5 rounded-md bg-inset px-2.5 py-2">
        {pair !== null && <EndLine link={pair.far} />}
        <EndLine link={from} />
      </div>
      <PeerStory veth={from} />
      <CheckList veth={from} peer={pair?.far ?? suspect(index, from)} />
      {wanting !== null && (
        <div className="mt-2.5 rounded-md border border-edge px-2.5 py-2 text-[13px] leading-5">
          <p className="font-medium">{words("proof.wantingTitle")}</p>
          <p className="text-muted">{words(wanting)}</p>
        </div>
      )}
      <NumberAlone ends={pair === null ? [from] : [pair.near, pair.far]} />
      <SelfCheckList checks={pair === null ? endChecks(index, veth) : selfChecks(index, pair)} />
    </section>
  );
}
