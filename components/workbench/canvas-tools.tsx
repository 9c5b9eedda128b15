"use client";

import { BookOpen, Maximize, Minus, Plus, Rows3 } from "lucide-react";
import type { ReactNode } from "react";
import type { HostGraphHandle } from "@/components/graph/host-graph";
import { Button } from "@/components/ui/button";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { useWords } from "@/components/ui/words";
import type { Folded } from "@/lib/graph/fold";
import { groupings } from "@/lib/graph/model";
import type { usePicture } from "./use-picture";

/** How the picture stands and how near it is. `children`: what else can be done with it. */
export function CanvasTools({
  picture,
  asks,
  children,
}: {
  readonly picture: ReturnType<typeof usePicture>;
  readonly asks: () => HostGraphHandle | null;
  readonly children: ReactNode;
}) {
  const words = useWords();
  return (
    <div className="absolute right-3 bottom-3 flex flex-wrap justify-end gap-1">
      <ChoiceMenu
        label={words("picture.group.label")}
        value={picture.group}
        choices={groupings.map((value) => ({ value, text: words(`picture.group.${value}`) }))}
        onChoose={picture.regroup}
      >
        <Rows3 size={15} aria-hidden />
        <span className="max-sm:sr-only">{words(`picture.group.${picture.group}`)}</span>
      </ChoiceMenu>
      <Button
        aria-pressed={picture.orientation === "textbook"}
        title={words("picture.textbookHint")}
        className="aria-pressed:border-ink"
        onClick={picture.turn}
      >
        <BookOpen size={15} aria-hidden />
        <span className="max-sm:sr-only">{words("picture.textbook")}</span>
      </Button>
      {children}
      <Button label={words("canvas.zoomOut")} className="px-0" onClick={() => asks()?.zoomOut()}>
        <Minus size={15} aria-hidden />
      </Button>
      <Button label={words("canvas.zoomIn")} className="px-0" onClick={() => asks()?.zoomIn()}>
        <Plus size={15} aria-hidden />
      </Button>
      <Button label={words("canvas.fit")} className="px-0" onClick={() => asks()?.fit()}>
        <Maximize size={14} aria-hidden />
      </Button>
    </div>
  );
}

/** Where not all rows are drawn, how many are. */
export function Showing({ counts }: { readonly counts: Pick<Folded, "drawn" | "all"> }) {
  const words = useWords();
  if (counts.drawn === counts.all) return null;
  return (
    <p
      role="status"
      className="absolute top-3 right-3 rounded-full border border-edge bg-panel px-3 py-1 text-[12px] text-muted tabular-nums"
    >
      {words("picture.showing", { n: counts.drawn, all: counts.all })}
    </p>
  );
}
