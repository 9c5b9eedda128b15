import { shellQuote } from "@/lib/net/shell-quote";
import type { Step } from "@/server/transport/port";

/** The options apply to every line of a batch. -force: a line that fails does not stop the rest. */
const ip = ["ip", "-d", "-s", "-j"] as const;
const batch = [...ip, "-force", "-batch", "-"] as const;

/** What a person would run to see what this question saw. */
export function typedArgv(step: Step, name: string): readonly string[] {
  const ask = step.questions.find((question) => question.name === name)?.probe.ask;
  switch (ask?.kind) {
    case "command":
      return ask.argv;
    case "script":
      return ["sh", "-c", ask.script];
    case "ip-batch":
      return [...ip, ...ask.line.split(" ")];
    default:
      return [];
  }
}

/** The lines of a step that is a batch of `ip`; empty: it is a command. */
export const batchLines = ({ questions }: Step): readonly string[] =>
  questions.flatMap(({ probe }) => (probe.ask.kind === "ip-batch" ? [probe.ask.line] : []));

const entering = ({ where }: Step): readonly string[] =>
  where.kind === "netns" ? ["nsenter", `--net=${where.path}`] : [];

/** begin → in the background → its pid → its end. */
function stepLines(step: Step): string {
  const lines = batchLines(step);
  if (lines.length > 0)
    return `begin ${step.number}; ${shellQuote(["lines", ...lines])} | ${shellQuote([...entering(step), ...batch])} 3<&- & finish ${step.number} "$!"`;
  const [only] = step.questions;
  const argv = [...entering(step), ...(only === undefined ? [] : typedArgv(step, only.name))];
  return `begin ${step.number}; ${shellQuote(argv)} </dev/null 3<&- & finish ${step.number} "$!"`;
}

/** A frame (server/transport/frames.ts) in the shell's words; the numbers come after it. */
const framed = (marker: string, words: string): string => `printf '\\n%s ${words}\\n' ${marker}`;

/**
 * POSIX sh that asks the steps one after the other.
 *
 * - It arrives on the shell's standard input, which stays open as descriptor 3. `kill PID` on it ends one
 *   step: a child of this very shell, and what that started. When it ends, whoever held it is gone, and
 *   the whole process group is ended: a Vethscope killed with -9 leaves nothing.
 * - Should the other end freeze without closing, the group ends after `seconds`.
 * - One function, called on the last line: half a script does nothing. No here-documents: files in old
 *   bash. Every command's standard input is given.
 * - Numbers only come from us and from the kernel; names of the host stand between quotes.
 */
export const laneScript = (
  marker: string,
  steps: readonly Step[],
  seconds: number,
): string => `begin() { ${framed(marker, "b %s")} "$1"; ${framed(marker, "b %s")} "$1" >&2; }
finish() {
  ${framed(marker, "p %s %s")} "$1" "$2" >&2
  wait "$2"
  status=$?
  ${framed(marker, "e %s %s")} "$1" "$status"
  ${framed(marker, "e %s %s")} "$1" "$status" >&2
}
lines() { printf '%s\\n' "$@"; }
ours() {
  read -r stat <"/proc/$1/stat" || return 1
  set -- \${stat##*) }
  test "$2" = "$$"
}
fell() {
  children=
  read -r children <"/proc/$1/task/$1/children"
  kill -KILL "$1"
  set -- $children
  for child; do fell "$child"; done
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
