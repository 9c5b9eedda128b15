"use client";

import { Check, Download } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import { mostSide, pngSize } from "@/lib/render/picture-file";
import { type SvgOptions, svgSize } from "@/lib/render/svg";
import type { Rect, Scene } from "@/lib/scene/model";
import { savePng, saveSvg } from "./save-picture";

const scales = [1, 2, 4] as const;
const parts = ["whole", "visible"] as const;
type Part = (typeof parts)[number];

const item =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-md py-1 pr-3 pl-2 outline-none select-none data-[highlighted]:bg-inset data-[disabled]:cursor-default data-[disabled]:text-muted";

const Hint = ({ children }: { readonly children: ReactNode }) => (
  <span className="ml-auto pl-6 text-muted tabular-nums">{children}</span>
);

/** Which part; the menu stays open for what comes after. */
function PartChoice({
  part,
  onPart,
}: {
  readonly part: Part;
  readonly onPart: (part: Part) => void;
}) {
  const words = useWords();
  return (
    <DropdownMenu.RadioGroup value={part} onValueChange={(value) => onPart(value as Part)}>
      {parts.map((each) => (
        <DropdownMenu.RadioItem
          key={each}
          value={each}
          className={item}
          onSelect={(event) => event.preventDefault()}
        >
          <span className="w-4 text-accent">
            <DropdownMenu.ItemIndicator>
              <Check size={14} aria-hidden />
            </DropdownMenu.ItemIndicator>
          </span>
          {words(`picture.part.${each}`)}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

function Files({
  scene,
  options,
  onRefused,
}: {
  readonly scene: Scene;
  readonly options: SvgOptions;
  readonly onRefused: (refused: boolean) => void;
}) {
  const words = useWords();
  const size = svgSize(scene, options);
  const pixels = scales.map((scale) => ({ scale, ...pngSize(size, scale) }));
  return (
    <>
      <DropdownMenu.Item className={item} onSelect={() => saveSvg(scene, options)}>
        SVG
        <Hint>{words("picture.sharp")}</Hint>
      </DropdownMenu.Item>
      {pixels.map(({ scale, width, height, fits }) => (
        <DropdownMenu.Item
          key={scale}
          disabled={!fits}
          className={item}
          onSelect={() => void savePng(scene, options, scale).then((saved) => onRefused(!saved))}
        >
          PNG {scale}×<Hint>{fits ? `${width} × ${height}` : words("picture.tooLarge")}</Hint>
        </DropdownMenu.Item>
      ))}
      {pixels.some(({ fits }) => !fits) && (
        <p className="max-w-72 px-2 py-1.5 text-[12px] text-muted">
          {words("picture.limit", { side: mostSide })}
        </p>
      )}
    </>
  );
}

/** What one sees as a file: SVG or PNG, in the colours of the screen, with the selection that is lit. */
export function SaveMenu({
  scene,
  options,
  visiblePart,
}: {
  readonly scene: Scene;
  readonly options: SvgOptions;
  /** Asked when the menu is open: it moves with the window. */
  readonly visiblePart: () => Rect | null;
}) {
  const words = useWords();
  const [part, setPart] = useState<Part>("whole");
  const [seen, setSeen] = useState<Rect | null>(null);
  const [refused, setRefused] = useState(false);
  const cut = part === "visible" ? seen : null;
  const wanted: SvgOptions = cut === null ? options : { ...options, part: cut };
  return (
    <DropdownMenu.Root
      modal={false}
      onOpenChange={(open) => {
        setRefused(false);
        if (open) setSeen(visiblePart());
      }}
    >
      {refused && (
        <p
          role="alert"
          className="absolute right-0 bottom-10 w-72 rounded-md border border-edge bg-panel px-3 py-2 text-[13px] text-bad shadow-float"
        >
          {words("picture.refused")}
        </p>
      )}
      <DropdownMenu.Trigger asChild>
        <Button label={words("picture.save")} className="px-0">
          <Download size={15} aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-56 rounded-lg border border-edge bg-panel p-1 text-[13px] text-ink shadow-float"
        >
          <PartChoice part={part} onPart={setPart} />
          <DropdownMenu.Separator className="mx-1 my-1 h-px bg-edge" />
          <Files scene={scene} options={wanted} onRefused={setRefused} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
