import type { PastedOwner } from "@/lib/probes/pasted-places";
import { substituted, wordsOf } from "./shell-words";

/** A command that runs another one somewhere else. */
export type Wrapped = {
  readonly owner: PastedOwner;
  /** Empty: it opens a shell. */
  readonly inner: readonly string[];
  /** A shell that it opens keeps the prompt of the one outside. */
  readonly keepsPrompt: boolean;
};

const unnamed: PastedOwner = { kind: "unnamed" };

/** Names that engines give; what a person is to fill in (`<container>`), or the shell, names nobody. */
const container = (name: string | undefined): PastedOwner =>
  name !== undefined && /^\w[\w.-]*(?:\/\w[\w.-]*)?$/.test(name)
    ? { kind: "container", name }
    : unnamed;

/** `docker inspect -f '{{.State.Pid}}' web` prints the pid by which articles enter its namespace. */
export function pidAsked(argv: readonly string[]): string | null {
  const asks = argv.some((word) =>
    /\{\{\s*\.(?:State\.Pid|NetworkSettings\.SandboxKey)\s*\}\}/.test(word),
  );
  const owner = container(argv.at(-1));
  return asks && argv.includes("inspect") && owner.kind === "container" ? owner.name : null;
}

/** Whose namespace a word stands for that a shell puts together: `$(docker inspect … web)`. */
function byShell(word: string): PastedOwner {
  const command = substituted(word);
  const name = command === null ? null : pidAsked(wordsOf(command));
  return name === null ? unnamed : { kind: "container", name };
}

/** How a tool is asked to run something. */
type Form = {
  /** Words that may stand between the tool and what it is to do. */
  readonly groups: readonly string[];
  readonly verbs: readonly string[];
  /** Options that take a word. */
  readonly withWord: RegExp;
};

const dockerWords =
  /^(?:-(?!rm$)[a-zA-Z]*[euwpvhlmHcf]|--(?:env|user|workdir|name|network|net|publish|volume|hostname|label|detach-keys|env-file|ip|dns|add-host|mac-address|entrypoint|restart|link|host|context|config|log-level|file|project-name|project-directory|profile|index|namespace|address))$/;

const docker: Form = {
  groups: ["container", "compose"],
  verbs: ["exec", "attach", "run"],
  withWord: dockerWords,
};
/** nerdctl's namespaces, which docker has not: there `-n` of `exec` is none of its options. */
const nerdctl: Form = { ...docker, withWord: new RegExp(`^-n$|${dockerWords.source}`) };
const compose: Form = { ...docker, groups: [] };
const kubectl: Form = {
  groups: [],
  verbs: ["exec", "attach"],
  withWord:
    /^(?:-[ncsf]|--(?:namespace|container|context|kubeconfig|server|cluster|user|filename))$/,
};
const crictl: Form = {
  groups: [],
  verbs: ["exec", "attach"],
  withWord: /^(?:-[rc]|--(?:runtime-endpoint|image-endpoint|config|timeout))$/,
};
const lxc: Form = {
  groups: [],
  verbs: ["exec", "shell"],
  withWord: /^--(?:mode|env|user|group|cwd|project)$/,
};
const forms: Readonly<Record<string, Form>> = {
  ...{ docker, podman: docker, nerdctl, kubectl, crictl, lxc, incus: lxc },
  ...{ "docker-compose": compose, "podman-compose": compose },
  pct: { groups: [], verbs: ["exec", "enter"], withWord: /^--keep-env$/ },
  machinectl: { groups: [], verbs: ["shell", "login"], withWord: /^-[EM]$/ },
  ctr: {
    groups: ["task", "tasks", "t"],
    verbs: ["exec"],
    withWord: /^(?:-[na]|--(?:namespace|address|exec-id|cwd|user))$/,
  },
  runc: { groups: [], verbs: ["exec"], withWord: /^(?:-[eu]|--(?:root|cwd|env|user|process))$/ },
};

