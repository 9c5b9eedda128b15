import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { labHost } from "./lab/lab-env";

/** An sshd of a browser test's own, on the lab host where the tests run; the lab's key opens it. */
export type OwnSshd = {
  readonly port: number;
  /** Of its host key, as `SHA256:…`. */
  readonly fingerprint: () => string;
  /** The public host key as a line of known_hosts has it: type and base64. */
  readonly publicKey: () => string;
  /** As if the host was installed anew. */
  readonly newKey: () => void;
  readonly start: () => Promise<void>;
  /** Ends it with all of its connections. */
  readonly stop: () => Promise<void>;
  /** Stops it and removes its files. */
  readonly end: () => Promise<void>;
};

const sshdPath = (): string =>
  execFileSync("sh", ["-c", "command -v sshd || echo /usr/sbin/sshd"], { encoding: "utf8" }).trim();

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const say = (does: boolean) => () => {
      socket.destroy();
      resolve(does);
    };
    socket.on("connect", say(true)).on("error", say(false));
  });

/** Whoever logs in sees processes of their own only. */
export const hidepid = [
  ...["unshare", "--mount", "sh", "-c"],
  'mount -t proc -o hidepid=2 proc /proc && exec "$@"',
  "sh",
] as const;

/**
 * `lines`: of sshd_config; they come first, and the first value that sshd reads counts. `before`: the
 * command that starts it.
 */
export const ownSshd = async (
  port: number,
  lines: readonly string[] = [],
  before: readonly string[] = [],
): Promise<OwnSshd> => {
  // Not among the run's own files, where nobody but root may look.
  const folder = mkdtempSync("/run/vethscope-sshd-");
  const file = (name: string): string => join(folder, name);
  // sshd reads the keys with the rights of whoever logs in.
  execFileSync("chmod", ["755", folder]);
  copyFileSync(`${labHost().sshKeyFile}.pub`, file("authorized"));
  const config = [
    ...lines,
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    `HostKey ${file("host")}`,
    `AuthorizedKeysFile ${file("authorized")}`,
    "PidFile none",
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PermitRootLogin yes",
  ];
  writeFileSync(file("config"), config.join("\n"));
  const newKey = (): void => {
    for (const name of ["host", "host.pub"]) rmSync(file(name), { force: true });
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file("host")]);
  };
  let stop = async (): Promise<void> => undefined;
  const start = async (): Promise<void> => {
    // A process group of its own: sessions that are open end with it.
    const [command = "", ...args] = [...before, sshdPath(), "-D", "-f", file("config")];
    const child = spawn(command, args, {
      stdio: "ignore",
      detached: true,
    });
    const gone = once(child, "exit");
    stop = async () => {
      stop = async () => undefined;
      endSessions(child.pid ?? 0);
      child.kill("SIGKILL");
      await gone;
    };
    while (!(await listens(port))) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  newKey();
  await start();
  return {
    port,
    newKey,
    start,
    fingerprint: () =>
      /SHA256:\S+/.exec(
        execFileSync("ssh-keygen", ["-lf", file("host.pub")], { encoding: "utf8" }),
      )?.[0] ?? "",
    publicKey: () =>
      execFileSync("cut", ["-d", " ", "-f", "1,2", file("host.pub")], { encoding: "utf8" }).trim(),
    stop: () => stop(),
    end: async () => {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
};

/** Each session of an sshd is a child of it, in a session of its own. */
const endSessions = (sshd: number): void => {
  const text = execFileSync("sh", ["-c", `ps -o pid= --ppid ${sshd} || true`], {
    encoding: "utf8",
  });
  for (const pid of text.split("\n").filter((line) => line.trim() !== "")) {
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
};

/** An account of the lab host; one that is there already is taken as it is. */
export const account = (
  name: string,
  {
    shell = "/bin/sh",
    password = "*",
    groups = "",
  }: { readonly shell?: string; readonly password?: string; readonly groups?: string } = {},
): void => {
  const hash =
    password === "*"
      ? "*"
      : execFileSync("openssl", ["passwd", "-6", password], { encoding: "utf8" }).trim();
  execFileSync("sh", [
    "-c",
    'id "$1" >/dev/null 2>&1 || useradd --no-create-home --home-dir / --shell "$2" "$1"; usermod -p "$3" "$1"; test -z "$4" || { getent group "$4" >/dev/null || groupadd "$4"; usermod -aG "$4" "$1"; }',
    ...["account", name, shell, hash, groups],
  ]);
};
