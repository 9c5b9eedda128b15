import { type Fetched, useFetched } from "@/components/inspector/fetched";
import { factsShape } from "@/lib/share/facts-shape";
import { factsText } from "@/lib/share/facts-text";
import { readAs } from "@/lib/share/topology-file";
import type { Frozen } from "./choices";

const textOf = (json: unknown): string | null => {
  const facts = readAs(factsShape, json, "facts");
  return "kind" in facts ? null : factsText(facts.value);
};

/** A facts file of the reading that is shared, from whoever keeps the host's own words; asked for where `wanted`. */
export const useSaidFacts = ({ reading }: Frozen, wanted: boolean): Fetched<string> => {
  const { host, snapshot } = reading;
  const query = new URLSearchParams({ snapshot });
  return useFetched(
    wanted ? `/api/hosts/${encodeURIComponent(host)}/facts?${query}` : null,
    textOf,
  );
};
