import type { Words } from "@/lib/messages/words";

export type HostEntry = { readonly id: string; readonly source: "live" | "recorded" };

/** Until hosts have names of their own: the machine that Vethscope runs on, and the sample. */
export const hostName = (words: Words, { id }: HostEntry): string => {
  if (id === "local") return words("header.thisMachine");
  return id === "sample" ? words("header.sample") : id;
};
