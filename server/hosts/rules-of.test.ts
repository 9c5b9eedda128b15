import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { understand } from "@/lib/pipeline";
import { recorded } from "@/server/transport/recorded";
import { openHosts } from "./hosts";
import type { HostSource } from "./source";

const facts: HostFacts = JSON.parse(
  readFileSync(
    new URL("../../lib/recorded-hosts/docker-28.5-debian-sid.json", import.meta.url),
    "utf8",
  ),
);
const { host, namespaces } = understand(facts);
const isRule = (probe: string): boolean => /tables-save$|^nft-ruleset$|^ipset-save$/.test(probe);

/** A host whose containers were not asked for their rules, and which can be asked now; it answers as it was recorded. */
function asked(answers: HostFacts["answers"]): { source: HostSource; ways: () => number } {
  const own = facts.answers.filter(({ probe, entered }) => !isRule(probe) || entered === null);
  let ways = 0;
  return {
    ways: () => ways,
    source: {
      id: facts.host,
      source: "live",
      gather: async () => ({ ...facts, answers: own }),
      way: async () => {
        ways += 1;
        return { transport: recorded({ ...facts, answers }), leave: () => undefined };
      },
    },
  };
}

const looks = facts.answers.flatMap((answer) =>
  answer.probe === "netns-paths" || answer.probe === "mountinfo"
    ? [
        answer,
        { ...answer, id: `${answer.id}-after` as typeof answer.id, probe: `${answer.probe}-after` },
      ]
    : [answer],
);

const container = namespaces.find(({ label }) =>
  facts.answers.some(
    ({ probe, netns, entered, stdout }) =>
      probe === "iptables-save" && netns === label && entered !== null && stdout !== "",
  ),
);
if (container === undefined || host.netns === null) throw new Error("the recording has changed");
const own = host.netns;

test("a container is asked for its rules when a person wants them, and once", async () => {
  const { source, ways } = asked(looks);
  const hosts = openHosts([source], (error) => {
    throw error;
  });
  const look = await hosts.snapshot(facts.host);
  if (look.status !== "ready") throw new Error(look.status);
  const { id } = look.snapshot;
  expect(await hosts.rules(facts.host, id, own)).toMatchObject({
    status: "told",
    value: { firewall: { status: "read" } },
  });
  expect(ways()).toBe(0);
  const told = await hosts.rules(facts.host, id, container.id);
  expect(told).toMatchObject({
    status: "told",
    value: { netns: container.id, firewall: { status: "read", tables: [{ name: "nat" }] } },
  });
  await hosts.rules(facts.host, id, container.id);
  expect(ways()).toBe(1);
  // What it said can be quoted like all else of that reading.
  const answer = facts.answers.find(
    ({ probe, netns }) => probe === "iptables-save" && netns === container.label,
  );
  const [quoted] =
    hosts.quote(facts.host, id, [{ answer: answer?.id as never, at: { line: 1 } }]) ?? [];
  expect(quoted?.text).toBe("*nat");
});

test("a namespace that is another one by now has no rules that are known", async () => {
  const recycled = looks.map((answer) =>
    answer.probe === "netns-paths-after"
      ? { ...answer, stdout: answer.stdout.replaceAll(`${container.inode}`, "4026599999") }
      : answer,
  );
  const hosts = openHosts([asked(recycled).source], () => undefined);
  const look = await hosts.snapshot(facts.host);
  if (look.status !== "ready") throw new Error(look.status);
  expect(await hosts.rules(facts.host, look.snapshot.id, container.id)).toMatchObject({
    status: "told",
    value: { firewall: { status: "unreadable", why: { reason: "netns-gone" } } },
  });
});

test("a reading that is gone, a namespace that is not there, a host that cannot be asked", async () => {
  const { way: _, ...source } = asked(looks).source;
  const hosts = openHosts([source], () => undefined);
  const look = await hosts.snapshot(facts.host);
  if (look.status !== "ready") throw new Error(look.status);
  const { id } = look.snapshot;
  expect(await hosts.rules(facts.host, "another", own)).toEqual({ status: "gone" });
  expect(await hosts.rules(facts.host, id, "nowhere" as typeof own)).toEqual({ status: "nothing" });
  expect(hosts.rules("nobody", id, own)).toBeNull();
  expect(await hosts.rules(facts.host, id, container.id)).toMatchObject({
    value: { firewall: { status: "not-asked" } },
  });
  expect(hosts.listening(facts.host, id)).toMatchObject({ status: "told" });
});
