import { shellQuote } from "@/lib/net/shell-quote";
import type { Ask, Otherwise } from "@/lib/probes/define";
import type { Step } from "@/server/transport/port";

/** The options apply to every line of a batch. -force: a line that fails does not stop the rest. */
const json = ["ip", "-d", "-s", "-j"] as const;
/** iproute2 before 4.14 prints text only. */
const text = ["ip", "-d", "-s"] as const;
const fromStdin = ["-force", "-batch", "-"] as const;
/**
 * BusyBox's `ip` knows no options, no batch and no nsids. The shell prints the counters itself:
 * /proc/self is whoever reads it, in whatever namespace it is.
 */
const withBusybox =
  '"$1" addr show && { "$1" route show table all; while IFS= read -r line; do printf "%s\\n" "$line"; done </proc/self/net/dev; }';

/** How a person would put a line of the batch to the `ip` of each form. */
function typedIp(line: string, form: number): readonly string[] {
  if (form === 0) return [...json, ...line.split(" ")];
  if (form === 1) return [...text, ...line.split(" ")];
  return line === "addr show"
    ? ["sh", "-c", "ip addr show; cat /proc/net/dev"]
    : ["ip", ...line.split(" ")];
}

/** What a person would run to see what this question saw. `form`: 0, or the one that the host could answer. */
export function typedArgv(step: Step, name: string, form = 0): readonly string[] {
  const probe = step.questions.find((question) => question.name === name)?.probe;
  const ask = (form > 0 && probe?.otherwise?.[form - 1]?.ask) || probe?.ask;
  if (ask?.kind === "ip-batch") return typedIp(ask.line, form);
  return ask === undefined ? [] : argvOf(ask);
}

function argvOf(ask: Ask): readonly string[] {
  switch (ask.kind) {
    case "command":
      return ask.argv;
    case "script":
      return ["sh", "-c", ask.script];
    default:
      return [];
  }
}

/** The lines of a step that is a batch of `ip`; empty: it is a command. */
export const batchLines = ({ questions }: Step): readonly string[] =>
  questions.flatMap(({ probe }) => (probe.ask.kind === "ip-batch" ? [probe.ask.line] : []));

const pathOf = ({ where }: Step): string => (where.kind === "netns" ? where.path : "");

const entering = (step: Step): readonly string[] =>
  pathOf(step) === "" ? [] : ["nsenter", `--net=${pathOf(step)}`];

/** In the background, so that it can be ended alone; then its end is waited for. */
const asked = (step: Step, argv: readonly string[]): string =>
  `${shellQuote([...entering(step), ...argv])} </dev/null 3<&- & waited ${step.number} "$!"`;

/** The next form, only where the host lacks what the one before needs. */
const instead = (step: Step, others: readonly Otherwise[]): string =>
  others
    .map(
      ({ unless, ask }, index) =>
        `; ! failed || { ${unless}; } </dev/null >/dev/null 2>&1 3<&- || { form ${step.number} ${index + 1}; ${asked(step, argvOf(ask))}; }`,
    )
    .join("");

/** begin → in the background → its pid → its end. */
function stepLines(step: Step): string {
  const lines = batchLines(step);
  if (lines.length > 0)
    return `begin ${step.number}; ${shellQuote(["batch", `${step.number}`, pathOf(step), ...lines])}; ended ${step.number}`;
  const [only] = step.questions;
  const argv = only === undefined ? [] : typedArgv(step, only.name);
  return `begin ${step.number}; ${asked(step, argv)}${instead(step, only?.probe.otherwise ?? [])}; ended ${step.number}`;
}

/** A frame (server/transport/frames.ts) in the shell's words; the numbers come after it. */
const framed = (marker: string, words: string): string => `printf '\\n%s ${words}\\n' ${marker}`;

