"use client";

import { useEffect, useState } from "react";
import { useWords } from "@/components/ui/words";
import { svg } from "@/lib/render/svg";
import { svgType } from "./picture-bytes";
import type { Picture } from "./prepare";

/** The address of a picture in this page's memory; null: not yet. */
const useAddress = (picture: Picture): string | null => {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(
      new Blob([svg(picture.scene, picture.options)], { type: svgType }),
    );
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return address;
};

/** The very picture that is saved. */
export function PicturePreview({ picture }: { readonly picture: Picture }) {
  const words = useWords();
  const address = useAddress(picture);
  if (address === null) return null;
  return (
    // biome-ignore lint/performance/noImgElement: it lies in this page's memory, where no server can make it smaller
    <img
      src={address}
      alt={words("share.preview", { what: picture.scene.summary })}
      className="m-auto max-h-full max-w-full object-contain"
    />
  );
}

const mostLetters = 6000;

/** The beginning of a text. */
export function TextPreview({ text }: { readonly text: string }) {
  const words = useWords();
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
      tabIndex={0}
      aria-label={words("share.previewText")}
      className="size-full overflow-auto"
    >
      <pre
        translate="no"
        className="p-3 font-mono text-[12px] leading-4.5 whitespace-pre-wrap break-all"
      >
        {text.slice(0, mostLetters)}
        {text.length > mostLetters && "…"}
      </pre>
    </section>
  );
}
