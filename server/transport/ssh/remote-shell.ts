import { randomBytes } from "node:crypto";
import type { ClientChannel } from "ssh2";
import type { Rights } from "@/lib/hosts/entry";
import { shellQuote } from "@/lib/net/shell-quote";
import { engineSockets } from "@/server/transport/engine-sockets";
import type { Exec, ExecEnd, ExecSink, Lane } from "@/server/transport/port";
import { wordsBefore } from "@/server/transport/rights";
import type { Sessions } from "./sessions";

/** What a host said when it was first spoken to. */
export type Hello = {
  /** `uname -s`. */
  readonly system: string;
  readonly rights: Rights;
  /** DOCKER_HOST as its login sets it; empty: not set. */
  readonly dockerHost: string;
  /** Sockets of engines that are there, the usual first; `open`: this user may speak to it. */
  readonly sockets: readonly { readonly path: string; readonly open: boolean }[];
  /** There is a `docker` command. */
  readonly docker: boolean;
};

export type Greeted =
  | ({ readonly status: "said" } & Hello)
  | { readonly status: "mute"; readonly words: string };

export type ShellLimits = {
  readonly helloMs: number;
  /** A lane that did not end by then is given up; its own watchdog on the host ends it before. */
  readonly laneMs: number;
  /** How long a shell that was told to end may take. */
  readonly graceMs: number;
};

export const shellLimits: ShellLimits = { helloMs: 10_000, laneMs: 150_000, graceMs: 1500 };

/**
 * Where engines listen, spelled for the remote shell, between double quotes. The last two are for
 * rootless engines of any user: only root sees into those folders.
 */
function candidates(): string {
  const usual = engineSockets({ XDG_RUNTIME_DIR: "$runtime", HOME: "$HOME" }, "linux");
  const paths = usual.kind === "sockets" ? usual.paths : [];
  const quoted = paths.map((path) => `"${path}"`);
  return [...quoted, "/run/user/*/docker.sock", "/run/user/*/podman/podman.sock"].join(" ");
}

/** Every line begins with a random marker: what an rc file prints cannot be taken for an answer. */
const helloScript = (
  marker: string,
): string => `say() { printf '\\n%s %s %s\\n' ${marker} "$1" "$2"; }
hello() {
  LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"
  export LC_ALL PATH
  uid=$(id -u)
  runtime=\${XDG_RUNTIME_DIR:-/run/user/$uid}
  say system "$(uname -s)"
  say uid "$uid"
  say docker-host "$DOCKER_HOST"
  seen=" "
  for socket in ${candidates()}; do
    test -S "$socket" || continue
    number=$(stat -L -c %d:%i "$socket") || number=$socket
    case $seen in *" $number "*) continue ;; esac
    seen="$seen$number "
    if test -w "$socket"; then say open "$socket"; else say shut "$socket"; fi
  done
  command -v docker >/dev/null && say docker yes
  test "$uid" = 0 || { sudo -n sh -s && say sudo yes; }
  say done yes
}
hello </dev/null 2>/dev/null; exit
`;

function heard(marker: string, text: string): Hello | null {
  const lines = text.split("\n").flatMap((line) => {
    const [mark, name = "", ...value] = line.split(" ");
    return mark === marker ? [{ name, value: value.join(" ") }] : [];
  });
  const all = (name: string) => lines.filter((line) => line.name === name);
  const one = (name: string): string => all(name)[0]?.value ?? "";
  if (one("system") === "") return null;
  const raised = one("sudo") === "yes" ? "sudo" : "user";
  return {
    system: one("system"),
    rights: one("uid") === "0" ? "root" : raised,
    dockerHost: one("docker-host"),
    docker: one("docker") === "yes",
    sockets: lines
      .filter(({ name }) => name === "open" || name === "shut")
      .map(({ name, value }) => ({ path: value, open: name === "open" })),
  };
}

const helloBytes = 1 << 16;
const wordsBytes = 300;

/** The end of what was printed instead of an answer: "This account is currently not available." */
const insteadOf = (text: string): string =>
  text.trim().split("\n").slice(-2).join(" ").slice(0, wordsBytes);

