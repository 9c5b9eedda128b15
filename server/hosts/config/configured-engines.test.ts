import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readEngine } from "./configured-engines";
import { readConfiguration } from "./configured-hosts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "vethscope-engines-"));
});
afterEach(() => rmSync(home, { recursive: true }));

const write = (path: string, text: string): string => {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const hashOf = (name: string): string => createHash("sha256").update(name).digest("hex");

/** A context as `docker context create` leaves it. */
function context(name: string, host: string, keys: readonly string[], skip = false): string {
  for (const key of keys) write(`.docker/contexts/tls/${hashOf(name)}/docker/${key}.pem`, "x");
  const docker = { Host: host, SkipTLSVerify: skip };
  const meta = JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker } });
  return write(`.docker/contexts/meta/${hashOf(name)}/meta.json`, meta);
}
const configuration = (env: Readonly<Record<string, string>> = {}) =>
  readConfiguration(join(home, "data"), { env, home, user: "me" });
const all = ["ca", "cert", "key"];

test("a Docker context of tcp:// is an engine with the keys that lie beside it", () => {
  context("far", "tcp://10.0.0.1:2376", all);
  const folder = join(home, ".docker", "contexts", "tls", hashOf("far"), "docker");
  expect(configuration()).toEqual({
    hosts: [],
    engines: [
      {
        id: "engine-far",
        name: "far",
        namedBy: "docker-context",
        target: {
          address: "tcp://10.0.0.1:2376",
          host: "10.0.0.1",
          port: 2376,
          tls: {
            ca: join(folder, "ca.pem"),
            cert: join(folder, "cert.pem"),
            key: join(folder, "key.pem"),
          },
        },
      },
    ],
    remarks: [],
  });
});

test("a context that has only an authority shows no certificate of its own", () => {
  context("far", "tcp://far.example", ["ca"]);
  expect(configuration().engines).toMatchObject([
    { target: { port: 2376, tls: { cert: null, key: null } } },
  ]);
});

describe("what is not spoken to is named", () => {
  test("a context that skips the check of the engine's certificate, whatever keys it has", () => {
    const file = context("far", "tcp://10.0.0.1:2376", all, true);
    expect(configuration()).toEqual({
      hosts: [],
      engines: [],
      remarks: [
        {
          error: "hosts.leftOut.engineUnverified",
          values: { name: "far" },
          at: { file, line: null },
        },
      ],
    });
  });

  test("an engine without TLS, unless it is on loopback", () => {
    context("far", "tcp://10.0.0.1:2375", []);
    context("near", "tcp://127.0.0.1:2375", []);
    const { engines, remarks } = configuration();
    expect(engines.map(({ name, target }) => [name, target.tls])).toEqual([["near", null]]);
    expect(remarks).toMatchObject([
      {
        error: "hosts.leftOut.engineWithoutTls",
        values: { name: "far", address: "tcp://10.0.0.1:2375" },
      },
    ]);
  });

  test.each([
    "tcp://",
    "tcp://u:s3cret@h:2376",
    "tcp://h:99999",
    "tcp://[::x]",
    "tcp://h/path",
    "h:2376",
  ])("%s is no address, and not repeated", (address) => {
    const keys = { ca: "/ca", cert: null, key: null };
    const read = readEngine({ name: "n", namedBy: "hosts-file", address }, keys, null);
    expect(read).toEqual({
      status: "left-out",
      remark: { error: "hosts.leftOut.engineAddress", values: { name: "n" }, at: null },
    });
  });
});

test.each([
  ["localhost", true],
  ["127.8.8.8", true],
  ["[::1]", true],
  ["[::ffff:10.0.0.1]", false],
  ["localhost.example.org", false],
  ["0.0.0.0", false],
  ["10.0.0.1", false],
])("%s is this machine without TLS: %s", (host, near) => {
  const of = { name: "n", namedBy: "hosts-file", address: `tcp://${host}:2375` } as const;
  expect(readEngine(of, null, null).status).toBe(near ? "read" : "left-out");
});

