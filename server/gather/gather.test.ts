import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { netnsLabel } from "@/lib/net/ids";
import { catalogue } from "@/lib/probes/catalogue";
import { netnsPaths } from "@/lib/probes/netns-paths";
import { local } from "@/server/transport/local";
import type { Transport } from "@/server/transport/port";
import { recorded } from "@/server/transport/recorded";
import { gather } from "./gather";

// Processes are started in every test, and other tests run beside these.
vi.setConfig({ testTimeout: 30_000 });

/** This machine's own namespace only: what else runs here is no part of these tests. */
const ownOnly = catalogue.map((probe) =>
  probe === netnsPaths
    ? {
        ...netnsPaths,
        ask: { kind: "script" as const, script: 'stat -L -c "%d %i %n" /proc/self/ns/net' },
      }
    : probe,
);
const probes = ownOnly.filter(({ name }) => name !== "mountinfo");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vethscope-tools-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** This machine with other tools first in its PATH. */
function withTools(tools: Readonly<Record<string, string>>, env = {}): Promise<Transport> {
  const bin = mkdtempSync(join(folder, "bin-"));
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const { PATH = "" } = process.env;
  return local({ env: { DOCKER_HOST: "unix:///nowhere", PATH: `${bin}:${PATH}`, ...env } });
}

const ask = (transport: Transport, options = {}): Promise<HostFacts> =>
  gather(transport, { host: "local", probes, ...options });
const answer = (facts: HostFacts, probe: string) => {
  const found = facts.answers.find((each) => each.probe === probe);
  if (found === undefined) throw new Error(`no answer to ${probe}`);
  return found;
};
/** Every question of a machine without other namespaces, and the last look. */
const all = [
  ...probes
    .filter(({ scope }) => ["machine", "netns", "host-netns", "rules"].includes(scope))
    .map(({ name }) => name),
  "netns-paths-after",
].sort();

test("a host's own namespace is asked directly, each question answered in its own words", async () => {
  const facts = await ask(await withTools({}));
  expect(facts.answers.map(({ probe }) => probe).sort()).toEqual(all);
  const own = netnsLabel(/^\d+ (\d+)/.exec(answer(facts, "netns-paths").stdout)?.[1] ?? "");
  expect(answer(facts, "ip-addr")).toMatchObject({
    id: `ip-addr@${own}`,
    netns: own,
    entered: null,
    asked: { kind: "command", argv: ["ip", "-d", "-s", "-j", "addr", "show"] },
    exit: 0,
    cut: false,
  });
  expect(JSON.parse(answer(facts, "ip-addr").stdout)[0].ifname).toBe("lo");
  expect(facts.gaps).toEqual([
    { probe: null, netns: null, reason: "no-engine", socket: "/nowhere" },
  ]);
});

test("what was recorded answers as it did", async () => {
  const live = await ask(await withTools({ bridge: "echo partly; echo why >&2; exit 3" }));
  const again = await ask(recorded(live));
  const words = (facts: HostFacts) =>
    facts.answers.map(({ at: _, ms: __, ...rest }) => rest).sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(words(again)).toEqual(words(live));
  expect(again.gaps).toEqual(live.gaps);
});

test("a command that hangs costs its own answer only", async () => {
  const facts = await ask(await withTools({ ip: "echo early; sleep 300; echo late" }), {
    deadlineMs: 300,
  });
  expect(answer(facts, "ip-addr")).toMatchObject({ stdout: "", exit: null, cut: false });
  expect(answer(facts, "identity").stdout).toContain("boot_id");
  expect(answer(facts, "bridge-fdb").exit).not.toBeNull();
  expect(facts.answers.length + facts.gaps.length).toBeGreaterThanOrEqual(all.length);
});

test("ten megabytes of garbage are cut off, and the answers beside them are whole", async () => {
  const facts = await ask(
    await withTools({ bridge: "while :; do head -c 1000000 /dev/urandom; done" }),
    {
      outputBytes: 100_000,
    },
  );
  const garbage = answer(facts, "bridge-fdb");
  expect(garbage).toMatchObject({ cut: true, exit: null });
  expect(garbage.stdout.length).toBeLessThanOrEqual(100_000);
  expect(JSON.parse(answer(facts, "ip-addr").stdout)[0].ifname).toBe("lo");
  expect(answer(facts, "netns-paths-after").exit).toBe(0);
});

test("a batch that is cut in the middle keeps what came before", async () => {
  const routes = `i=0; while [ $i -lt 9999 ]; do printf '{"type":"unicast","dst":"10.0.0.%s"},' $i; i=$((i+1)); done`;
  const facts = await ask(
    await withTools({ ip: `echo '[{"ifindex":1,"ifname":"lo"}]'; printf '['; ${routes}` }),
    { outputBytes: 5000 },
  );
  expect(answer(facts, "ip-addr")).toMatchObject({ exit: 0, cut: false });
  expect(answer(facts, "ip-route")).toMatchObject({ exit: null, cut: true });
  expect(answer(facts, "ip-netns-ids")).toMatchObject({ stdout: "", exit: null, cut: true });
});

test("bytes that are no text, a missing line break, and words on both streams come back", async () => {
  const facts = await ask(
    await withTools({
      bridge: "printf 'a\\000b\\377\\n\\nlast'; printf 'err\\033[2J' >&2; exit 7",
      lsns: "printf '\\nvethscope-0 e 5 0\\n'",
    }),
  );
  expect(answer(facts, "bridge-fdb")).toMatchObject({
    stdout: "a\0b\ufffd\n\nlast",
    stderr: "err\u001b[2J",
    exit: 7,
  });
  expect(answer(facts, "lsns").stdout).toBe("\nvethscope-0 e 5 0\n");
});

