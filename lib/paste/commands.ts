import type { PastedOwner } from "@/lib/probes/pasted-places";

/** What a person typed. `enters`: it opened a shell, so that the owner is that of what follows. */
export type Typed = {
  readonly argv: readonly string[];
  /** null: wherever the shell is. */
  readonly owner: PastedOwner | null;
  readonly enters: boolean;
  readonly leaves: boolean;
};

/** Whose shell a prompt is. `id`: equal for prompts of one shell. */
export type Prompt = {
  readonly id: string;
  /** The host name in it; null: it has none. */
  readonly machine: string | null;
  readonly command: string;
};

const tools = new Set([
  ...["ip", "ifconfig", "brctl", "bridge", "docker", "podman", "nerdctl", "nsenter", "ethtool"],
  ...["cat", "iptables", "ip6tables", "iptables-save", "ip6tables-save", "grep", "exit", "logout"],
  ...["route", "lsns", "nft", "sudo"],
]);

const bracketed = /^\[([\w.-]+)@([\w.-]+)[^\]]{0,120}\][#$] ?(.*)$/;
const colon = /^(?:\([^)]{1,40}\) ?)?([\w.-]+)@([\w.-]+)(?::[^#$%]{0,160})? ?[#$%] ?(.*)$/;
/** BusyBox: `/ #`, `~ $`; Alpine's bash: `bash-5.1#`; containers without a user: `I have no name!`. */
const bare = /^((?:\/|~)[\w./-]{0,80}|(?:ba)?sh-[\d.]+|[\w.-]+:[~/][\w./-]{0,80}) ?[#$]( .*)?$/;
const sign = /^[#$%>❯➜] ?(\S.*)$/;

const isTool = (text: string): boolean => tools.has(/^\S+/.exec(text)?.[0] ?? "");

function namedPrompt(line: string): Prompt | null {
  const [, user, machine, command = ""] = bracketed.exec(line) ?? colon.exec(line) ?? [];
  return user === undefined || machine === undefined
    ? null
    : { id: `${user}@${machine}`, machine, command: command.trim() };
}

/** What looks like a prompt at the beginning of a line; null: it is none. */
export function promptOf(text: string): Prompt | null {
  const line = text.trimStart();
  if (line.length > 2000) return null;
  const named = namedPrompt(line);
  if (named !== null) return named;
  const [whole, folder = "", typed = ""] = bare.exec(line) ?? [];
  if (whole !== undefined) {
    const kind = /^(?:\/|~)/.test(folder) ? "busybox" : (folder.split(":")[0] ?? folder);
    return { id: `:${kind}`, machine: null, command: typed.trim() };
  }
  const command = sign.exec(line)?.[1]?.trim() ?? "";
  return isTool(command) ? { id: "$", machine: null, command } : null;
}

/** A command without a prompt: it stands alone in its line, and nothing but a command begins so. */
export function bareCommand(text: string): string | null {
  const line = text.trim();
  if (line.length > 300 || !isTool(line) || /[^\x20-\x7e]/.test(line)) return null;
  return /^(?:sudo )?(?:docker (?:exec|ps|network|inspect|run|container)|nsenter|ip netns|ip (?:-\S+ )*(?:a|addr|address|l|link|r|route)\b|ifconfig(?: |$)|brctl show|bridge (?:-\S+ )*link|ethtool -S|cat \/sys|ip6?tables(?:-save)?(?: -|$)|lsns(?: -|$)|nft (?:-\S+ )*list\b|exit$)/.test(
    line,
  ) && !/[.!?,:]$/.test(line)
    ? line
    : null;
}

const unquoted = (word: string): string => word.replace(/^(["'])(.*)\1$/, "$2");

/** A comment may follow; what is piped into another command is still about the same thing. */
const wordsOf = (command: string): readonly string[] =>
  [...command.replace(/\s[#|].*$/, "").matchAll(/"[^"]*"|'[^']*'|\S+/g)].map(([word]) =>
    unquoted(word),
  );

/** Options of `docker exec` and `docker run` that take a word. */
const withWord =
  /^(?:-[euwpvhlm]|--(?:env|user|workdir|name|network|net|publish|volume|hostname|label|detach-keys|env-file|ip|dns|add-host|mac-address|entrypoint|restart|link))$/;

/** Where the options of a docker command end. */
function afterOptions(argv: readonly string[], from: number): number {
  let at = from;
  while (argv[at]?.startsWith("-")) at += withWord.test(argv[at] ?? "") ? 2 : 1;
  return at;
}

const shells = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh$/;
const isShell = (argv: readonly string[]): boolean =>
  argv.length === 0 || (shells.test(argv[0] ?? "") && argv[1] !== "-c");

const within = (owner: PastedOwner, inner: readonly string[], whole: readonly string[]): Typed => ({
  argv: whole,
  owner,
  enters: isShell(inner),
  leaves: false,
});

const container = (name: string): PastedOwner => ({ kind: "container", name });

function ofDocker(argv: readonly string[]): Typed | null {
  const rest = argv[1] === "container" ? argv.slice(2) : argv.slice(1);
  const [verb] = rest;
  if (verb === "exec" || verb === "attach") {
    const at = afterOptions(rest, 1);
    const name = rest[at];
    return name === undefined ? null : within(container(name), rest.slice(at + 1), argv);
  }
  if (verb !== "run") return null;
  const named = rest.find((word) => word.startsWith("--name="))?.slice(7);
  const name = named ?? rest[rest.indexOf("--name") + 1];
  const isNamed = named !== undefined || rest.includes("--name");
  const inner = rest.slice(afterOptions(rest, 1) + 1);
  const detached = rest.some((word) => word === "--detach" || /^-[a-z]*d/.test(word));
  if (detached) return null;
  const owner: PastedOwner = isNamed && name !== undefined ? container(name) : { kind: "unnamed" };
  return within(owner, inner, argv);
}

const ofPath = (path: string): PastedOwner | null => {
  const [, pid] = /\/proc\/(\d{1,10})\/ns\/net$/.exec(path) ?? [];
  if (pid !== undefined) return { kind: "process", pid: Number(pid) };
  const [, name] = /\/run\/(?:docker\/)?netns\/([^/]+)$/.exec(path) ?? [];
  return name === undefined ? null : { kind: "netns", name };
};

const nsenterWith = /^(?:-[a-zA-Z]*t|--target)$/;

/** `-t 1503`, `-nt 1503`, `-t1503`, `--target=1503`, `--net=/proc/1503/ns/net`, `-n/run/netns/x`. */
function nsenterOwner(word: string, next: string | undefined): PastedOwner | null {
  const glued = /^(?:-t|--target=)(\d{1,10})$/.exec(word)?.[1];
  const target = glued ?? (nsenterWith.test(word) ? /^\d{1,10}$/.exec(next ?? "")?.[0] : undefined);
  if (target !== undefined) return { kind: "process", pid: Number(target) };
  const path = /^(?:--net=|-n)(\/.+)$/.exec(word)?.[1];
  return path === undefined ? null : ofPath(path);
}

function ofNsenter(argv: readonly string[]): Typed | null {
  let owner: PastedOwner | null = null;
  let at = 1;
  while (argv[at]?.startsWith("-")) {
    const word = argv[at] ?? "";
    owner = nsenterOwner(word, argv[at + 1]) ?? owner;
    at += nsenterWith.test(word) ? 2 : 1;
  }
  return owner === null ? null : within(owner, argv.slice(at), argv);
}

function ofIp(argv: readonly string[]): Typed | null {
  const netns = argv.indexOf("-n") + 1 || argv.indexOf("-netns") + 1;
  const name = netns > 0 ? argv[netns] : undefined;
  if (name !== undefined) return within({ kind: "netns", name }, ["ip"], argv);
  if (argv[1] !== "netns" || argv[2] !== "exec" || argv[3] === undefined) return null;
  return within({ kind: "netns", name: argv[3] }, argv.slice(4), argv);
}

/** What was typed, and in whose namespace it ran. */
export function typedOf(command: string): Typed {
  const [first, ...more] = wordsOf(command);
  const words =
    first === "sudo"
      ? more.slice(more.findIndex((word) => !word.startsWith("-")))
      : [...(first === undefined ? [] : [first]), ...more];
  const by: Readonly<Record<string, (argv: readonly string[]) => Typed | null>> = {
    docker: ofDocker,
    podman: ofDocker,
    nerdctl: ofDocker,
    nsenter: ofNsenter,
    ip: ofIp,
  };
  const [tool = ""] = words;
  const read = Object.hasOwn(by, tool) ? (by[tool]?.(words) ?? null) : null;
  const leaves = tool === "exit" || tool === "logout";
  return read ?? { argv: words, owner: null, enters: false, leaves };
}

const insideTools = /^(?:ip|ifconfig|brctl|bridge|ethtool|cat|grep|nft|lsns|ip6?tables(?:-save)?)$/;

/** The command that runs in the namespace at last: of `docker exec web ip a` it is `ip a`. */
export function innerOf(argv: readonly string[]): readonly string[] {
  const [tool = "", verb = "", inner = ""] = argv;
  const wraps =
    tool === "nsenter" ||
    inner === "exec" ||
    (/^(?:docker|podman|nerdctl)$/.test(tool) && /^(?:exec|run)$/.test(verb));
  const place = argv.findIndex((word, at) => at > 1 && insideTools.test(word));
  return wraps && place > 0 ? argv.slice(place) : argv;
}

/** `docker inspect -f '{{.State.Pid}}' web` prints the pid by which articles enter its namespace. */
export function pidAsked(argv: readonly string[]): string | null {
  const asks = argv.some((word) => /\{\{\s*\.State\.Pid\s*\}\}/.test(word));
  const name = argv.at(-1);
  return asks && argv.includes("inspect") && name !== undefined && !name.includes("{{")
    ? name
    : null;
}
