import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { BlockList, isIPv4, isIPv6 } from "node:net";
import { join } from "node:path";
import type { NamedBy, Remark } from "@/lib/hosts/entry";
import type { EngineFiles, EngineTarget } from "@/server/transport/engine-only";
import { hostIdOf } from "./host-id";
import type { Surroundings } from "./surroundings";

/** An engine that is reached over TCP, as a Docker context, hosts.yaml or DOCKER_HOST names it. */
export type ConfiguredEngine = {
  readonly id: string;
  /** As it was written. */
  readonly name: string;
  readonly namedBy: NamedBy;
  readonly target: EngineTarget;
};

/** `left-out`: it is not spoken to in this way; the remark says why. */
export type ReadEngine =
  | { readonly status: "read"; readonly engine: ConfiguredEngine }
  | { readonly status: "left-out"; readonly remark: Remark };

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const isLoopback = (host: string): boolean =>
  host.toLowerCase() === "localhost" ||
  (isIPv4(host) && loopback.check(host, "ipv4")) ||
  (isIPv6(host) && loopback.check(host, "ipv6"));

const form =
  /^tcp:\/\/(?:\[([0-9a-f:.]+)\]|([\p{L}\p{N}_][\p{L}\p{N}_.-]{0,252}))(?::(\d{1,5}))?\/?$/iu;

type Place = { readonly host: string; readonly port: number | null };

/** `tcp://host:2376`; null: of another form. A name or password in it is not understood, and not repeated. */
function readAddress(text: string): Place | null {
  const [whole, bracketed, plain, digits] = form.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (whole === undefined || host === undefined) return null;
  if (bracketed !== undefined && !isIPv6(bracketed)) return null;
  const port = digits === undefined ? null : Number(digits);
  return port === null || (port >= 1 && port <= 65_535) ? { host, port } : null;
}

/** An engine's address with the keys for it; without keys only on loopback: all else can be read and changed on its way. */
export function readEngine(
  {
    name,
    namedBy,
    address,
  }: { readonly name: string; readonly namedBy: NamedBy; readonly address: string },
  tls: EngineFiles | null,
  at: Remark["at"],
): ReadEngine {
  const leftOut = (error: Remark["error"], values: Remark["values"]): ReadEngine => ({
    status: "left-out",
    remark: { error, values, at },
  });
  const place = readAddress(address);
  if (place === null) return leftOut("hosts.leftOut.engineAddress", { name });
  const { host } = place;
  // The ports that Docker itself takes where none is named.
  const port = place.port ?? (tls === null ? 2375 : 2376);
  const shown = `tcp://${host.includes(":") ? `[${host}]` : host}:${port}`;
  if (tls === null && !isLoopback(host))
    return leftOut("hosts.leftOut.engineWithoutTls", { name, address: shown });
  const target = { address: shown, host, port, tls };
  return { status: "read", engine: { id: hostIdOf(name, "engine"), name, namedBy, target } };
}

/** The names that Docker gives to the files of its keys. */
export const filesIn = (folder: string): EngineFiles => ({
  ca: join(folder, "ca.pem"),
  cert: join(folder, "cert.pem"),
  key: join(folder, "key.pem"),
});

const present = (file: string | null): string | null =>
  file !== null && existsSync(file) ? file : null;

/** The keys of a Docker context: in a folder named by a hash of its name. null: it has none. */
export function contextFiles(configFolder: string, context: string): EngineFiles | null {
  const hash = createHash("sha256").update(context).digest("hex");
  const all = filesIn(join(configFolder, "contexts", "tls", hash, "docker"));
  const files = { ca: present(all.ca), cert: present(all.cert), key: present(all.key) };
  return Object.values(files).every((file) => file === null) ? null : files;
}

/** tcp:// in VETHSCOPE_HOSTS; its keys are where docker itself looks for them. */
export function engineOfList(address: string, { env, home }: Surroundings): ReadEngine {
  const named = env["DOCKER_CERT_PATH"];
  const all = filesIn(named || env["DOCKER_CONFIG"] || join(home, ".docker"));
  const files = named
    ? all
    : { ca: present(all.ca), cert: present(all.cert), key: present(all.key) };
  const none = Object.values(files).every((file) => file === null);
  const name = readAddress(address) === null ? "tcp://…" : address;
  return readEngine({ name, namedBy: "environment", address }, none ? null : files, null);
}

/**
 * DOCKER_HOST=tcp://… is a host of its own: over TCP nobody knows whether its containers are this
 * machine's. null: it names none.
 */
export function engineOfEnvironment({ env, home }: Surroundings): ReadEngine | null {
  const address = env["DOCKER_HOST"] ?? "";
  if (!/^tcp:/i.test(address)) return null;
  const folder = env["DOCKER_CERT_PATH"] || env["DOCKER_CONFIG"] || join(home, ".docker");
  const secured = env["DOCKER_CERT_PATH"] || env["DOCKER_TLS_VERIFY"] || env["DOCKER_TLS"];
  // As a name only what is understood: an address may hold a password.
  const name = readAddress(address) === null ? "DOCKER_HOST" : address;
  const of = { name, namedBy: "docker-host", address } as const;
  return readEngine(of, secured ? filesIn(folder) : null, null);
}
