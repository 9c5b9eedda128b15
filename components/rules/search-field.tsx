"use client";

import { Search, X } from "lucide-react";
import { useRef, useState } from "react";
import { useWords } from "@/components/ui/words";

/** A field that narrows the list under it. Letters of an input method are no words yet: they wait until it is done. */
export function SearchField({
  label,
  text,
  onText,
}: {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  const words = useWords();
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <span className="relative min-w-0 flex-1 basis-48 sm:max-w-80">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
      />
      <input
        ref={field}
        type="text"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        value={draft ?? text}
        onCompositionStart={(event) => setDraft(event.currentTarget.value)}
        onCompositionEnd={(event) => {
          setDraft(null);
          onText(event.currentTarget.value);
        }}
        onChange={({ target }) => (draft === null ? onText(target.value) : setDraft(target.value))}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
          event.stopPropagation();
          if (text === "") field.current?.blur();
          else onText("");
        }}
        className="h-8 w-full rounded-md border border-edge bg-inset pr-8 pl-8 text-[13px] placeholder:text-muted max-sm:text-[16px]"
      />
      {text !== "" && (
        <button
          type="button"
          aria-label={words("find.clear")}
          onClick={() => {
            onText("");
            field.current?.focus();
          }}
          className="absolute top-1/2 right-1 grid size-6 -translate-y-1/2 cursor-pointer place-items-center rounded-sm text-muted hover:text-ink"
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}
