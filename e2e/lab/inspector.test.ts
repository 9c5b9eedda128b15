import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type SelfCheck, selfChecks } from "@/components/inspector/self-checks";
import { type TopologyIndex, topologyIndex } from "@/components/workbench/topology-index";
import type { Details, Opened, OpenedQuestion, OpenedValue } from "@/lib/details/model";
import { key } from "@/lib/net/ids";
import { gather } from "@/server/gather/gather";
import { type HeldHost, holdHost } from "@/server/hosts/held-host";
import { engineOf } from "./engine";
import { plainImage } from "./image";
import { lab, labHost, onHost } from "./lab-env";
import { besideLabHost } from "./lab-facts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const host = labHost();
const engine = engineOf(host);
const bugs: unknown[] = [];
const held: HeldHost = holdHost(
  {
    id: "lab1",
    source: "live",
    gather: async (reading) =>
      gather(await besideLabHost(), { host: "lab1", source: "live", ...reading }),
    way: async () => ({ transport: await besideLabHost(), leave: () => undefined }),
  },
  (error) => bugs.push(error),
);

const sharers = ["keeps-pages", "reads-pages"] as const;

/** Two containers that share a volume, and a folder of the host of which one may only read. */
async function startSharers(): Promise<void> {
  for (const [at, name] of sharers.entries()) {
    const container = await engine.createContainer({
      name,
      Image: plainImage,
      Cmd: ["/bin/busybox", "sleep", "99999"],
      HostConfig: {
        NetworkMode: "none",
        Binds: ["pages:/pages", `/etc:/host-etc${at === 0 ? "" : ":ro"}`],
        Tmpfs: { "/scratch": "" },
      },
    });
    await container.start();
  }
}

let snapshot = "";
let index: TopologyIndex;
beforeAll(async () => {
  await startSharers();
  // So that the bridge has learned the address of web.
  await onHost(host, ["docker", "exec", "web", "ping", "-c", "1", "-W", "2", "172.17.0.1"]);
  const look = await held.refresh();
  if (look.status !== "ready") throw new Error(look.status);
  snapshot = look.snapshot.id;
  index = topologyIndex(look.snapshot.topology);
});

afterAll(async () => {
  await held.close();
  for (const name of sharers) await engine.getContainer(name).remove({ force: true });
  await engine.getVolume("pages").remove();
  expect(bugs).toEqual([]);
});

const told = (of: string): Details => {
  const answer = held.details(snapshot, key(of));
  if (answer.status !== "told") throw new Error(`${of}: ${answer.status}`);
  return answer.value;
};

const opened = async (question: OpenedQuestion, of: string): Promise<Opened> => {
  const answer = await held.open(snapshot, question, key(of));
  if (answer.status !== "told") throw new Error(`${question} of ${of}: ${answer.status}`);
  return answer.value;
};

const answerTo = <Question extends OpenedQuestion>(
  answer: Opened,
  question: Question,
): Extract<OpenedValue, { readonly question: Question }> => {
  if (answer.status !== "read" || answer.value.question !== question)
    throw new Error(JSON.stringify(answer));
  return answer.value as Extract<OpenedValue, { readonly question: Question }>;
};

const pairOf = (of: string) => {
  const thing = index.thing(key(`pair:${of}`));
  if (thing?.kind !== "pair") throw new Error(`${of} is no pair`);
  return thing.pair;
};

/** lsns prints columns, and brctl tabs; `…` stands for anything. */
const inOrder = (prints: string): RegExp =>
  new RegExp(
    prints
      .split(/\s*…\s*/)
      .map((part) =>
        part
          .trim()
          .split(/\s+/)
          .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
          .join("\\s+"),
      )
      .join("[^]*"),
  );

const expectPrinted = async ({ command, prints }: SelfCheck): Promise<void> => {
  const { stdout, stderr } = await onHost(host, ["sh", "-c", command]);
  expect(stdout, `${command}\n${stderr}`).toMatch(inOrder(prints ?? "."));
};

