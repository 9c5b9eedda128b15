"use client";

import { useEffect, useState } from "react";
import { type Fetched, useFetched } from "@/components/inspector/fetched";
import { useWorkbench } from "@/components/workbench/context";
import type { NetnsId } from "@/lib/net/ids";
import type { NetnsRules } from "@/lib/topology/firewall/model";
import { unpackRules } from "@/lib/wire/rules";
import { type Tally, tallyOf } from "./growth";

/** Rules of one namespace; a container's are asked of the host now. null: of none. */
export const useRules = (netns: NetnsId | null): Fetched<NetnsRules> => {
  const { host, snapshot } = useWorkbench();
  const query = netns === null ? null : new URLSearchParams({ snapshot, netns });
  const path = `/api/hosts/${encodeURIComponent(host)}/rules?${query}`;
  return useFetched(query === null ? null : path, unpackRules);
};

type Counted = { readonly of: NetnsRules; readonly tally: Tally };

/** The counters of the last two readings of one namespace: they outlive the view, which one leaves and comes back to. */
const counted = new Map<NetnsId, readonly [now: Counted, before: Counted | null]>();
const mostKept = 4;

function remember(rules: NetnsRules): Tally | null {
  const known = counted.get(rules.netns);
  if (known?.[0].of === rules) return known[1]?.tally ?? null;
  const now: Counted = { of: rules, tally: tallyOf(rules.firewall) };
  counted.delete(rules.netns);
  counted.set(rules.netns, [now, known?.[0] ?? null]);
  const [oldest] = counted.keys();
  if (counted.size > mostKept && oldest !== undefined) counted.delete(oldest);
  return known?.[0].tally ?? null;
}

/** Packets by rule as the reading before this one had them; null: this is the first. */
export const useTallyBefore = (rules: NetnsRules): Tally | null => {
  const [before, setBefore] = useState<Tally | null>(null);
  useEffect(() => setBefore(remember(rules)), [rules]);
  return before;
};
