"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { usePainted } from "@/components/ui/use-painted";
import { type FindIndex, type Found, find, findIndex } from "@/lib/find/find";
import { parse } from "@/lib/find/parse";
import type { Query } from "@/lib/find/query";
import type { Key } from "@/lib/net/ids";
import type { Topology } from "@/lib/topology/model";
import { useQueryText } from "./use-query-text";

/** What is searched for on this host, and what was found. */
export type Find = {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly query: Query;
  readonly found: Found;
  /** What does not fit is not shown. */
  readonly hide: boolean;
  readonly setHide: (hide: boolean) => void;
  /** By which rows are known that are shown; null: all are. */
  readonly rows: ReadonlySet<Key> | null;
  /** null: nothing was searched for yet, so none was made. */
  readonly index: FindIndex | null;
  /** What is searched for is told under the header: from when one begins until one is done. */
  readonly open: boolean;
  readonly close: () => void;
  /** A search is about to begin: the index is made, without anything moving. */
  readonly prepare: () => void;
  /** The same, by the box at the top. */
  readonly begin: () => void;
  /** Shows exactly that, at once in the address too. */
  readonly search: (text: string, hide: boolean) => void;
};

const Context = createContext<Find | null>(null);

/** Throws outside its provider: that is our own bug. */
export const useFind = (): Find => {
  const find = useContext(Context);
  if (find === null) throw new Error("Search was used outside its provider.");
  return find;
};

const nothing: Found = { matches: [], rows: new Set() };

/** Keeps what is typed in the search box apart from the page: only who shows matches is drawn again. */
export function FindProvider({
  topology,
  text: inUrl,
  hide,
  onText,
  onHide,
  children,
}: {
  readonly topology: Topology;
  /** As the address has it. */
  readonly text: string;
  readonly hide: boolean;
  readonly onText: (text: string) => void;
  readonly onHide: (hide: boolean) => void;
  readonly children: ReactNode;
}) {
  const [text, setText] = useQueryText(inUrl, onText);
  const [prepared, setPrepared] = useState(false);
  const [begun, setBegun] = useState(false);
  const prepare = useCallback(() => setPrepared(true), []);
  // The picture makes room when one begins, so that no letter waits for it.
  const begin = useCallback(() => {
    setPrepared(true);
    setBegun(true);
  }, []);
  const close = useCallback(() => setBegun(false), []);
  // A new reading is shown before it is searched.
  const settled = usePainted(topology);
  const wanted = prepared || text.trim() !== "";
  const index = useMemo(() => (wanted ? findIndex(settled) : null), [wanted, settled]);
  const query = useMemo(() => parse(text), [text]);
  const found = useMemo(() => (index === null ? nothing : find(index, query)), [index, query]);
  const hides = hide && query.terms.length > 0;
  const value: Find = useMemo(
    () => ({
      text,
      setText,
      query,
      found,
      hide,
      setHide: onHide,
      rows: hides ? found.rows : null,
      index,
      open: begun || text.trim() !== "",
      close,
      prepare,
      begin,
      search: (wanted, hiding) => {
        setText(wanted);
        if (hiding !== hide) onHide(hiding);
      },
    }),
    [text, setText, query, found, hide, onHide, hides, index, begun, close, prepare, begin],
  );
  return <Context value={value}>{children}</Context>;
}
