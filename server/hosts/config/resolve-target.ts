import { existsSync } from "node:fs";
import { hostname } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import type { Remark } from "@/lib/hosts/entry";
import { usualKnownHosts } from "@/server/transport/ssh/accepted-keys";
import type { SshTarget } from "@/server/transport/ssh/target";
import { type Destination, readAddress } from "./destination";
import type { ConfigLine } from "./ssh-config-lines";
import { type SshSettings, settingsOf } from "./ssh-settings";
import type { Surroundings } from "./surroundings";

export type Resolved = {
  /** null: not to be reached by what we may do; a remark says why. */
  readonly target: SshTarget | null;
  readonly remarks: readonly Remark[];
};

type Work = {
  readonly lines: readonly ConfigLine[];
  readonly around: Surroundings;
  readonly remarks: Remark[];
};

/** Those of ssh's default keys that ssh2 can read: no hardware keys. */
const usualKeys = ["id_rsa", "id_ecdsa", "id_ed25519"] as const;
const longestChain = 16;

/** A destination by all that the configuration of ssh says of it, jump hosts included. */
export const resolveTarget = (
  name: string,
  destination: Destination,
  lines: readonly ConfigLine[],
  around: Surroundings,
): Resolved => {
  const work: Work = { lines, around, remarks: [] };
  const target = targetOf(name, destination, work, []);
  return { target, remarks: work.remarks };
};

/** `behind`: the hosts that are reached through this one, the farthest first. */
function targetOf(
  name: string,
  destination: Destination,
  work: Work,
  behind: readonly string[],
): SshTarget | null {
  const settings = settingsOf(work.lines, destination.host, work.around.user, destination);
  work.remarks.push(...settings.remarks);
  if (destination.jump === undefined && settings.proxyCommand !== null) {
    const program = /^\S*/.exec(settings.proxyCommand)?.[0] ?? "";
    // Its arguments may hold a token.
    return leaveOut(work, "hosts.leftOut.proxyCommand", { host: destination.host, program });
  }
  const jump =
    destination.jump === undefined ? jumpOf(settings, destination.host) : destination.jump;
  const { hostName, user, port } = settings;
  const via = jump === null ? [] : chain(jump, work, [...behind, placeOf(settings)]);
  if (via === null) return null;
  const identityFiles = identities(destination, settings, work.around);
  const trust = trustOf(destination.host, settings, work.around);
  return { name, user, host: hostName, port, identityFiles, via, ...trust };
}

/** The tokens that ProxyJump takes (ssh_config(5)). */
function jumpOf({ proxyJump, hostName, user, port }: SshSettings, host: string): string | null {
  const tokens: Readonly<Record<string, string>> = {
    "%": "%",
    h: hostName,
    n: host,
    p: `${port}`,
    r: user,
  };
  return proxyJump?.replaceAll(/%(.)/g, (whole, token: string) => tokens[token] ?? whole) ?? null;
}

/** Whose keys count, and which of ours: only what the configuration says otherwise than usual. */
function trustOf(
  host: string,
  settings: SshSettings,
  around: Surroundings,
): Pick<SshTarget, "keyAlias" | "knownHosts" | "identitiesOnly" | "without" | "agent"> {
  const { hostKeyAlias, userKnownHosts, globalKnownHosts, identitiesOnly, identityAgent } =
    settings;
  const { without } = settings;
  const usual = usualKnownHosts(around.home);
  const own = (named: readonly string[] | null, otherwise: readonly string[]): readonly string[] =>
    named?.filter(isNamed).map((file) => pathOf(file, host, settings, around)) ?? otherwise;
  const named = userKnownHosts !== null || globalKnownHosts !== null;
  const files = [...own(userKnownHosts, usual.user), ...own(globalKnownHosts, usual.system)];
  const agent = identityAgent === null ? null : agentSocket(identityAgent, host, settings, around);
  return {
    ...(hostKeyAlias !== null && { keyAlias: hostKeyAlias }),
    ...(named && { knownHosts: files }),
    ...(identitiesOnly && { identitiesOnly }),
    ...(without.length > 0 && { without }),
    ...(agent !== null && { agent }),
  };
}

