import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { addedHost, readConfiguration } from "./configured-hosts";
import { hostIdOf } from "./host-id";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "vethscope-configured-"));
  mkdirSync(join(home, ".ssh"));
});
afterEach(() => rmSync(home, { recursive: true }));

const write = (path: string, text: string): string => {
  const file = join(home, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
  return file;
};
const around = (env: Readonly<Record<string, string>> = {}) => ({ env, home, user: "me" });
const configuration = (env?: Readonly<Record<string, string>>) =>
  readConfiguration(join(home, "data"), around(env));
const names = (env?: Readonly<Record<string, string>>) =>
  configuration(env).hosts.map(({ name, namedBy }) => [name, namedBy]);
const context = (name: string, host: string) =>
  write(
    `.docker/contexts/meta/${name}/meta.json`,
    JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: { Host: host } } }),
  );

test("where nothing is configured there is nothing, and nothing to complain about", () => {
  expect(configuration()).toEqual({ hosts: [], engines: [], remarks: [] });
});

test("four places name hosts; of two with one name the first counts", () => {
  write(".ssh/config", "Host web db\n Port 2200\nHost *.example.org !x\n User u\nHost web late\n");
  write("data/hosts.yaml", "hosts:\n  - name: db\n    ssh: root@10.0.0.9\n  - file-host\n");
  context("db", "ssh://docker@elsewhere");
  context("ctx", "ssh://docker@10.0.0.4:2222");
  expect(names({ VETHSCOPE_HOSTS: "web, root@10.0.0.1 -p 24\n\nssh://u@h:25" })).toEqual([
    ["web", "environment"],
    ["root@10.0.0.1 -p 24", "environment"],
    ["ssh://u@h:25", "environment"],
    ["db", "hosts-file"],
    ["file-host", "hosts-file"],
    ["late", "ssh-config"],
    ["ctx", "docker-context"],
  ]);
  expect(
    configuration().hosts.map(({ name, target }) => [name, target?.host, target?.port]),
  ).toEqual([
    ["db", "10.0.0.9", 22],
    ["file-host", "file-host", 22],
    ["web", "web", 2200],
    ["late", "late", 22],
    ["ctx", "10.0.0.4", 2222],
  ]);
});

test("a name of ~/.ssh/config brings its settings wherever it is used", () => {
  write(
    ".ssh/config",
    "Host web\n HostName 10.0.0.2\n User deploy\n IdentityFile ~/k\n ProxyJump hop\n",
  );
  const [host] = configuration({ VETHSCOPE_HOSTS: "web -p 2022" }).hosts;
  expect(host?.target).toEqual({
    name: "web -p 2022",
    user: "deploy",
    host: "10.0.0.2",
    port: 2022,
    identityFiles: [join(home, "k")],
    via: [{ name: "hop", user: "me", host: "hop", port: 22, identityFiles: [], via: [] }],
  });
});

test("a comma on a line with -J separates jump hosts", () => {
  const { hosts } = configuration({ VETHSCOPE_HOSTS: "a,b\nc -J x,y" });
  expect(hosts.map(({ name }) => name)).toEqual(["a", "b", "c -J x,y"]);
  expect(hosts[2]?.target?.via.map(({ host }) => host)).toEqual(["x", "y"]);
});

test("keys and jump hosts of hosts.yaml count, also paths with spaces", () => {
  const file = write("my.yaml", "hosts:\n  - ssh: a\n    identityFile: ~/my key\n    jump: j, k\n");
  const [host] = configuration({ VETHSCOPE_HOSTS_FILE: file }).hosts;
  expect(host?.target?.identityFiles).toEqual([join(home, "my key")]);
  expect(host?.target?.via.map((hop) => hop.host)).toEqual(["j", "k"]);
});

describe("what is left out is named", () => {
  test("a host behind a ProxyCommand is listed, without a target", () => {
    write(".ssh/config", "Host t\n ProxyCommand nc %h %p\n");
    expect(configuration().hosts).toMatchObject([
      { name: "t", target: null, remarks: [{ error: "hosts.leftOut.proxyCommand" }] },
    ]);
  });

  test("a Match that would run a command once, however many hosts it may mean", () => {
    const file = write(".ssh/config", 'Host a b\nMatch exec "true"\n User x\n');
    const { hosts, remarks } = configuration();
    expect(hosts.map((host) => host.remarks)).toEqual([[], []]);
    expect(remarks).toEqual([
      { error: "hosts.leftOut.match", values: { criterion: "exec" }, at: { file, line: 2 } },
    ]);
  });

  test("a line that is no destination, with the place where it stands", () => {
    const file = write("data/hosts.yaml", "hosts:\n  - a\n  - b; id\n");
    const { hosts, remarks } = configuration({ VETHSCOPE_HOSTS: "-oProxyCommand=id" });
    expect(hosts.map(({ name }) => name)).toEqual(["a"]);
    expect(remarks).toEqual([
      {
        error: "hosts.config.badDestination",
        values: { name: "-oProxyCommand=id", text: "-oProxyCommand=id" },
        at: null,
      },
      {
        error: "hosts.config.badDestination",
        values: { name: "b; id", text: "b;" },
        at: { file, line: 3 },
      },
    ]);
  });

  test("a Docker context that is neither SSH nor a socket of this machine", () => {
    const file = context("far", "https://10.0.0.1:2376");
    context("near", "unix:///run/user/1000/docker.sock");
    const odd = write(".docker/contexts/meta/odd/meta.json", "{");
    expect(configuration()).toEqual({
      hosts: [],
      engines: [],
      remarks: [
        {
          error: "hosts.leftOut.context",
          values: { name: "far", scheme: "https" },
          at: { file, line: null },
        },
        { error: "hosts.config.badContext", values: {}, at: { file: odd, line: null } },
      ],
    });
  });
});

describe("a host's id", () => {
  test("is its name where that needs no escaping, and the same after every start", () => {
    expect(hostIdOf("prod-01.example")).toBe("ssh-prod-01.example");
  });

  test("never needs escaping, and differs where names differ", () => {
    const odd = [
      "root@h",
      "root-h",
      "Root-h",
      "主机",
      "机主",
      "a b",
      "a/b",
      "../a",
      "x".repeat(99),
      "x".repeat(98),
    ];
    const ids = odd.map((name) => hostIdOf(name));
    for (const id of ids) expect(encodeURIComponent(id)).toBe(id);
    expect(new Set(ids).size).toBe(odd.length);
  });
});

test.each([
  ["root@h", "root@h"],
  ["h -p 22", "h"],
  ["ssh -l root h -p 2222", "root@h:2222"],
  ["ssh://root@[::1]:23", "root@[::1]:23"],
])("%s, typed into the page, is called %s", (text, name) => {
  expect(addedHost(text, around())).toMatchObject({ host: { name, namedBy: "page" } });
});

test("a host that is typed takes what ~/.ssh/config says of it", () => {
  write(".ssh/config", "Host web\n HostName 10.0.0.2\n");
  expect(addedHost("web", around())).toMatchObject({ host: { target: { host: "10.0.0.2" } } });
  expect(addedHost("a b", around())).toEqual({ status: "unreadable", part: "b" });
});
