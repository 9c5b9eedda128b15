import { beforeAll, expect, test, vi } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import { catalogue } from "@/lib/probes/catalogue";
import { openFile } from "@/lib/share/open-file";
import { collectScript } from "@/server/gather/collect/collect-script";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import { claims, knownPairs, wrongClaims } from "./known-pairs";
import { labHost, onHost } from "./lab-env";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const script = "/run/vethscope-collect.sh";
const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

beforeAll(async () => {
  const put = ["sh", "-c", `cat >${script} && chmod 644 ${script}`];
  await onHost(labHost(), put, collectScript(wordsIn("en")));
  return async () => {
    await onHost(labHost(), ["rm", "-f", script]);
  };
});

async function opened(text: string): Promise<HostFacts> {
  const file = await openFile(new TextEncoder().encode(text));
  if (file.kind !== "facts") throw new Error(JSON.stringify(file).slice(0, 300));
  return file.facts;
}

/** What the script writes when the host runs it. */
const collected = async (...before: readonly string[]): Promise<HostFacts> => {
  const { stdout, stderr, code } = await onHost(labHost(), [...before, script, "-"]);
  if (code !== 0) throw new Error(stderr);
  return opened(stdout);
};

const live = async () => gather(await local({ through: labHost().pid }), { host: "lab" });

const inOrder = (facts: HostFacts) =>
  claims(understand(facts)).toSorted((a, b) => (a.end < b.end ? -1 : 1));

test.each([["dash"], ["bash"], ["busybox", "sh"]])(
  "run by %s, its file gives the pairs that a live reading gives",
  async (...shell) => {
    const [file, now] = [await collected(...shell), await live()];
    expect(inOrder(file)).toEqual(inOrder(now));
    expect(wrongClaims(understand(file))).toEqual([]);
    expect(inOrder(file).filter(({ proof }) => proof === "exact")).toHaveLength(knownPairs().size);
  },
);

test("containers, networks, routes and rules are those of a live reading", async () => {
  const [file, now] = [understand(await collected("sh")), understand(await live())];
  const names = (rows: readonly { readonly name: string }[]) => rows.map(({ name }) => name).sort();
  expect(names(file.containers)).toEqual(names(now.containers));
  expect(names(file.networks)).toEqual(names(now.networks));
  expect(file.containers.flatMap(({ ports }) => ports)).toHaveLength(
    now.containers.flatMap(({ ports }) => ports).length,
  );
  expect(file.routes).toHaveLength(now.routes.length);
  expect(file.host.engine.status).toBe("read");
  expect(file.gaps).toEqual(now.gaps);
});

test("every answer is to a question of the catalogue, as one would type it", async () => {
  const [file, now] = [await collected("sh"), await live()];
  const known = new Set(catalogue.map(({ name }) => name));
  expect(file.answers.filter(({ probe }) => !known.has(probe))).toEqual([]);
  const askedOf = ({ answers }: HostFacts) =>
    new Map(answers.map(({ id, asked, stdout }) => [id, { asked, said: stdout !== "" }]));
  const [there, here] = [askedOf(file), askedOf(now)];
  // It looks at each path again by itself, and decides by simpler signs which other maps to ask for.
  const others = [...here].filter(
    ([id, said]) =>
      !/^lsns-observer@|-after$/.test(id) && JSON.stringify(there.get(id)) !== JSON.stringify(said),
  );
  expect(others).toEqual([]);
});

test("nobody in particular gets a file with gaps, and no wrong pair", async () => {
  const { stdout, stderr } = await onHost(labHost(), [...nobody, "sh", script, "-"]);
  const topology = understand(await opened(stdout));
  expect(stderr).toContain("Not run as root");
  expect(wrongClaims(topology)).toEqual([]);
  const home = (end: string): string => end.slice(0, end.lastIndexOf("/"));
  const across = claims(topology).filter(({ end, other }) => home(end) !== home(other));
  expect(across.filter(({ proof }) => proof === "exact")).toEqual([]);
  expect(topology.gaps.map(({ reason }) => reason)).toContain("engine-denied");
});

test("without curl the engine is asked by what docker brings", async () => {
  const hide = 'mount --bind /dev/null "$(command -v curl)" && exec sh "$@"';
  const file = await collected("unshare", "--mount", "sh", "-c", hide, "sh");
  expect(understand(file).host.engine.status).toBe("read");
});

const notes = "/run/vethscope-notes";

/** What a script could leave behind: files, mounts, links, kernel modules, processes. */
async function state(): Promise<readonly string[]> {
  const all = [
    ["cat", "/proc/1/mountinfo"],
    ["ls", "-A", notes, "/run", "/run/netns", "/root"],
    ["ip", "-d", "link"],
    ["cat", "/proc/modules"],
    [
      "sh",
      "-c",
      "ps -eo args= | sort | grep -v -e ' ps ' -e '^ps ' -e '^sort' -e '^grep' -e '^sh -c'",
    ],
  ];
  const said = await Promise.all(all.map((argv) => onHost(labHost(), argv)));
  return said.map(({ stdout }) => stdout.replace(/ *\d+\.\d+/g, " T"));
}

test("the host stays as it was, but for the file, which is its owner's alone and never overwritten", async () => {
  await onHost(labHost(), ["mkdir", "-p", notes]);
  const before = await state();
  const file = "/run/vethscope-test.facts.json";
  const first = await onHost(labHost(), ["env", `TMPDIR=${notes}`, "sh", script, file]);
  expect(first).toMatchObject({ code: 0, stdout: "" });
  expect((await onHost(labHost(), ["stat", "-c", "%a %U", file])).stdout).toBe("600 root\n");
  const second = await onHost(labHost(), ["sh", script, file]);
  expect(second.code).not.toBe(0);
  expect(second.stderr).toContain("not overwritten");
  await onHost(labHost(), ["rm", file]);
  expect(await state()).toEqual(before);
  await onHost(labHost(), ["rmdir", notes]);
});

test("no environment, command or foreign label of a container is in the file", async () => {
  const ids = (await onHost(labHost(), ["docker", "ps", "-aq"])).stdout.trim().split("\n");
  const format =
    "{{range .Config.Env}}{{println .}}{{end}}{{range .Config.Cmd}}{{println .}}{{end}}";
  const { stdout } = await onHost(labHost(), ["docker", "inspect", "-f", format, ...ids]);
  const secrets = [...new Set(stdout.split("\n").filter((line) => line.length > 6))];
  expect(secrets.length).toBeGreaterThan(0);
  const engine = (await collected("sh")).answers.filter(({ asked }) => asked.kind === "engine");
  expect(engine).toHaveLength(4);
  const text = engine.map((answer) => answer.stdout).join("\n");
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});