/** Where the options that begin at `from` end. */
function afterOptions(argv: readonly string[], from: number, withWord: RegExp): number {
  let at = from;
  while (argv[at]?.startsWith("-") && argv[at] !== "--")
    at += withWord.test(argv[at] ?? "") ? 2 : 1;
  return at;
}

/** What follows the name: `-- ip a`, or options of kubectl before it. */
function innerAfter(argv: readonly string[], from: number, withWord: RegExp): readonly string[] {
  const at = afterOptions(argv, from, withWord);
  return argv.slice(argv[at] === "--" ? at + 1 : at);
}

/** The value of an option, by its long and its short names. */
function optionOf(argv: readonly string[], names: readonly string[]): string | undefined {
  const glued = argv.find((word) => names.some((name) => word.startsWith(`${name}=`)));
  if (glued !== undefined) return glued.slice(glued.indexOf("=") + 1);
  const at = argv.findIndex((word) => names.includes(word));
  return at < 0 ? undefined : argv[at + 1];
}

const isDetached = (word: string): boolean => word === "--detach" || /^-[a-z]*d/.test(word);

/** `run` makes a container that has a name or none, in a namespace of its own or another's. */
function ofRun(argv: readonly string[], from: number, { withWord }: Form): Wrapped | null {
  const image = afterOptions(argv, from, withWord);
  const options = argv.slice(from, image);
  if (options.some(isDetached)) return null;
  const network = optionOf(options, ["--network", "--net"]) ?? "";
  const inner = argv.slice(image + 1);
  const keepsPrompt = false;
  if (network === "host") return { owner: { kind: "host" }, inner, keepsPrompt };
  const joined = network.startsWith("container:") ? network.slice(10) : undefined;
  return { owner: container(joined ?? optionOf(options, ["--name"])), inner, keepsPrompt };
}

function ofEngine(argv: readonly string[], form: Form): Wrapped | null {
  let at = afterOptions(argv, 1, form.withWord);
  while (form.groups.includes(argv[at] ?? "")) at = afterOptions(argv, at + 1, form.withWord);
  const verb = argv[at] ?? "";
  if (!form.verbs.includes(verb)) return null;
  if (verb === "run") return ofRun(argv, at + 1, form);
  const place = afterOptions(argv, at + 1, form.withWord);
  const name = argv[place];
  if (name === undefined) return null;
  const inner = innerAfter(argv, place + 1, form.withWord);
  return { owner: container(name), inner, keepsPrompt: false };
}

function ofLxcAttach(argv: readonly string[]): Wrapped {
  const named = optionOf(argv, ["-n", "--name"]);
  const withWord = /^(?:-[nePfo]|--(?:name|elevated-privileges|lxcpath|rcfile))$/;
  const at = afterOptions(argv, 1, withWord);
  const name = named ?? argv[at];
  const inner = innerAfter(argv, named === undefined ? at + 1 : at, withWord);
  return { owner: container(name), inner, keepsPrompt: false };
}

const ofPid = (pid: string): PastedOwner =>
  Number(pid) === 1 ? { kind: "host" } : { kind: "process", pid: Number(pid) };

function ofPath(path: string): PastedOwner {
  const [, pid] = /\/proc\/(\d{1,10})\/ns\/net$/.exec(path) ?? [];
  if (pid !== undefined) return ofPid(pid);
  const [, shell] = /^\/proc\/(\$.+|`.+`)\/ns\/net$/.exec(path) ?? [];
  if (shell !== undefined) return byShell(shell);
  const [, name] = /\/run\/(?:docker\/)?netns\/([\w.-]+)$/.exec(path) ?? [];
  return name === undefined ? byShell(path) : { kind: "netns", name };
}

const ofTarget = (word: string): PastedOwner =>
  /^\d{1,10}$/.test(word) ? ofPid(word) : byShell(word);

const nsenterWith = /^(?:-[a-zA-Z]*t|--target|-[SGW]|--set[ug]id|--wd)$/;

