import { expect, test } from "vitest";
import { answerId } from "@/lib/net/ids";
import { readDockerPs } from "./docker-tables";
import type { EngineContainer } from "./engine-containers";
import { pastedContainers } from "./pasted-engine";

const read = (probe: string, rows: readonly EngineContainer[]) => ({
  answer: answerId(probe, null),
  netns: null,
  rows,
  complete: true,
});

const table = readDockerPs(`CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES
5bd0c1a2b3c4   nginx   "nginx"   1 hour ago   Up 1 hour   80/tcp   web
9f21aa02bb17   redis   "redis"   1 hour ago   Up 1 hour            cache
`).rows;
const [web] = table;
const endpoint = { networkName: "bridge", networkId: "9f", address: "172.17.0.2" };
const member = {
  ...web,
  id: `5bd0c1a2b3c4${"e".repeat(52)}`,
  name: "other",
  image: null,
  ports: [],
  endpoints: [endpoint],
} as unknown as EngineContainer;

test("a table and a network tell of one container: the whole id, and what each says first", () => {
  const found = pastedContainers([read("docker-ps", table), read("network-inspect", [member])]);
  expect(found.map(({ answer, rows }) => [answer, rows.length])).toEqual([
    ["docker-ps", 1],
    ["docker-ps", 1],
  ]);
  expect(found[0]?.rows[0]).toMatchObject({
    id: member.id,
    name: "web",
    image: "nginx",
    state: "running",
    endpoints: [endpoint],
  });
});

test("the same table twice is the same containers, and nothing of none", () => {
  const twice = pastedContainers([read("docker-ps", table), read("docker-ps", table)]);
  expect(twice.flatMap(({ rows }) => rows).map(({ name }) => name)).toEqual(["web", "cache"]);
  expect(pastedContainers([])).toEqual([]);
});
