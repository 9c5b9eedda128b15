import { z } from "zod";
import { defineProbe } from "./define";
import { readJsonArray } from "./json-rows";

export type EngineNetwork = {
  readonly id: string;
  readonly name: string;
  readonly driver: string;
  readonly internal: boolean;
  readonly subnets: readonly { readonly subnet: string; readonly gateway: string | null }[];
  readonly options: Readonly<Record<string, string>>;
  readonly at: number;
  /** The line that says so, where the answer is a pasted table and not JSON. */
  readonly line?: number;
};

const element = z.object({
  Id: z.string().min(1),
  Name: z.string(),
  Driver: z.string().default(""),
  Internal: z.boolean().default(false),
  IPAM: z
    .object({
      Config: z
        .array(z.object({ Subnet: z.string().optional(), Gateway: z.string().optional() }))
        .nullish(),
    })
    .nullish(),
  Options: z.record(z.string(), z.string()).nullish(),
});

export const engineNetworks = defineProbe<EngineNetwork>({
  name: "engine-networks",
  scope: "engine",
  ask: { kind: "engine", path: "/networks" },
  right: "engine",
  why: "names of networks, their subnets, and which bridge is theirs",
  parse: ({ stdout }) =>
    readJsonArray(stdout, element, (each, at) => ({
      id: each.Id,
      name: each.Name,
      driver: each.Driver,
      internal: each.Internal,
      subnets: (each.IPAM?.Config ?? []).flatMap(({ Subnet, Gateway }) =>
        Subnet === undefined ? [] : [{ subnet: Subnet, gateway: Gateway ?? null }],
      ),
      options: each.Options ?? {},
      at,
    })),
});
