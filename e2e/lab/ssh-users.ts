import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectSsh, type SshDeps, type SshReady } from "@/server/transport/ssh/connect";
import type { SshTarget } from "@/server/transport/ssh/target";
import { labHost, onHost } from "./lab-env";
import { eventually } from "./run-command";

/** An sshd of the lab host beside its usual one, and how to end it. */
export type Sshd = {
  readonly port: number;
  readonly pid: number;
  /** The line for a known_hosts file. */
  readonly known: string;
  readonly end: () => Promise<void>;
};

/** Runs a script of the lab host's own sh; throws where it fails. */
export async function hostScript(script: string, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await onHost(labHost(), ["sh", "-eus", ...args], script);
  if (code !== 0) throw new Error(`exit ${code}: ${stderr || stdout}`);
  return stdout;
}

const folderOf = (port: number): string => `/run/vethscope-sshd-${port}`;

/** `lines`: of sshd_config, over the lab's own. `listen`: 127.0.0.1 is reached through a jump host only. */
export async function startSshd(
  port: number,
  lines: readonly string[] = [],
  listen: string = labHost().address,
): Promise<Sshd> {
  const folder = folderOf(port);
  await hostScript(`mkdir -p ${folder}; rm -f ${folder}/*
ssh-keygen -q -t ed25519 -N '' -f ${folder}/host`);
  const config = [
    ...lines,
    `Port ${port}`,
    `ListenAddress ${listen}`,
    `HostKey ${folder}/host`,
    `PidFile ${folder}/pid`,
    `AuthorizedKeysFile ${folder}/authorized`,
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "PermitRootLogin yes",
  ].join("\n");
  const put = (name: string, text: string) =>
    onHost(labHost(), ["sh", "-c", `cat >${folder}/${name}`], text);
  await put("config", config);
  // sshd reads it with the rights of the user who logs in.
  await put("authorized", readFileSync(`${labHost().sshKeyFile}.pub`, "utf8"));
  await hostScript(
    `"$(command -v sshd || echo /usr/sbin/sshd)" -f ${folder}/config -E ${folder}/log`,
  );
  const pid = await eventually("the sshd's pid", async () => {
    const { stdout } = await onHost(labHost(), ["cat", `${folder}/pid`]);
    return stdout.trim() === "" ? null : Number(stdout);
  });
  const key = (await hostScript(`cat ${folder}/host.pub`)).trim();
  return {
    port,
    pid,
    known: `[${listen}]:${port} ${key}\n`,
    end: async () => {
      await onHost(labHost(), ["kill", String(pid)]);
    },
  };
}

/** An ordinary user of the lab host, whom the lab's key lets in. `sudoers`: what sudo allows. */
export async function addUser(
  name: string,
  options: {
    readonly shell?: string;
    readonly password?: string;
    readonly sudoers?: string;
    readonly groups?: string;
  } = {},
): Promise<void> {
  const { shell = "/bin/sh", password, sudoers, groups } = options;
  await hostScript(
    'id "$1" >/dev/null 2>&1 || useradd --home-dir "/run/home-$1" --create-home --shell "$2" "$1"; usermod -p "*" "$1"',
    name,
    shell,
  );
  if (password !== undefined)
    await hostScript('usermod -p "$(openssl passwd -6 "$2")" "$1"', name, password);
  if (sudoers !== undefined)
    await hostScript(
      'mkdir -p /etc/sudoers.d; printf "%s %s\\n" "$1" "$2" >"/etc/sudoers.d/$1"; chmod 440 "/etc/sudoers.d/$1"',
      name,
      sudoers,
    );
  if (groups !== undefined) await hostScript('usermod -aG "$2" "$1"', name, groups);
}

export const sshTarget = (over: Partial<SshTarget> = {}): SshTarget => {
  const { name, user, address, sshPort, sshKeyFile } = labHost();
  const target = { name, user, host: address, port: sshPort, identityFiles: [sshKeyFile], via: [] };
  return { ...target, ...over };
};

/** What tests of SSH share: sshds, connections and a data folder, which all go at the end. */
export type SshWorld = {
  readonly data: string;
  readonly sshd: (port: number, lines?: readonly string[], listen?: string) => Promise<Sshd>;
  /** Nobody is asked, and the keys of the lab's sshds are known. */
  readonly deps: (over?: Partial<SshDeps>) => SshDeps;
  /** Throws where the host is not reached. */
  readonly reached: (over?: Partial<SshTarget>, deps?: Partial<SshDeps>) => Promise<SshReady>;
  readonly end: () => Promise<void>;
};

export function sshWorld(): SshWorld {
  const data = mkdtempSync(join(tmpdir(), "vethscope-ssh-"));
  const known = join(data, "lab-known");
  writeFileSync(known, "");
  const sshds: Sshd[] = [];
  const opened: SshReady[] = [];
  const deps = (over: Partial<SshDeps> = {}): SshDeps => ({
    ask: async () => null,
    knownHosts: [labHost().knownHostsFile, known],
    data,
    ...over,
  });
  return {
    data,
    deps,
    sshd: async (port, lines, listen) => {
      const started = await startSshd(port, lines, listen);
      sshds.push(started);
      appendFileSync(known, started.known);
      return started;
    },
    reached: async (over, more) => {
      const outcome = await connectSsh(sshTarget(over), deps(more));
      if (outcome.status !== "ready") throw new Error(JSON.stringify(outcome));
      opened.push(outcome);
      return outcome;
    },
    end: async () => {
      for (const { close } of opened) close();
      for (const { end } of sshds) await end();
      rmSync(data, { recursive: true });
    },
  };
}
