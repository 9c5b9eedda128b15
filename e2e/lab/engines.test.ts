import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { diagnose } from "@/lib/diagnosis/diagnose";
import type { GapReason, HostFacts } from "@/lib/facts/model";
import { understand } from "@/lib/pipeline";
import { gather } from "@/server/gather/gather";
import { connectEngine, type EngineFiles } from "@/server/transport/engine-only";
import { local } from "@/server/transport/local";
import { connectSsh } from "@/server/transport/ssh/connect";
import { type ExtraHost, startExtraHost } from "./extra-host";
import { makeImages, plainImage } from "./image";
import { onHost } from "./lab-env";
import { eventually, must } from "./run-command";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

const address = "10.99.1.31";
/** The second engine of the host: a dockerd of its own where podman would listen, and on TCP. */
const second = "/run/podman/podman.sock";
/** The first engine once more, on another socket. */
const relay = "/run/user/0/docker.sock";

const scripts = {
  second: `
mkdir -p /run/podman /run/second
parent=$(tr '\\0' '\\n' </proc/$(pidof dockerd)/cmdline | grep ^--cgroup-parent=)
# Docker 20.10 keeps its ID there: two daemons with one folder would be one.
mkdir -p /etc/docker
mount -t tmpfs tmpfs /etc/docker
exec dockerd --data-root /run/second/data --exec-root /run/second/exec --pidfile /run/second/pid \\
  --bridge=none --iptables=false --ip6tables=false "$parent" -H unix://${second} \\
  -H tcp://${address}:2376 --tlsverify --tlscacert="$1/ours.pem" --tlscert="$1/server.pem" \\
  --tlskey="$1/server.key" >/run/second/log 2>&1 </dev/null`,
  relay: `
  import { connect, createServer } from "node:net";
  import { mkdirSync } from "node:fs";
  mkdirSync("/run/user/0", { recursive: true });
  createServer((near) => {
    const far = connect("/run/docker.sock");
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy());
    far.on("error", () => near.destroy());
  }).listen("${relay}");`,
};

let keys = "";
let extra: ExtraHost;
const key = (name: string): string => join(keys, name);

const openssl = (...argv: readonly string[]) => must(["openssl", ...argv]);
const fresh = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

const authority = (name: string) =>
  openssl(
    ...["req", "-x509", ...fresh, "-keyout", key(`${name}.key`), "-out", key(`${name}.pem`)],
    ...["-days", "2", "-subj", `/CN=${name}`],
  );

/** `usage`: what Docker's own guide writes into certificates. */
async function certificate(name: string, by: string, usage: string, times: readonly string[]) {
  await openssl(
    ...["req", ...fresh, "-keyout", key(`${name}.key`), "-out", key(`${name}.csr`)],
    ...["-subj", `/CN=${name}`, "-addext", `subjectAltName=IP:${address}`],
    ...["-addext", `extendedKeyUsage=${usage}`],
  );
  await openssl(
    ...["x509", "-req", "-in", key(`${name}.csr`), "-CA", key(`${by}.pem`)],
    ...[
      "-CAkey",
      key(`${by}.key`),
      "-copy_extensions",
      "copy",
      "-out",
      key(`${name}.pem`),
      ...times,
    ],
  );
}
const now = ["-days", "2"];
/** Over in the second in which it begins; dates of one's own only newer versions of openssl take. */
const over = ["-days", "0"];

const behind = (argv: readonly string[]) =>
  onHost(extra.host, ["sh", "-c", 'setsid "$@" </dev/null >/dev/null 2>&1 &', "sh", ...argv]);

