import type { Remark } from "@/lib/hosts/entry";
import { matchesList } from "./patterns";
import type { At, ConfigLine } from "./ssh-config-lines";

/** What `ssh -G HOST` would say of one host; values as they are written, tokens not replaced. */
export type SshSettings = {
  /** In lower case, with %h replaced, as ssh itself reads it. */
  readonly hostName: string;
  readonly user: string;
  readonly port: number;
  /** Empty: none was named, ssh's defaults count. `none`: no file, and no default either. */
  readonly identityFiles: readonly string[];
  /** null: none, or `none`. */
  readonly proxyJump: string | null;
  readonly proxyCommand: string | null;
  /** In lower case. */
  readonly hostKeyAlias: string | null;
  /** null: not named, ssh's own files count. `none`: no file. */
  readonly userKnownHosts: readonly string[] | null;
  readonly globalKnownHosts: readonly string[] | null;
  readonly identitiesOnly: boolean;
  /** null: not named. */
  readonly identityAgent: string | null;
  /** Ways in that are switched off (PubkeyAuthentication no, …), by their names in SSH, in alphabetical order. */
  readonly without: readonly string[];
  readonly remarks: readonly Remark[];
};

/** What was said beside the name (`-l`, `-p`): it comes before any file. */
export type Said = { readonly user?: string | undefined; readonly port?: number | undefined };

type Found = {
  readonly host: string;
  readonly localUser: string;
  hostName: string | null;
  user: string | null;
  port: number | null;
  readonly identityFiles: string[];
  proxyJump: string | null;
  proxyCommand: string | null;
  hostKeyAlias: string | null;
  userKnownHosts: readonly string[] | null;
  globalKnownHosts: readonly string[] | null;
  identitiesOnly: boolean | null;
  identityAgent: string | null;
  readonly ways: Map<string, boolean>;
  readonly remarks: Remark[];
};

/** The first value that is found for a setting is the one; identity files are collected. */
export const settingsOf = (
  lines: readonly ConfigLine[],
  host: string,
  localUser: string,
  said: Said = {},
): SshSettings => {
  const found: Found = {
    host,
    localUser,
    hostName: null,
    user: said.user ?? null,
    port: said.port ?? null,
    identityFiles: [],
    proxyJump: null,
    proxyCommand: null,
    hostKeyAlias: null,
    userKnownHosts: null,
    globalKnownHosts: null,
    identitiesOnly: null,
    identityAgent: null,
    ways: new Map(),
    remarks: [],
  };
  walk(lines, true, found);
  return {
    hostName: lowerCase(nameOf(found)),
    user: found.user ?? localUser,
    port: found.port ?? 22,
    identityFiles: found.identityFiles,
    proxyJump: unlessNone(found.proxyJump),
    proxyCommand: unlessNone(found.proxyCommand),
    hostKeyAlias: found.hostKeyAlias === null ? null : lowerCase(found.hostKeyAlias),
    userKnownHosts: found.userKnownHosts,
    globalKnownHosts: found.globalKnownHosts,
    identitiesOnly: found.identitiesOnly ?? false,
    identityAgent: found.identityAgent,
    without: [...found.ways].flatMap(([way, isOn]) => (isOn ? [] : [way])).toSorted(),
    remarks: found.remarks,
  };
};

/** Of ASCII only, as ssh has it. */
const lowerCase = (name: string): string =>
  name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

const unlessNone = (value: string | null): string | null =>
  value?.toLowerCase() === "none" ? null : value;

const nameOf = ({ hostName, host }: Found): string =>
  (hostName ?? host).replaceAll(/%([%h])/g, (_, token) => (token === "h" ? host : "%"));

/** `Host` and `Match` of an included file end with it, and count only where the Include itself does. */
function walk(lines: readonly ConfigLine[], outer: boolean, found: Found): void {
  let active = outer;
  for (const line of lines) {
    if (line.kind === "host") active = outer && matchesList(line.patterns, found.host);
    else if (line.kind === "match") active = outer && matchHolds(line.words, line.at, found);
    else if (line.kind === "include") walk(line.lines, active, found);
    else if (active) apply(line, found);
  }
}

type Setting = ConfigLine & { readonly kind: "setting" };

/**
 * What would change whom we trust, who we are, which host is reached or how, and is not done: said, where it is
 * written.
 */