describe("DOCKER_HOST=tcp://… is a host of its own", () => {
  test("with the keys of DOCKER_CERT_PATH, else those of the user", () => {
    const DOCKER_HOST = "tcp://10.0.0.1:2376";
    const caOf = (env: Readonly<Record<string, string>>) =>
      configuration({ DOCKER_HOST, ...env }).engines.map(({ target }) => target.tls?.ca);
    expect(caOf({ DOCKER_CERT_PATH: "/keys" })).toEqual(["/keys/ca.pem"]);
    expect(caOf({ DOCKER_TLS_VERIFY: "1" })).toEqual([join(home, ".docker", "ca.pem")]);
    expect(caOf({})).toEqual([]);
  });

  test("a socket is none, and a password in it is nowhere", () => {
    expect(configuration({ DOCKER_HOST: "unix:///run/x.sock" }).engines).toEqual([]);
    const told = configuration({ DOCKER_HOST: "tcp://u:s3cret@h:2376", DOCKER_TLS_VERIFY: "1" });
    expect(told.remarks).toMatchObject([{ values: { name: "DOCKER_HOST" } }]);
    expect(JSON.stringify(told)).not.toContain("s3cret");
  });
});

test("of an engine and a host with one name the host counts: it says more", () => {
  context("web", "tcp://10.0.0.1:2376", all);
  write(".ssh/config", "Host web\n");
  write(
    "data/hosts.yaml",
    "hosts:\n  - name: nas\n    engine: tcp://10.0.0.2\n    certPath: ~/nas\n",
  );
  context("nas", "tcp://10.0.0.3", all);
  const { hosts, engines } = configuration();
  expect(hosts.map(({ id }) => id)).toEqual(["ssh-web"]);
  expect(engines.map(({ id, target }) => [id, target.host])).toEqual([["engine-nas", "10.0.0.2"]]);
  expect(engines[0]?.target.tls?.key).toBe(join(home, "nas", "key.pem"));
});

describe("tcp:// in VETHSCOPE_HOSTS", () => {
  test("is an engine, among hosts, with the keys that docker itself would take", () => {
    const folder = dirname(write(".docker/ca.pem", "x"));
    for (const key of ["cert", "key"]) write(`.docker/${key}.pem`, "x");
    const VETHSCOPE_HOSTS = "root@10.0.0.2, tcp://10.0.0.1:2376";
    const { hosts, engines, remarks } = configuration({ VETHSCOPE_HOSTS });
    expect(hosts.map(({ name }) => name)).toEqual(["root@10.0.0.2"]);
    expect(engines).toMatchObject([
      { name: "tcp://10.0.0.1:2376", namedBy: "environment", target: { port: 2376 } },
    ]);
    expect(engines[0]?.target.tls).toEqual({
      ca: join(folder, "ca.pem"),
      cert: join(folder, "cert.pem"),
      key: join(folder, "key.pem"),
    });
    expect(remarks).toEqual([]);
    const elsewhere = configuration({ VETHSCOPE_HOSTS, DOCKER_CERT_PATH: "/keys" });
    expect(elsewhere.engines[0]?.target.tls).toMatchObject({ cert: "/keys/cert.pem" });
  });

  test("without keys, or not understood, is left out by a remark that repeats no password", () => {
    const VETHSCOPE_HOSTS = "tcp://10.0.0.1,tcp://me:s3cret@10.0.0.1";
    const { engines, remarks } = configuration({ VETHSCOPE_HOSTS });
    expect(engines).toEqual([]);
    expect(remarks.map(({ error }) => error)).toEqual([
      "hosts.leftOut.engineWithoutTls",
      "hosts.leftOut.engineAddress",
    ]);
    expect(JSON.stringify(remarks)).not.toContain("s3cret");
  });
});
