import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Destination } from "./destination";
import { resolveTarget } from "./resolve-target";
import { readSshConfig } from "./ssh-config-lines";
import { settingsOf } from "./ssh-settings";

let home = "";
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "vethscope-ssh-config-"));
  mkdirSync(join(home, ".ssh"));
});
afterAll(() => rmSync(home, { recursive: true }));

const user = userInfo().username;
const around = () => ({ env: { KEYS: "/keys" }, home, user });
const put = (name: string, text: string): string => {
  const file = join(home, ".ssh", name);
  writeFileSync(file, text);
  return file;
};
const read = (text: string) => readSshConfig(around(), put("config", text));

/** What the real ssh makes of a file (no connection is opened by -G); null: it refuses. */
const oracle = (file: string, host: string) => {
  const { status, stdout: printed } = spawnSync("ssh", ["-F", file, "-G", host], {
    encoding: "utf8",
  });
  if (status !== 0) return null;
  const all = (name: string): readonly string[] =>
    printed
      .split("\n")
      .flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
  const one = (name: string): string | null => all(name)[0] ?? null;
  return {
    hostName: one("hostname"),
    user: one("user"),
    port: Number(one("port")),
    identityFiles: all("identityfile"),
    proxyJump: one("proxyjump"),
    proxyCommand: one("proxycommand"),
    hostKeyAlias: one("hostkeyalias"),
    userKnownHosts: one("userknownhostsfile"),
    globalKnownHosts: one("globalknownhostsfile"),
    identitiesOnly: one("identitiesonly") === "yes",
    identityAgent: one("identityagent"),
    without: [
      ...(one("kbdinteractiveauthentication") === "no" ? ["keyboard-interactive"] : []),
      ...(one("passwordauthentication") === "no" ? ["password"] : []),
      ...(one("pubkeyauthentication") === "false" ? ["publickey"] : []),
    ],
  };
};

/** As ssh -G prints it: where no key is named it names its own. */
const ours = (text: string, host: string, file?: string) => {
  const { lines } = file === undefined ? read(text) : readSshConfig(around(), file);
  const { remarks, ...settings } = settingsOf(lines, host, user);
  return { remarks, settings };
};

const agrees = (text: string, host: string): void => {
  const file = put("config", text);
  const { settings } = ours(text, host, file);
  const theirs = oracle(file, host);
  // ssh, too, refuses a host that is its own jump host.
  if (theirs === null) {
    expect(targetOf(text, host).target).toBeNull();
    return;
  }
  const own = settings.identityFiles.length === 0;
  const { userKnownHosts, globalKnownHosts } = settings;
  expect({
    ...settings,
    identityFiles: own ? theirs.identityFiles : settings.identityFiles,
    // Where no file is named ssh names its own.
    userKnownHosts: userKnownHosts?.join(" ") ?? theirs.userKnownHosts,
    globalKnownHosts: globalKnownHosts?.join(" ") ?? theirs.globalKnownHosts,
  }).toEqual(theirs);
};

const everything = `
# a comment
User first
Host web-* !web-9 "quoted name"
  HostName %h.Example.org
  IdentityFile "~/my key"
  IdentityFile=~/.ssh/%r@%h
  Port 2200
  ProxyJump u@bastion:22,second
Host WEB
  Port 1
Host web-1 db
  HostName = 10.0.0.1 # which is %% not %h
  IdentityFile none
  ProxyCommand nc %h %p
Host db
  ProxyCommand none
  ProxyJump late
Match host 10.0.0.1 user first
  Port 2300
Match originalhost other,x* !user first
  Port 2400
Match host *.example.org,!web-2.example.org
  IdentityFile /matched
Match all
  IdentityFile /all
Host web-1 x*
  HostKeyAlias Web-Alias
  UserKnownHostsFile /a "/with space/b"
  IdentitiesOnly yes
  IdentityAgent none
Host *
  HostKeyAlias later
  UserKnownHostsFile none
  GlobalKnownHostsFile /etc/known
  IdentitiesOnly no
  IdentityAgent /agent.sock
Host x*
  PasswordAuthentication no
  PubkeyAuthentication yes
  ChallengeResponseAuthentication no
Host *
  Port 2500
  ProxyJump none
  PasswordAuthentication yes
  PubkeyAuthentication no
  KbdInteractiveAuthentication yes
`;

