import type { PastedOwner } from "@/lib/probes/pasted-places";
import { bareCommand, type Prompt, promptOf, type Typed, typedOf } from "./commands";
import type { OwnerBy, PastedLine } from "./model";

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
  prompt: string | null;
};

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

/** Follows the shells of a paste from prompt to prompt. */
export class Sessions {
  readonly #open: Shell[] = [];
  #machine: string | null = null;
  #unnamed = 0;

  /** The command of a line, if it holds one; null: it is output, or prose. */
  take(line: PastedLine): Shown | null {
    const prompt = promptOf(line.text);
    const alone = prompt === null ? bareCommand(line.text) : null;
    if (prompt === null && alone === null) return null;
    const typed = typedOf(prompt?.command ?? alone ?? "");
    const shell = this.#shellOf(prompt);
    const owner = typed.owner ?? shell.owner;
    const place = typed.owner === null ? shell.place : this.#placeOf(typed.owner);
    const ownerBy: OwnerBy = typed.owner === null ? shell.by : "prompt";
    if (typed.leaves) this.#open.pop();
    if (typed.enters) this.#open.push({ owner, by: ownerBy, place, prompt: null });
    return { typed, line, owner, ownerBy, place };
  }

  #placeOf(owner: PastedOwner): string {
    if (owner.kind !== "unnamed") return ownerPlace(owner);
    this.#unnamed += 1;
    return `unnamed ${this.#unnamed}`;
  }

  /** A prompt of an outer shell says that those inside it have ended. */
  #shellOf(prompt: Prompt | null): Shell {
    const last = this.#open.at(-1);
    if (prompt === null) return last ?? this.#unknown();
    // nsenter and `ip netns exec` keep the prompt of the shell outside, until that is left.
    if (last?.prompt === null && last.owner.kind !== "container" && last.owner.kind !== "unnamed")
      return last;
    const known = this.#open.findLastIndex((each) => each.prompt === prompt.id);
    const outer = this.#open[known];
    if (outer !== undefined) {
      this.#open.length = known + 1;
      return outer;
    }
    const isHost = prompt.machine !== null && prompt.machine === this.#machine;
    if (last?.prompt !== null || isHost) return this.#begun(prompt);
    last.prompt = prompt.id;
    return last;
  }

  #unknown(): Shell {
    return { owner: { kind: "unnamed" }, by: "nobody", place: "", prompt: null };
  }

  #begun({ id, machine }: Prompt): Shell {
    this.#open.length = 0;
    const shell = this.#shellBy(id, machine);
    this.#open.push(shell);
    return shell;
  }

  #shellBy(id: string, machine: string | null): Shell {
    if (machine !== null && isId(machine)) {
      const owner: PastedOwner = { kind: "container", name: machine };
      return { owner, by: "prompt", place: ownerPlace(owner), prompt: id };
    }
    if (machine !== null) {
      this.#machine ??= machine;
      if (machine === this.#machine)
        return { owner: host, by: "prompt", place: "host", prompt: id };
      return { owner: { kind: "unnamed" }, by: "prompt", place: `machine ${machine}`, prompt: id };
    }
    if (id === "$") return { ...this.#unknown(), prompt: id };
    // A shell of BusyBox, or without a name: of some container, which nobody names.
    this.#unnamed += 1;
    return {
      owner: { kind: "unnamed" },
      by: "prompt",
      place: `unnamed ${this.#unnamed}`,
      prompt: id,
    };
  }
}
