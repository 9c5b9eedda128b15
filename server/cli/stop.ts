import type { Server } from "node:http";
import type { NextBehind } from "./next-behind";

export type Stoppable = {
  readonly server: Server;
  readonly next: Promise<NextBehind>;
  /** Ends streams and hosts: open answers, connections, child processes. */
  readonly close: () => Promise<void>;
  /** Called once, when it begins. */
  readonly say: () => void;
};

/** The longest that an end may take, in ms; a host that hangs is left behind then. */
const deadline = 1500;
/** Answers that are being written get this long to end, in ms. */
const grace = 250;

/** Ctrl-C, kill, a closed terminal, or the end of the process that started us. */
export const whenToldToStop = (running: Stoppable): void => {
  let stopping = false;
  const stop = (): void => {
    // A terminal's Ctrl-C reaches us twice: from the terminal and from npm start.
    if (stopping) return;
    stopping = true;
    running.say();
    setTimeout(() => process.exit(0), deadline);
    void ended(running).then(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  process.on("disconnect", stop);
};

/** Next waits for open answers (30 s were seen), so streams and connections end before it. */
const ended = async ({ server, next, close }: Stoppable): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  setTimeout(() => server.closeAllConnections(), grace);
  await Promise.allSettled([close(), closed]);
  await (await next).close();
};
