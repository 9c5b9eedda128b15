import { visible } from "@/lib/graph/names";
import type { HostEntry } from "@/lib/hosts/entry";
import type { Words } from "@/lib/messages/words";

/** As it was configured; the machine that Vethscope runs on and the sample are named by the reader's language. */
export const hostName = (words: Words, { id, name }: Pick<HostEntry, "id" | "name">): string => {
  if (name !== null) return visible(name);
  return words(id === "local" ? "header.thisMachine" : "header.sample");
};
