"use client";

import { usePathname, useSearchParams } from "next/navigation";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { readUrl, type UrlState, writeUrl } from "./url-state";

type Change = (changes: Partial<UrlState>, how?: "push" | "replace") => void;
type Url = { readonly state: UrlState; readonly change: Change };

const Held = createContext<Url | null>(null);
export const HeldUrlProvider = Held.Provider;

/**
 * The state of a page that lies in this browser alone: names of its things are nobody else's business,
 * and an address is told to the server when the page is loaded again.
 */
export const useHeldUrl = (initial: Partial<UrlState>): Url => {
  const [state, setState] = useState<UrlState>(() => ({
    ...readUrl(new URLSearchParams()),
    ...initial,
  }));
  const change: Change = useCallback((changes) => setState((now) => ({ ...now, ...changes })), []);
  return useMemo(() => ({ state, change }), [state, change]);
};

const inAddress = (): string => writeUrl(readUrl(new URLSearchParams(window.location.search)));

/**
 * The page's state is its URL. Next follows history.pushState without asking the server, so the
 * back button costs nothing. It does so two or three frames later: what is changed here is shown before.
 */
export const useUrlState = (): Url => {
  const held = useContext(Held);
  const params = useSearchParams();
  const path = usePathname();
  const told = useMemo(() => readUrl(new URLSearchParams(params)), [params]);
  const [state, setState] = useState(told);
  useLayoutEffect(() => {
    const written = writeUrl(told);
    // Of several changes in a row it tells of the first while the last is shown already.
    if (written === inAddress()) setState((now) => (writeUrl(now) === written ? now : told));
  }, [told]);
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  }, [state]);
  const change: Change = useCallback(
    (changes, how = "push") => {
      const wanted = writeUrl({ ...latest.current, ...changes });
      if (wanted === writeUrl(latest.current)) return;
      latest.current = { ...latest.current, ...changes };
      setState(latest.current);
      const address = `${path}${wanted}`;
      if (how === "push") window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
    },
    [path],
  );
  return held ?? { state, change };
};
