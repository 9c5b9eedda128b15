import { createServer, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { readEngine } from "./config/configured-engines";
import { engineHost } from "./engine-host";
import { openHosts } from "./hosts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An engine of loopback, where TLS is not wanted; `close` first: nobody listens there any more. */
async function hostAt(answer: boolean) {
  const server = createServer((request, response) =>
    response.end(request.url === "/info" ? '{"Name":"far"}' : "[]"),
  );
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = server.address();
  const port = at !== null && typeof at === "object" ? at.port : 0;
  if (!answer) await new Promise((resolve) => server.close(resolve));
  const address = `tcp://127.0.0.1:${port}`;
  const read = readEngine({ name: "far", namedBy: "docker-context", address }, null, null);
  if (read.status !== "read") throw new Error("left out");
  const bugs: unknown[] = [];
  const hosts = openHosts([engineHost(read.engine)], (bug) => bugs.push(bug));
  return { hosts, address, bugs };
}

test("an engine's host is read and listed with its address", async () => {
  const { hosts, address } = await hostAt(true);
  expect(await hosts.snapshot("engine-far")).toMatchObject({
    status: "ready",
    snapshot: { topology: { host: { name: "far", netns: null } } },
  });
  expect(hosts.entry("engine-far")).toMatchObject({
    name: "far",
    state: { state: "ready" },
    ssh: null,
    engineOnly: { address, namedBy: "docker-context" },
  });
  expect(await hosts.remove("engine-far")).toBe("not-removable");
});

test("an engine that is not reached bars its host with the words for it, and nothing broke", async () => {
  const { hosts, address, bugs } = await hostAt(false);
  expect(await hosts.snapshot("engine-far")).toEqual({
    status: "barred",
    snapshot: null,
    barrier: {
      kind: "unreachable",
      what: "engineOnly.refused.what",
      next: "engineOnly.refused.next",
      values: { where: address },
      retryAt: null,
    },
  });
  expect(bugs).toEqual([]);
});
