"use client";

import { Search, X } from "lucide-react";
import { type ComponentProps, type ReactNode, type RefObject, useState } from "react";
import { useWords } from "@/components/ui/words";

/**
 * A text field with its sign and a button that empties it, inside an element that is `relative`. Letters of an input
 * method are no words yet: they are shown, and `onText` hears of them when it is done.
 */
export function SearchInput({
  field,
  text,
  onText,
  whenEmpty = null,
  ...rest
}: Omit<ComponentProps<"input">, "ref" | "value" | "onChange" | "className"> & {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Stands where the button is while there is nothing to empty. */
  readonly whenEmpty?: ReactNode;
}) {
  const words = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <>
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-muted"
      />
      <input
        {...rest}
        ref={field}
        type="text"
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
        className="h-8 w-full rounded-md border border-edge bg-inset pr-8 pl-8 text-[13px] placeholder:text-muted max-sm:text-[16px]"
      />
      {text === "" ? (
        whenEmpty
      ) : (
        <button
          type="button"
          aria-label={words("find.clear")}
          title={words("find.clear")}
          onClick={() => {
            onText("");
            field.current?.focus();
          }}
          className="absolute top-1 right-1 inline-flex size-6 cursor-pointer items-center justify-center rounded-sm text-muted hover:text-ink"
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </>
  );
}
