/**
 * A program that listens and prints every nonce that reaches it: `node receive.ts SPEC…`, each SPEC
 * `tcp|udp ADDRESS PORT`. Prints `ready` once all are open, then `NONCE PORT` a line. Ends when stdin closes.
 */
import { createSocket } from "node:dgram";
import { createServer } from "node:net";

const told = (nonces: string, port: number): void => {
  for (const nonce of nonces.split("\n").filter(Boolean)) console.log(`${nonce} ${port}`);
};

const tcp = (address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.setEncoding("utf8");
      socket.on("error", () => undefined);
      socket.on("data", (nonce) => {
        told(String(nonce), port);
        socket.end("got it\n");
      });
    });
    server.on("error", reject);
    server.listen({ host: address, port }, resolve);
  });

const udp = (address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    socket.on("error", reject);
    socket.on("message", (nonce) => told(nonce.toString("utf8"), port));
    socket.bind(port, address, resolve);
  });

await Promise.all(
  process.argv.slice(2).map((spec) => {
    const [protocol, address = "", port] = spec.split(" ");
    return protocol === "udp" ? udp(address, Number(port)) : tcp(address, Number(port));
  }),
);
console.log("ready");
process.stdin.on("end", () => process.exit(0)).resume();