describe("the real ssh and we agree", () => {
  test.each(["web-1", "web-2", "web-9", "WEB", "web", "db", "other", "x1", "Ünï"])(
    "on %s",
    (host) => agrees(everything, host),
  );

  test("on what included files say, and where their Host blocks end", () => {
    const first = put("first.conf", "Host a\n  Port 2201\nHost *\n  User included\n");
    const second = put("second.conf", "  Port 2202\nHost b\n Port 2203\n");
    const glob = join(home, ".ssh", "*.conf");
    for (const text of [
      `Include ${first}\nHost a\n Port 1\n`,
      `Host a\n Include ${first}\n User after\nHost b\n Port 3\n`,
      `Host b\n Include "${second}"\n Port 4\n`,
      `Include ${glob} ${home}/nothing\nHost *\n Port 5\n`,
    ]) {
      for (const host of ["a", "b", "c"]) agrees(text, host);
    }
  });

  test("on generated files", () => {
    const name = fc.constantFrom("a", "b", "ab", "a.b");
    const pattern = fc.constantFrom("a", "b", "a*", "*b", "?", "*", "!a", "!*b", "ab", "A");
    const list = fc.array(pattern, { minLength: 1, maxLength: 3 });
    const setting = fc.oneof(
      fc.constantFrom("HostName a", "HostName %h.b", "hostname=AB", "User a", "user b", "Port 2"),
      fc.constantFrom(
        "Port=3",
        "ProxyJump b",
        "ProxyJump none",
        "ProxyCommand x",
        "ProxyCommand none",
      ),
      fc.constantFrom("IdentityFile /a", 'IdentityFile "/b c"', "# c", "", "\tPORT\t4  # c"),
    );
    const block = fc.oneof(
      list.map((patterns) => `Host ${patterns.join(" ")}`),
      list.map((patterns) => `Match host ${patterns.join(",")}`),
      list.map((patterns) => `Match !originalhost ${patterns.join(",")}`),
      fc.tuple(list, list).map(([x, y]) => `Match user ${x.join(",")} originalhost ${y.join(",")}`),
      fc.constant("Match all"),
    );
    const line = fc.oneof({ weight: 3, arbitrary: setting }, block);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), name, (text, host) => {
        agrees(`${text.join("\n")}\n`, host);
      }),
      { numRuns: 150 },
    );
  });
});

describe("nothing is run", () => {
  test("for Match exec: its settings are left out, and that is said with the line", () => {
    const mark = join(home, "ran");
    const { settings, remarks } = ours(`Match host x exec "touch ${mark}"\n Port 1\n`, "x");
    expect(settings.port).toBe(22);
    expect(remarks).toEqual([
      {
        error: "hosts.leftOut.match",
        values: { criterion: "exec" },
        at: { file: join(home, ".ssh", "config"), line: 1 },
      },
    ]);
    expect(existsSync(mark)).toBe(false);
  });

  test("and a host that such a Match cannot mean hears nothing of it", () => {
    expect(ours(`Match host x exec "true"\n Port 1\n`, "y").remarks).toEqual([]);
  });

  test("for ProxyCommand: the host is not to be reached, and its arguments are not repeated", () => {
    const { target, remarks } = targetOf("Host t\n ProxyCommand cloud --token s3cret %h\n", "t");
    expect(target).toBeNull();
    expect(remarks).toMatchObject([
      { error: "hosts.leftOut.proxyCommand", values: { host: "t", program: "cloud" } },
    ]);
    expect(JSON.stringify(remarks)).not.toContain("s3cret");
  });
});

