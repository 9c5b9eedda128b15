import { z } from "zod";
import { defineProbe } from "./define";
import { readJsonObject } from "./json-rows";

export type EngineVersion = z.infer<typeof shape>;

const shape = z.object({
  Version: z.string().default(""),
  ApiVersion: z.string().default(""),
  /** Podman answers the same API and names itself here. */
  Components: z.array(z.object({ Name: z.string() })).nullish(),
});

export const engineVersion = defineProbe<EngineVersion>({
  name: "engine-version",
  scope: "engine",
  ask: { kind: "engine", path: "/version" },
  right: "engine",
  why: "which engine answers, and by which version of its API",
  parse: ({ stdout }) => readJsonObject(stdout, shape),
});
