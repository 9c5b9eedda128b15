import { describe, expect, test } from "vitest";
import { recordedFacts, recordedHosts } from "@/e2e/record/recorded-hosts";
import type { Answer, GapReason, HostFacts } from "@/lib/facts/model";
import { answerId } from "@/lib/net/ids";
import { understand } from "@/lib/pipeline";
import { rights } from "./rights";
import { writtenFacts } from "./written-host";

const checklist = (facts: HostFacts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    rights(understand(facts)).map(({ name, state, why }) => [name, `${state}, ${why}`]),
  );

const kernel = ["see-processes", "see-namespaces", "enter-namespaces", "map-namespaces"];
const ofKernel = (state: string) => Object.fromEntries(kernel.map((name) => [name, state]));

/** A host with the one namespace that every host has, read by a process that sees these. */
const bare = (
  ...processes: readonly { readonly pid: number; readonly comm: string }[]
): HostFacts =>
  writtenFacts({
    namespaces: [
      {
        inode: 10,
        processes: processes.map((each) => ({ ...each, cgroup: "0::/init.scope" })),
        links: [{ ifindex: 1, ifname: "ens3" }],
        nsids: {},
      },
    ],
    networks: [],
  });

describe.each(recordedHosts)("%s", (name) => {
  test("root has every right", () => {
    const all = checklist(recordedFacts(name));
    expect(Object.values(all).every((each) => each === "have, allowed")).toBe(true);
  });
});

test("on a healthy host without containers nothing is missing", () => {
  expect(checklist(bare({ pid: 1, comm: "systemd" }, { pid: 700, comm: "sshd" }))).toEqual({
    ...ofKernel("have, allowed"),
    "ask-engine": "have, allowed",
  });
});

test("who does not even see PID 1 sees no processes of others", () => {
  expect(checklist(bare({ pid: 700, comm: "bash" }))).toMatchObject({
    "see-processes": "missing, not-there",
  });
});

const engineAnswer = (probe: string, path: string, body: unknown): Answer => ({
  id: answerId(probe, null),
  probe,
  netns: null,
  entered: null,
  asked: { kind: "engine", path },
  at: "2026-01-01T00:00:00.000Z",
  ms: 1,
  stdout: JSON.stringify(body),
  stderr: "",
  exit: 200,
  cut: false,
});

/** A host of which only the engine answered. */
const engineAlone = (why: GapReason, ...containers: readonly object[]): HostFacts => ({
  ...bare(),
  answers: [
    engineAnswer("engine-version", "/version", { Version: "28.5.0", ApiVersion: "1.51" }),
    engineAnswer("engine-containers", "/containers/json?all=1", containers),
  ],
  gaps: [{ probe: null, netns: null, ...why }],
});

const running = { Id: "a".repeat(64), Names: ["/web"], State: "running" };
const kernelsUnread: readonly (readonly [string, GapReason])[] = [
  ["its engine over TCP", { reason: "engine-only", address: "tcp://198.51.100.7:2376" }],
  ["a Mac, whose containers have a kernel elsewhere", { reason: "no-linux", platform: "darwin" }],
];

test.each(kernelsUnread)(
  "where no kernel was read, no right to read one is there: %s",
  (_, why) => {
    for (const facts of [engineAlone(why), engineAlone(why, running)]) {
      expect(checklist(facts)).toEqual({
        ...ofKernel("missing, not-there"),
        "ask-engine": "have, allowed",
      });
    }
  },
);

test("an account without a shell is told in the host's own words", () => {
  const words = "This account is currently not available.";
  const list = rights(understand(engineAlone({ reason: "no-shell", words })));
  for (const right of list.filter(({ name }) => kernel.includes(name))) {
    expect(right).toMatchObject({ state: "missing", why: "denied", told: { words } });
  }
});

test("where there is no pair to prove, a map that was refused is not said to be there", () => {
  const facts = bare({ pid: 1, comm: "systemd" });
  expect(checklist(facts)["map-namespaces"]).toBe("have, allowed");
  const gap = { probe: "netns-paths", netns: null, reason: "permission-denied" } as const;
  const refused = { ...facts, gaps: [{ ...gap, command: "stat", words: "Permission denied" }] };
  expect(checklist(refused)["map-namespaces"]).toBe("missing, denied");
});