test.each(["peer:ctr:web/eth0", "peer:ctr:api/eth0", "peer:ctr:db/eth1", "peer:ctr:modern-1/eth0"])(
  "what the card of %s says to type prints what it says",
  async (of) => {
    const checks = selfChecks(index, pairOf(of));
    expect(checks.length).toBeGreaterThanOrEqual(5);
    for (const check of checks) await expectPrinted(check);
  },
);

test("the table that the bridge learned is among what can be checked, once there was traffic", () => {
  const commands = selfChecks(index, pairOf("peer:ctr:web/eth0")).map(({ command }) => command);
  expect(commands.some((command) => command.startsWith("bridge fdb show br docker0"))).toBe(true);
});

test("the tools that the card asks for are those that the host has", async () => {
  const { tools } = answerTo(await opened("tools", "host:lab1"), "tools");
  const { stdout } = await onHost(host, [
    ...["sh", "-c", 'for each in ip brctl podman; do command -v "$each"; done'],
  ]);
  for (const tool of ["ip", "brctl", "podman"])
    expect(tools.includes(tool), tool).toBe(stdout.includes(`/${tool}\n`));
});

test("a bridge's table is asked anew, and each address is that of an interface that was read", async () => {
  const answer = await opened("macs", "if:host/docker0");
  const { macs } = answerTo(answer, "macs");
  const { far, near } = pairOf("peer:ctr:web/eth0");
  expect(macs).toContainEqual({
    mac: far.mac,
    kind: "learned",
    vlan: null,
    portName: near.name,
    port: "peer:ctr:web/eth0",
    link: "if:ctr:web/eth0",
  });
  expect(macs.every(({ link }) => link !== null)).toBe(true);
  expect(answer.status === "read" && answer.command).toBe("bridge -j fdb show br docker0");
});

test("a virtual device has no driver, and the host says no more of it", async () => {
  const { device } = answerTo(await opened("device", "if:host/eth0"), "device");
  expect(device).toMatchObject({ driver: null, bus: null });
});

test("an image is its layers and its size, and nothing of its environment leaves the engine", async () => {
  const answer = await opened("image", "ctr:web");
  const image = answerTo(answer, "image");
  const { RootFS, Size } = await engine.getImage("lab-busybox-with-secret:1").inspect();
  expect(image).toEqual({ question: "image", layers: RootFS.Layers, size: Size });
  expect(JSON.stringify(answer)).not.toContain(lab().secretMark);
});

test("what is not there cannot be asked about, and names of a request never reach the host", async () => {
  for (const of of ["if:host/$(id)", "ctr:nobody", "net:shop"]) {
    expect(await held.open(snapshot, "macs", key(of))).toEqual({ status: "nothing" });
    expect(await held.open(snapshot, "image", key(of))).toEqual({ status: "nothing" });
  }
  expect(await held.open("another", "macs", key("if:host/docker0"))).toEqual({ status: "gone" });
});

test("mounts tell source, target and rights, and who else has them", () => {
  const { mounts = [] } = told("ctr:reads-pages").container ?? {};
  const byTarget = new Map(mounts.map((each) => [each.destination, each]));
  expect(byTarget.get("/pages")).toMatchObject({
    type: "volume",
    name: "pages",
    writable: true,
    sharedWith: ["ctr:keeps-pages"],
  });
  expect(byTarget.get("/host-etc")).toMatchObject({
    type: "bind",
    source: "/etc",
    writable: false,
    propagation: "rprivate",
    sharedWith: ["ctr:keeps-pages"],
  });
});

test("the fields of an interface are those that ip prints on the host", async () => {
  const { link } = told("peer:ctr:web/eth0");
  const { name } = pairOf("peer:ctr:web/eth0").near;
  const { stdout } = await onHost(host, ["ip", "-d", "-j", "addr", "show", "dev", name]);
  const [row] = JSON.parse(stdout) as {
    qdisc: string;
    flags: string[];
    addr_info: { local: string; scope: string }[];
  }[];
  expect(link).toMatchObject({ qdisc: row?.qdisc, flags: row?.flags });
  expect(link?.addresses.map(({ address, scope }) => [address, scope])).toEqual(
    row?.addr_info.map(({ local, scope }) => [local, scope]),
  );
  expect(link?.port).toMatchObject({ state: "forwarding", isolated: false, learning: true });
});
