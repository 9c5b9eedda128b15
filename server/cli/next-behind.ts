import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** Next, reachable only through what the door let pass. */
export type NextBehind = {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Dev mode's websocket. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly close: () => Promise<void>;
};

/** Resolves when Next is ready to answer. `root`: the project's folder. */
export const openNext = async (port: number, root: string, dev: boolean): Promise<NextBehind> => {
  // Next and React choose their build by these when they are loaded, hence the late import.
  Object.assign(process.env, {
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  if (dev) stayHome();
  const { default: next } = await import("next");
  // Next takes every upgrade of the server that it is told of: this one never listens.
  const behind = createServer();
  const app = next({ dev, dir: root, hostname: "127.0.0.1", port, httpServer: behind });
  await app.prepare();
  return {
    handle: app.getRequestHandler(),
    upgrade: (request, socket, head) => {
      // In production Next leaves such a socket hanging: it has nothing to upgrade to.
      const taken = dev && behind.emit("upgrade", request, socket, head);
      if (!taken) socket.end(notFound);
    },
    close: () => app.close(),
  };
};

const notFound = "HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/** Next's dev mode asks npm's registry for its newest version, and has no setting for it. */
const stayHome = (): void => {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input);
    const home = hostname === "127.0.0.1" || hostname === "localhost";
    return home ? fetch(input, init) : Promise.reject(new TypeError("Vethscope asks nobody else"));
  };
};
