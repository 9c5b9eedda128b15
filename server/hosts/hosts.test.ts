import { describe, expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { answerId, netnsLabel } from "@/lib/net/ids";
import { worldFacts } from "@/lib/topology/generated-world";
import { contradicts } from "@/lib/topology/open-ends";
import type { HostEvent, Look, Snapshot } from "./held-host";
import { type Hosts, openHosts } from "./hosts";
import type { HostSource, Reading } from "./source";

const facts = (host: string): HostFacts => ({
  format: "vethscope-facts/1",
  host,
  source: "live",
  at: "2026-01-01T00:00:00.000Z",
  answers: [],
  gaps: [],
});

type Source = HostSource & { readonly readings: () => number };

/** A host that is read when the test says so: `gather` hands out its own end. */
const source = (id: string, gather: (reading: Reading) => Promise<HostFacts>): Source => {
  let readings = 0;
  return {
    id,
    source: "live",
    readings: () => readings,
    gather: (reading) => {
      readings += 1;
      return gather(reading);
    },
  };
};

const quick = (id = "local"): Source => source(id, async () => facts(id));
const open = (of: Source, onBug: (error: unknown) => void = () => undefined): Hosts =>
  openHosts([of], onBug);

const ready = (look: Look): Snapshot => {
  if (look.status !== "ready") throw new Error(look.status);
  return look.snapshot;
};

const evidence = [{ answer: answerId("ip-addr", null), at: { line: 0 } }];

describe("a snapshot", () => {
  test("is read by the first to ask and kept for the next", async () => {
    const of = quick();
    const hosts = open(of);
    const first = ready(await hosts.snapshot("local"));
    expect(ready(await hosts.snapshot("local"))).toBe(first);
    expect(of.readings()).toBe(1);
  });

  test("is kept while the next one is, so that a page can be told what changed", async () => {
    const hosts = open(quick());
    const first = ready(await hosts.snapshot("local"));
    const second = ready(await hosts.refresh("local"));
    expect(hosts.kept("local", first.id)).toBe(first);
    expect(hosts.kept("local", second.id)).toBe(second);
    await hosts.refresh("local");
    expect(hosts.kept("local", first.id)).toBeNull();
    expect(hosts.kept("elsewhere", second.id)).toBeNull();
  });

  test("is read again, once, where the ends of a pair deny each other", async () => {
    const world = {
      namespaces: [
        { inode: 4026532000, keptBy: "process" as const, nsids: new Map([[1, 0]]) },
        { inode: 4026532001, keptBy: "process" as const, nsids: new Map([[0, 0]]) },
      ],
      pairs: [
        [
          { netns: 0, ifindex: 7 },
          { netns: 1, ifindex: 2 },
        ] as const,
      ],
    };
    const whole = worldFacts(world);
    const gone = answerId("ip-addr", netnsLabel(4026532001));
    const torn: HostFacts = {
      ...whole,
      answers: whole.answers.map((each) => (each.id === gone ? { ...each, stdout: "[]" } : each)),
    };
    const answers = [torn, whole];
    const of = source("local", async () => answers.shift() ?? whole);
    const { topology } = ready(await open(of).snapshot("local"));
    expect(of.readings()).toBe(2);
    expect(contradicts(topology)).toBe(false);
    const still = source("local", async () => torn);
    expect(contradicts(ready(await open(still).snapshot("local")).topology)).toBe(true);
    expect(still.readings()).toBe(2);
  });

  test("is read once for all who ask at the same time", async () => {
    const of = quick();
    const hosts = open(of);
    const looks = await Promise.all([
      hosts.snapshot("local"),
      hosts.refresh("local"),
      hosts.snapshot("local"),
    ]);
    expect(new Set(looks.map((look) => ready(look).id)).size).toBe(1);
    expect(of.readings()).toBe(1);
  });

  test("is replaced by a refresh", async () => {
    const hosts = open(quick());
    const first = ready(await hosts.snapshot("local"));
    const second = ready(await hosts.refresh("local"));
    expect(second.id).not.toBe(first.id);
    expect(ready(await hosts.snapshot("local"))).toBe(second);
  });

  test("answers for its evidence until two newer ones are there", async () => {
    const hosts = open(quick());
    const first = ready(await hosts.refresh("local")).id;
    await hosts.refresh("local");
    expect(hosts.quote("local", first, evidence)).toHaveLength(1);
    await hosts.refresh("local");
    expect(hosts.quote("local", first, evidence)).toBeNull();
  });

  test("of one host is none of another", async () => {
    const hosts = openHosts([quick("local"), quick("sample")], () => undefined);
    const { id } = ready(await hosts.snapshot("local"));
    expect(hosts.quote("sample", id, evidence)).toBeNull();
  });
});

test("a host that nobody knows is an answer, not a throw", async () => {
  const hosts = open(quick());
  const look = {
    status: "unknown-host",
    trouble: { error: "runtime.unknown", values: { host: "x" } },
  };
  expect(await hosts.snapshot("x")).toEqual(look);
  expect(await hosts.refresh("x")).toEqual(look);
  expect(hosts.subscribe("x", () => undefined)).toBeNull();
  expect(hosts.quote("x", "y", evidence)).toBeNull();
});

describe("a reading that throws", () => {
  const bug = new TypeError("SECRET=1");
  let broken = true;
  const flaky = (): Source =>
    source("local", async () => {
      if (broken) throw bug;
      return facts("local");
    });

  test("is told by the error's name, and its message stays out of the answer", async () => {
    const bugs: unknown[] = [];
    const hosts = open(flaky(), (error) => bugs.push(error));
    const look = await hosts.snapshot("local");
    expect(look).toEqual({
      status: "failed",
      trouble: { error: "runtime.gatherFailed", values: { host: "local", error: "TypeError" } },
    });
    expect(bugs).toEqual([bug]);
  });

  test("is tried again by the next to ask", async () => {
    const hosts = open(flaky());
    await hosts.snapshot("local");
    broken = false;
    expect((await hosts.snapshot("local")).status).toBe("ready");
  });
});

describe("who listens", () => {
  test("hears a reading begin, go on and end", async () => {
    const events: HostEvent[] = [];
    const progress = { phase: "host", done: 1, of: 2 } as const;
    const hosts = open(
      source("local", async ({ onProgress }) => {
        onProgress(progress);
        return facts("local");
      }),
    );
    hosts.subscribe("local", (event) => events.push(event));
    const { id } = ready(await hosts.refresh("local"));
    expect(events).toEqual([
      { type: "gathering" },
      { type: "progress", progress },
      { type: "snapshot", snapshot: id },
    ]);
  });

  test("late, hears that a reading is under way", async () => {
    const events: HostEvent[] = [];
    const hosts = open(quick());
    const reading = hosts.refresh("local");
    hosts.subscribe("local", (event) => events.push(event));
    await reading;
    expect(events.map(({ type }) => type)).toEqual(["gathering", "snapshot"]);
  });

  test("no more, hears nothing", async () => {
    const events: HostEvent[] = [];
    const hosts = open(quick());
    hosts.subscribe("local", (event) => events.push(event))?.();
    await hosts.refresh("local");
    expect(events).toEqual([]);
  });

  test("and throws, spoils neither the reading nor the others", async () => {
    const events: HostEvent[] = [];
    const hosts = open(quick());
    hosts.subscribe("local", () => {
      throw new Error("listener");
    });
    hosts.subscribe("local", (event) => events.push(event));
    expect((await hosts.refresh("local")).status).toBe("ready");
    expect(events).toHaveLength(2);
  });
});

test("closing ends what is being read, and nothing is read afterwards", async () => {
  const bugs: unknown[] = [];
  const of = source(
    "local",
    ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  const hosts = open(of, (error) => bugs.push(error));
  const look = hosts.snapshot("local");
  await hosts.close();
  const stopping = { status: "failed", trouble: { error: "runtime.stopping", values: {} } };
  expect(await look).toEqual(stopping);
  expect(await hosts.refresh("local")).toEqual(stopping);
  expect(of.readings()).toBe(1);
  expect(bugs).toEqual([]);
});
