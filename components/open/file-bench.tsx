"use client";

import { FolderOpen, X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { DeskProvider } from "@/components/inspector/desk";
import { Button } from "@/components/ui/button";
import type { ThemeChoice } from "@/components/ui/theme-choice";
import { useWords } from "@/components/ui/words";
import { HeldUrlProvider, useHeldUrl } from "@/components/workbench/use-url-state";
import { Workbench } from "@/components/workbench/workbench";
import { visible } from "@/lib/graph/names";
import type { Locale } from "@/lib/messages/keys";
import type { Words } from "@/lib/messages/words";
import { factsDesk, topologyDesk } from "./file-desk";
import type { Contents } from "./open-bytes";
import type { OpenedHost, Origin } from "./opened-host";

/** In place of the menu of hosts: which host lies in this browser, and how to let go of it. */
function FileMark({ held, onClose }: { readonly held: OpenedHost; readonly onClose: () => void }) {
  const words = useWords();
  const { origin, contents } = held;
  const name = visible(contents.topology.host.name);
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-[13px]">
      <FolderOpen size={15} aria-hidden className="shrink-0 text-muted" />
      <span className="max-w-40 truncate font-medium">{name}</span>
      <span className="rounded-sm bg-inset px-1.5 text-[12px] text-muted">
        {words(`open.origin.${origin.kind}`)}
      </span>
      <Button
        look="quiet"
        label={words("open.close")}
        className="px-0 text-muted"
        onClick={onClose}
      >
        <X size={15} aria-hidden />
      </Button>
    </span>
  );
}

const originSentence = (words: Words, origin: Origin): string =>
  origin.kind === "file"
    ? words("open.notice.file", { name: visible(origin.name) })
    : words(`open.notice.${origin.kind}`);

const heldIn = ({ facts, ruling }: Contents) => {
  if (facts !== null) return "facts";
  return ruling === null ? "topology" : "ruled";
};

const sentences = (words: Words, origin: Origin, contents: Contents): readonly string[] => [
  originSentence(words, origin),
  words(`open.notice.${heldIn(contents)}`),
  ...(contents.shown.part ? [words("open.notice.part")] : []),
  ...(contents.shown.redaction === "none"
    ? []
    : [words("open.notice.redacted", { what: contents.shown.redaction })]),
  ...(contents.unknown === 0 ? [] : [words("open.notice.unknown", { n: contents.unknown })]),
];

function FileNotice({ held: { origin, contents } }: { readonly held: OpenedHost }) {
  const words = useWords();
  const { title } = contents.shown;
  return (
    <span className="min-w-0 break-words">
      {title !== null && title !== "" && <b className="mr-2 font-semibold">{visible(title)}</b>}
      <span>{sentences(words, origin, contents).join(" ")}</span>
    </span>
  );
}

const noHosts = [] as const;

/** The page of a host that lies in this browser: all but what would have to be asked of it now. */
export function FileBench({
  held,
  locale,
  theme,
  onClose,
}: {
  readonly held: OpenedHost;
  readonly locale: Locale;
  readonly theme: ThemeChoice;
  readonly onClose: () => void;
}) {
  const { topology, ruling, facts, ruled, shown } = held.contents;
  const desk = useMemo(
    () =>
      facts === null || ruling === null
        ? topologyDesk(topology, ruling)
        : factsDesk({ facts, topology, ruling }),
    [facts, topology, ruling],
  );
  const { orientation, group, stopped, selected } = shown;
  // The page under it has a name of its own, which nobody else writes again.
  const [before] = useState(() => document.title);
  useEffect(
    () => () => {
      document.title = before;
    },
    [before],
  );
  const url = useHeldUrl({ orientation, group, stopped, selected });
  const file = useMemo(
    () => ({
      mark: <FileMark held={held} onClose={onClose} />,
      notice: <FileNotice held={held} />,
      from: held.contents.shown,
    }),
    [held, onClose],
  );
  return (
    <DeskProvider value={desk}>
      <HeldUrlProvider value={url}>
        <Workbench
          host="file"
          hosts={noHosts}
          first={{ snapshot: `${held.nth}`, topology, ...(ruled && { ruled }) }}
          refused={null}
          locale={locale}
          theme={theme}
          file={file}
        />
      </HeldUrlProvider>
    </DeskProvider>
  );
}