const isNamed = (file: string): boolean => file.toLowerCase() !== "none";

/** `none`, `SSH_AUTH_SOCK`, `$NAME` of a variable that names it, or a path. null: the usual one. */
function agentSocket(
  named: string,
  host: string,
  settings: SshSettings,
  around: Surroundings,
): string | null {
  if (!isNamed(named)) return "";
  if (named === "SSH_AUTH_SOCK") return null;
  const [, variable] = /^\$(\w+)$/.exec(named) ?? [];
  return variable === undefined
    ? pathOf(named, host, settings, around)
    : (around.env[variable] ?? "");
}

const placeOf = ({ user, hostName, port }: SshSettings): string => `${user}@${hostName}:${port}`;

/**
 * `a,b` leads to a, and through a to b. As in ssh only the first is looked up with jump hosts of
 * its own: for the others the chain itself says how they are reached.
 */
function chain(jump: string, work: Work, behind: readonly string[]): readonly SshTarget[] | null {
  const hops = jump.split(",").map((each) => each.trim());
  const targets: SshTarget[] = [];
  for (const [index, hop] of hops.entries()) {
    const target = hopTarget(hop, index === 0, work, behind);
    if (target === null) return null;
    targets.push(...target.via, { ...target, via: [] });
  }
  return targets;
}

function hopTarget(
  hop: string,
  first: boolean,
  work: Work,
  behind: readonly string[],
): SshTarget | null {
  const place = readAddress(hop);
  if (place === null) return leaveOut(work, "hosts.leftOut.badJump", { jump: hop });
  const settings = settingsOf(work.lines, place.host, work.around.user, place);
  if (behind.includes(placeOf(settings)) || behind.length > longestChain) {
    const path = [...behind, placeOf(settings)].join(" → ");
    return leaveOut(work, "hosts.leftOut.jumpLoop", { path });
  }
  const destination = { ...place, identityFiles: [], ...(!first && { jump: null }) };
  return targetOf(place.host, destination, work, behind);
}

function leaveOut(work: Work, error: Remark["error"], values: Remark["values"]): null {
  work.remarks.push({ error, values, at: null });
  return null;
}

/** Keys that were named first, then those of the configuration; else the default ones that are there. */
function identities(
  { host, identityFiles }: Destination,
  settings: SshSettings,
  around: Surroundings,
): readonly string[] {
  const named = [...identityFiles, ...settings.identityFiles];
  if (named.length > 0) {
    const files = named.filter(isNamed);
    return [...new Set(files.map((file) => pathOf(file, host, settings, around)))];
  }
  return usualKeys.map((key) => join(around.home, ".ssh", key)).filter((path) => existsSync(path));
}

/** `~` and the tokens of ssh_config(5) that name a file; those of a hash or an alias are left as they are. */
function pathOf(
  file: string,
  host: string,
  { hostName, user, port, hostKeyAlias }: SshSettings,
  { home, user: localUser, env }: Surroundings,
): string {
  const tokens: Readonly<Record<string, string>> = {
    "%": "%",
    d: home,
    h: hostName,
    k: hostKeyAlias ?? host,
    L: hostname().split(".", 1)[0] ?? "",
    l: hostname(),
    n: host,
    p: `${port}`,
    r: user,
    u: localUser,
  };
  const path = file
    .replace(/^~(?=\/|$)/, home)
    .replaceAll(/\$\{(\w+)\}/g, (_, name: string) => env[name] ?? "")
    .replaceAll(/%(.)/g, (whole, token: string) => tokens[token] ?? whole);
  return isAbsolute(path) ? path : resolve(path);
}