const targetOf = (text: string, host: string, said: Partial<Destination> = {}) =>
  resolveTarget(host, { host, identityFiles: [], ...said }, read(text).lines, around());
const way = (text: string, host: string, said: Partial<Destination> = {}) =>
  targetOf(text, host, said).target?.via.map((hop) => `${hop.user}@${hop.host}:${hop.port}`);

describe("whose keys count", () => {
  test("is what the configuration says, with home, tokens and variables replaced", () => {
    const text = `
Host web
  HostName 10.0.0.1
  HostKeyAlias Web-Alias
  UserKnownHostsFile ~/.ssh/known_%k "/with space/%h" none
  IdentitiesOnly yes
  IdentityAgent $KEYS
Host system
  GlobalKnownHostsFile /etc/ours
`;
    expect(targetOf(text, "web").target).toMatchObject({
      keyAlias: "web-alias",
      knownHosts: [
        join(home, ".ssh", "known_web-alias"),
        "/with space/10.0.0.1",
        "/etc/ssh/ssh_known_hosts",
        "/etc/ssh/ssh_known_hosts2",
      ],
      identitiesOnly: true,
      agent: "/keys",
    });
    expect(targetOf(text, "system").target?.knownHosts).toEqual([
      join(home, ".ssh", "known_hosts"),
      join(home, ".ssh", "known_hosts2"),
      "/etc/ours",
    ]);
    const plain = targetOf(text, "other").target ?? {};
    for (const field of ["keyAlias", "knownHosts", "identitiesOnly", "agent"])
      expect(plain).not.toHaveProperty(field);
  });

  test("and by which ways one may come in", () => {
    const text = "Host a\n PasswordAuthentication no\n KbdInteractiveAuthentication no\n";
    expect(targetOf(text, "a").target?.without).toEqual(["keyboard-interactive", "password"]);
    expect(targetOf(text, "b").target).not.toHaveProperty("without");
  });

  test("may be no file and no agent at all", () => {
    const text = "UserKnownHostsFile none\nGlobalKnownHostsFile none\nIdentityAgent none\n";
    expect(targetOf(text, "a").target).toMatchObject({ knownHosts: [], agent: "" });
    expect(targetOf("IdentityAgent SSH_AUTH_SOCK\n", "a").target).not.toHaveProperty("agent");
  });

  test("and what we do not use of it is named with its line", () => {
    const text = `Host a
 RevokedHostKeys /krl
 PKCS11Provider none
 CanonicalizeHostname yes
 AddressFamily any
`;
    expect(ours(text, "a").remarks).toMatchObject([
      { error: "hosts.leftOut.setting", values: { setting: "RevokedHostKeys" }, at: { line: 2 } },
      {
        error: "hosts.leftOut.setting",
        values: { setting: "CanonicalizeHostname" },
        at: { line: 4 },
      },
    ]);
    expect(ours(text, "b").remarks).toEqual([]);
  });
});

describe("jump hosts", () => {
  test("are looked up in the same configuration, the first with jump hosts of its own", () => {
    const text = `
Host target
  ProxyJump one,root@two:2222
Host one
  HostName 10.0.0.1
  User first
  ProxyJump zero
Host two
  HostName 10.0.0.2
  User ignored
  ProxyJump never
Host zero never
  User z
`;
    expect(way(text, "target")).toEqual(["z@zero:22", "first@10.0.0.1:22", "root@10.0.0.2:2222"]);
    expect(targetOf(text, "target").target?.via.every(({ via }) => via.length === 0)).toBe(true);
  });

  test("said with -J come before those of the file", () => {
    expect(way("Host t\n ProxyJump a\n", "t", { jump: "b" })).toEqual([`${user}@b:22`]);
    expect(way("Host t\n ProxyJump a\n", "t", { jump: null })).toEqual([]);
    expect(way("Host t\n ProxyCommand x\n", "t", { jump: "b" })).toEqual([`${user}@b:22`]);
  });

  test("that lead back to themselves are told, not followed", () => {
    for (const text of [
      "Host a\n ProxyJump b\nHost b\n ProxyJump a\n",
      "Host *\n ProxyJump b\n",
      "Host a b c\n ProxyJump c\n",
    ]) {
      const { target, remarks } = targetOf(text, "a");
      expect(target).toBeNull();
      expect(remarks.map(({ error }) => error)).toContain("hosts.leftOut.jumpLoop");
    }
  });

  test("that need a ProxyCommand are named", () => {
    const { target, remarks } = targetOf("Host t\n ProxyJump j\nHost j\n ProxyCommand x\n", "t");
    expect(target).toBeNull();
    expect(remarks).toMatchObject([{ values: { host: "j" } }]);
  });

  test("of nonsense are named", () => {
    expect(targetOf("Host t\n ProxyJump ;id\n", "t").remarks).toMatchObject([
      { error: "hosts.leftOut.badJump", values: { jump: ";id" } },
    ]);
  });
});

