"use client";

import type { ReactNode } from "react";

/** A choice with its name above it. */
export function Labelled({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      <span className="text-[12px] text-muted">{name}</span>
      {children}
    </div>
  );
}

const look =
  "h-8 w-full min-w-0 rounded-md border border-edge bg-panel px-2 text-[13px] text-ink disabled:opacity-60";

/** One of several, as the browser offers them. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChoose: (value: Value) => void;
}) {
  return (
    <Labelled name={label}>
      <select
        aria-label={label}
        value={value}
        onChange={({ target }) => onChoose(target.value as Value)}
        className={`${look} cursor-pointer`}
      >
        {options.map((each) => (
          <option key={each.value} value={each.value}>
            {each.text}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

/** One line of text. */
export function TextField({
  label,
  value,
  placeholder,
  onWrite,
}: {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly onWrite: (value: string) => void;
}) {
  return (
    <Labelled name={label}>
      <input
        type="text"
        aria-label={label}
        value={value}
        placeholder={placeholder}
        maxLength={120}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => onWrite(target.value)}
        className={`${look} placeholder:text-muted`}
      />
    </Labelled>
  );
}

export function Checkbox({
  checked,
  onCheck,
  children,
}: {
  readonly checked: boolean;
  readonly onCheck: (checked: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <label className="flex min-h-6 cursor-pointer items-start gap-2 text-[13px] leading-5">
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onCheck(target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