test("a command that is not there is told by its status, and the rest goes on", async () => {
  const bare = { PATH: mkdtempSync(join(folder, "empty-")) };
  const facts = await ask(await withTools({ bridge: "exec vethscope-no-such-tool" }, {}));
  expect(answer(facts, "bridge-fdb").exit).toBe(127);
  expect(answer(facts, "ip-addr").exit).toBe(0);
  // Without any PATH there is no shell either.
  expect(
    (await ask(await local({ env: { DOCKER_HOST: "unix:///nowhere", ...bare } }))).gaps,
  ).toEqual(expect.arrayContaining([expect.objectContaining({ reason: "no-shell", netns: null })]));
});

/** One that has what is needed; else another form of the question would be tried. */
const lsnsThat = (does: string): string => `test "$1" = --help && echo NETNSID && exit; ${does}`;

test("a command that fails without a word, as lsns does on a busy machine, is asked once more", async () => {
  const count = join(folder, "count");
  const facts = await ask(
    await withTools({ lsns: lsnsThat(`echo x >>${count}; [ $(wc -l <${count}) = 2 ] && echo NS`) }),
  );
  expect(answer(facts, "lsns")).toMatchObject({ stdout: "NS\n", exit: 0 });
  const mute = await ask(await withTools({ lsns: lsnsThat("exit 1") }));
  expect(answer(mute, "lsns")).toMatchObject({ stdout: "", exit: 1 });
});

/** Refuses -j with the words of iproute2 4.9; the rest is the real one. */
const textOnly = `case " $* " in *" -j "*) echo 'Option "-j" is unknown, try "ip -help".' >&2; exit 255 ;; esac
PATH=\${PATH#*:} exec ip "$@"`;

test("ip is asked for text when it knows no JSON, in the same exec, and what it refused is no answer", async () => {
  const facts = await ask(await withTools({ ip: textOnly }));
  const addr = answer(facts, "ip-addr");
  expect(addr).toMatchObject({
    asked: { argv: ["ip", "-d", "-s", "addr", "show"] },
    form: 1,
    stderr: "",
    exit: 0,
  });
  expect(addr.stdout).toMatch(/^1: lo: </);
  expect(answer(facts, "ip-route").stdout).not.toMatch(/^\d+: /m);
  const again = await ask(recorded(facts));
  expect(answer(again, "ip-addr")).toMatchObject({
    ...addr,
    at: expect.any(String),
    ms: expect.any(Number),
  });
});

test("an ip that fails for another reason is not asked in other forms", async () => {
  const facts = await ask(await withTools({ ip: 'test "$2" = -V && exit 0; echo no >&2; exit 2' }));
  expect(answer(facts, "ip-addr")).toMatchObject({ stderr: "no\n", exit: 2 });
  expect(answer(facts, "ip-addr").form).toBeUndefined();
});

test("a shell that dies in the middle costs one answer: another one asks on", async () => {
  const facts = await ask(await withTools({ bridge: "kill -9 $PPID; sleep 1" }));
  expect(answer(facts, "bridge-fdb").exit).toBeNull();
  expect(answer(facts, "ip-addr").exit).toBe(0);
  expect(facts.answers.map(({ probe }) => probe).sort()).toEqual(all);
});

test("an abort ends the gathering and what it started", async () => {
  const mark = randomUUID();
  const transport = await withTools({ ip: "sleep 300" }, { VETHSCOPE_TEST: mark });
  const stop = new AbortController();
  const gathering = ask(transport, { signal: stop.signal });
  await until(() => marked(mark).some(({ command }) => command.includes("sleep 300")));
  stop.abort(new Error("enough"));
  await expect(gathering).rejects.toThrow("enough");
  await until(() => marked(mark).length === 0);
});

test("killed with -9 in the middle, Vethscope leaves nothing running", async () => {
  const mark = randomUUID();
  const bin = mkdtempSync(join(folder, "slow-"));
  writeFileSync(join(bin, "ip"), "#!/bin/sh\nsleep 300 & sleep 301\n", { mode: 0o755 });
  const { PATH = "" } = process.env;
  const program = `
    import { local } from "@/server/transport/local";
    import { gather } from "@/server/gather/gather";
    await gather(await local({ env: { PATH: "${bin}:${PATH}", VETHSCOPE_TEST: "${mark}" } }), { host: "x" });
  `;
  const child = spawn(
    process.execPath,
    ["--import", "./server/cli/ts-paths.mjs", "--input-type=module", "-e", program],
    { stdio: "ignore" },
  );
  await until(() => marked(mark).some(({ command }) => command.includes("sleep 301")));
  child.kill("SIGKILL");
  await until(() => marked(mark).length === 0);
});

type Process = { readonly pid: string; readonly command: string };

/** Processes that inherited this mark, however their group and parents are called by now. */
function marked(mark: string): readonly Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid): readonly Process[] => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark)
          ? [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") }]
          : [];
      } catch {
        // Ended meanwhile, or another user's.
        return [];
      }
    });
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 8000; waited += 50) {
    if (holds()) return;
    await sleep(50);
  }
  throw new Error("it did not come to that within 8 s");
}