describe("key files", () => {
  test("have their tokens, home and environment replaced", () => {
    const text = `
Host k
  HostName real
  User bob
  Port 24
  IdentityFile ~/.ssh/%r@%h:%p
  IdentityFile %d/%n/%u/%%
  IdentityFile \${KEYS}/x
`;
    expect(targetOf(text, "k", { identityFiles: ["~/own"] }).target?.identityFiles).toEqual([
      join(home, "own"),
      join(home, ".ssh", "bob@real:24"),
      join(home, "k", user, "%"),
      "/keys/x",
    ]);
  });

  test("are ssh's own where none is named and they are there", () => {
    const key = put("id_ed25519", "");
    expect(targetOf("", "k").target?.identityFiles).toEqual([key]);
    rmSync(key);
  });
});

describe("a bad file", () => {
  const remarksOf = (text: string) => read(text).remarks;

  test("with an open quote loses that line only, and says which", () => {
    const { lines, remarks } = read('Host a\n User "x\n Port 7\n');
    expect(remarks).toMatchObject([{ error: "hosts.config.badLine", at: { line: 2 } }]);
    expect(settingsOf(lines, "a", user).port).toBe(7);
  });

  test("that includes itself comes to an end", () => {
    const file = join(home, ".ssh", "config");
    expect(remarksOf(`Include ${file}\nHost a\n`)).toMatchObject([
      { error: "hosts.config.includeTooDeep" },
    ]);
    expect(remarksOf(`Include ${file} ${file}\nHost a\n`).length).toBeLessThan(1000);
  });

  test("that is a folder is a remark, and one that is not there is nothing", () => {
    expect(readSshConfig(around(), home).remarks).toMatchObject([{ error: "hosts.config.noFile" }]);
    expect(readSshConfig(around(), join(home, "none"))).toEqual({ lines: [], remarks: [] });
  });

  test("of a bad port keeps the rest", () => {
    const { settings, remarks } = ours("Port many\nUser x\n", "a");
    expect(settings).toMatchObject({ port: 22, user: "x" });
    expect(remarks).toMatchObject([{ error: "hosts.config.badPort", values: { port: "many" } }]);
  });

  test("never makes us throw", () => {
    const token = fc.constantFrom(
      "Host",
      "Match",
      "Include",
      '"',
      "=",
      "\u0000",
      "*",
      "!",
      "exec",
      " ",
      "\n",
      "#",
      "\t",
      "Port",
      "~",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(token, fc.string())), (text) => {
        const { lines } = read(text.join(" ").replaceAll(/[*?[]/g, ""));
        settingsOf(lines, "a", user);
      }),
      { numRuns: 200 },
    );
  });
});

test("a jump host may be named by the host that is reached through it", () => {
  const text = "Host web\n HostName w.example\n User me\n Port 23\n ProxyJump %r@gate-%n:%p\n";
  expect(way(text, "web")).toEqual(["me@gate-web:23"]);
});
