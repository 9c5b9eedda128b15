import { z } from "zod";
import { defineProbe } from "./define";
import { readJsonArray } from "./json-rows";

export type EngineContainer = {
  readonly id: string;
  readonly name: string | null;
  readonly image: string | null;
  readonly state: string;
  readonly networkMode: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly EnginePort[];
  readonly endpoints: readonly EngineEndpoint[];
  readonly at: number;
  /** The line that says so, where the answer is a pasted table and not JSON. */
  readonly line?: number;
};

type EnginePort = {
  readonly hostAddress: string | null;
  readonly hostPort: number | null;
  readonly containerPort: number;
  readonly protocol: string;
};

export type EngineEndpoint = {
  readonly networkName: string;
  readonly networkId: string | null;
  readonly address: string | null;
  readonly address6: string | null;
  readonly gateway: string | null;
  readonly mac: string | null;
};

/** The engine writes "" for what there is not. */
const filled = z
  .string()
  .nullish()
  .transform((text) => (text === undefined || text === null || text === "" ? null : text));

const element = z.object({
  Id: z.string().regex(/^[0-9a-f]{12,64}$/),
  Names: z.array(z.string()).nullish(),
  Image: filled,
  State: z.string().default("unknown"),
  HostConfig: z.object({ NetworkMode: filled }).nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
  Ports: z
    .array(
      z.object({
        IP: filled,
        PrivatePort: z.number(),
        PublicPort: z.number().optional(),
        Type: z.string().default("tcp"),
      }),
    )
    .nullish(),
  NetworkSettings: z
    .object({
      Networks: z
        .record(
          z.string(),
          z
            .object({
              NetworkID: filled,
              IPAddress: filled,
              GlobalIPv6Address: filled,
              Gateway: filled,
              MacAddress: filled,
            })
            .nullable(),
        )
        .nullish(),
    })
    .nullish(),
});

type Element = z.infer<typeof element>;

/** A linked container is listed under its alias too (`/web/db`): its own name has one slash. */
const ownName = (names: readonly string[]): string | null =>
  (names.find((name) => name.lastIndexOf("/") === 0) ?? names[0])?.replace(/^\//, "") ?? null;

const endpointsOf = (each: Element): readonly EngineEndpoint[] =>
  Object.entries(each.NetworkSettings?.Networks ?? {}).map(([networkName, endpoint]) => ({
    networkName,
    networkId: endpoint?.NetworkID ?? null,
    address: endpoint?.IPAddress ?? null,
    address6: endpoint?.GlobalIPv6Address ?? null,
    gateway: endpoint?.Gateway ?? null,
    mac: endpoint?.MacAddress ?? null,
  }));

const containerOf = (each: Element, at: number): EngineContainer => ({
  id: each.Id,
  name: ownName(each.Names ?? []),
  image: each.Image,
  state: each.State,
  networkMode: each.HostConfig?.NetworkMode ?? null,
  labels: each.Labels ?? {},
  ports: (each.Ports ?? []).map((port) => ({
    hostAddress: port.IP,
    hostPort: port.PublicPort ?? null,
    containerPort: port.PrivatePort,
    protocol: port.Type,
  })),
  endpoints: endpointsOf(each),
  at,
});

export const engineContainers = defineProbe<EngineContainer>({
  name: "engine-containers",
  scope: "engine",
  ask: { kind: "engine", path: "/containers/json?all=1" },
  right: "engine",
  why: "names, images, states, networks and published ports of containers; never their environment or command",
  parse: ({ stdout }) => readJsonArray(stdout, element, containerOf),
});
