import { cleanLines, refusalOf } from "./clean";
import { described, innerOf } from "./commands";
import {
  goesOn,
  isElision,
  isFence,
  kindAsked,
  mayPrint,
  nftBraces,
  startOf,
  startsNft,
} from "./kinds";
import type { Block, BlockKind, PastedLine, Recognised, UnreadLine } from "./model";
import { type Draft, settleOwners } from "./owners";
import { follow, noSessions, type Sessions, type Shown } from "./sessions";
import { goesOnWithRow, wholeRows } from "./table-rows";
import { indented, joined } from "./unwrap";
import { pidAsked } from "./wrappers";

const excerptLength = 160;
const excerpt = (text: string): string =>
  text.length > excerptLength ? `${text.slice(0, excerptLength)}…` : text;

/** The command that is waiting for its output, and what was recognised of it. */
type State = {
  readonly drafts: Draft[];
  readonly unread: UnreadLine[];
  readonly pids: Map<number, string>;
  sessions: Sessions;
  open: Draft | null;
  shown: Shown | null;
  /** JSON is read until its brackets close. */
  depth: number;
  /** So are tables of nft, unless something else begins before. */
  braces: number;
};

const headed = /^\s*(\d+): ([^\s:@]+)(?:@if(\d+))?/;

/**
 * Whether an `ip` block cannot go on with this header: numbers and names are unique in a namespace, and where both
 * ends are in one, `ip` prints names.
 */
function isElsewhere(draft: Draft, text: string): boolean {
  const [, index = "", name = "", far] = headed.exec(text) ?? [];
  if (draft.kind === "ip-oneline" || index === "") return false;
  const back = far === undefined ? undefined : draft.heads.get(far);
  return draft.heads.has(index) || draft.names.has(name) || back?.far === index;
}

/** Keeps which links a block holds, and how wide its lines are. */
function note(draft: Draft, { text, at }: PastedLine): void {
  draft.end = { at, length: text.length };
  draft.edge = Math.max(draft.edge, text.length);
  const [, index, name = "", far = null] = headed.exec(text) ?? [];
  if (index === undefined) return;
  draft.heads.set(index, { name, far });
  draft.names.add(name);
}

function open(state: State, kind: BlockKind, line: PastedLine): void {
  // An author left out the command that printed this: the last one printed something else.
  if (state.shown !== null && !mayPrint(state.shown.typed.argv, kind)) state.shown = null;
  const draft: Draft = {
    kind,
    shown: state.shown,
    lines: [line],
    heads: new Map(),
    names: new Set(),
    edge: 0,
    end: { at: line.at, length: 0 },
  };
  note(draft, line);
  state.drafts.push(draft);
  state.open = draft;
}

/** Outputs of one command go on where the next line may be of the same namespace. */
const continues = ({ open: current, shown }: State, kind: BlockKind, text: string): boolean =>
  current?.kind === kind &&
  current.shown === shown &&
  !((kind === "ip" || kind === "bridge-link") && isElsewhere(current, text));

function begin(state: State, kind: BlockKind, line: PastedLine): void {
  const { open: current } = state;
  if (current === null || !continues(state, kind, line.text)) {
    open(state, kind, line);
    return;
  }
  note(current, line);
  current.lines.push(line);
}

/** How many brackets a line of JSON opens more than it closes; those in strings are text. */
function brackets(text: string): number {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (letter === "\\") at += 1;
    else if (letter === '"') inString = !inString;
    else if (!inString) depth += Number("[{".includes(letter)) - Number("]}".includes(letter));
  }
  return depth;
}

