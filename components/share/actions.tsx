"use client";

import { Copy, Download } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useCopy } from "@/components/ui/use-copy";
import { useWords } from "@/components/ui/words";
import { mostSide } from "@/lib/render/picture-file";
import { type Choices, isPicture } from "./choices";
import { CopyByHand, copyPicture } from "./copied-picture";
import { pixels, save } from "./save";
import { mostLinkLetters } from "./shared-link";
import type { Prepared } from "./use-prepared";

type Told = "saved" | "copied" | "failed" | null;

/** What can be copied as text; null: a picture, or not made yet, or too long for a link. */
const textToCopy = ({ content, ready }: Prepared): string | null => {
  if (!ready) return null;
  if (content.kind === "text") return content.text;
  const link = content.kind === "link" ? content.link : null;
  return link !== null && link.length <= mostLinkLetters ? link : null;
};

function TooLarge({ onSvg }: { readonly onSvg: () => void }) {
  const words = useWords();
  return (
    <p role="alert" className="text-[13px] leading-5 text-warn">
      {words("share.tooLarge", { side: mostSide })}{" "}
      <button
        type="button"
        className="min-h-6 cursor-pointer rounded-sm underline underline-offset-3"
        onClick={onSvg}
      >
        {words("share.asSvg")}
      </button>
    </p>
  );
}

/** What came of the last deed; else how large the picture is. */
function Said({
  told,
  copied,
  size,
}: {
  readonly told: Told;
  readonly copied: boolean;
  readonly size: Prepared["size"];
}) {
  const words = useWords();
  if (told !== null) return words(`share.told.${told}`);
  if (copied) return words("ui.copied");
  return size?.fits ? `${size.width} × ${size.height} px` : null;
}

/** Saves and copies the picture. */
const usePictureDeeds = (prepared: Prepared, choices: Choices) => {
  const [last, setLast] = useState<{ readonly of: Choices; readonly told: Told } | null>(null);
  const [busy, setBusy] = useState(false);
  const [byHand, setByHand] = useState<Blob | null>(null);
  const during = async (work: () => Promise<Told>) => {
    setBusy(true);
    setLast(null);
    setLast({ of: choices, told: await work() });
    setBusy(false);
  };
  const onSave = () => during(async () => ((await save(prepared, choices)) ? "saved" : "failed"));
  const onCopy = () =>
    during(async () => {
      const png = await pixels(prepared, choices);
      if (png === null) return "failed";
      if (await copyPicture(png)) return "copied";
      setByHand(png);
      return null;
    });
  const dialog = byHand !== null && <CopyByHand png={byHand} onClose={() => setByHand(null)} />;
  // Of what was chosen then, and not of what is chosen now.
  const told = last?.of === choices ? last.told : null;
  return { told, busy, onSave, onCopy, dialog };
};

/** Saves or copies what is previewed, and says what came of it. */
export function Actions({
  prepared,
  choices,
  choose,
  onClose,
}: {
  readonly prepared: Prepared;
  readonly choices: Choices;
  readonly choose: (changes: Partial<Choices>) => void;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const { told, busy, onSave, onCopy, dialog } = usePictureDeeds(prepared, choices);
  const { copy, copied, byHand } = useCopy(words(`share.format.${choices.format}`));
  const fits = prepared.size?.fits ?? true;
  const idle = prepared.ready && fits && !busy;
  const text = textToCopy(prepared);
  const isLink = choices.format === "link";
  return (
    <div className="flex flex-col gap-2">
      {!fits && <TooLarge onSvg={() => choose({ format: "svg" })} />}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p
          role="status"
          className="mr-auto min-w-0 text-[13px] leading-5 text-pretty text-muted tabular-nums"
        >
          <Said told={told} copied={copied} size={prepared.size} />
        </p>
        <Button onClick={onClose}>{words("ui.close")}</Button>
        {isPicture(choices.format) ? (
          <Button disabled={!idle} onClick={() => void onCopy()}>
            <Copy size={14} aria-hidden />
            {words("share.copy.picture")}
          </Button>
        ) : (
          <Button
            look={isLink ? "main" : "plain"}
            disabled={text === null}
            onClick={() => text !== null && void copy(text)}
          >
            <Copy size={14} aria-hidden />
            {words(isLink ? "share.copy.link" : "share.copy.text")}
          </Button>
        )}
        {!isLink && (
          <Button look="main" disabled={!idle} onClick={() => void onSave()}>
            <Download size={14} aria-hidden />
            {words("share.save")}
          </Button>
        )}
      </div>
      {dialog}
      {byHand}
    </div>
  );
}
