"use client";

import { useEffect, useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/words";
import type { MessageKey } from "@/lib/messages/keys";
import { useSingleKeys } from "./single-keys";

/** Keys by what they are for; each is printed as it stands on the keyboard. */
const groups: readonly {
  readonly title: MessageKey;
  readonly keys: readonly (readonly [keys: string, does: MessageKey])[];
}[] = [
  {
    title: "states.keys.views",
    keys: [
      ["g", "header.graph"],
      ["t", "header.table"],
      ["P", "ports.view"],
      ["R", "rules.view"],
      ["d", "diagnose.view"],
      ["o", "picture.textbook"],
      ["/", "find.label"],
      ["Ctrl K", "palette.title"],
      ["s", "share.open"],
    ],
  },
  {
    title: "states.keys.walk",
    keys: [
      ["↑ ↓ ← →", "states.keys.arrows"],
      ["Enter", "states.keys.enter"],
      ["p", "states.keys.peer"],
      ["y", "states.keys.copy"],
      ["Esc", "states.keys.escape"],
    ],
  },
  {
    title: "states.keys.picture",
    keys: [
      ["f", "canvas.fit"],
      ["1", "states.keys.actual"],
      ["+", "canvas.zoomIn"],
      ["-", "canvas.zoomOut"],
      ["[", "states.keys.close"],
      ["]", "states.keys.open"],
    ],
  },
];

function Keys({ group: { title, keys } }: { readonly group: (typeof groups)[number] }) {
  const words = useWords();
  return (
    <section>
      <h3 className="mt-4 mb-1 text-[13px] font-semibold">{words(title)}</h3>
      <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-3 text-[13px] leading-7">
        {keys.map(([pressed, does]) => (
          <div key={pressed} className="contents">
            <dt>
              <kbd className="rounded-sm border border-edge bg-inset px-1.5 py-0.5 font-mono text-[12px]">
                {pressed}
              </kbd>
            </dt>
            <dd>{words(does)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What each key does, and the switch for those who want none of them. */
export function ShortcutHelp({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}) {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const { on, choose } = useSingleKeys();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={title}
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(30rem,calc(100vw-2rem))] overflow-y-auto rounded-xl border border-edge bg-panel p-5 text-ink shadow-float backdrop:bg-black/40"
    >
      <h2 id={title} className="text-[15px] font-semibold">
        {words("states.keys.title")}
      </h2>
      {groups.map((group) => (
        <Keys key={group.title} group={group} />
      ))}
      <label className="mt-5 flex min-h-6 cursor-pointer items-start gap-2.5 border-t border-edge pt-4 text-[13px] leading-5">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => choose(event.target.checked)}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        <span>
          {words("states.keys.on")}
          <span className="block text-muted">{words("states.keys.onWhy")}</span>
        </span>
      </label>
      <div className="mt-4 flex justify-end">
        <Button onClick={onClose}>{words("ui.close")}</Button>
      </div>
    </dialog>
  );
}
