"use client";

import { useWords } from "@/components/ui/words";
import { droppedByLink } from "@/lib/share/link";
import { type Choices, isPicture } from "./choices";
import { Checkbox, TextField } from "./fields";
import { easyCodeLetters, mostCodeLetters, mostLinkLetters } from "./shared-link";

/** What one has to know of a link of that length before it is sent. */
const lengthKey = (letters: number, drawn: boolean) => {
  if (letters > mostLinkLetters) return "share.link.tooLong";
  if (!drawn || letters <= easyCodeLetters) return "share.link.length";
  return letters > mostCodeLetters ? "share.link.noCode" : "share.link.dense";
};

/** Of the machine that reads it. */
const isLoopback = (base: string): boolean =>
  /^https?:\/\/(?:localhost|127[.]\d+[.]\d+[.]\d+|\[::1\])(?:[:/]|$)/i.test(base);

/** The link itself, or as a code under a picture. `link` null: it is being made. */
export function LinkPart({
  choices,
  link,
  choose,
}: {
  readonly choices: Choices;
  readonly link: string | null;
  readonly choose: (changes: Partial<Choices>) => void;
}) {
  const words = useWords();
  const drawn = isPicture(choices.format);
  const shown = choices.format === "link" || (drawn && choices.code);
  return (
    <div className="flex flex-col gap-2">
      {drawn && (
        <Checkbox checked={choices.code} onCheck={(code) => choose({ code })}>
          {words("share.code")}
          <span className="block text-muted">{words("share.codeWhy")}</span>
        </Checkbox>
      )}
      {shown && (
        <>
          <TextField
            label={words("share.link.base")}
            value={choices.base}
            placeholder="https://…/open"
            onWrite={(base) => choose({ base })}
          />
          <p role="status" className="text-[12px] leading-4.5 text-muted">
            {isLoopback(choices.base) && `${words("share.link.loopback")} `}
            {link !== null &&
              words(lengthKey(link.length, drawn), {
                n: link.length,
                most: link.length > mostLinkLetters ? mostLinkLetters : mostCodeLetters,
              })}{" "}
            {words("share.link.without", {
              what: droppedByLink(words).join(words("share.replaced.comma")),
            })}
          </p>
        </>
      )}
    </div>
  );
}
