import { useWorkbench } from "@/components/workbench/context";
import type { Details, Opened, OpenedQuestion } from "@/lib/details/model";
import type { Key } from "@/lib/net/ids";
import { type Fetched, useFetched } from "./fetched";

/** Our own server, of our own version: its answers have the type that its code says. */
const asDetails = (json: unknown): Details | null =>
  typeof json === "object" && json !== null && "container" in json ? (json as Details) : null;
const asOpened = (json: unknown): Opened | null =>
  typeof json === "object" && json !== null && "status" in json ? (json as Opened) : null;

/** What is told of a link or container beyond the topology. */
export const useDetails = (of: Key): Fetched<Details> => {
  const { host, snapshot } = useWorkbench();
  const query = new URLSearchParams({ snapshot, of });
  return useFetched(`/api/hosts/${encodeURIComponent(host)}/details?${query}`, asDetails);
};

/** Asks the host one more question; not before `when`. `again` asks anew when it grows. */
export const useOpened = (
  question: OpenedQuestion,
  of: Key,
  when: boolean,
  again = 0,
): Fetched<Opened> => {
  const { host, snapshot } = useWorkbench();
  const query = new URLSearchParams({ snapshot, question, of, again: `${again}` });
  const path = `/api/hosts/${encodeURIComponent(host)}/opened?${query}`;
  return useFetched(when ? path : null, asOpened);
};
