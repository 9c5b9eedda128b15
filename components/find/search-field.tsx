"use client";

import { useRef } from "react";
import { SearchInput } from "./search-input";
import { composes } from "./use-options";

/** A field that narrows the list under it. */
export function SearchField({
  label,
  text,
  onText,
}: {
  readonly label: string;
  readonly text: string;
  readonly onText: (text: string) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <span className="relative min-w-0 flex-1 basis-48 sm:max-w-80">
      <SearchInput
        field={field}
        text={text}
        onText={onText}
        aria-label={label}
        placeholder={label}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || composes(event)) return;
          event.stopPropagation();
          if (text === "") field.current?.blur();
          else onText("");
        }}
      />
    </span>
  );
}
