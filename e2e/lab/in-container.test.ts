import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { understand } from "@/lib/pipeline";
import type { Topology } from "@/lib/topology/model";
import { rights } from "@/lib/topology/rights";
import { claims, knownPairs, wrongClaims } from "./known-pairs";
import { lab, labHost, onHost } from "./lab-env";
import { hostScript } from "./ssh-users";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/**
 * On a real host PID 2 is kthreadd, by which a container that shows the host's processes is told from one
 * that shows another container's. The lab host's pid namespace is not the first: it gets one by that name.
 */
const secondProcess = `
cp "$(command -v sleep)" /run/kthreadd
for attempt in 1 2 3 4 5 6 7 8 9; do
  echo 1 >/proc/sys/kernel/ns_last_pid
  /run/kthreadd infinity >/dev/null 2>&1 </dev/null &
  test "$!" = 2 && exit 0
  kill "$!"
done
exit 1`;

beforeAll(async () => {
  await hostScript(secondProcess);
  expect(await hostScript("cat /proc/2/comm")).toBe("kthreadd\n");
});
afterAll(async () => {
  await hostScript("kill 2; rm /run/kthreadd");
});

const folders = ["/usr", "/lib", "/lib64", process.cwd()];

/** What Vethscope gathers in a container that was started with these flags, left to find out where it is. */
async function seenWith(...flags: readonly string[]): Promise<Topology> {
  const root = process.cwd();
  const { stdout, stderr, code } = await onHost(labHost(), [
    ...["docker", "run", "--rm", "--network=none", ...flags],
    ...folders.flatMap((folder) => ["-v", `${folder}:${folder}:ro`]),
    ...["-w", root, "lab-busybox:1", `${root}/node_modules/node/bin/node`],
    ...["--import", "./server/cli/ts-paths.mjs", "e2e/lab/print-facts.ts"],
  ]);
  if (code !== 0) throw new Error(stderr);
  return understand(JSON.parse(stdout));
}

const ownInode = ({ host, namespaces }: Topology): number | null =>
  namespaces.find(({ id }) => id === host.netns)?.inode ?? null;

const caps = ["--cap-add=SYS_PTRACE", "--cap-add=SYS_ADMIN"];

test("with the host's pids, SYS_PTRACE and SYS_ADMIN it finds the host and shows all of it", async () => {
  const topology = await seenWith("--pid=host", ...caps);
  expect(ownInode(topology)).toBe(lab().host_netns);
  expect(topology.host.name).toBe("lab1");
  expect(topology.host.engine).toMatchObject({ status: "read" });
  expect(wrongClaims(topology)).toEqual([]);
  const exact = claims(topology).filter(({ proof }) => proof === "exact");
  expect(exact.length).toBeGreaterThanOrEqual(knownPairs().size);
});

test("without these rights it stays where it is, says what is missing, and claims nothing wrong", async () => {
  const topology = await seenWith("--pid=host");
  expect(ownInode(topology)).not.toBe(lab().host_netns);
  expect(wrongClaims(topology)).toEqual([]);
  const states = new Map(rights(topology).map(({ name, state }) => [name, state]));
  expect(states.get("enter-namespaces")).toBe("missing");
  expect(states.get("ask-engine")).toBe("missing");
});

test.each([
  ["pids of its own", [] as readonly string[]],
  ["the pids of another container", ["--pid=container:web"]],
])("with %s it takes no other container for the host", async (_, flags) => {
  const topology = await seenWith(...flags, ...caps);
  expect(ownInode(topology)).not.toBe(lab().host_netns);
  expect(topology.host.name).not.toBe("lab1");
  expect(topology.links.filter(({ kind }) => kind === "veth")).toEqual([]);
});
