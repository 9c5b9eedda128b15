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
    (changes: Partial<UrlState>) => {
      const wanted = writeUrl({ ...latest.current, ...changes });
      if (wanted === writeUrl(latest.current)) return;
      latest.current = { ...latest.current, ...changes };
      window.history.pushState(null, "", `${path}${wanted}`);
    },
    [path],
  );
  return { state, change };
};