/**
 * POSIX sh that asks the steps one after the other.
 *
 * - It arrives on the shell's standard input, which stays open as descriptor 3. `kill PID` on it ends one
 *   step: a child of this very shell, and what that started. When it ends, whoever held it is gone, and
 *   the whole process group is ended: a Vethscope killed with -9 leaves nothing.
 *   The step itself is ended last, after what it started: its end is what the shell waits for, and the
 *   shell then ends the one that kills. Stopped before that, it starts nothing anew.
 * - Should the other end freeze without closing, the group ends after `seconds`.
 * - `ip` is called by its path: some builds of BusyBox take their own for any other that a name may mean.
 * - One function, called on the last line: half a script does nothing. No here-documents: files in old
 *   bash. Every command's standard input is given.
 * - Numbers only come from us and from the kernel; names of the host stand between quotes.
 */
export const laneScript = (
  marker: string,
  steps: readonly Step[],
  seconds: number,
): string => `begin() { ${framed(marker, "b %s")} "$1"; ${framed(marker, "b %s")} "$1" >&2; }
form() { ${framed(marker, "f %s %s")} "$1" "$2"; ${framed(marker, "f %s %s")} "$1" "$2" >&2; }
waited() {
  ${framed(marker, "p %s %s")} "$1" "$2" >&2
  wait "$2"
  status=$?
}
ended() {
  ${framed(marker, "e %s %s")} "$1" "$status"
  ${framed(marker, "e %s %s")} "$1" "$status" >&2
}
failed() { test "$status" -ne 0 && { test "$status" -lt 126 || test "$status" -eq 127 || test "$status" -eq 255; }; }
lines() { printf '%s\\n' "$@"; }
into() {
  path=$1
  shift
  test -z "$path" || exec nsenter --net="$path" "$@"
  exec "$@"
}
speaks=0 ip=ip
lacks() {
  case $speaks in
    0) ! "$ip" -j -V ;;
    1) ! "$ip" -V ;;
    *) false ;;
  esac </dev/null >/dev/null 2>&1 3<&-
}
speak() {
  number=$1 from=$2
  shift 2
  test "$speaks" = 0 || form "$number" "$speaks"
  case $speaks in
    0) lines "$@" | into "$from" "$ip" ${shellQuote(json.slice(1))} ${shellQuote(fromStdin)} 3<&- & ;;
    1) lines "$@" | into "$from" "$ip" ${shellQuote(text.slice(1))} ${shellQuote(fromStdin)} 3<&- & ;;
    *) into "$from" sh -c ${shellQuote([withBusybox])} sh "$ip" </dev/null 3<&- & ;;
  esac
  waited "$number" "$!"
}
batch() {
  speak "$@"
  while failed && lacks; do
    speaks=$((speaks + 1))
    speak "$@"
  done
}
ours() {
  read -r stat <"/proc/$1/stat" || return 1
  set -- \${stat##*) }
  test "$2" = "$$"
}
fell() {
  kill -STOP "$1"
  children=
  read -r children <"/proc/$1/task/$1/children"
  for child in $children; do fell "$child"; done
  kill -KILL "$1"
}
orders() {
  while read -r order pid; do
    case $order$pid in
      kill*[!0-9]*) ;;
      kill[0-9]*) ours "$pid" && fell "$pid" ;;
    esac
  done
  kill -KILL 0
}
watchdog() {
  over= sleeper=
  trap 'over=1; test -z "$sleeper" || kill -KILL "$sleeper"' TERM
  sleep "$1" &
  sleeper=$!
  test -z "$over" || kill -KILL "$sleeper"
  wait "$sleeper"
  test -n "$over" || kill -KILL 0
}
vethscope() {
  LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"
  export LC_ALL PATH
  exec 3<&0 </dev/null
  IFS=:
  for each in $PATH; do test -x "$each/ip" && ip=$each/ip && break; done
  unset IFS
  orders <&3 3<&- >/dev/null 2>&1 &
  orders=$!
  watchdog ${seconds} </dev/null 3<&- >/dev/null 2>&1 &
  watchdog=$!
${steps.map((step) => `  ${stepLines(step)}`).join("\n")}
  ${framed(marker, "d")}
  ${framed(marker, "d")} >&2
  kill "$orders" "$watchdog"
  wait
}
vethscope; exit
`;
