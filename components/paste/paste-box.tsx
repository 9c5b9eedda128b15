"use client";

import { useEffect, useId, useMemo, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import type { HostFacts } from "@/lib/facts/model";
import type { Words } from "@/lib/messages/words";
import type { Block, Recognised, Refusal } from "@/lib/paste/model";
import type { Topology } from "@/lib/topology/model";
import { BlockList } from "./block-list";
import { ownerOptions } from "./block-words";
import { example } from "./example";
import { MissingList } from "./missing-list";
import { UnreadList } from "./unread-list";
import { type Pasting, usePaste } from "./use-paste";

function refusalWords(refusal: Refusal, words: Words): string {
  switch (refusal.why) {
    case "too-long":
      return words("paste.refused.long", { n: refusal.megabytes, most: refusal.most });
    case "too-many-lines":
      return words("paste.refused.lines", { n: refusal.lines, most: refusal.most });
    case "too-many-parts":
      return words("paste.refused.parts", { n: refusal.parts, most: refusal.most });
    case "binary":
      return words("paste.refused.binary");
  }
}

/** How many of a pair's ends were found, and how many are open. */
function pairsIn({ links }: Topology) {
  const veths = links.flatMap((link) => (link.kind === "veth" ? [link.peer.status] : []));
  const found = veths.filter((status) => status === "found").length;
  return { pairs: found / 2, open: veths.length - found };
}

const summary = ({ read, drawn }: Pasting, words: Words): string => {
  if (read === null) return words("paste.nothing");
  if (read.status === "refused") return refusalWords(read.refusal, words);
  if (drawn === null) return words("paste.unknown", { n: read.unread.length });
  return words("paste.found", { n: read.blocks.length, ...pairsIn(drawn.topology) });
};

const unreadIn = (read: Recognised | null) => (read?.status === "read" ? read.unread : []);

const noBlocks: readonly Block[] = [];

/** Text of a terminal or an article becomes a host. `onOpen`: the person wants to see it. */
export function PasteBox({
  onOpen,
  given,
  onTaken,
}: {
  readonly onOpen: (facts: HostFacts) => void;
  /** Text that came otherwise than by the field; null: none. */
  readonly given: { readonly text: string | null } | null;
  /** It stands in the field now. */
  readonly onTaken: () => void;
}) {
  const words = useWords();
  const { text, write, choices, choose, pasting, busy } = usePaste();
  const { read, drawn } = pasting;
  const blocks = read?.status === "read" ? read.blocks : noBlocks;
  const containers = drawn?.topology.containers;
  const options = useMemo(
    () => ownerOptions(blocks, containers?.map(({ name }) => name) ?? [], words),
    [blocks, containers, words],
  );
  const unread = unreadIn(read);
  const [title, hint] = [useId(), useId()];
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (given === null) return;
    if (given.text !== null) write(given.text);
    field.current?.focus();
    field.current?.closest("section")?.scrollIntoView({ block: "start" });
    onTaken();
  });
  return (
    <section aria-labelledby={title} className="mt-10" data-paste>
      <h2 id={title} className="text-[17px] font-semibold">
        {words("paste.title")}
      </h2>
      <p id={hint} className="mt-1 max-w-2xl text-[13px] leading-6 text-pretty text-muted">
        {words("paste.intro")}
      </p>
      <textarea
        ref={field}
        aria-label={words("paste.field")}
        aria-describedby={hint}
        value={text}
        rows={10}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={words("paste.placeholder")}
        onChange={({ currentTarget }) => write(currentTarget.value)}
        className="mt-3 block w-full resize-y rounded-lg border border-edge bg-panel p-3 font-mono text-[12px] leading-5 text-ink placeholder:text-muted"
      />
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button
          look="main"
          disabled={drawn === null || busy}
          onClick={() => drawn !== null && onOpen(drawn.facts)}
        >
          {words("paste.draw")}
        </Button>
        {text === "" ? (
          <Button onClick={() => write(example)}>{words("paste.example")}</Button>
        ) : (
          <Button onClick={() => write("")}>{words("paste.clear")}</Button>
        )}
        <p role="status" className="min-w-0 flex-1 basis-64 text-[13px] leading-5 text-muted">
          {busy ? words("paste.reading") : summary(pasting, words)}
        </p>
      </div>
      {blocks.length > 0 && (
        <div className="mt-6">
          <h3 className="text-[14px] font-semibold">{words("paste.parts")}</h3>
          <p className="mt-0.5 text-[12px] leading-5 text-muted">{words("paste.partsHint")}</p>
          <BlockList blocks={blocks} options={options} choices={choices} onChoose={choose} />
        </div>
      )}
      {drawn !== null && drawn.missing.length > 0 && (
        <div className="mt-6">
          <h3 className="text-[14px] font-semibold">{words("paste.open")}</h3>
          <MissingList missing={drawn.missing} />
        </div>
      )}
      {unread.length > 0 && (
        <div className="mt-6">
          <UnreadList unread={unread} />
        </div>
      )}
    </section>
  );
}
