import type { PastedOwner } from "@/lib/probes/pasted-places";
import { type Typed, typedOf } from "./commands";
import type { OwnerBy, PastedLine } from "./model";
import { bareCommand, type Prompt, promptOf } from "./prompts";
import { noVariables, type Variables } from "./shell-words";

/** A command of the paste, and whose namespace it looked at. */
export type Shown = {
  readonly typed: Typed;
  /** As pasted. */
  readonly line: PastedLine;
  readonly owner: PastedOwner;
  readonly ownerBy: OwnerBy;
  readonly place: string;
};

/** A shell that was entered: its prompt, once one was seen, and the shell that it was entered from. */
type Shell = {
  readonly owner: PastedOwner;
  readonly by: OwnerBy;
  readonly place: string;
  readonly prompt: string | null;
  /** nsenter and `ip netns exec` keep the prompt of the shell outside, until that is left. */
  readonly keepsPrompt: boolean;
};

/** The shells of a paste, as far as it was read. */
export type Sessions = {
  /** The outermost first. */
  readonly open: readonly Shell[];
  /** What the prompts call the host; null: none has said yet. */
  readonly machine: string | null;
  /** How many namespaces without a name there are so far. */
  readonly unnamed: number;
  readonly variables: Variables;
};

/** Before the first line. */
export const noSessions: Sessions = {
  open: [],
  machine: null,
  unnamed: 0,
  variables: noVariables,
};

/** Nobody enters shells deeper than that. */
const deepest = 50;

export const ownerPlace = (owner: PastedOwner): string => {
  switch (owner.kind) {
    case "host":
      return "host";
    case "container":
      return `container ${owner.name}`;
    case "process":
      return `process ${owner.pid}`;
    case "netns":
      return `netns ${owner.name}`;
    case "unnamed":
      return "unnamed";
  }
};

/** Docker's default name of a container's machine is the beginning of its id. */
const isId = (machine: string): boolean => /^[0-9a-f]{12}$/.test(machine);

const host: PastedOwner = { kind: "host" };
const unknown: Shell = {
  owner: { kind: "unnamed" },
  by: "nobody",
  place: "",
  prompt: null,
  keepsPrompt: false,
};

/** A shell, and the sessions with it innermost where it is one that was entered. */
type Entered = { readonly sessions: Sessions; readonly shell: Shell };

const only = (sessions: Sessions, shell: Shell): Entered => ({
  sessions: { ...sessions, open: [shell] },
  shell,
});

/** A prompt that none of the open shells has begins a paste of another shell. */
function begun(sessions: Sessions, { id, machine }: Prompt): Entered {
  if (machine !== null && isId(machine)) {
    const owner: PastedOwner = { kind: "container", name: machine };
    const place = ownerPlace(owner);
    return only(sessions, { ...unknown, owner, by: "prompt", place, prompt: id });
  }
  if (machine !== null) {
    const named = { ...sessions, machine: sessions.machine ?? machine };
    const isHost = machine === named.machine;
    return only(named, {
      ...unknown,
      owner: isHost ? host : { kind: "unnamed" },
      by: "prompt",
      place: isHost ? "host" : `machine ${machine}`,
      prompt: id,
    });
  }
  // `$` may be anybody's.
  if (id.startsWith("$")) return only(sessions, { ...unknown, prompt: id });
  // A shell of BusyBox, or without a name: of some container, which nobody names.
  const unnamed = sessions.unnamed + 1;
  const place = `unnamed ${unnamed}`;
  return only({ ...sessions, unnamed }, { ...unknown, by: "prompt", place, prompt: id });
}

/** The shell of a line. A prompt of an outer shell says that those inside it have ended. */
function shellOf(sessions: Sessions, prompt: Prompt | null): Entered {
  const { open, machine } = sessions;
  const last = open.at(-1);
  if (prompt === null) return { sessions, shell: last ?? unknown };
  if (last?.keepsPrompt) return { sessions, shell: last };
  const known = open.findLastIndex((each) => each.prompt === prompt.id);
  const outer = open[known];
  if (outer !== undefined)
    return { sessions: { ...sessions, open: open.slice(0, known + 1) }, shell: outer };
  const isHost = prompt.machine !== null && prompt.machine === machine;
  if (last?.prompt !== null || isHost) return begun(sessions, prompt);
  const shell = { ...last, prompt: prompt.id };
  return { sessions: { ...sessions, open: [...open.slice(0, -1), shell] }, shell };
}

/** Where a command looks that says so itself; a namespace without a name is none of those before it. */
function placed(sessions: Sessions, owner: PastedOwner) {
  if (owner.kind !== "unnamed") return { sessions, place: ownerPlace(owner) };
  const unnamed = sessions.unnamed + 1;
  return { sessions: { ...sessions, unnamed }, place: `unnamed ${unnamed}` };
}

/** The shells that are open once a command was typed: it may leave one, or enter one. */
function after({ open }: Sessions, { enters, leaves }: Typed, inner: Shell): readonly Shell[] {
  const left = leaves ? open.slice(0, -1) : open;
  return enters ? [...left, inner].slice(-deepest) : left;
}

const ownerByOf = ({ owner, unclear }: Typed, shell: Shell): OwnerBy => {
  if (unclear) return "nobody";
  return owner === null ? shell.by : "prompt";
};

/**
 * Follows the shells of a paste from prompt to prompt, line by line. `shown`: the command of the line;
 * null: it holds none, and is output or prose.
 */
export function follow(
  before: Sessions,
  line: PastedLine,
): { readonly sessions: Sessions; readonly shown: Shown | null } {
  const prompt = promptOf(line.text);
  const alone = prompt === null ? bareCommand(line.text) : null;
  if (prompt === null && alone === null) return { sessions: before, shown: null };
  const typed = typedOf(prompt?.command ?? alone ?? "", before.variables);
  const { sessions: here, shell } = shellOf({ ...before, variables: typed.variables }, prompt);
  const { sessions, place } =
    typed.owner === null ? { sessions: here, place: shell.place } : placed(here, typed.owner);
  const owner = typed.owner ?? shell.owner;
  const ownerBy = ownerByOf(typed, shell);
  const { keepsPrompt } = typed;
  const open = after(sessions, typed, { owner, by: ownerBy, place, prompt: null, keepsPrompt });
  return { sessions: { ...sessions, open }, shown: { typed, line, owner, ownerBy, place } };
}
