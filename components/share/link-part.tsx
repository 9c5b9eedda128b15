"use client";

import { useWords } from "@/components/ui/words";
import { droppedByLink } from "@/lib/share/link";
import { isPicture } from "./choices";
import { CodeChoice } from "./code-choice";
import { TextField } from "./fields";
import type { ChoiceProps } from "./picture-choices";
import { bytesOf, easyCodeBytes, mostCodeBytes, mostLinkLetters } from "./shared-link";

/** What one has to know of the length of a link before it is sent. */
const lengthKey = (link: string, drawn: boolean) => {
  if (link.length > mostLinkLetters) return "share.link.tooLong";
  return drawn && bytesOf(link) > easyCodeBytes ? "share.link.dense" : "share.link.length";
};

/** Of the machine that reads it. */
const isLoopback = (base: string): boolean =>
  /^https?:\/\/(?:localhost|127[.]\d+[.]\d+[.]\d+|\[::1\])(?:[:/]|$)/i.test(base);

/** The link itself, or as a code under a picture. `link` null: it is being made. */
export function LinkPart({ link, ...props }: ChoiceProps & { readonly link: string | null }) {
  const words = useWords();
  const { choices, choose } = props;
  const drawn = isPicture(choices.format);
  const coded = drawn && choices.code && (link === null || bytesOf(link) <= mostCodeBytes);
  return (
    <div className="flex flex-col gap-2">
      {drawn && <CodeChoice {...props} link={link} />}
      {(choices.format === "link" || coded) && (
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
              words(lengthKey(link, drawn), { n: link.length, most: mostLinkLetters })}{" "}
            {words("share.link.without", {
              what: droppedByLink(words).join(words("share.replaced.comma")),
            })}
          </p>
        </>
      )}
    </div>
  );
}