beforeAll(async () => {
  keys = mkdtempSync(join(tmpdir(), "vethscope-lab-tls-"));
  await Promise.all([authority("ours"), authority("theirs")]);
  await certificate("server", "ours", "serverAuth", now);
  await certificate("client", "ours", "clientAuth", now);
  await certificate("foreign", "theirs", "clientAuth", now);
  await certificate("expired", "ours", "clientAuth", over);
  extra = await startExtraHost("engines", address);
  await behind(["unshare", "--mount", "sh", "-c", scripts.second, "sh", keys]);
  await behind([process.execPath, "--input-type=module", "-e", scripts.relay]);
  const engine = new Docker({ socketPath: `/proc/${extra.host.pid}/root${second}` });
  await eventually("the second dockerd", () =>
    engine.ping().then(
      () => true as const,
      () => null,
    ),
  );
  await eventually("the relay", async () =>
    (await onHost(extra.host, ["test", "-S", relay])).code === 0 ? true : null,
  );
});
afterAll(async () => {
  await extra?.end();
  rmSync(keys, { recursive: true });
});

const notAsked = ({ gaps }: HostFacts): readonly GapReason[] =>
  gaps.filter(({ reason }) => reason === "engine-not-asked");
const other = { reason: "engine-not-asked", socket: second, asked: "/run/docker.sock" };

test("over SSH the engine beside the one that is shown is told, and one on two sockets is one", async () => {
  const outcome = await connectSsh(
    {
      ...{ name: "engines", user: "root", host: address, port: 22 },
      ...{ identityFiles: [extra.host.sshKeyFile], via: [] },
    },
    { ask: async () => null, knownHosts: [extra.host.knownHostsFile], data: keys },
  );
  if (outcome.status !== "ready") throw new Error(outcome.status);
  try {
    expect(outcome.engines.map(({ path }) => path)).toEqual(["/run/docker.sock", relay, second]);
    const facts = await gather(outcome.transport, { host: "engines" });
    expect(notAsked(facts)).toMatchObject([other]);
    expect(understand(facts).host.engine.status).toBe("read");
  } finally {
    outcome.close();
  }
});

test("on the spot it is told with the path by which it is seen", async () => {
  const transport = await local({ through: extra.host.pid });
  const root = `/proc/${extra.host.pid}/root`;
  expect(notAsked(await gather(transport, { host: "engines" }))).toMatchObject([
    { ...other, socket: `${root}${second}`, asked: `${root}/run/docker.sock` },
  ]);
});

const files = (client = "client", ca = "ours"): EngineFiles => ({
  ...{ ca: key(`${ca}.pem`), cert: key(`${client}.pem`), key: key(`${client}.key`) },
});
const reach = (tls: EngineFiles) =>
  connectEngine({ address: `tcp://${address}:2376`, host: address, port: 2376, tls });

test("behind TLS the engine's view is shown, and nothing is paired or found wrong", async () => {
  const engine = new Docker({ socketPath: `/proc/${extra.host.pid}/root${second}` });
  await makeImages(engine, join(keys, "image"), "no-secret");
  const far = await engine.createContainer({
    ...{ name: "far", Image: plainImage, Cmd: ["/bin/busybox", "sleep", "99999"] },
    HostConfig: { NetworkMode: "none" },
  });
  await far.start();
  const outcome = await reach(files());
  if (outcome.status !== "ready") throw new Error(outcome.why.reason);
  const facts = await gather(outcome.transport, { host: "engine-far" });
  outcome.close();
  expect(facts.gaps).toMatchObject([{ reason: "engine-only", address: `tcp://${address}:2376` }]);
  const topology = understand(facts);
  expect(topology.host).toMatchObject({ name: "engines", netns: null, engine: { status: "read" } });
  expect(topology.containers.map(({ name, netns }) => [name, netns])).toEqual([["far", null]]);
  expect(topology.links).toEqual([]);
  expect(diagnose(topology)).toEqual([]);
  expect(JSON.stringify(facts)).not.toMatch(/PRIVATE KEY|vethscope-lab-tls/);
});

test.each([
  ["an engine of another authority", () => files("client", "theirs"), "untrusted"],
  ["a certificate of ours that another authority made", () => files("foreign"), "not-accepted"],
  ["one that has expired", () => files("expired"), "not-accepted"],
  ["none", () => ({ ...files(), cert: null, key: null }), "not-accepted"],
] as const)("%s is told as what it is", async (_, tls, reason) => {
  expect(await reach(tls())).toMatchObject({ status: "failed", why: { reason } });
});
