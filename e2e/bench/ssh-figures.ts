import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { labHost } from "@/e2e/lab/lab-env";
import { eventually } from "@/e2e/lab/run-command";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { connectSsh, type SshReady } from "@/server/transport/ssh/connect";
import type { SshTarget } from "@/server/transport/ssh/target";
import { gatherCrowd } from "./crowd";
import { type Figure, fastest } from "./figure";

const namespaces = 100;
const sshdPort = 2600;
const host = "127.0.0.1";

/**
 * An sshd of the sandbox itself, which has the crowd's namespaces. In mounts of its own, since it wants
 * a folder in /run and an account that is not locked; /run/netns is carried over. The account has a
 * home of its own: what the rc files of this machine's root cost is not what is measured.
 */
const sshdScript = `set -eu
folder=$1 key=$2 port=$3
ssh-keygen -q -t ed25519 -N '' -f "$folder/host"
mkdir "$folder/netns"
mount --rbind /run/netns "$folder/netns"
mount -t tmpfs tmpfs /run
mkdir /run/netns /run/sshd
mount --rbind "$folder/netns" /run/netns
umount -l "$folder/netns"
sed 's/^root:[^:]*:/root:*:/' /etc/shadow >"$folder/shadow"
mount --bind "$folder/shadow" /etc/shadow
awk -F: -v OFS=: '$1 == "root" { $6 = "/run" } 1' /etc/passwd >"$folder/passwd"
mount --bind "$folder/passwd" /etc/passwd
cat >"$folder/config" <<END
Port $port
ListenAddress 127.0.0.1
HostKey $folder/host
PidFile none
AuthorizedKeysFile $key
StrictModes no
UsePAM no
PermitRootLogin yes
END
exec "$(command -v sshd || echo /usr/sbin/sshd)" -D -f "$folder/config" -E "$folder/log"
`;

type Around = { readonly folder: string; readonly target: SshTarget; readonly sshd: ChildProcess };

const listens = (port: number): Promise<true | null> =>
  new Promise((resolve) => {
    const socket = connect(port, host)
      .on("connect", () => resolve(true))
      .on("error", () => resolve(null));
    socket.on("close", () => undefined).on("connect", () => socket.destroy());
  });

async function startSshd(): Promise<Around> {
  const { sshKeyFile } = labHost();
  const folder = mkdtempSync(join(tmpdir(), "vethscope-sshd-"));
  const args = [
    "--mount",
    "sh",
    "-c",
    sshdScript,
    "sh",
    folder,
    `${sshKeyFile}.pub`,
    `${sshdPort}`,
  ];
  const sshd = spawn("unshare", args, { stdio: ["ignore", "ignore", "inherit"] });
  await eventually("the sshd of the sandbox", () => listens(sshdPort), 20);
  const target = { name: "crowd", user: "root", host, port: sshdPort, via: [] };
  return { folder, sshd, target: { ...target, identityFiles: [sshKeyFile] } };
}

/** Every packet is held back by `ms()` each way: a host that is far away. */
async function farAway(ms: () => number): Promise<{ port: number; end: () => void }> {
  const server = createServer((near) => {
    const far = connect(sshdPort, host);
    near.on("data", (chunk) => setTimeout(() => far.write(chunk), ms()));
    far.on("data", (chunk) => setTimeout(() => near.write(chunk), ms()));
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on("error", () => undefined);
      socket.on("close", () => [near.destroy(), far.destroy()]);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("no port");
  return { port: bound.port, end: () => void server.close() };
}

async function reached({ folder }: Around, target: SshTarget): Promise<SshReady> {
  const known = join(folder, "known");
  const key = readFileSync(join(folder, "host.pub"), "utf8");
  writeFileSync(known, `[${host}]:${target.port} ${key}`);
  const deps = { ask: async () => null, knownHosts: [known], data: folder };
  const outcome = await connectSsh(target, deps);
  if (outcome.status !== "ready") throw new Error(JSON.stringify(outcome));
  return outcome;
}

const look = ({ transport }: Pick<SshReady, "transport">) => gather(transport, { host: "crowd" });

/** By turns: whatever else the machine does falls on both. */
async function besideLocal(around: Around): Promise<readonly Figure[]> {
  const near = { transport: await local() };
  const far = await reached(around, around.target);
  const best = { near: Number.POSITIVE_INFINITY, far: Number.POSITIVE_INFINITY };
  for (let turn = 0; turn < 5; turn += 1) {
    best.near = Math.min(best.near, await fastest(1, () => look(near)));
    best.far = Math.min(best.far, await fastest(1, () => look(far)));
  }
  far.close();
  const first = await fastest(3, async () => {
    const ready = await reached(around, around.target);
    await look(ready);
    ready.close();
  });
  const at = `${namespaces} namespaces`;
  return [
    { name: `${at}: gather on the spot`, value: best.near, unit: "ms" },
    { name: `${at}: gather over SSH`, value: best.far, unit: "ms", note: "connection open" },
    {
      name: `${at}: over SSH, beside on the spot`,
      value: best.far / best.near,
      unit: "×",
      goal: { atMost: 1.5 },
    },
    {
      name: `${at}: connect and gather over SSH`,
      value: first,
      unit: "ms",
      goal: { atMost: 2000 },
    },
  ];
}

/** What a delay adds, in units of its round trip: how often we wait for the host, one after the other. */
async function roundTrips(around: Around): Promise<readonly Figure[]> {
  let ms = 0;
  const { port, end } = await farAway(() => ms);
  const target = { ...around.target, port };
  const took = async (delay: number, work: () => Promise<unknown>): Promise<number> => {
    ms = delay;
    return fastest(3, work);
  };
  const delay = 100;
  const trips = (near: number, far: number): number => (far - near) / (2 * delay);
  const open = async () => (await reached(around, target)).close();
  const opening = trips(await took(0, open), await took(delay, open));
  ms = 0;
  const ready = await reached(around, target);
  const gathering = trips(await took(0, () => look(ready)), await took(delay, () => look(ready)));
  ready.close();
  end();
  return [
    { name: "round trips: connect and greet", value: opening, unit: "×" },
    { name: `round trips: gather ${namespaces} namespaces`, value: gathering, unit: "×" },
  ];
}

/** Reading a host over SSH, beside reading it on the spot, and how often the wire is waited for. */
export async function sshFigures(): Promise<readonly Figure[]> {
  const crowd = await gatherCrowd(namespaces);
  const around = await startSshd();
  try {
    return [...(await besideLocal(around)), ...(await roundTrips(around))];
  } finally {
    around.sshd.kill();
    rmSync(around.folder, { recursive: true });
    await crowd.end();
  }
}
