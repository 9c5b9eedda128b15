import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { catalogue } from "@/lib/probes/catalogue";
import { gather } from "@/server/gather/gather";
import { hostSteps } from "@/server/gather/plan";
import { runLane, type StepOutput } from "@/server/gather/run-lane";
import { laneScript } from "@/server/gather/script";
import { type EnginePath, enginePaths } from "@/server/transport/engine-fields";
import type { Lane, Transport } from "@/server/transport/port";
import { recorded } from "@/server/transport/recorded";
import { besideLabHost, gatherLabHost, spoken } from "./lab-facts";
import { sshWorld } from "./ssh-users";

vi.setConfig({ testTimeout: 30_000 });

/** What every way to a host keeps to. A new transport is one more line in this table. */
const transports: Readonly<Record<string, (facts: HostFacts) => Promise<Transport>>> = {
  local: () => besideLabHost(),
  recorded: (facts) => Promise.resolve(recorded(facts)),
  ssh: async () => (await ssh.reached()).transport,
};

const ssh = sshWorld();
afterAll(ssh.end);

let facts: HostFacts;
beforeAll(async () => {
  facts = await gatherLabHost();
});

const limits = () => ({ outputBytes: 1 << 23, budget: { bytes: 1 << 26 } });
const laneOf = (marker: string): Lane => {
  const { first, beside } = hostSteps(catalogue);
  const steps = [...first, ...beside].map((step, number) => ({ ...step, number }));
  return { marker, steps, script: laneScript(marker, steps, 60) };
};

/** The rest changes from one look to the next: processes, counters, the order of Docker's networks. */
const lasting = new Set(["identity", "ip-route", "mountinfo", "engine-version"]);

describe.each(Object.keys(transports))("%s", (name) => {
  let transport: Transport;
  beforeAll(async () => {
    const make = transports[name];
    if (make === undefined) throw new Error(name);
    transport = await make(facts);
  });

  const outputs = async (lane: Lane): Promise<readonly StepOutput[]> => {
    const taken: StepOutput[] = [];
    const { unanswered } = await runLane(transport, lane, limits(), (each) => taken.push(each));
    expect(unanswered).toEqual([]);
    return taken;
  };

  test("has a shell", () => {
    expect(transport.shell).toEqual({ status: "posix", rights: "root" });
  });

  test("answers every step of a lane, in order, whole", async () => {
    const lane = laneOf("vethscope-contract");
    const taken = await outputs(lane);
    expect(taken.map(({ step }) => step)).toEqual(lane.steps);
    for (const { exit, cut } of taken) expect([exit === null, cut]).toEqual([false, false]);
    const identity = taken.find(({ step }) => step.questions[0]?.name === "identity");
    expect(identity?.stdout).toMatch(/^\/proc\/sys\/kernel\/hostname:lab1$/m);
  });

  test("keeps lanes that run at the same time apart", async () => {
    const both = await Promise.all([
      outputs(laneOf("vethscope-a")),
      outputs(laneOf("vethscope-b")),
    ]);
    for (const taken of both) {
      expect(taken.map(({ step }) => step.number)).toEqual(taken.map((_, index) => index));
      expect(taken.map(({ stdout, stderr }) => stdout + stderr).join("")).not.toContain(
        "vethscope-a",
      );
    }
  });

  test("answers the engine's questions with allowed fields, and throws on any other path", async () => {
    for (const path of enginePaths) {
      expect(await transport.engine(path)).toMatchObject({ status: "answered", http: 200 });
    }
    await expect(async () => transport.engine("/images/json" as EnginePath)).rejects.toThrow(
      "not a listed path",
    );
  });

  test("gives the host's own words: the same as were recorded, for what does not change", async () => {
    const again = await gather(transport, { host: "lab1" });
    const stays = (each: HostFacts) => spoken(each).filter(({ probe }) => lasting.has(probe));
    expect(stays(again)).toEqual(stays(facts));
    expect(again.gaps).toEqual(facts.gaps);
  });
});

test("a recording answers exactly as the host did", async () => {
  const again = await gather(recorded(facts), { host: "lab1" });
  expect(spoken(again)).toEqual(spoken(facts));
});
