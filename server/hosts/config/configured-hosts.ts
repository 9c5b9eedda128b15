import { homedir, userInfo } from "node:os";
import { resolve } from "node:path";
import type { NamedBy, Remark } from "@/lib/hosts/entry";
import type { SshTarget } from "@/server/transport/ssh/target";
import {
  type ConfiguredEngine,
  engineOfEnvironment,
  engineOfList,
  filesIn,
  type ReadEngine,
  readEngine,
} from "./configured-engines";
import { type Destination, readDestination } from "./destination";
import { readDockerContexts } from "./docker-contexts";
import { hostIdOf } from "./host-id";
import { type FileEngine, type FileHost, hostsFileIn, readHostsFile } from "./hosts-file";
import { isName } from "./patterns";
import { resolveTarget } from "./resolve-target";
import { type ConfigLine, readSshConfig } from "./ssh-config-lines";
import type { Surroundings } from "./surroundings";

export type ConfiguredHost = {
  readonly id: string;
  /** As it was written. */
  readonly name: string;
  readonly namedBy: NamedBy;
  /** null: what it needs we do not do; a remark says what. */
  readonly target: SshTarget | null;
  /** What of its configuration is not used. */
  readonly remarks: readonly Remark[];
};

export type Configuration = {
  readonly hosts: readonly ConfiguredHost[];
  /** Hosts of which only the engine is reached. */
  readonly engines: readonly ConfiguredEngine[];
  /** What belongs to no host, or to many: a file that cannot be read, a line that is not used. */
  readonly remarks: readonly Remark[];
};

const systemUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A uid without an entry, as in many containers.
    return "root";
  }
};

const surroundings = (): Surroundings => ({
  env: process.env,
  home: homedir(),
  user: systemUser(),
});

type Candidate = {
  readonly name: string;
  readonly namedBy: NamedBy;
  readonly destination: Destination;
};

/**
 * All hosts that this machine's configuration names, in the order VETHSCOPE_HOSTS, hosts.yaml,
 * ~/.ssh/config, docker contexts; of two with one name the first counts. Nothing is connected to and
 * no command is run. `data`: the data folder.
 */
export const readConfiguration = (
  data: string,
  around: Surroundings = surroundings(),
): Configuration => {
  const ssh = readSshConfig(around);
  const remarks: Remark[] = [...ssh.remarks];
  const environment = fromEnvironment(around, remarks);
  const file = fromFile(data, around, remarks);
  const contexts = fromContexts(around, remarks);
  const candidates = [
    ...environment.hosts,
    ...file.hosts,
    ...namesIn(ssh.lines).map((name) => candidate(name, "ssh-config", name, remarks)),
    ...contexts.hosts,
  ].filter((each) => each !== null);
  const hosts = new Map<string, ConfiguredHost>();
  for (const each of candidates) {
    const host = configured(each, ssh.lines, around);
    if (!hosts.has(host.id)) hosts.set(host.id, host);
  }
  const named = new Set([...hosts.values()].map(({ name }) => name));
  const engines = usable(
    [engineOfEnvironment(around), ...environment.engines, ...file.engines, ...contexts.engines],
    remarks,
  );
  return {
    ...withoutRepeats([...hosts.values()], remarks),
    engines: engines.filter(({ name }) => !named.has(name)),
  };
};

/** Of two with one name the first counts. */
function usable(
  engines: readonly (ReadEngine | null)[],
  remarks: Remark[],
): readonly ConfiguredEngine[] {
  const found = new Map<string, ConfiguredEngine>();
  for (const each of engines) {
    if (each?.status === "left-out") remarks.push(each.remark);
    else if (each !== null && !found.has(each.engine.id)) found.set(each.engine.id, each.engine);
  }
  return [...found.values()];
}

/** A line that is left out for many hosts is told once, with its place; a host keeps what is about itself. */
const withoutRepeats = (
  hosts: readonly ConfiguredHost[],
  remarks: readonly Remark[],
): Pick<Configuration, "hosts" | "remarks"> => {
  const all = [
    ...remarks,
    ...hosts.flatMap((host) => host.remarks.filter(({ at }) => at !== null)),
  ];
  return {
    hosts: hosts.map((host) => ({
      ...host,
      remarks: host.remarks.filter(({ at }) => at === null),
    })),
    remarks: [...new Map(all.map((remark) => [JSON.stringify(remark), remark])).values()],
  };
};

