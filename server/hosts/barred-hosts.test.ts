import { describe, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import type { Barrier } from "@/lib/hosts/barrier";
import type { ConfiguredHost } from "./config/configured-hosts";
import type { HostEvent } from "./held-host";
import { openHosts } from "./hosts";
import type { Barred, HostSource, KeyAnswer, Reading, SshSide } from "./source";

const facts = (host: string): HostFacts => ({
  format: "vethscope-facts/1",
  host,
  source: "live",
  at: "2026-01-01T00:00:00.000Z",
  answers: [],
  gaps: [],
});

const unreachable: Barrier = {
  kind: "unreachable",
  what: "ssh.refused.what",
  next: "ssh.refused.next",
  values: { where: "root@h:22" },
  retryAt: null,
};
const password: Barrier = {
  kind: "secret",
  question: { kind: "password", where: "root@h:22", again: false },
};
const unknownKey: Barrier = {
  kind: "unknown-key",
  where: "root@h:22",
  type: "ssh-ed25519",
  fingerprint: "SHA256:x",
  certificate: null,
};

const configured = (over: Partial<ConfiguredHost> = {}): ConfiguredHost => ({
  id: "ssh-h",
  name: "h",
  namedBy: "ssh-config",
  target: { name: "h", user: "root", host: "h", port: 22, identityFiles: [], via: [] },
  remarks: [],
  ...over,
});

const side = (over: Partial<SshSide> = {}): SshSide => ({
  configured: configured(),
  reached: () => null,
  acceptKey: async () => ({ status: "accepted" }),
  answer: () => false,
  retryNow: () => undefined,
  close: () => undefined,
  ...over,
});

const host = (
  gather: (reading: Reading) => Promise<HostFacts | Barred>,
  over: Partial<SshSide> = {},
): HostSource => ({ id: "ssh-h", source: "live", gather, ssh: side(over) });

const open = (...sources: readonly HostSource[]) => openHosts(sources, () => undefined);

describe("a host that cannot be reached", () => {
  test("keeps its last reading, and says why there is no newer one", async () => {
    const answers: (HostFacts | Barred)[] = [facts("ssh-h"), { barred: unreachable }];
    const hosts = open(host(async () => answers.shift() ?? facts("ssh-h")));
    const first = await hosts.snapshot("ssh-h");
    if (first.status !== "ready") throw new Error(first.status);
    expect(await hosts.refresh("ssh-h")).toEqual({
      status: "barred",
      barrier: unreachable,
      snapshot: first.snapshot,
    });
    expect(await hosts.snapshot("ssh-h")).toEqual(first);
    expect(hosts.entry("ssh-h")).toMatchObject({
      state: { state: "barred", barrier: unreachable },
      last: { at: "2026-01-01T00:00:00.000Z" },
    });
    await hosts.refresh("ssh-h");
    expect(hosts.entry("ssh-h")?.state).toEqual({ state: "ready" });
  });

  test("without any reading is tried by each who looks, and by a person at once", async () => {
    let tried = 0;
    let now = 0;
    const of = host(
      async () => {
        tried += 1;
        return { barred: unreachable };
      },
      { retryNow: () => (now += 1) },
    );
    const hosts = open(of);
    await hosts.snapshot("ssh-h");
    await hosts.snapshot("ssh-h");
    expect([tried, now]).toEqual([2, 0]);
    await hosts.refresh("ssh-h");
    expect([tried, now]).toEqual([3, 1]);
  });

  test("delays no other", async () => {
    const dead = host(() => new Promise(() => undefined));
    const hosts = open(dead, { id: "b", source: "live", gather: async () => facts("b") });
    void hosts.snapshot("ssh-h");
    expect((await hosts.snapshot("b")).status).toBe("ready");
    expect(hosts.entry("ssh-h")?.state).toEqual({ state: "reading" });
  });
});

describe("a host that waits for a secret", () => {
  const waiting = () => {
    const answered = Promise.withResolvers<string>();
    const of = host(
      async ({ onBarrier }) => {
        onBarrier(password);
        const secret = await answered.promise;
        if (secret === "open sesame") return facts("ssh-h");
        onBarrier({ kind: "secret", question: { ...password.question, again: true } as never });
        return new Promise(() => undefined);
      },
      {
        answer: (secret) => {
          answered.resolve(secret);
          return true;
        },
      },
    );
    return open(of);
  };

  test("says so to all who look, and keeps nobody waiting", async () => {
    const hosts = waiting();
    const barred = { status: "barred", barrier: password, snapshot: null };
    expect(await hosts.snapshot("ssh-h")).toEqual(barred);
    expect(await hosts.refresh("ssh-h")).toEqual(barred);
    expect(hosts.entry("ssh-h")?.state).toEqual({ state: "barred", barrier: password });
  });

  test("goes on with the answer, in the same reading", async () => {
    const hosts = waiting();
    const events: HostEvent[] = [];
    hosts.subscribe("ssh-h", (event) => events.push(event));
    await hosts.snapshot("ssh-h");
    expect(await hosts.answer("ssh-h", "open sesame")).toMatchObject({ look: { status: "ready" } });
    expect(events.map(({ type }) => type)).toEqual(["gathering", "barred", "snapshot"]);
    expect(JSON.stringify([hosts.list(), events])).not.toContain("sesame");
  });

  test("says what is wanted next", async () => {
    const hosts = waiting();
    await hosts.snapshot("ssh-h");
    expect(await hosts.answer("ssh-h", "wrong")).toMatchObject({
      look: { status: "barred", barrier: { question: { again: true } } },
    });
  });

  test("is not answered where nothing was asked", async () => {
    const hosts = open(
      host(async () => facts("ssh-h")),
      {
        id: "local",
        source: "live",
        gather: async () => facts("local"),
      },
    );
    const refused = { status: "refused", trouble: { error: "hosts.secret.notAsked", values: {} } };
    expect(await hosts.answer("ssh-h", "x")).toEqual(refused);
    expect(await hosts.answer("local", "x")).toEqual(refused);
    expect((await hosts.answer("nobody", "x")).status).toBe("unknown-host");
  });
});

describe("an unknown key", () => {
  test("once accepted lets the host be read; refused, nothing is read", async () => {
    let known = false;
    let readings = 0;
    const of = host(
      async () => {
        readings += 1;
        return known ? facts("ssh-h") : { barred: unknownKey };
      },
      {
        acceptKey: async (answer: KeyAnswer) => {
          known = answer.how === "unverified";
          if (known) return { status: "accepted" };
          return { status: "refused", why: { error: "hosts.key.noFingerprint", values: {} } };
        },
      },
    );
    const hosts = open(of);
    expect(await hosts.snapshot("ssh-h")).toMatchObject({ barrier: unknownKey });
    expect(await hosts.acceptKey("ssh-h", { how: "pasted", text: "x" })).toEqual({
      status: "refused",
      trouble: { error: "hosts.key.noFingerprint", values: {} },
    });
    expect(readings).toBe(1);
    const said = await hosts.acceptKey("ssh-h", { how: "unverified", fingerprint: "SHA256:x" });
    expect(said).toMatchObject({ status: "done", look: { status: "ready" } });
  });
});

describe("hosts come and go", () => {
  /** `new?key`: with that key. */
  const added = (line: string): HostSource => {
    const [name = "", ...identityFiles] = line.split("?");
    const target = { name, user: "root", host: name, port: 22, identityFiles, via: [] };
    return {
      id: `ssh-${name}`,
      source: "live",
      gather: async () => facts(identityFiles[0] ?? "no key"),
      ssh: side({ configured: configured({ id: `ssh-${name}`, name, namedBy: "page", target }) }),
    };
  };
  const sample: HostSource = {
    id: "sample",
    source: "recorded",
    gather: async () => facts("sample"),
  };
  const growing = () =>
    openHosts([host(async () => facts("ssh-h")), sample], () => undefined, {
      remarks: [],
      sourceOf: (line) =>
        line.includes(" ")
          ? { status: "unreadable", part: line }
          : { status: "read", source: added(line) },
    });

  test("one that is typed is listed before recordings, and once", async () => {
    const hosts = growing();
    expect(hosts.add("new")).toEqual({ status: "added", host: "ssh-new" });
    expect(hosts.add("new")).toEqual({ status: "there", host: "ssh-new" });
    expect(hosts.add("a b")).toEqual({ status: "unreadable", part: "a b" });
    expect(hosts.list().map(({ id }) => id)).toEqual(["ssh-h", "ssh-new", "sample"]);
    expect((await hosts.snapshot("ssh-new")).status).toBe("ready");
  });

  test("one that is typed again with another key is reached by that", async () => {
    const hosts = growing();
    hosts.add("new?first");
    await hosts.snapshot("ssh-new");
    expect(hosts.add("new?second")).toEqual({ status: "added", host: "ssh-new" });
    expect(await hosts.snapshot("ssh-new")).toMatchObject({
      snapshot: { topology: { host: { name: "second" } } },
    });
    expect(hosts.list()).toHaveLength(3);
  });

  test("one that is configured stays as it is configured, and that is said", () => {
    const hosts = growing();
    expect(hosts.add("h")).toEqual({ status: "there", host: "ssh-h" });
    expect(hosts.add("h?other")).toEqual({ status: "configured", name: "h" });
  });

  test("only one that was typed goes again", async () => {
    const hosts = growing();
    hosts.add("new");
    expect(await hosts.remove("ssh-h")).toBe("not-removable");
    expect(await hosts.remove("sample")).toBe("not-removable");
    expect(await hosts.remove("ssh-new")).toBe("removed");
    expect(await hosts.remove("ssh-new")).toBe("unknown-host");
    expect((await hosts.snapshot("ssh-new")).status).toBe("unknown-host");
  });
});

test("a host that cannot be used says so before it is looked at", () => {
  const hosts = open(
    host(async () => facts("ssh-h"), { configured: configured({ target: null }) }),
  );
  expect(hosts.list()).toMatchObject([
    { state: { state: "barred", barrier: { kind: "unusable" } }, ssh: { address: null } },
  ]);
});

test("the list says who and where, and what the last reading found", async () => {
  const target = {
    name: "h",
    user: "u",
    host: "::1",
    port: 23,
    identityFiles: ["/secret/key"],
    via: [{ name: "j", user: "v", host: "j", port: 22, identityFiles: [], via: [] }],
  };
  const of = host(async () => facts("ssh-h"), {
    configured: configured({ target }),
    reached: () => ({ rights: "sudo", unverified: true, authorities: ["known_hosts:1"] }),
  });
  const hosts = open(of);
  await hosts.snapshot("ssh-h");
  expect(hosts.entry("ssh-h")).toEqual({
    id: "ssh-h",
    source: "live",
    name: "h",
    state: { state: "ready" },
    last: {
      at: "2026-01-01T00:00:00.000Z",
      // It did not say what it calls itself, nor anything else.
      hostName: "h",
      told: false,
      engine: null,
      running: 0,
      stopped: 0,
      namespaces: expect.any(Number),
      unread: expect.any(Number),
      maybeTwice: 0,
    },
    ssh: {
      address: "u@[::1]:23",
      via: ["v@j:22"],
      namedBy: "ssh-config",
      remarks: [],
      rights: "sudo",
      unverified: true,
      authorities: ["known_hosts:1"],
    },
    engineOnly: null,
  });
});

test("closing ends also what waits for a person", async () => {
  const closed = Promise.withResolvers<void>();
  const of = host(
    async ({ onBarrier }) => {
      onBarrier(password);
      await closed.promise;
      return { barred: password };
    },
    { close: () => closed.resolve() },
  );
  const hosts = open(of);
  await hosts.snapshot("ssh-h");
  await hosts.close();
  expect((await hosts.refresh("ssh-h")).status).toBe("failed");
});
