"use client";

import { BookOpen, Maximize, Minus, Plus, Rows3 } from "lucide-react";
import type { ReactNode } from "react";
import type { HostGraphHandle } from "@/components/graph/host-graph";
import { Button } from "@/components/ui/button";
import { ChoiceMenu } from "@/components/ui/choice-menu";
import { useWords } from "@/components/ui/words";
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
        label={`${words("picture.group.label")}: ${words(`picture.group.${picture.group}`)}`}
        value={picture.group}
        choices={groupings.map((value) => ({ value, text: words(`picture.group.${value}`) }))}
        onChoose={picture.regroup}
      >
        <Rows3 size={15} aria-hidden />
        <span className="@max-xl:sr-only">{words(`picture.group.${picture.group}`)}</span>
      </ChoiceMenu>
      <Button
        aria-pressed={picture.orientation === "textbook"}
        title={words("picture.textbookHint")}
        className="aria-pressed:border-ink"
        onClick={picture.turn}
      >
        <BookOpen size={15} aria-hidden />
        <span className="@max-xl:sr-only">{words("picture.textbook")}</span>
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

/** Where not all rows are drawn, how many are, and how to see the others: over the picture, which begins below it. */
export function Showing({ picture }: { readonly picture: ReturnType<typeof usePicture> }) {
  const words = useWords();
  const { drawn, all } = picture.counts;
  const close = picture.closeAll;
  const open = picture.openAll ?? picture.toTable;
  if (drawn === all && close === null) return null;
  const look = "h-6 rounded-full border-transparent px-2 text-[12px] text-ink";
  return (
    <div className="flex flex-wrap items-center justify-end gap-x-1 border-b border-edge bg-panel px-3 py-0.5 text-[12px] text-muted tabular-nums">
      <p role="status">{words("picture.showing", { n: drawn, all })}</p>
      {drawn < all && (
        <Button look="quiet" className={look} onClick={open}>
          {words(picture.openAll === null ? "graph.allInTable" : "graph.openAll")}
        </Button>
      )}
      {close !== null && (
        <Button look="quiet" className={look} onClick={close}>
          {words("graph.closeAll")}
        </Button>
      )}
    </div>
  );
}