const configured = (
  { name, namedBy, destination }: Candidate,
  lines: readonly ConfigLine[],
  around: Surroundings,
): ConfiguredHost => ({
  id: hostIdOf(name),
  name,
  namedBy,
  ...resolveTarget(name, destination, lines, around),
});

export type Added =
  | { readonly status: "read"; readonly host: ConfiguredHost }
  | { readonly status: "unreadable"; readonly part: string };

/** A host as a person typed it into the page; its name is the address, with a user or port that was typed. */
export const addedHost = (text: string, around: Surroundings = surroundings()): Added => {
  const read = readDestination(text);
  if (read.status !== "read") return read;
  const { user, host, port } = read.destination;
  const place = port === undefined || port === 22 ? host : `${bracketed(host)}:${port}`;
  const name = user === undefined ? place : `${user}@${place}`;
  const { lines } = readSshConfig(around);
  return {
    status: "read",
    host: configured({ name, namedBy: "page", destination: read.destination }, lines, around),
  };
};

const bracketed = (host: string): string => (host.includes(":") ? `[${host}]` : host);

function candidate(
  name: string,
  namedBy: NamedBy,
  text: string,
  remarks: Remark[],
  at: Remark["at"] = null,
): Candidate | null {
  const read = readDestination(text);
  if (read.status === "read") return { name, namedBy, destination: read.destination };
  remarks.push({ error: "hosts.config.badDestination", values: { text: read.part, name }, at });
  return null;
}

/** Commas and line breaks separate hosts; on a line with -J commas separate its jump hosts. */
function fromEnvironment(around: Surroundings, remarks: Remark[]): Named {
  const all = (around.env["VETHSCOPE_HOSTS"] ?? "")
    .split("\n")
    .flatMap((line) => (/\s-J/.test(line) ? [line] : line.split(",")))
    .map((each) => each.trim())
    .filter((each) => each !== "");
  const isEngine = (each: string): boolean => /^tcp:/i.test(each);
  return {
    hosts: all
      .filter((each) => !isEngine(each))
      .map((each) => candidate(each, "environment", each, remarks)),
    engines: all.filter(isEngine).map((each) => engineOfList(each, around)),
  };
}

/** What one place names: hosts, and engines. */
type Named = {
  readonly hosts: readonly (Candidate | null)[];
  readonly engines: readonly ReadEngine[];
};

function fromFile(data: string, { env, home }: Surroundings, remarks: Remark[]): Named {
  const named = env["VETHSCOPE_HOSTS_FILE"];
  const file = named ? resolve(named.replace(/^~(?=\/|$)/, home)) : hostsFileIn(data);
  const read = readHostsFile(file, Boolean(named));
  remarks.push(...read.remarks);
  return {
    hosts: read.hosts.map((each) => fileCandidate(each, file, remarks)),
    engines: read.engines.map((each) => fileEngine(each, file, home)),
  };
}

const fileEngine = (
  { name, engine: address, certPath, line }: FileEngine,
  file: string,
  home: string,
): ReadEngine => {
  const folder = certPath === null ? null : resolve(certPath.replace(/^~(?=\/|$)/, home));
  const of = { name, namedBy: "hosts-file", address } as const;
  return readEngine(of, folder === null ? null : filesIn(folder), { file, line });
};

function fileCandidate(host: FileHost, file: string, remarks: Remark[]): Candidate | null {
  const name = host.name ?? host.ssh;
  const at = { file, line: host.line };
  const jump = host.jump === null ? "" : ` -J ${host.jump.replaceAll(/\s*,\s*/g, ",")}`;
  const read = candidate(name, "hosts-file", `${host.ssh}${jump}`, remarks, at);
  if (read === null || host.identityFiles.length === 0) return read;
  // Not by way of -i: a path may hold spaces.
  const { destination } = read;
  const identityFiles = [...host.identityFiles, ...destination.identityFiles];
  return { ...read, destination: { ...destination, identityFiles } };
}

const fromContexts = (around: Surroundings, remarks: Remark[]): Named => {
  const { hosts, engines, remarks: said } = readDockerContexts(around);
  remarks.push(...said);
  return {
    hosts: hosts.map(({ name, ssh }) => candidate(name, "docker-context", ssh, remarks)),
    engines,
  };
};

/** The names that `Host` lines say outright, in the order of the file. */
const namesIn = (lines: readonly ConfigLine[]): readonly string[] => [
  ...new Set(
    lines.flatMap((line): readonly string[] => {
      if (line.kind === "include") return namesIn(line.lines);
      return line.kind === "host" ? line.patterns.filter(isName) : [];
    }),
  ),
];
