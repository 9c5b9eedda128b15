import { Fragment } from "react";
import type { Finding } from "@/lib/diagnosis/model";
import { visible } from "@/lib/graph/names";

/** A sentence about a finding; the rule that it quotes stands in it as its tool prints it. */
export function SaidText({
  text,
  values,
}: {
  readonly text: string;
  readonly values: Finding["values"];
}) {
  const { told } = values;
  const quoted = typeof told === "string" ? visible(told) : "";
  if (quoted === "") return text;
  return text.split(quoted).map((part, nth) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence have no name but their place
    <Fragment key={nth}>
      {nth > 0 && (
        <code translate="no" className="font-mono text-[12px] break-words">
          {quoted}
        </code>
      )}
      {part}
    </Fragment>
  ));
}
