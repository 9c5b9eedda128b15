"use client";

import { useMemo } from "react";
import { useWords } from "@/components/ui/words";
import type { Ruling } from "@/lib/topology/ruling";
import { type Choices, canHoldRules, type Ruled } from "./choices";
import { Checkbox } from "./fields";

const rulesIn = ({ rules }: Ruling): number =>
  rules
    .flatMap(({ firewall }) => (firewall.status === "read" ? firewall.tables : []))
    .flatMap(({ chains }) => chains)
    .reduce((sum, chain) => sum + chain.rules.length, 0);

const socketsIn = ({ listening: { sockets } }: Ruling): number =>
  sockets.status === "read" ? sockets.sockets.length : 0;

/** Whether rules and ports go along with the data, and how many these are; or why they do not. */
export function RulesChoice({
  choices,
  ruled,
  choose,
}: {
  readonly choices: Choices;
  readonly ruled: Ruled;
  readonly choose: (changes: Partial<Choices>) => void;
}) {
  const words = useWords();
  const counts = useMemo(
    () =>
      ruled.status === "there"
        ? { rules: rulesIn(ruled.ruling), sockets: socketsIn(ruled.ruling) }
        : null,
    [ruled],
  );
  if (!canHoldRules(choices)) return null;
  if (choices.part !== "whole" || ruled.status === "absent") {
    return (
      <p role="status" className="text-[12px] leading-4.5 text-muted">
        {words(choices.part === "whole" ? "share.rules.absent" : "share.rules.part")}
      </p>
    );
  }
  return (
    <Checkbox checked={choices.rules} onCheck={(rules) => choose({ rules })}>
      {words("share.rules.inside")}
      <span className="block text-muted">
        {counts === null ? words("share.rules.asked") : words("share.rules.why", counts)}
      </span>
    </Checkbox>
  );
}
