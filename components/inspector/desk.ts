"use client";

import { createContext, useContext } from "react";

/** What came of a question: JSON, or why there is none. */
export type Said =
  | { readonly status: "said"; readonly json: unknown }
  /** The host was read again, twice, since this page got its topology. */
  | { readonly status: "gone" }
  /** An open file holds what was drawn of a host, and not its own words. */
  | { readonly status: "not-kept" }
  | { readonly status: "failed" };

/** Who answers `/api/hosts/HOST/…`: our own server, or a file that is open in this browser. */
export type Desk = (path: string, signal: AbortSignal) => Promise<Said>;

const gone = 410;

const serverDesk: Desk = async (path, signal) => {
  const response = await fetch(path, { signal });
  if (response.status === gone) return { status: "gone" };
  return response.ok ? { status: "said", json: await response.json() } : { status: "failed" };
};

const Context = createContext<Desk>(serverDesk);
export const DeskProvider = Context.Provider;
export const useDesk = (): Desk => useContext(Context);