/** `-t 1503`, `-nt 1503`, `-t1503`, `--target=1503`, `--net=/proc/1503/ns/net`, `-n/run/netns/x`. */
function nsenterOwner(word: string, next: string | undefined): PastedOwner | null {
  const glued = /^(?:-[a-zA-Z]*t|--target=)((?:\d|\$|`).*)$/.exec(word)?.[1];
  if (glued !== undefined) return ofTarget(glued);
  if (/^(?:-[a-zA-Z]*t|--target)$/.test(word)) return ofTarget(next ?? "");
  const path = /^(?:--net=|-n)([/$`].+)$/.exec(word)?.[1];
  return path === undefined ? null : ofPath(path);
}

/** Whether an option of nsenter is about the network: with `-m` alone it stays where it was. */
const entersNet = (word: string): boolean =>
  /^(?:-[a-zA-Z]*[na]|--net|--all|-n.*|--net=.*)/.test(word);

function ofNsenter(argv: readonly string[]): Wrapped | null {
  let owner: PastedOwner | null = null;
  let entered = false;
  let at = 1;
  while (argv[at]?.startsWith("-") && argv[at] !== "--") {
    const word = argv[at] ?? "";
    owner = nsenterOwner(word, argv[at + 1]) ?? owner;
    entered ||= entersNet(word);
    at += nsenterWith.test(word) ? 2 : 1;
  }
  if (owner === null || !entered) return null;
  return { owner, inner: argv.slice(argv[at] === "--" ? at + 1 : at), keepsPrompt: true };
}

const netns = (name: string | undefined): PastedOwner =>
  name !== undefined && /^[\w.-]+$/.test(name) ? { kind: "netns", name } : unnamed;

function ofIp(argv: readonly string[]): Wrapped | null {
  const at = argv.findIndex((word) => word === "-n" || word === "-netns");
  if (at > 0) {
    const inner = argv.filter((_, nth) => nth !== at && nth !== at + 1);
    return { owner: netns(argv[at + 1]), inner, keepsPrompt: true };
  }
  const place = afterOptions(argv, 1, /^-(?:f|family)$/);
  if (argv[place] !== "netns" || argv[place + 1] !== "exec") return null;
  const all = argv.slice(1, place).some((word) => /^-a(?:ll)?$/.test(word));
  const inner = argv.slice(place + (all ? 2 : 3));
  return { owner: all ? unnamed : netns(argv[place + 2]), inner, keepsPrompt: true };
}

/** What tools print that look into the namespace where they run. */
const looks = /^(?:ip|ifconfig|brctl|bridge|ethtool|cat|grep|nft|lsns|route|ip6?tables(?:-save)?)$/;

/** Whatever words follow these, they look into no namespace. */
const blind =
  /^(?:exit|logout|echo|which|whereis|type|man|for|while|if|cd|set|yum|dnf|apt|apt-get|apk|vi|vim|ls|ping)$/;

/** `some-tool web ip a`: somewhere else, and nobody knows where. `ssh web1` alone opens a shell with a prompt of its own. */
function ofUnknown(argv: readonly string[]): Wrapped | null {
  const [tool = ""] = argv;
  if (tool === "" || looks.test(tool) || blind.test(tool)) return null;
  const at = argv.findIndex((word, nth) => nth > 0 && looks.test(word.split(" ")[0] ?? ""));
  return at < 0 ? null : { owner: unnamed, inner: argv.slice(at), keepsPrompt: false };
}

/** What a command runs elsewhere; null: it runs nothing, or where the shell is. */
export function wrapped(argv: readonly string[]): Wrapped | null {
  const [tool = ""] = argv;
  if (tool === "nsenter") return ofNsenter(argv);
  if (tool === "ip") return ofIp(argv);
  if (tool === "lxc-attach") return ofLxcAttach(argv);
  const form = Object.hasOwn(forms, tool) ? forms[tool] : undefined;
  if (form === undefined) return ofUnknown(argv);
  return ofEngine(argv, form) ?? (argv.includes("--") ? ofUnknown(argv) : null);
}
