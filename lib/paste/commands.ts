import type { PastedOwner } from "@/lib/probes/pasted-places";
import { noVariables, unquoted, type Variables, withValues, wordsOf } from "./shell-words";
import { wrapped } from "./wrappers";

/** What a person typed. `enters`: it opened a shell, so that the owner is that of what follows. */
export type Typed = {
  readonly argv: readonly string[];
  /** null: wherever the shell is. */
  readonly owner: PastedOwner | null;
  /** Commands in one line that look into several namespaces: which output is whose nothing says. */
  readonly unclear: boolean;
  readonly enters: boolean;
  /** The shell that it opened has the prompt of the one outside. */
  readonly keepsPrompt: boolean;
  readonly leaves: boolean;
  /** Variables of the shell, after it. */
  readonly variables: Variables;
};

/** Where a command looks at last, through all that it was wrapped in. */
type Place = Pick<Typed, "owner" | "unclear" | "enters" | "keepsPrompt"> & {
  /** What runs there; empty: a shell. */
  readonly inner: readonly string[];
};

const here: Place = { owner: null, unclear: false, enters: false, keepsPrompt: false, inner: [] };

/** Commands that run another one where they are, and their options that take a word. */
const transparent: Readonly<Record<string, RegExp>> = {
  sudo: /^-[ughpCDRTr]$/,
  env: /^-[uCS]$/,
  watch: /^-n$/,
  nice: /^-n$/,
  ...{ time: /^-[fo]$/, nohup: /^$/, command: /^$/, exec: /^-a$/, do: /^$/ },
};

const sets = /^[A-Za-z_]\w*=/;

/** Where the options of a command end that runs another one. */
function afterOptions(argv: readonly string[], from: number, withWord: RegExp): number {
  let at = from;
  while (argv[at]?.startsWith("-")) at += withWord.test(argv[at] ?? "") ? 2 : 1;
  return at;
}

/** Without what changes no namespace: `sudo`, `time`, `LANG=C`. */
function bare(argv: readonly string[]): readonly string[] {
  const [first] = argv;
  if (first === undefined) return argv;
  if (sets.test(first)) return bare(argv.slice(1));
  const options = Object.hasOwn(transparent, first) ? transparent[first] : undefined;
  return options === undefined ? argv : bare(argv.slice(afterOptions(argv, 1, options)));
}

const shell = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a|z)?sh$/;

/** What `sh -c '…'` is given; null: it is none. */
function scriptOf([tool = "", ...rest]: readonly string[]): string | null {
  const at = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
  return shell.test(tool) && at >= 0 ? (rest[at + 1] ?? null) : null;
}

const isShell = (argv: readonly string[]): boolean =>
  argv.length === 0 || shell.test(argv[0] ?? "");

/** Pids and files in a container are its own, and so is whatever it calls the first process. */
function nested(outer: PastedOwner, inner: PastedOwner | null): PastedOwner {
  if (inner === null) return outer;
  return inner.kind === "container" ? inner : { kind: "unnamed" };
}

/** Nobody wraps deeper than that. */
const deepest = 5;

function placeOf(argv: readonly string[], depth: number): Place {
  const words = bare(argv);
  const script = scriptOf(words);
  if (depth > deepest) return { ...here, owner: { kind: "unnamed" }, inner: words };
  if (script !== null) return lineOf(segmentsOf(wordsOf(script)), depth + 1);
  const wrap = wrapped(words);
  if (wrap === null) return { ...here, inner: words };
  const { owner, keepsPrompt } = wrap;
  const isEntered = scriptOf(bare(wrap.inner)) === null && isShell(bare(wrap.inner));
  if (isEntered) return { ...here, owner, enters: true, keepsPrompt };
  const within = placeOf(wrap.inner, depth + 1);
  return { ...within, owner: nested(owner, within.owner), keepsPrompt };
}

/** These print nothing and look nowhere. */
const silent = /^(?:cd|set|export|sleep|clear|true|:|done|fi|for|while|if)$/;

const isSilent = ([tool = ""]: readonly string[]): boolean => tool === "" || silent.test(tool);

/** The commands of one line: `a; b && c`. */
function segmentsOf(words: readonly string[]): readonly (readonly string[])[] {
  const segments: string[][] = [[]];
  for (const word of words) {
    if (word === "&&" || word === "||" || word === ";") segments.push([]);
    else segments.at(-1)?.push(word);
  }
  return segments.filter((each) => each.length > 0);
}

const sameOwner = (a: PastedOwner | null, b: PastedOwner | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

function lineOf(segments: readonly (readonly string[])[], depth: number): Place {
  const places = segments
    .map((each) => placeOf(each, depth))
    .filter(({ inner, enters }) => enters || !isSilent(inner));
  const [first, ...others] = places;
  if (first === undefined) return here;
  if (others.length === 0) return first;
  const agree = others.every(({ owner }) => sameOwner(owner, first.owner));
  const last = others.at(-1) ?? first;
  if (last.enters) return last;
  return agree
    ? { ...first, unclear: first.owner?.kind === "unnamed" }
    : { ...first, unclear: true };
}

/** Words with the variables that the line sets itself, and those after it. */
function expanded(words: readonly string[], before: Variables) {
  const variables = new Map(before);
  const segments = segmentsOf(words).map((segment) => {
    const values = segment.map((word) => withValues(word, variables));
    const [only = "", ...more] = values[0] === "export" ? values.slice(1) : values;
    if (more.length > 0 || !sets.test(only)) return values;
    const [, name = "", value = ""] = /^(\w+)=(.*)$/.exec(only) ?? [];
    variables.set(name, unquoted(value).slice(0, 300));
    return [];
  });
  return { variables, segments: segments.filter((each) => each.length > 0) };
}

/** A shell keeps so many variables of a paste. */
const mostVariables = 100;

/** What was typed, and in whose namespace it ran. `before`: variables that earlier lines set. */
export function typedOf(command: string, before: Variables = noVariables): Typed {
  const words = wordsOf(command);
  const { variables, segments } = expanded(words, before);
  const { owner, unclear, enters, keepsPrompt } = lineOf(segments, 0);
  const loud = segments.filter((each) => !isSilent(bare(each)));
  const argv = loud.length === 1 ? bare(loud[0] ?? []) : words;
  const leaves = /^(?:exit|logout)$/.test(argv[0] ?? "");
  const kept = variables.size > mostVariables ? before : variables;
  return { argv, owner, unclear, enters, keepsPrompt, leaves, variables: kept };
}

/** The command that runs in the namespace at last: of `docker exec web ip a` it is `ip a`. */
export function innerOf(argv: readonly string[]): readonly string[] {
  const segments = segmentsOf(argv);
  if (segments.length > 1) return argv;
  const { inner } = placeOf(argv, 0);
  return inner.length === 0 ? argv : inner;
}

/** Whose description `docker inspect web` prints whole, with its pid in it; null: it prints something else. */
export function described(argv: readonly string[]): string | null {
  const [tool = "", ...rest] = argv;
  const words = rest[0] === "container" ? rest.slice(1) : rest;
  const isAll = words.length === 2 && words[0] === "inspect" && /^\w[\w.-]*$/.test(words[1] ?? "");
  return isAll && /^(?:docker|podman|nerdctl)$/.test(tool) ? (words[1] ?? null) : null;
}
