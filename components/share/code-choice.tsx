"use client";

import { useEffect, useState } from "react";
import { useWords } from "@/components/ui/words";
import { Checkbox } from "./fields";
import { type Change, fitting } from "./fitting";
import type { ChoiceProps } from "./picture-choices";
import { bytesOf, mostCodeBytes, mostLinkLetters } from "./shared-link";

/** Who writes a title writes it letter by letter. */
const quietMs = 300;

/** With what changes a code would hold the link, which it does not; null: not known yet. */
const useFitting = ({ frozen, choices }: ChoiceProps) => {
  const words = useWords();
  const [found, setFound] = useState<{
    readonly of: ChoiceProps["choices"];
    readonly changes: readonly Change[];
  } | null>(null);
  useEffect(() => {
    let left = false;
    const timer = setTimeout(() => {
      void fitting(frozen, choices, words).then((changes) => {
        if (!left) setFound({ of: choices, changes });
      });
    }, quietMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [frozen, choices, words]);
  return found?.of === choices ? found.changes : null;
};

function Offer({ text, onTake }: { readonly text: string; readonly onTake: () => void }) {
  return (
    <button
      type="button"
      className="min-h-6 cursor-pointer rounded-sm text-start underline underline-offset-3"
      onClick={onTake}
    >
      {text}
    </button>
  );
}

const adviceOf = (changes: readonly Change[], { frozen, choices }: ChoiceProps) => {
  if (changes.length > 0) return "share.fit.with";
  const couldSelect = frozen.selected === null && choices.part === "whole";
  return couldSelect ? "share.fit.select" : "share.fit.nothing";
};

/** That no code holds the link, and what would help. */
function TooLong({ link, ...props }: ChoiceProps & { readonly link: string }) {
  const words = useWords();
  const { choose } = props;
  const changes = useFitting(props);
  const named = ({ part, redaction }: Change): string =>
    [
      ...(part === "visible" || part === "selection" ? [words(`share.fit.${part}`)] : []),
      ...(redaction === undefined ? [] : [words("share.fit.names")]),
    ].join(" + ");
  return (
    <div role="status" className="mt-1 ml-6 text-[12px] leading-4.5">
      <p className="text-warn">
        {words("share.fit.tooLong", { n: bytesOf(link), most: mostCodeBytes })}
        {changes !== null && <span className="block">{words(adviceOf(changes, props))}</span>}
      </p>
      {changes !== null && (
        <div className="mt-1 flex flex-col items-start">
          {changes.map((change) => (
            <Offer key={named(change)} text={named(change)} onTake={() => choose(change)} />
          ))}
          {link.length <= mostLinkLetters && (
            <Offer text={words("share.fit.link")} onTake={() => choose({ format: "link" })} />
          )}
        </div>
      )}
    </div>
  );
}

/** The link as a code under a picture. It is ticked where there is one. `link` null: it is being made. */
export function CodeChoice({ link, ...props }: ChoiceProps & { readonly link: string | null }) {
  const words = useWords();
  const { choices, choose } = props;
  const tooLong = choices.code && link !== null && bytesOf(link) > mostCodeBytes;
  return (
    <div>
      <Checkbox checked={choices.code && !tooLong} onCheck={() => choose({ code: !choices.code })}>
        {words("share.code")}
        <span className="block text-muted">{words("share.codeWhy")}</span>
      </Checkbox>
      {tooLong && <TooLong {...props} link={link} />}
    </div>
  );
}
