"use client";

import { useEffect, useState } from "react";
import { useFind } from "@/components/find/find-context";
import { useCopy } from "@/components/ui/use-copy";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { savePng, saveSvg } from "@/components/workbench/save-picture";
import { graph } from "@/lib/graph/graph";
import type { HostEntry } from "@/lib/hosts/entry";
import type { ThemeName } from "@/lib/render/theme";
import { scene } from "@/lib/scene/scene";
import type { Deeds } from "./commands";
import { Palette } from "./palette";

const toldFor = 8000;

export type HostPaletteProps = {
  readonly hosts: readonly HostEntry[];
  /** In which a picture is saved. */
  readonly theme: ThemeName;
  readonly deeds: Omit<Deeds, "onHosts" | "onSave" | "onCopyLink">;
};

/** The palette of a host's page. Pictures are saved whole, from any view. */
export function HostPalette({ hosts, theme, deeds }: HostPaletteProps) {
  const words = useWords();
  const { index } = useWorkbench();
  const { search } = useFind();
  const { copy, copied, byHand } = useCopy(words("palette.do.copyLink"));
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!failed) return;
    const timer = setTimeout(() => setFailed(false), toldFor);
    return () => clearTimeout(timer);
  }, [failed]);

  const { orientation, group, stopped } = deeds.state;
  const onSave = (kind: "svg" | "png") => {
    const whole = scene(graph(index.topology, { orientation, group, stopped }, words));
    if (kind === "svg") saveSvg(whole, { theme });
    else void savePng(whole, { theme }, 2).then((saved) => setFailed(!saved));
  };
  return (
    <>
      <Palette
        hosts={hosts}
        deeds={{
          ...deeds,
          onSave,
          onCopyLink: () => void copy(location.href),
          onClear: () => {
            search("", false);
            deeds.onClear();
          },
        }}
      />
      <p aria-live="polite" className="sr-only">
        {copied && words("ui.copied")}
      </p>
      {failed && (
        <p
          role="alert"
          className="fixed right-4 bottom-12 z-50 max-w-80 rounded-md border border-edge bg-panel px-3 py-2 text-[13px] text-bad shadow-float"
        >
          {words("palette.saveFailed")}
        </p>
      )}
      {byHand}
    </>
  );
}
