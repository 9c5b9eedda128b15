import type { Finding } from "@/lib/diagnosis/model";
import { visible } from "@/lib/graph/names";
import type { Words } from "@/lib/messages/words";

/** A finding for people. Names of the host in it are safe to look at. */
export type FindingWords = {
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly fix: string;
};

export const findingWords = (words: Words, { id, values }: Finding): FindingWords => {
  const safe = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string" ? visible(value) : value,
    ]),
  );
  return {
    title: words(`finding.${id}.title`, safe),
    what: words(`finding.${id}.what`, safe),
    why: words(`finding.${id}.why`, safe),
    fix: words(`finding.${id}.fix`, safe),
  };
};
