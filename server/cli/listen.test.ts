import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { listen } from "./listen";

const servers: Server[] = [];
const server = (): Server => {
  const made = createServer();
  servers.push(made);
  return made;
};
afterEach(() => {
  for (const each of servers.splice(0)) each.close();
});

test("only loopback is listened on", async () => {
  const one = server();
  const { status, port } = await listen(one, "0");
  const { address } = one.address() as AddressInfo;
  expect([status, address, Number(port) > 0]).toEqual(["listening", "127.0.0.1", true]);
});

test("a taken port is a value", async () => {
  const { port } = await listen(server(), "0");
  expect(await listen(server(), String(port))).toEqual({
    status: "failed",
    words: "serve.portTaken",
    port: String(port),
  });
});

test.each(["65536", "-1", "4780x", "1e3", " 1", "0x50"])("PORT=%j is no port", async (text) => {
  const failed = { status: "failed", words: "serve.portInvalid", port: text };
  expect(await listen(server(), text)).toEqual(failed);
});
