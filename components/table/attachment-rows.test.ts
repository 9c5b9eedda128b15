import { describe, expect, test } from "vitest";
import { topologyIndex } from "@/components/workbench/topology-index";
import type { HostFacts } from "@/lib/facts/model";
import { topologyOf } from "@/lib/graph/test-world";
import { understand } from "@/lib/pipeline";
import facts20 from "@/lib/recorded-hosts/docker-20.10-debian-12.json" with { type: "json" };
import truth20 from "@/lib/recorded-hosts/docker-20.10-debian-12.truth.json" with { type: "json" };
import facts28 from "@/lib/recorded-hosts/docker-28.5-debian-sid.json" with { type: "json" };
import truth28 from "@/lib/recorded-hosts/docker-28.5-debian-sid.truth.json" with { type: "json" };
import { type AttachmentRow, attachmentRows } from "./attachment-rows";
import { sortRows } from "./sort-rows";

const recorded = [
  { name: "Docker 20.10", facts: facts20, truth: truth20 },
  { name: "Docker 28.5", facts: facts28, truth: truth28 },
];

const rowsOf = (facts: unknown, stopped = false) => {
  const topology = understand(facts as HostFacts);
  return { topology, rows: attachmentRows(topologyIndex(topology), { stopped }) };
};

/** Namespace inode and ifindex of both ends, whichever stands first. */
const endsOf = (index: ReturnType<typeof topologyIndex>, { near, far }: AttachmentRow): string =>
  [near, far]
    .map((end) => `${index.namespace(end?.netns ?? null)?.inode}/${end?.ifindex}`)
    .sort()
    .join(" ");

describe.each(recorded)("$name", ({ facts, truth }) => {
  const { topology, rows } = rowsOf(facts);
  const index = topologyIndex(topology);

  test("every true pair is one row, exact, and there is no other pair", () => {
    const pairs = rows.filter(({ key }) => key.startsWith("pair:"));
    const wanted = truth.veth_pairs.map((pair) =>
      pair
        .map(({ netns, ifindex }) => `${netns}/${ifindex}`)
        .sort()
        .join(" "),
    );
    expect(pairs.map((row) => endsOf(index, row)).sort()).toEqual(wanted.sort());
    expect(new Set(pairs.map(({ proof }) => proof))).toEqual(new Set(["exact"]));
  });

  test("a peer on another host leaves a row with one end, unseen", () => {
    const lone = rows.filter(({ proof }) => proof === "unseen");
    expect(lone.map(({ near }) => near?.name)).toEqual(
      truth.peer_unseen.map(({ ifname }) => ifname),
    );
  });

  test("every running container is on a row", () => {
    const running = Object.entries(truth.containers).filter(([, { state }]) => state === "running");
    const shown = new Set(rows.flatMap(({ containers }) => containers.map(({ name }) => name)));
    expect([...shown].sort()).toEqual(running.map(([name]) => name).sort());
  });

  test("those that do not run are there when asked for", () => {
    const names = rowsOf(facts, true).rows.flatMap(({ containers }) =>
      containers.map(({ name }) => name),
    );
    expect(names).toContain("gone");
  });

  test("keys are unique, so that rows can be told apart", () => {
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});

test("docker0 comes first and what has no wire last", () => {
  const { rows } = rowsOf(facts28, true);
  const sorted = sortRows(rows, null);
  expect(sorted[0]?.bridge?.name).toBe("docker0");
  expect(sorted.at(-1)?.near ?? sorted.at(-1)?.far).toBeNull();
});

test("addresses sort by number, not by letter", () => {
  const { rows } = rowsOf(facts28);
  const sorted = sortRows(rows, { column: "address", descending: true });
  const addresses = sorted.flatMap(({ address }) =>
    address?.startsWith("172.30.") ? address : [],
  );
  expect(addresses).toEqual(["172.30.0.50/24", "172.30.0.3/24", "172.30.0.2/24"]);
});

test("sorting keeps every row", () => {
  const { rows } = rowsOf(facts28, true);
  const sorted = sortRows(rows, { column: "proof", descending: false });
  expect(new Set(sorted)).toEqual(new Set(rows));
});

test("a container that is paused is listed, one that has ended only on demand, also where only the engine tells of them", () => {
  const topology = topologyOf({
    networks: [],
    containers: ["held", "gone"].map((name) => ({ name, on: [], is: "unread" as const })),
  });
  const [held, gone] = topology.containers;
  if (held === undefined || gone === undefined) throw new Error("Two are needed.");
  const index = topologyIndex({
    ...topology,
    containers: [
      { ...held, state: "paused" },
      { ...gone, state: "exited" },
    ],
  });
  const names = (stopped: boolean) =>
    attachmentRows(index, { stopped }).flatMap(({ containers }) =>
      containers.map(({ name }) => name),
    );
  expect(names(false)).toEqual(["held"]);
  expect(names(true)).toEqual(["held", "gone"]);
});
