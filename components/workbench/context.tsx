"use client";

import { createContext, useContext } from "react";
import type { Finding, RuleDiagnosis } from "@/lib/diagnosis/model";
import type { Hue, Trouble } from "@/lib/graph/model";
import type { Key, NetnsId } from "@/lib/net/ids";
import type { TopologyIndex } from "./topology-index";
import type { ViewName } from "./url-state";

/** What every panel of one host's page needs: the tables, which reading they are of, and how to select. */
export type Workbench = {
  readonly host: string;
  /** It lies in this browser: its names are not told to the server. */
  readonly inFile: boolean;
  readonly snapshot: string;
  readonly index: TopologyIndex;
  /** What is wrong with the host, worst first. */
  readonly findings: readonly Finding[];
  /** The same by thing, as far as they are problems. */
  readonly trouble: Trouble;
  /** What of them rules, settings and sockets show; null: these did not come with the reading. */
  readonly ruled: RuleDiagnosis | null;
  /** The hue of a bridge or network in the picture; null: it has none there. */
  readonly hueOf: (key: Key) => Hue | null;
  /** The namespace whose rules are spoken of; null: none was seen. */
  readonly rulesIn: NetnsId | null;
  /** Goes to another view, with something selected there. */
  readonly show: (view: ViewName, selected: Key) => void;
  /** null clears. */
  readonly select: (key: Key | null) => void;
};

const Context = createContext<Workbench | null>(null);
export const WorkbenchProvider = Context.Provider;

const Selected = createContext<Key | null>(null);
export const SelectedProvider = Selected.Provider;

/** Apart from the rest, since it changes often and most of a big table need not know. */
export const useSelected = (): Key | null => useContext(Selected);

/** Throws outside a workbench: that is our own bug. */
export const useWorkbench = (): Workbench => {
  const workbench = useContext(Context);
  if (workbench === null) throw new Error("A panel was used outside the workbench.");
  return workbench;
};
