"use client";

import { useFind } from "@/components/find/find-context";
import { useCopy } from "@/components/ui/use-copy";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import type { HostEntry } from "@/lib/hosts/entry";
import type { Deeds } from "./commands";
import { Palette } from "./palette";

export type HostPaletteProps = {
  readonly hosts: readonly HostEntry[];
  readonly deeds: Omit<Deeds, "onHosts" | "onOpen" | "onCopyLink">;
};

/** The palette of a host's page. */
export function HostPalette({ hosts, deeds }: HostPaletteProps) {
  const words = useWords();
  const { inFile } = useWorkbench();
  const { search } = useFind();
  const { copy, copied, byHand } = useCopy(words("palette.do.copyLink"));
  return (
    <>
      <Palette
        hosts={hosts}
        deeds={{
          ...deeds,
          // The address of what lies in this browser leads nobody to it.
          onCopyLink: () => (inFile ? deeds.onSave("link") : void copy(location.href)),
          onClear: () => {
            search("", false);
            deeds.onClear();
          },
        }}
      />
      <p aria-live="polite" className="sr-only">
        {copied && words("ui.copied")}
      </p>
      {byHand}
    </>
  );
}
