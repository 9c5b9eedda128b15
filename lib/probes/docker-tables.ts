import type { Reading } from "./define";
import type { EngineContainer } from "./engine-containers";
import type { EngineNetwork } from "./engine-networks";
import { readLines } from "./lines";

type Port = EngineContainer["ports"][number];

const range = (text: string): readonly number[] => {
  const [first = 0, last = first] = text.split("-").map(Number);
  const length = Math.min(Math.max(0, last - first), 1023) + 1;
  return Array.from({ length }, (_, nth) => first + nth);
};

/** `0.0.0.0:8080->80/tcp`, `:::8080->80/tcp`, `[::]:8000-8001->80-81/tcp`, `80/tcp`. */
function portsOf(text: string): readonly Port[] {
  const found = /^(?:(?:(.*):)?(\d+(?:-\d+)?)->)?(\d+(?:-\d+)?)\/(\w+)$/.exec(text);
  if (found === null) return [];
  const [, address, outside, inside = "", protocol = "tcp"] = found;
  const hostPorts = outside === undefined ? [] : range(outside);
  return range(inside).map((containerPort, nth) => ({
    hostAddress: address?.replace(/^\[(.*)\]$/, "$1") ?? null,
    hostPort: hostPorts[nth] ?? null,
    containerPort,
    protocol,
  }));
}

const portCell = /(?:\S+->)?\d+(?:-\d+)?\/(?:tcp|udp|sctp)/g;

/** Docker's words for what the API calls `running`, `exited`, … */
function stateOf(row: string): string {
  if (/\(Paused\)/.test(row)) return "paused";
  const [, word] = /\s(Up|Exited|Created|Restarting|Removal|Dead)\b/.exec(row) ?? [];
  if (word === "Up") return "running";
  if (word === "Removal") return "removing";
  return word?.toLowerCase() ?? "unknown";
}

/**
 * Reads the table of `docker ps`, with or without -a and --no-trunc. The last word of a row is its name,
 * and the first two are its id and image; what stands between may have been cut or squeezed.
 */
export const readDockerPs = (text: string): Reading<EngineContainer & { readonly line: number }> =>
  readLines(text, (line, at) => {
    if (/^\s*CONTAINER ID\s/.test(line)) return undefined;
    const found = /^\s*([0-9a-f]{12}(?:[0-9a-f]{52})?)\s+(\S+)\s(.*\s)?(\S+)\s*$/.exec(line);
    if (found === null) return null;
    const [, id = "", image = "", rest = "", names = ""] = found;
    const row = ` ${rest}`;
    const isName = /^[A-Za-z0-9][\w.,/-]*$/.test(names);
    return {
      id,
      name: isName ? (names.split(",").find((name) => !name.includes("/")) ?? null) : null,
      image,
      state: stateOf(row),
      networkMode: null,
      labels: {},
      // The command stands in quotes and may look like a port.
      ports: [...row.replace(/["“].*?["”]/, "").matchAll(portCell)].flatMap(([cell]) =>
        portsOf(cell),
      ),
      endpoints: [],
      at,
      line: at,
    };
  });

/**
 * Reads the table of `docker network ls`. The network called `bridge` is the default one, whose bridge
 * is docker0: no other may have its name.
 */
export const readDockerNetworks = (
  text: string,
): Reading<EngineNetwork & { readonly line: number }> =>
  readLines(text, (line, at) => {
    if (/^\s*NETWORK ID\s/.test(line)) return undefined;
    const found = /^\s*([0-9a-f]{12,64})\s+(\S+)\s+(\S+)(?:\s+\S+)?\s*$/.exec(line);
    if (found === null) return null;
    const [, id = "", name = "", driver = ""] = found;
    const isDefault = name === "bridge" && driver === "bridge";
    return {
      id,
      name,
      driver,
      internal: false,
      subnets: [],
      options: isDefault ? { "com.docker.network.bridge.default_bridge": "true" } : {},
      at,
      line: at,
    };
  });
