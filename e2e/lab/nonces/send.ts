/**
 * Tries many targets at once and sends each its nonce. Each line on stdin is a job, `{ patience, tries }`: how long
 * to wait for a connection, in ms, and `{ protocol, address, port, nonce }` each, with the `source` to send from where it is not to choose one. Prints `done`
 * after each.
 */
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { createInterface } from "node:readline";

type Try = {
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
  readonly nonce: string;
  readonly source?: string;
};

const overTcp = ({ address, port, nonce, source }: Try, patience: number): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect({
      host: address,
      port,
      ...(source === undefined ? {} : { localAddress: source }),
    });
    const done = (): void => {
      socket.destroy();
      resolve();
    };
    socket.setTimeout(patience, done);
    socket.on("error", done).on("close", done).on("data", done);
    socket.on("connect", () => socket.write(`${nonce}\n`));
    // A connection that was accepted and leads nowhere stays open for ever.
    setTimeout(done, patience * 2).unref();
  });

const overUdp = ({ address, port, nonce, source }: Try, patience: number): Promise<void> =>
  new Promise((resolve) => {
    const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
    socket.on("error", () => resolve());
    if (source !== undefined) socket.bind({ address: source });
    socket.send(`${nonce}\n`, port, address, () =>
      setTimeout(() => {
        socket.close();
        resolve();
      }, patience),
    );
  });

for await (const line of createInterface({ input: process.stdin })) {
  const { patience, tries } = JSON.parse(line) as { patience: number; tries: readonly Try[] };
  await Promise.all(
    tries.map((each) =>
      each.protocol === "udp" ? overUdp(each, patience) : overTcp(each, patience),
    ),
  );
  console.log("done");
}
