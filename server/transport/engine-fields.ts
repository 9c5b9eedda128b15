import { isJsonObject } from "@/lib/facts/json-object";

/**
 * What may be asked of an engine, and which fields of the answers may leave the transport. Everything
 * else is dropped before an answer becomes a fact: commands, arguments, paths, configuration, proxies
 * and foreign labels are where secrets are.
 */
type Shape =
  | "text"
  | "number"
  | "flag"
  /** `sha256:` and 64 digits: no other text. */
  | "digest"
  | { readonly list: Shape }
  | { readonly fields: { readonly [name: string]: Shape } }
  /** Names chosen by people; `only` says which of them pass. */
  | { readonly named: Shape; readonly only?: RegExp };

const labels: Shape = {
  named: "text",
  only: /^(com\.docker\.(compose|network|stack|swarm)\.|io\.kubernetes\.|io\.podman\.)/,
};

const version: Shape = {
  fields: {
    Version: "text",
    ApiVersion: "text",
    MinAPIVersion: "text",
    Os: "text",
    Arch: "text",
    KernelVersion: "text",
    Components: { list: { fields: { Name: "text", Version: "text" } } },
  },
};

const info: Shape = {
  fields: {
    // Tells two engines of one host from one that listens on two sockets.
    ID: "text",
    Name: "text",
    ServerVersion: "text",
    OperatingSystem: "text",
    KernelVersion: "text",
    OSType: "text",
    CgroupDriver: "text",
    CgroupVersion: "text",
    SecurityOptions: { list: "text" },
    Containers: "number",
    ContainersRunning: "number",
    ContainersPaused: "number",
    ContainersStopped: "number",
    Swarm: { fields: { NodeID: "text", LocalNodeState: "text", NodeAddr: "text" } },
  },
};

const networks: Shape = {
  list: {
    fields: {
      Id: "text",
      Name: "text",
      Created: "text",
      Driver: "text",
      Scope: "text",
      Internal: "flag",
      EnableIPv4: "flag",
      EnableIPv6: "flag",
      Attachable: "flag",
      Ingress: "flag",
      ConfigOnly: "flag",
      IPAM: {
        fields: {
          Driver: "text",
          Config: { list: { fields: { Subnet: "text", IPRange: "text", Gateway: "text" } } },
        },
      },
      Options: {
        named: "text",
        only: /^(com\.docker\.network\..*|parent|macvlan_mode|ipvlan_mode)$/,
      },
      Labels: labels,
    },
  },
};

const endpoint: Shape = {
  fields: {
    NetworkID: "text",
    EndpointID: "text",
    Gateway: "text",
    IPAddress: "text",
    IPPrefixLen: "number",
    IPv6Gateway: "text",
    GlobalIPv6Address: "text",
    GlobalIPv6PrefixLen: "number",
    MacAddress: "text",
    Aliases: { list: "text" },
    DNSNames: { list: "text" },
  },
};

const containers: Shape = {
  list: {
    fields: {
      Id: "text",
      Names: { list: "text" },
      Image: "text",
      ImageID: "digest",
      Created: "number",
      State: "text",
      Status: "text",
      Ports: {
        list: { fields: { IP: "text", PrivatePort: "number", PublicPort: "number", Type: "text" } },
      },
      Labels: labels,
      HostConfig: { fields: { NetworkMode: "text" } },
      NetworkSettings: { fields: { Networks: { named: endpoint } } },
      Mounts: {
        list: {
          fields: {
            Type: "text",
            Name: "text",
            Source: "text",
            Destination: "text",
            Mode: "text",
            RW: "flag",
            Propagation: "text",
          },
        },
      },
    },
  },
};

/** Its history holds commands and its configuration environments: both are dropped. */
const image: Shape = {
  fields: { Size: "number", RootFS: { fields: { Type: "text", Layers: { list: "digest" } } } },
};

const shapes = {
  "/version": version,
  "/info": info,
  "/networks": networks,
  "/containers/json?all=1": containers,
} as const satisfies Record<string, Shape>;

type ListedPath = keyof typeof shapes;
export type EnginePath = ListedPath | `/images/sha256:${string}/json`;

/** With one image's path, the whole list: nothing else is ever sent to an engine, and nothing but GET. */
export const enginePaths = Object.keys(shapes) as readonly ListedPath[];

const digest = /^sha256:[0-9a-f]{64}$/;
const imagePath = /^\/images\/sha256:[0-9a-f]{64}\/json$/;

const isListed = (path: string): path is ListedPath => Object.hasOwn(shapes, path);

export const isEnginePath = (path: string): path is EnginePath =>
  isListed(path) || imagePath.test(path);

/** Throws on what is not on the list: no caller of ours asks for it. */
export function requireListed(path: string): asserts path is EnginePath {
  if (!isEnginePath(path)) throw new Error(`not a listed path of the engine's API: ${path}`);
}

const leaf = { text: "string", number: "number", flag: "boolean" } as const;

const entriesOf = (
  shape: Exclude<Shape, string | { readonly list: Shape }>,
  value: Readonly<Record<string, unknown>>,
): readonly (readonly [string, unknown])[] =>
  "fields" in shape
    ? Object.entries(shape.fields).flatMap(([name, each]) =>
        Object.hasOwn(value, name) ? [[name, pick(each, value[name])] as const] : [],
      )
    : Object.entries(value)
        .filter(([name]) => shape.only?.test(name) ?? true)
        .map(([name, each]) => [name, pick(shape.named, each)] as const);

/** The part of `value` that `shape` lets through; undefined: it is of another type. */
function pick(shape: Shape, value: unknown): unknown {
  if (shape === "digest")
    return typeof value === "string" && digest.test(value) ? value : undefined;
  if (typeof shape === "string") return typeof value === leaf[shape] ? value : undefined;
  if ("list" in shape) {
    if (!Array.isArray(value)) return undefined;
    return value.map((each) => pick(shape.list, each)).filter((each) => each !== undefined);
  }
  if (!isJsonObject(value)) return undefined;
  // fromEntries defines properties, so a label named __proto__ is only a label.
  return Object.fromEntries(entriesOf(shape, value).filter(([, each]) => each !== undefined));
}

/** The fields of an engine's answer that may be kept; undefined: it is not what this path answers with. */
export const allowedFields = (path: EnginePath, body: unknown): unknown =>
  pick(isListed(path) ? shapes[path] : image, body);

/** Every node of a shape as `kind path [pattern]`: `text $[].Id`, `named $[].Labels ^com[.]docker`. */
const linesOf = (shape: Shape, path: string): readonly string[] => {
  if (typeof shape === "string") return [`${shape} ${path}`];
  if ("list" in shape) return [`list ${path}`, ...linesOf(shape.list, `${path}[]`)];
  if ("fields" in shape)
    return [
      `fields ${path}`,
      ...Object.entries(shape.fields).flatMap(([name, each]) => linesOf(each, `${path}.${name}`)),
    ];
  const pattern = shape.only?.source ?? "";
  return [`named ${path} ${pattern}`.trimEnd(), ...linesOf(shape.named, `${path}.*`)];
};

/** The same list in a form that the script for hosts without network reads (server/gather/collect). */
export const fieldLines = (path: EnginePath): readonly string[] =>
  linesOf(isListed(path) ? shapes[path] : image, "$");
