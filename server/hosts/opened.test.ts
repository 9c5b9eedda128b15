import { expect, test } from "vitest";
import { key } from "@/lib/net/ids";
import { readDetailsQuery, readOpenedQuery } from "./details-query";
import { openHosts } from "./hosts";
import { sampleHost } from "./sample-host";

const open = async () => {
  const bugs: unknown[] = [];
  const hosts = openHosts([sampleHost], (error) => bugs.push(error));
  const look = await hosts.snapshot("sample");
  if (look.status !== "ready") throw new Error(look.status);
  return { hosts, snapshot: look.snapshot.id, bugs };
};

test("a recording answers from what was read, at the time at which it was read", async () => {
  const { hosts, snapshot } = await open();
  const told = await hosts.open("sample", snapshot, "macs", key("if:host/docker0"));
  if (told?.status !== "told" || told.value.status !== "read") throw new Error("not read");
  const { value, at, command } = told.value;
  expect(command).toBe("bridge -j fdb show");
  expect(new Date(at).getUTCFullYear()).toBe(2026);
  if (value.question !== "macs") throw new Error(value.question);
  // Ports of docker0 alone, of the four bridges that the answer tells of.
  expect(new Set(value.macs.map(({ portName }) => portName))).toEqual(
    new Set(["veth4f2e26e", "veth5979c6f", "veth790e460", "docker0"]),
  );
  expect(value.macs[0]).toMatchObject({ kind: "learned", link: "if:ctr:web2/eth0" });
});

test("what a recording does not hold is not recorded, and nobody is asked", async () => {
  const { hosts, snapshot } = await open();
  for (const [question, of] of [
    ["tools", "host:sample"],
    ["device", "if:host/eth0"],
  ] as const) {
    expect(await hosts.open("sample", snapshot, question, key(of))).toEqual({
      status: "told",
      value: { status: "not-recorded" },
    });
  }
});

test("things that are not there, readings that are gone and hosts that are unknown are told apart", async () => {
  const { hosts, snapshot, bugs } = await open();
  expect(hosts.details("sample", snapshot, key("ctr:nobody"))).toEqual({ status: "nothing" });
  expect(hosts.details("sample", "older", key("ctr:web"))).toEqual({ status: "gone" });
  expect(hosts.details("nowhere", snapshot, key("ctr:web"))).toBeNull();
  expect(await hosts.open("sample", snapshot, "device", key("if:ctr:web/eth0"))).toEqual({
    status: "nothing",
  });
  expect(await hosts.open("nowhere", snapshot, "tools", key("host:nowhere"))).toBeNull();
  expect(bugs).toEqual([]);
});

const asked = (query: string) => new URLSearchParams(query);

test("a question of another form is not understood", () => {
  expect(readDetailsQuery(asked("snapshot=1&of=ctr:web"))).toEqual({
    snapshot: "1",
    of: "ctr:web",
  });
  expect(readDetailsQuery(asked("snapshot=1"))).toBeNull();
  expect(readOpenedQuery(asked("snapshot=1&of=ctr:web&question=macs&again=2"))).toEqual({
    snapshot: "1",
    of: "ctr:web",
    question: "macs",
  });
  for (const query of [
    "snapshot=1&of=ctr:web",
    "snapshot=1&of=ctr:web&question=env",
    "question=macs",
  ])
    expect(readOpenedQuery(asked(query)), query).toBeNull();
  expect(readOpenedQuery(asked(`snapshot=1&question=macs&of=${"a".repeat(1001)}`))).toBeNull();
});
