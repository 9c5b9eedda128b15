import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createPlain } from "node:http";
import { createServer as createTls } from "node:https";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { locales } from "@/lib/messages/keys";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import { catalogue } from "@/lib/probes/catalogue";
import { gather } from "@/server/gather/gather";
import { connectEngine, type EngineFiles } from "./engine-only";
import { type EngineTrouble, sayEngineTrouble, troubleOf } from "./engine-trouble";

let folder = "";
const file = (name: string): string => join(folder, name);
const openssl = (...argv: readonly string[]): void => {
  execFileSync("openssl", argv, { cwd: folder, stdio: "ignore" });
};

function authority(name: string): void {
  openssl(
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    `${name}.key`,
    "-out",
    `${name}.pem`,
    "-days",
    "2",
    "-subj",
    `/CN=${name}`,
  );
}

function certificate(name: string, by: string, ...more: readonly string[]): void {
  openssl(
    "req",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    `${name}.key`,
    "-out",
    `${name}.csr`,
    "-subj",
    `/CN=${name}`,
    "-addext",
    "subjectAltName=IP:127.0.0.1",
  );
  openssl(
    "x509",
    "-req",
    "-in",
    `${name}.csr`,
    "-CA",
    `${by}.pem`,
    "-CAkey",
    `${by}.key`,
    "-copy_extensions",
    "copy",
    "-out",
    `${name}.pem`,
    ...more,
  );
}
const soon = ["-days", "2"];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vethscope-tls-"));
  authority("ours");
  authority("theirs");
  certificate("server", "ours", ...soon);
  certificate("client", "ours", ...soon);
  certificate("foreign", "theirs", ...soon);
  writeFileSync(
    file("broken.pem"),
    "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** `localhost` where `name` says so: another name than the certificate has. */
async function portOf(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

const files = (client = "client", ca = "ours"): EngineFiles => ({
  ca: file(`${ca}.pem`),
  cert: file(`${client}.pem`),
  key: file(`${client}.key`),
});
const target = (port: number, tls: EngineFiles | null, host = "127.0.0.1") => ({
  address: `tcp://${host}:${port}`,
  host,
  port,
  tls,
});
const limits = { connectMs: 2000, engine: { deadlineMs: 2000, bodyBytes: 1 << 20 } };
const tried = async (port: number, tls: EngineFiles | null, host?: string) => {
  const outcome = await connectEngine(target(port, tls, host), undefined, limits);
  if (outcome.status === "ready") outcome.close();
  return outcome.status === "ready" ? outcome.status : outcome.why;
};

/** An engine that wants a certificate of our authority; `heard`: what reached it. */
function engine(heard: string[] = []): Server {
  return createTls(
    {
      cert: readFileSync(file("server.pem")),
      key: readFileSync(file("server.key")),
      ca: readFileSync(file("ours.pem")),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      heard.push(request.url ?? "");
      const body = request.url === "/info" ? { Name: "far", ServerVersion: "27.0" } : [];
      response.end(JSON.stringify(request.url === "/version" ? { Version: "27.0" } : body));
    },
  );
}

test("an engine behind TLS answers; of its host nothing is known but what it says", async () => {
  const heard: string[] = [];
  const port = await portOf(engine(heard));
  const outcome = await connectEngine(target(port, files()), undefined, limits);
  if (outcome.status !== "ready") throw new Error(outcome.why.reason);
  const facts = await gather(outcome.transport, { host: "engine-far", probes: catalogue });
  outcome.close();
  expect(heard.sort()).toEqual(["/containers/json?all=1", "/info", "/networks", "/version"]);
  expect(facts.gaps).toEqual([
    { probe: null, netns: null, reason: "engine-only", address: `tcp://127.0.0.1:${port}` },
  ]);
  const { host, links, namespaces } = understand(facts);
  expect([host.name, host.engine.status, links, namespaces]).toEqual(["far", "read", [], []]);
  expect(JSON.stringify(facts)).not.toContain("PRIVATE");
});

test("an engine of another authority, or of another name, is not trusted, and hears nothing", async () => {
  const heard: string[] = [];
  const port = await portOf(engine(heard));
  expect(await tried(port, files("client", "theirs"))).toMatchObject({ reason: "untrusted" });
  expect(await tried(port, files(), "localhost")).toMatchObject({ reason: "untrusted" });
  expect(await tried(port, { ca: null, cert: null, key: null })).toMatchObject({
    reason: "untrusted",
  });
  expect(heard).toEqual([]);
});

test("an engine that does not want our certificate hangs up: Node without a word, dockerd with an alert", async () => {
  const port = await portOf(engine());
  expect(await tried(port, files("foreign"))).toMatchObject({ reason: "closed" });
  for (const alert of [
    "BAD_CERTIFICATE",
    "CERTIFICATE_EXPIRED",
    "UNKNOWN_CA",
    "CERTIFICATE_REQUIRED",
  ]) {
    const error = Object.assign(new Error("alert"), { code: `ERR_SSL_TLSV1_ALERT_${alert}` });
    expect(troubleOf(error, 1)).toEqual({ reason: "not-accepted", words: "alert" });
  }
});

test("what is no TLS, nobody, and silence are told apart", async () => {
  const plain = await portOf(createPlain((_, response) => response.end("{}")));
  expect(await tried(plain, files())).toMatchObject({ reason: "no-tls" });
  expect(await tried(plain, null)).toBe("ready");
  const mute = await portOf(createServer(() => undefined));
  const outcome = await connectEngine(target(mute, files()), undefined, {
    ...limits,
    connectMs: 200,
  });
  expect(outcome).toEqual({ status: "failed", why: { reason: "timed-out", ms: 200 } });
  const gone = createServer();
  const port = await portOf(gone);
  await new Promise((resolve) => gone.close(resolve));
  expect(await tried(port, files())).toEqual({ reason: "refused" });
});

test("files that cannot be used are named, and nothing that is in them", async () => {
  const missing = file("nowhere.pem");
  expect(await tried(1, { ...files(), ca: missing })).toEqual({
    reason: "files",
    files: missing,
    code: "ENOENT",
  });
  const broken = await tried(1, { ...files(), key: file("broken.pem") });
  expect(broken).toMatchObject({ reason: "files" });
  expect(JSON.stringify(broken)).not.toContain("s3cret");
});

test("who stops it does not wait", async () => {
  const mute = await portOf(createServer(() => undefined));
  const stop = new AbortController();
  const tried = connectEngine(target(mute, files()), stop.signal, limits);
  stop.abort(new Error("stopped"));
  await expect(tried).rejects.toThrow("stopped");
});

test.each(locales)("each trouble is told in %s with the engine and what to do", (locale) => {
  const troubles: readonly EngineTrouble[] = [
    { reason: "name-not-found" },
    { reason: "refused" },
    { reason: "unreachable", words: "no route" },
    { reason: "timed-out", ms: 10_000 },
    { reason: "no-tls", words: "wrong version" },
    { reason: "untrusted", words: "expired" },
    { reason: "not-accepted", words: "bad certificate" },
    { reason: "closed", words: "reset" },
    { reason: "files", files: "/k/ca.pem", code: "ENOENT" },
  ];
  for (const why of troubles) {
    const { what, next, values } = sayEngineTrouble("tcp://h:2376", why);
    const said = wordsIn(locale)(what, values);
    expect(said).toContain("tcp://h:2376");
    expect(said + wordsIn(locale)(next, values)).not.toMatch(
      /\{(where|words|seconds|files|code)\}|engineOnly\./,
    );
  }
});
