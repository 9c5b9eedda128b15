"use client";

import { useWords } from "@/components/ui/words";
import { droppedByLink } from "@/lib/share/link";
import { type Choices, isPicture } from "./choices";
import { Checkbox, TextField } from "./fields";
import { bytesOf, easyCodeBytes, mostCodeBytes, mostLinkLetters } from "./shared-link";

/** What one has to know of the length of a link before it is sent. */
const lengthKey = (link: string, drawn: boolean) => {
  if (link.length > mostLinkLetters) return "share.link.tooLong";
  const bytes = bytesOf(link);
  if (!drawn || bytes <= easyCodeBytes) return "share.link.length";
  return bytes > mostCodeBytes ? "share.link.noCode" : "share.link.dense";
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
              words(lengthKey(link, drawn), {
                n: link.length,
                most: link.length > mostLinkLetters ? mostLinkLetters : mostCodeBytes,
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
