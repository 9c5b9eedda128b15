import { z } from "zod";
import { defineProbe } from "./define";
import { readJsonArray } from "./json-rows";

/** A namespace that the asking one has a number for; named where /run/netns has a file for it. */
export type NetnsIdRow = {
  readonly nsid: number;
  readonly name: string | null;
  readonly at: number;
};

const element = z.object({ nsid: z.number().int(), name: z.string().optional() });

export const ipNetnsIds = defineProbe<NetnsIdRow>({
  name: "ip-netns-ids",
  scope: "netns",
  ask: { kind: "ip-batch", line: "netns list-id" },
  right: "root",
  why: "link-netnsids of namespaces that `ip netns` names, with or without a process in them",
  parse: ({ stdout }) =>
    readJsonArray(stdout, element, ({ nsid, name }, at) => ({
      nsid,
      name: name === undefined || name === "" ? null : name,
      at,
    })),
});
