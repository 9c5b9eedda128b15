import { z } from "zod";
import { defineProbe } from "./define";
import { readJsonObject } from "./json-rows";

export type EngineInfo = z.infer<typeof shape>;

const shape = z.object({
  Name: z.string().default(""),
  OperatingSystem: z.string().default(""),
  KernelVersion: z.string().default(""),
});

export const engineInfo = defineProbe<EngineInfo>({
  name: "engine-info",
  scope: "engine",
  ask: { kind: "engine", path: "/info" },
  right: "engine",
  why: "name, system and kernel of the machine that the engine runs on",
  parse: ({ stdout }) => readJsonObject(stdout, shape),
});
