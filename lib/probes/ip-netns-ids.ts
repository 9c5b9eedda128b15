import { z } from "zod";
import { defineProbe } from "./define";
import { type NetnsIdRow, readNetnsIdsText } from "./ip-netns-ids-text";
import { isJson, readJsonArray } from "./json-rows";

const element = z.object({ nsid: z.number().int(), name: z.string().optional() });

const rowOf = ({ nsid, name }: z.infer<typeof element>, at: number): NetnsIdRow => ({
  nsid,
  name: name === undefined || name === "" ? null : name,
  at,
});

export const ipNetnsIds = defineProbe<NetnsIdRow>({
  name: "ip-netns-ids",
  scope: "netns",
  ask: { kind: "ip-batch", line: "netns list-id" },
  right: "root",
  why: "link-netnsids of namespaces that `ip netns` names, with or without a process in them",
  parse: ({ stdout }) =>
    isJson(stdout) ? readJsonArray(stdout, element, rowOf) : readNetnsIdsText(stdout),
});
