"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { readUrl, type UrlState, writeUrl } from "./url-state";

/**
 * The page's state is its URL. Next follows history.pushState without asking the server, so the
 * back button costs nothing.
 */
export const useUrlState = () => {
  const params = useSearchParams();
  const path = usePathname();
  const state = useMemo(() => readUrl(new URLSearchParams(params)), [params]);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  }, [state]);
  const change = useCallback(
    (changes: Partial<UrlState>, how: "push" | "replace" = "push") => {
      const wanted = writeUrl({ ...latest.current, ...changes });
      if (wanted === writeUrl(latest.current)) return;
      latest.current = { ...latest.current, ...changes };
      const address = `${path}${wanted}`;
      if (how === "push") window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
    },
    [path],
  );
  return { state, change };
};
