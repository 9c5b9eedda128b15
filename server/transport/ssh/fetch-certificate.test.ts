import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import ssh2 from "ssh2";
import { expect, test } from "vitest";
import { fetchCertificate } from "./fetch-certificate";
import { packetOf } from "./plain-packets";
import { stringField } from "./ssh-fields";

/** What is fetched from a server on loopback that does `serve` with whoever connects. */
async function fetchFrom(serve: (socket: Socket) => void, ms = 2000) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // The other side leaves whenever it has heard enough.
    socket.on("error", () => undefined);
    serve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    return await fetchCertificate(connect(port, "127.0.0.1"), ms);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const buffer = (text: string): Buffer => Buffer.from(text, "latin1");
const greeting = "SSH-2.0-test\r\n";
const keyInit = (exchanges: string, keys: string): Buffer =>
  packetOf(
    Buffer.concat([
      ...[Buffer.from([20]), Buffer.alloc(16)],
      ...[exchanges, keys, "", "", "", "", "", "", "", ""].map(stringField),
      Buffer.alloc(5),
    ]),
  );
const usual = keyInit("ecdh-sha2-nistp256", "ssh-ed25519,ssh-ed25519-cert-v01@openssh.com");
const reply = packetOf(Buffer.concat([Buffer.from([31]), stringField("the certificate")]));
const shown = { status: "shown", blob: Buffer.from("the certificate") };

test("the certificate is what stands in the server's reply", async () => {
  const fetched = await fetchFrom((socket) =>
    socket.end(Buffer.concat([buffer(greeting), usual, reply])),
  );
  expect(fetched).toEqual(shown);
});

test("it may come byte by byte, behind a banner, with messages that are to be ignored in between", async () => {
  const ignored = packetOf(Buffer.concat([Buffer.from([2]), stringField("nothing")]));
  const bytes = Buffer.concat([
    buffer(`hello\r\nthere\n${greeting}`),
    ignored,
    usual,
    ignored,
    reply,
  ]);
  const fetched = await fetchFrom(async (socket) => {
    socket.setNoDelay(true);
    for (const byte of bytes) {
      socket.write(Buffer.from([byte]));
      await pause(0);
    }
  });
  expect(fetched).toEqual(shown);
});

test("a server without certificates is not bothered with an exchange that fails", async () => {
  const hostKey = ssh2.utils.generateKeyPairSync("ed25519").private;
  const heard: string[] = [];
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
    client.on("error", ({ message }) => heard.push(message));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(await fetchCertificate(connect(port, "127.0.0.1"), 2000)).toEqual({ status: "none" });
  server.close();
  expect(heard.join()).not.toMatch(/no matching/);
});

const tooLong = Buffer.alloc(4);
tooLong.writeUInt32BE(0x7f_ff_ff_ff);

test.each([
  ["a web server", "HTTP/1.1 400 Bad Request\r\n\r\n", "no SSH greeting"],
  ["SSH 1", "SSH-1.5-old\r\n", "no SSH 2"],
  ["a line that never ends", "x".repeat(20_000), "no SSH greeting"],
  ["lines that never end", "x\r\n".repeat(50_000), "too many bytes"],
  ["a packet of two gigabytes", `${greeting}${tooLong.toString("latin1")}`, "a packet too long"],
  ["an empty packet", `${greeting}\0\0\0\0`, "an empty packet"],
  [
    "a message that is cut short",
    `${greeting}${packetOf(Buffer.from([20, 1])).toString("latin1")}`,
    "a message that cannot be read",
  ],
  [
    "no key exchange in common",
    `${greeting}${keyInit("x-25519", "ssh-ed25519-cert-v01@openssh.com").toString("latin1")}`,
    "no key exchange in common: x-25519",
  ],
])("%s fails with words", async (_, text, words) => {
  const fetched = await fetchFrom((socket) => void socket.write(buffer(text)));
  expect(fetched).toEqual({ status: "failed", words });
});

test("a server that hangs up, says nothing, or names its reason", async () => {
  expect(await fetchFrom((socket) => void socket.end())).toEqual({
    status: "failed",
    words: "the connection was closed",
  });
  expect(await fetchFrom(() => undefined, 50)).toEqual({
    status: "failed",
    words: "no answer within 50 ms",
  });
  const goodbye = Buffer.concat([Buffer.from([1, 0, 0, 0, 2]), stringField("too many")]);
  const said = Buffer.concat([buffer(greeting), packetOf(goodbye)]);
  expect(await fetchFrom((socket) => void socket.write(said))).toEqual({
    status: "failed",
    words: "too many",
  });
});

test("a server that begins again and again is answered once", async () => {
  let heard = 0;
  const fetched = await fetchFrom(async (socket) => {
    socket.on("data", (chunk: Buffer) => {
      heard += chunk.length;
    });
    socket.write(Buffer.concat([buffer(greeting), ...Array.from({ length: 50 }, () => usual)]));
    await pause(100);
    socket.write(reply);
  });
  expect(fetched).toEqual(shown);
  expect(heard).toBeLessThan(1500);
});