/** `nft -j list ruleset`, in one line; jq puts what follows the first bracket into lines of its own. */
function startsNftJson(state: State, line: PastedLine): boolean {
  const whole = /^\s*\{\s*"nftables"\s*:/.test(line.text);
  const before = state.unread.at(-1);
  const broken =
    /^\s*"nftables"\s*:\s*\[/.test(line.text) &&
    before?.at === line.at - 1 &&
    before.excerpt === "{";
  if (!whole && !broken) return false;
  const lines = broken ? [{ text: before.excerpt, at: before.at }, line] : [line];
  if (broken) state.unread.pop();
  const [first = line, ...others] = lines;
  open(state, "nft", first);
  state.open?.lines.push(...others);
  state.depth = Math.max(
    0,
    lines.reduce((depth, { text }) => depth + brackets(text), 0),
  );
  return true;
}

/** `[`, or all of it in one line. What `docker inspect` prints of a container holds secrets: only networks are read. */
function takesJson(state: State, line: PastedLine): boolean {
  if (state.depth > 0) {
    state.open?.lines.push(line);
    state.depth += brackets(line.text);
    if (state.depth <= 0) state.depth = 0;
    return true;
  }
  if (startsNftJson(state, line)) return true;
  const asked = state.shown === null ? null : kindAsked(innerOf(state.shown.typed.argv));
  if (!/^\s*\[\s*(?:\{|$)/.test(line.text)) return false;
  if (asked !== "network-inspect" && state.shown !== null) return false;
  open(state, "network-inspect", line);
  state.depth = Math.max(0, brackets(line.text));
  return true;
}

/** `docker inspect web | grep Pid`; of the rest of what it prints nothing is taken in. */
function takesPid({ shown, pids }: State, { text }: PastedLine): boolean {
  const pid = /^\s*"Pid":\s*([1-9]\d{0,9}),?$/.exec(text)?.[1];
  const name = pid === undefined || shown === null ? null : described(shown.typed.argv);
  if (name === null) return false;
  pids.set(Number(pid), name);
  return true;
}

/** A bare number is what was asked for: an iflink, or a pid. */
function takesNumber(state: State, line: PastedLine): boolean {
  const number = /^\s*(\d{1,10})\s*$/.exec(line.text)?.[1];
  if (number === undefined || state.shown === null) return false;
  const { argv } = state.shown.typed;
  const name = pidAsked(argv);
  if (name !== null) {
    state.pids.set(Number(number), name);
    return true;
  }
  if (kindAsked(innerOf(argv)) !== "sysfs") return false;
  if (state.open?.kind === "sysfs" && state.open.shown === state.shown) state.open.lines.push(line);
  else open(state, "sysfs", line);
  return true;
}

/** `ip -d` prints some 400 characters of a link. */
const mostJoined = 2000;

const isProse = (text: string): boolean => /[\u3000-\u303f\u3400-\u9fff\uac00-\ud7af]/.test(text);

const wrapping: ReadonlySet<BlockKind> = new Set(["ip", "bridge-link"]);

/** A terminal has at least so many columns. */
const leastColumns = 40;

/** The rest of a line that was broken in two. */
function takesRest(state: State, line: PastedLine): boolean {
  const { open: current } = state;
  const last = current?.lines.at(-1);
  if (current == null || last === undefined || !wrapping.has(current.kind)) return false;
  const { at, length } = current.end;
  if (line.at !== at + 1 || line.text.length > length || isProse(line.text)) return false;
  if (last.text.length > mostJoined) return false;
  const text = joined(last.text, line.text, length >= Math.max(current.edge, leastColumns));
  if (text === null) return false;
  current.lines[current.lines.length - 1] = { ...last, text };
  current.end = { at: line.at, length: line.text.length };
  return true;
}

/** The rest of a row that a terminal broke; its pieces are put together when the table is whole. */
function takesPiece({ open: current }: State, line: PastedLine): boolean {
  if (current?.kind !== "docker-ps" || line.at !== current.end.at + 1) return false;
  if (!goesOnWithRow(current.lines, line.text, current.edge)) return false;
  note(current, line);
  current.lines.push(line);
  return true;
}

/** From `table ip nat {` to the brace that closes it. */
function takesNft(state: State, line: PastedLine): boolean {
  if (startsNft(line.text)) {
    begin(state, "nft", line);
    state.braces = nftBraces(line.text);
    return true;
  }
  if (state.braces <= 0 || state.open?.kind !== "nft" || startOf(line.text) !== null) return false;
  state.open.lines.push(line);
  state.braces += nftBraces(line.text);
  return true;
}

function takeOutput(state: State, line: PastedLine): boolean {
  if (takesJson(state, line) || takesNft(state, line)) return true;
  const kind = startOf(line.text);
  if (
    kind !== null &&
    !(state.open?.kind === "iptables" && kind !== "iptables" && goesOn("iptables", line.text))
  ) {
    begin(state, kind, line);
    return true;
  }
  const { open: current } = state;
  if (current !== null && current.shown === state.shown && goesOn(current.kind, line.text)) {
    note(current, line);
    current.lines.push(line);
    return true;
  }
  return (
    takesPid(state, line) ||
    takesNumber(state, line) ||
    takesPiece(state, line) ||
    takesRest(state, line)
  );
}

/** A docker table goes on after an empty line; whatever else ends there is begun anew by its next line. */
const isNothing = (text: string): boolean => text.trim() === "" || isElision(text) || isFence(text);

/** No command that is read prints such a line, but for JSON. */
const mostLine = 20_000;
const mostJson = 500_000;

function takesCommand(state: State, line: PastedLine): boolean {
  const { sessions, shown } = follow(state.sessions, line);
  state.sessions = sessions;
  if (shown === null) return false;
  state.shown = shown;
  state.open = null;
  return true;
}

function takeLine(state: State, line: PastedLine): void {
  if (state.depth === 0 && isNothing(line.text)) {
    if (isFence(line.text)) state.open = null;
    return;
  }
  const isJson = state.depth > 0 || /^\s*(?:\[|\{\s*"nftables")/.test(line.text);
  if (line.text.length > (isJson ? mostJson : mostLine)) {
    state.unread.push({ at: line.at, excerpt: excerpt(line.text) });
    return;
  }
  if (state.depth === 0 && takesCommand(state, line)) return;
  if (!takeOutput(state, line))
    state.unread.push({ at: line.at, excerpt: excerpt(line.text.trim()) });
}

const tidied = ({ kind, lines }: Pick<Draft, "kind" | "lines">): readonly PastedLine[] => {
  if (kind === "ip") return indented(lines);
  if (kind === "docker-ps") return wholeRows(lines);
  if (kind === "bridge-link")
    return lines.map((line) => ({ ...line, text: line.text.trimStart() }));
  return lines;
};

/** Outputs in one text: what is beyond it is no article, and no picture that anybody could read. */
const mostParts = 2_000;

/** What a pasted text holds: outputs that are known, each with its lines, and the lines that are not. Never throws. */
export function recognise(text: string): Recognised {
  const refusal = refusalOf(text);
  if (refusal !== null) return { status: "refused", refusal };
  const state: State = {
    drafts: [],
    unread: [],
    pids: new Map(),
    sessions: noSessions,
    open: null,
    shown: null,
    depth: 0,
    braces: 0,
  };
  for (const line of cleanLines(text)) takeLine(state, line);
  const parts = state.drafts.length;
  if (parts > mostParts)
    return { status: "refused", refusal: { why: "too-many-parts", parts, most: mostParts } };
  const drafts = state.drafts.map((draft) => ({ ...draft, lines: [...tidied(draft)] }));
  const owners = settleOwners(drafts, state.pids);
  const blocks = drafts.map(
    (draft, id): Block => ({
      id,
      kind: draft.kind,
      argv: draft.shown?.typed.argv ?? null,
      prompt: draft.shown?.line.text ?? null,
      lines: draft.lines,
      ...(owners[id] ?? { owner: { kind: "unnamed" }, ownerBy: "nobody", place: `${id}` }),
    }),
  );
  const { unread, pids, sessions } = state;
  return { status: "read", blocks, unread, pids, machine: sessions.machine };
}
