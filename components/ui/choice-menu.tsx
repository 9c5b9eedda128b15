"use client";

import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button";

export type Choice<Value extends string> = {
  readonly value: Value;
  readonly text: string;
  readonly hint?: string;
  readonly lang?: string;
};

/**
 * A button that opens a list to choose one of. Not modal: Radix's modal menus lock scrolling by a
 * style element without a nonce, which our CSP refuses.
 */
export function ChoiceMenu<Value extends string>({
  label,
  value,
  choices,
  onChoose,
  align = "end",
  more,
  children,
}: {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChoose: (value: Value) => void;
  readonly align?: "start" | "end";
  /** Something else to do, under the list. */
  readonly more?: { readonly text: string; readonly onChoose: () => void };
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button label={label}>{children}</Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-44 rounded-lg border border-edge bg-panel p-1 text-[13px] text-ink shadow-float"
        >
          <DropdownMenu.RadioGroup
            value={value}
            onValueChange={(chosen) => onChoose(chosen as Value)}
          >
            {choices.map((choice) => (
              <DropdownMenu.RadioItem
                key={choice.value}
                value={choice.value}
                lang={choice.lang}
                className="flex min-h-8 cursor-pointer items-center gap-2 rounded-md py-1 pr-3 pl-2 outline-none select-none data-[highlighted]:bg-inset"
              >
                <span className="w-4 text-accent">
                  <DropdownMenu.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                <span>{choice.text}</span>
                {choice.hint && <span className="ml-auto pl-4 text-muted">{choice.hint}</span>}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          {more && (
            <>
              <DropdownMenu.Separator className="my-1 border-t border-edge" />
              <DropdownMenu.Item
                onSelect={more.onChoose}
                className="flex min-h-8 cursor-pointer items-center rounded-md py-1 pr-3 pl-8 outline-none select-none data-[highlighted]:bg-inset"
              >
                {more.text}
              </DropdownMenu.Item>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