const notUsed: ReadonlyMap<string, string> = new Map(
  [
    ...["CertificateFile", "KnownHostsCommand", "PKCS11Provider", "RevokedHostKeys"],
    ...["CanonicalizeHostname", "AddressFamily", "BindAddress", "BindInterface"],
    ...["PreferredAuthentications", "HostKeyAlgorithms", "PubkeyAcceptedAlgorithms"],
    ...["KexAlgorithms", "Ciphers", "MACs"],
  ].map((name) => [name.toLowerCase(), name]),
);

/** Values by which they change nothing. */
const changesNothing = /^(?:none|no|any)$/i;

const waysIn: Readonly<Record<string, string>> = {
  passwordauthentication: "password",
  pubkeyauthentication: "publickey",
  kbdinteractiveauthentication: "keyboard-interactive",
  challengeresponseauthentication: "keyboard-interactive",
};

const wayIn = ({ ways }: Found, { name, value }: Setting): void => {
  const way = waysIn[name];
  if (way !== undefined && !ways.has(way)) ways.set(way, !/^(?:no|false)$/i.test(value));
};

/** The first that is named excludes the other; but `ProxyJump none` excludes no ProxyCommand. */
const settings: ReadonlyMap<string, (found: Found, line: Setting) => void> = new Map([
  ["hostname", (found, { value }) => (found.hostName ??= value)],
  ["user", (found, { value }) => (found.user ??= value)],
  ["port", (found, { value, at }) => (found.port ??= portOf(value, at, found))],
  ["identityfile", ({ identityFiles }, { value }) => addNew(identityFiles, value)],
  [
    "proxyjump",
    (found, { value }) => {
      if (found.proxyCommand === null) found.proxyJump ??= value;
    },
  ],
  [
    "proxycommand",
    (found, { value }) => {
      if (unlessNone(found.proxyJump) === null) found.proxyCommand ??= value;
    },
  ],
  ["hostkeyalias", (found, { value }) => (found.hostKeyAlias ??= value)],
  ["userknownhostsfile", (found, { words }) => (found.userKnownHosts ??= words)],
  ["globalknownhostsfile", (found, { words }) => (found.globalKnownHosts ??= words)],
  ["identitiesonly", (found, { value }) => (found.identitiesOnly ??= /^(yes|true)$/.test(value))],
  ["identityagent", (found, { value }) => (found.identityAgent ??= value)],
  ...Object.keys(waysIn).map((name) => [name, wayIn] as const),
] satisfies readonly (readonly [string, (found: Found, line: Setting) => unknown])[]);

const addNew = (all: string[], value: string): void => {
  if (!all.includes(value)) all.push(value);
};

function apply(line: Setting, found: Found): void {
  settings.get(line.name)?.(found, line);
  const setting = notUsed.get(line.name);
  if (setting !== undefined && !changesNothing.test(line.value))
    found.remarks.push({ error: "hosts.leftOut.setting", values: { setting }, at: line.at });
}

function portOf(value: string, at: At, { remarks }: Found): number | null {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port >= 1 && port <= 65_535) return port;
  remarks.push({ error: "hosts.config.badPort", values: { port: value }, at });
  return null;
}

/** What a criterion of Match is compared with; undefined: it asks what we do not ask (`exec` would run a command). */
const compared: Readonly<Record<string, (found: Found) => string>> = {
  host: nameOf,
  originalhost: ({ host }) => host,
  user: ({ user, localUser }) => user ?? localUser,
  localuser: ({ localUser }) => localUser,
};

/** From left to right, as ssh does: what comes after a criterion that fails is not looked at. */
function matchHolds(words: readonly string[], at: At, found: Found): boolean {
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const negated = word.startsWith("!");
    const criterion = word.slice(negated ? 1 : 0).toLowerCase();
    const holds = criterion === "all" || criterionHolds(criterion, rest, at, found);
    if (holds === null || holds === negated) return false;
  }
  return true;
}

/** Takes its value off `rest`; null: what it asks is not asked. */
function criterionHolds(criterion: string, rest: string[], at: At, found: Found): boolean | null {
  const text = compared[criterion]?.(found);
  if (text !== undefined) {
    const list = rest.shift() ?? "";
    // Names of hosts are compared without case here, unlike on a `Host` line.
    return criterion.endsWith("host")
      ? matchesList(lowerCase(list).split(","), lowerCase(text))
      : matchesList(list.split(","), text);
  }
  // Of these neither holds in ssh's first pass over its files.
  if (criterion !== "final" && criterion !== "canonical") {
    found.remarks.push({ error: "hosts.leftOut.match", values: { criterion }, at });
  }
  return null;
}
