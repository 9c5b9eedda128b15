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
  ...["route", "lsns", "nft", "sudo", "docker-compose", "podman-compose", "kubectl", "crictl"],
  ...["lxc", "lxc-attach", "incus", "pct", "machinectl", "ctr", "runc", "ssh", "watch", "time"],
]);

const bracketed = /^\[([\w.-]+)@([\w.-]+)[^\]]{0,120}\][#$] ?(.*)$/;
const colon =
  /^(?:\([^)]{1,40}\) ?)?([\w.-]+)@([\w.-]+)(?::[^#$%]{0,160}| [~/][^\s#$%]{0,80})? ?[#$%] ?(.*)$/;
/** bash on a Mac: `My-Mac:~ me$`. */
const mac = /^([\w.-]+):[~/]\S{0,80} ([\w.-]+)[$#] ?(.*)$/;
/** BusyBox: `/ #`, `~ $`; Alpine's bash: `bash-5.1#`; containers without a user: `I have no name!`. */
const bare = /^((?:\/|~)[\w./-]{0,80}|(?:ba)?sh-[\d.]+|[\w.-]+:[~/][\w./-]{0,80}) ?[#$]( .*)?$/;
/** What authors write in a prompt's place: `host$`, `宿主机#`. */
const labelled = /^([\w.-]{1,40}|宿主机|主机|容器\S{0,20}) ?[#$>] ?(\S.*)$/;
/** oh-my-zsh and its like: `➜  ~`, `➜  app git:(main) ✗`. */
const arrow = /^[➜❯λ]\s+(?:\S{1,80}\s+)?(?:git:\([^)]{0,80}\)\s+)?(?:✗\s+)?(\S.*)$/;
const powerShell = /^(?:PS )?[A-Za-z]:\\[^>]{0,160}>\s?(.*)$/;
const sign = /^[#$%>❯➜] ?(\S.*)$/;

const namesTool = (text: string): boolean => tools.has(/^\S+/.exec(text)?.[0] ?? "");
const setsVariable = (text: string): boolean => /^(?:export )?[A-Za-z_]\w*=["'$`]/.test(text);

/** A command that is read, or that has one in it: `pct exec 100 ip a`. A `#` may as well begin a comment. */
function isCommand(text: string, maySay: boolean): boolean {
  if (namesTool(text) || setsVariable(text)) return true;
  return maySay && /^[\w./-]+ .*\b(?:ip (?:-\S+ )*(?:a|addr|l|link)|ifconfig|iflink)\b/.test(text);
}

function namedPrompt(line: string): Prompt | null {
  const [, user, machine, command = ""] = bracketed.exec(line) ?? colon.exec(line) ?? [];
  if (user !== undefined && machine !== undefined)
    return { id: `${user}@${machine}`, machine, command: command.trim() };
  const [, name, owner, typed = ""] = mac.exec(line) ?? [];
  return name === undefined
    ? null
    : { id: `${owner}@${name}`, machine: name, command: typed.trim() };
}

const isHost = (label: string): boolean => /^(?:host|宿主机|主机)$/.test(label);

/** A word before the sign may be anybody's: only what calls itself the host is the host. */
function labelledPrompt(line: string): Prompt | null {
  const [, label = "", command = ""] = labelled.exec(line) ?? [];
  if (label === "" || !isCommand(command, false)) return null;
  return { id: `$${label}`, machine: isHost(label) ? label : null, command };
}

function signedPrompt(line: string): Prompt | null {
  const [, windows] = powerShell.exec(line) ?? [];
  if (windows !== undefined) return { id: "$PS", machine: null, command: windows.trim() };
  const command = sign.exec(line)?.[1]?.trim() ?? "";
  if (isCommand(command, !line.startsWith("#"))) return { id: "$", machine: null, command };
  const after = arrow.exec(line)?.[1]?.trim() ?? "";
  if (isCommand(after, true)) return { id: "$➜", machine: null, command: after };
  return labelledPrompt(line);
}

/** What looks like a prompt at the beginning of a line; null: it is none. */
export function promptOf(text: string): Prompt | null {
  const line = text.trimStart();
  if (line.length > 2000) return null;
  const named = namedPrompt(line);
  if (named !== null) return named;
  const [whole, folder = "", typed = ""] = bare.exec(line) ?? [];
  if (whole === undefined) return signedPrompt(line);
  const kind = /^(?:\/|~)/.test(folder) ? "busybox" : (folder.split(":")[0] ?? folder);
  return { id: `:${kind}`, machine: null, command: typed.trim() };
}

const plainly =
  /^(?:sudo )?(?:docker (?:exec|ps|network|inspect|run|container|compose (?:\S+ )*exec)|(?:docker|podman)-compose (?:\S+ )*exec|(?:podman|nerdctl|kubectl|crictl|lxc|incus|pct) (?:\S+ )*exec|lxc-attach|nsenter|ip (?:-\S+ )*netns|ip (?:-\S+ )*(?:a|addr|address|l|link|r|route)\b|ifconfig(?: |$)|brctl show|bridge (?:-\S+ )*link|ethtool -S|cat \/sys|ip6?tables(?:-save)?(?: -|$)|lsns(?: -|$)|nft (?:-\S+ )*list\b|exit$)/;

/** A command without a prompt: it stands alone in its line, and nothing but a command begins so. */
export function bareCommand(text: string): string | null {
  const line = text.trim();
  if (line.length > 300 || /[^\x20-\x7e]/.test(line) || /[.!?,:]$/.test(line)) return null;
  if (/^\w+=(?:\$\(|`)docker\b/.test(line)) return line;
  return namesTool(line) && plainly.test(line) ? line : null;
}