/** Reads both streams of a command until it ends; never rejects. */
function listen(channel: ClientChannel): {
  readonly said: { stdout: string; stderr: string };
  readonly closed: Promise<unknown>;
} {
  const said = { stdout: "", stderr: "" };
  const keep = (stream: "stdout" | "stderr") => (chunk: Buffer) => {
    if (said[stream].length < helloBytes) said[stream] += chunk.toString("utf8");
  };
  channel.on("data", keep("stdout"));
  channel.stderr.on("data", keep("stderr"));
  channel.on("error", () => undefined);
  return { said, closed: new Promise((resolve) => channel.once("close", resolve)) };
}

/**
 * One process on the host: who we are there, and which engines it has. sudo is asked for the very shell that the
 * lanes are (sudoers may allow that alone, or all but that), which ends at once here. That comes last: it looks up the
 * host's name first, and where no name server answers that takes longer than we wait. Then it is as if there were none.
 */
export async function greet(sessions: Sessions, limits: ShellLimits): Promise<Greeted> {
  const marker = `vethscope-${randomBytes(16).toString("hex")}`;
  const late = Promise.withResolvers<"late">();
  const timer = setTimeout(() => late.resolve("late"), limits.helloMs);
  const opening = sessions.run("exec sh -s");
  const opened = await Promise.race([opening, late.promise]);
  const tooLate = `the login shell did not run sh within ${Math.round(limits.helloMs / 1000)} s`;
  if (opened === "late") {
    void opening.then((channel) => "refused" in channel || channel.close());
    return { status: "mute", words: tooLate };
  }
  if ("refused" in opened) {
    clearTimeout(timer);
    return { status: "mute", words: opened.refused };
  }
  const { said, closed } = listen(opened);
  opened.end(helloScript(marker));
  const end = await Promise.race([closed, late.promise]);
  clearTimeout(timer);
  opened.close();
  const hello = heard(marker, said.stdout);
  if (hello !== null) return { status: "said", ...hello };
  const words = insteadOf(`${said.stdout}\n${said.stderr}`);
  return { status: "mute", words: end === "late" ? tooLate : words };
}

/**
 * The script ends its process group, so its shell has to lead one. OpenSSH makes each command a session
 * of its own, other servers may not: killing their group would end the server. One line in single
 * quotes: every login shell, fish and csh too, hands it to sh as it is.
 */
export const laneCommand = (rights: Rights): string => {
  const shell = shellQuote([...wordsBefore[rights], "sh", "-s"]);
  return `exec sh -c 'read -r s </proc/$$/stat; set -- \${s##*) }; test "$3" = "$$" || exec setsid ${shell}; exec ${shell}'`;
};

/** A lane as a command of its own on the kept connection. */
export function runLaneShell(
  sessions: Sessions,
  rights: Rights,
  lost: Promise<string>,
  limits: ShellLimits,
  lane: Lane,
  sink: ExecSink,
): Exec {
  const { promise: ended, resolve } = Promise.withResolvers<ExecEnd>();
  let channel: ClientChannel | null = null;
  let over = false;
  const give = (end: ExecEnd): void => {
    clearTimeout(timer);
    resolve(end);
  };
  const drop = (): void => {
    channel?.close();
    give({ kind: "ended" });
  };
  const timer = setTimeout(drop, limits.laneMs);
  void lost.then((words) => give({ kind: "failed", words }));
  void sessions.run(laneCommand(rights)).then((opened) => {
    if ("refused" in opened) {
      give({ kind: "failed", words: opened.refused });
      return;
    }
    channel = opened;
    opened.on("error", () => undefined);
    opened.on("data", sink.stdout);
    opened.stderr.on("data", sink.stderr);
    opened.once("close", () => give({ kind: "ended" }));
    if (over) opened.end();
    else opened.write(lane.script);
  });
  return {
    say: (line) => {
      channel?.write(`${line}\n`);
    },
    end: () => {
      over = true;
      channel?.end();
      setTimeout(drop, limits.graceMs).unref();
    },
    ended,
  };
}
