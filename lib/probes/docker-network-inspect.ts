import { z } from "zod";
import type { Reading } from "./define";
import type { EngineContainer } from "./engine-containers";
import { readJsonArray } from "./json-rows";

const filled = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === null || text === "" ? null : text));

const member = z.object({
  Name: z.string().min(1),
  MacAddress: filled,
  IPv4Address: filled,
  IPv6Address: filled,
});

const element = z.object({
  Id: z.string().regex(/^[0-9a-f]{12,64}$/),
  Name: z.string(),
  Containers: z.record(z.string().regex(/^[0-9a-f]{12,64}$/), member).nullish(),
});

const withoutLength = (text: string | null): string | null => text?.split("/")[0] ?? null;

/** The containers that `docker network inspect` lists: running ones, each with its end in that network. */
export const readNetworkMembers = (text: string): Reading<readonly EngineContainer[]> =>
  readJsonArray(text, element, ({ Id, Name, Containers }, at) =>
    Object.entries(Containers ?? {}).map(([id, each]) => ({
      id,
      name: each.Name,
      image: null,
      state: "running",
      networkMode: null,
      labels: {},
      ports: [],
      endpoints: [
        {
          networkName: Name,
          networkId: Id,
          address: withoutLength(each.IPv4Address),
          address6: withoutLength(each.IPv6Address),
          gateway: null,
          mac: each.MacAddress,
        },
      ],
      at,
    })),
  );
