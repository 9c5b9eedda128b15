import { execFileSync } from "node:child_process";
import { beforeAll, expect, test, vi } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { gather } from "@/server/gather/gather";
import { lab, labHost, onHost } from "./lab-env";
import { besideLabHost, gatherLabHost } from "./lab-facts";

vi.setConfig({ testTimeout: 30_000 });

const host = labHost();
const truth = lab();

let facts: HostFacts;
beforeAll(async () => {
  facts = await gatherLabHost();
});

const said = async (...argv: string[]): Promise<string> => (await onHost(host, argv)).stdout;

test("every namespace that holds an end of a known pair was read, and is called by its inode", () => {
  const read = new Set(
    facts.answers
      .filter(({ probe, exit }) => probe === "ip-addr" && exit === 0)
      .map(({ netns }) => netns),
  );
  for (const { netns, of } of truth.veth_pairs.flat()) {
    expect([...read], of.join()).toContain(`${netns}`);
  }
});

test("only the host's own namespace is asked without entering it", () => {
  const direct = facts.answers.filter(
    ({ probe, entered }) => probe === "ip-addr" && entered === null,
  );
  expect(direct.map(({ netns }) => netns)).toEqual([`${truth.host_netns}`]);
});

test("nothing that should answer on this host is missing", () => {
  expect(facts.gaps).toEqual([]);
  expect(facts.answers.filter(({ exit, cut }) => exit === null || cut)).toEqual([]);
  expect(facts.answers.filter(({ asked }) => asked.kind === "engine")).toHaveLength(4);
});

test("a secret in environment, command, image and label is in no fact", async () => {
  expect(await said("docker", "inspect", "web")).toContain(truth.secretMark);
  expect(JSON.stringify(facts)).not.toContain(truth.secretMark);
});

/** Timers of a bridge run, and packet counts grow by themselves. */
const still = (text: string): string =>
  text
    .replace(/ *\d+\.\d+/g, " T")
    .replace(/\[\d+:\d+\]/g, "[]")
    .replace(/^#.*$/gm, "");

test("links, rules, mounts and namespaces of the host are the same before and after", async () => {
  const state = async (): Promise<readonly string[]> =>
    Promise.all([
      said("ip", "-d", "link", "show"),
      said("iptables-save").then(still),
      said("nft", "-s", "list", "ruleset"),
      said("cat", "/proc/self/mountinfo"),
      said("ls", "/run/netns"),
      said("sysctl", "-a", "--pattern", "^net[.]ipv4[.](ip_forward|conf[.])"),
    ]).then((parts) => parts.map(still));
  const before = await state();
  await gatherLabHost();
  expect(await state()).toEqual(before);
});

test("an answer does not count when its namespace went while the host was read", async () => {
  await said("ip", "netns", "add", "passing");
  const inode = (await said("stat", "-L", "-c", "%i", "/run/netns/passing")).trim();
  const seen = await gather(await besideLabHost(), {
    host: "lab1",
    onProgress: ({ phase, done }) => {
      // After its answers, before the last look.
      if (phase === "settling" && done === 0) {
        execFileSync("nsenter", ["-t", `${host.pid}`, "-m", "-n", "ip", "netns", "del", "passing"]);
      }
    },
  });
  expect(seen.answers.filter(({ netns }) => netns === inode)).toEqual([]);
  expect(seen.gaps).toEqual([{ probe: null, netns: inode, reason: "netns-gone" }]);
});

test("few processes are started: one and a pipe for each namespace, and a constant number beside", async () => {
  // Pids are dealt out in order in each pid namespace: only what starts on this host is counted.
  const lastPid = async (): Promise<number> =>
    Number((await onHost(labHost(), ["cat", "/proc/sys/kernel/ns_last_pid"])).stdout);
  const namespaces = new Set(facts.answers.flatMap(({ netns }) => netns ?? [])).size;
  const before = await lastPid();
  await gatherLabHost();
  const started = (await lastPid()) - before;
  expect(started).toBeGreaterThan(namespaces);
  expect(started).toBeLessThan(3 * namespaces + 100);
});
