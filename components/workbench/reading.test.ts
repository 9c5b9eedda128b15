import { afterEach, expect, test, vi } from "vitest";
import { manyContainers, topologyOf } from "@/lib/graph/test-world";
import type { Topology } from "@/lib/topology/model";
import { difference } from "@/lib/wire/find-difference";
import { pack } from "@/lib/wire/wire";
import { readAgain } from "./reading";

const before = topologyOf(manyContainers(4));
const after = topologyOf(manyContainers(5));

/** What the server says at each path; what was asked of it, in order. */
const serving = (answers: Readonly<Record<string, unknown>>): string[] => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (path: string, how: RequestInit = {}) => {
    const [name = ""] = path.split("/").slice(-1);
    asked.push([name, how.body ?? ""].join(" ").trim());
    return Response.json(answers[name]);
  });
  return asked;
};
afterEach(() => vi.unstubAllGlobals());

const topologyIn = (told: Awaited<ReturnType<typeof readAgain>>): Topology | null =>
  "topology" in told ? told.topology : null;

test("of the reading that is shown, what changed is enough", async () => {
  const change = { snapshot: "two", from: "one", difference: difference(before, after) };
  const asked = serving({ refresh: change });
  const told = await readAgain("local", { snapshot: "one", topology: before });
  expect(topologyIn(told)).toEqual(after);
  expect(asked).toEqual(['refresh {"from":"one"}']);
});

test("changes of another reading are never put on this one: the whole is asked for", async () => {
  const change = { snapshot: "two", from: "other", difference: difference(before, after) };
  const asked = serving({ refresh: change, topology: { snapshot: "two", topology: pack(after) } });
  const told = await readAgain("local", { snapshot: "one", topology: before });
  expect(topologyIn(told)).toEqual(after);
  expect(asked).toEqual(['refresh {"from":"one"}', "topology"]);
});

test("changes that do not fit what is shown leave it standing, and the whole is asked for", async () => {
  const change = { snapshot: "two", from: "one", difference: difference(after, before) };
  const packed = { snapshot: "two", topology: pack(before) };
  serving({ refresh: change, topology: packed });
  const shown = { ...before, links: before.links.slice(0, 1) };
  const told = await readAgain("local", { snapshot: "one", topology: shown });
  expect(topologyIn(told)).toEqual(before);
  expect(shown.links).toEqual(before.links.slice(0, 1));
});

test("a server that sends all of it is understood too", async () => {
  serving({ refresh: { snapshot: "two", topology: pack(after) } });
  const told = await readAgain("local", { snapshot: "one", topology: before });
  expect(topologyIn(told)).toEqual(after);
});
