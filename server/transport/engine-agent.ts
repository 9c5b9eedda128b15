import { spawn } from "node:child_process";
import { Agent, type AgentOptions } from "node:http";
import { Duplex } from "node:stream";

const nothing = (): void => undefined;

/** What node:http asks of a net.Socket and another stream does not have. */
const asSocket = (stream: Duplex): Duplex =>
  Object.assign(stream, {
    setKeepAlive: nothing,
    setNoDelay: nothing,
    setTimeout: nothing,
    ref: nothing,
    unref: nothing,
    destroySoon: () => stream.destroy(),
  });

/** ECONNREFUSED: to askEngine it means that nothing is there, so that the next door is tried. */
export const shutDoor = (words: string): Error =>
  Object.assign(new Error(words), { code: "ECONNREFUSED" });

/** Speaks HTTP over streams that `connect` opens. */
export function agentOver(connect: () => Promise<Duplex>, options: AgentOptions): Agent {
  const agent = new Agent(options);
  agent.createConnection = (_options, done) => {
    connect().then(
      (stream) => done?.(null, asSocket(stream)),
      (error: Error) => done?.(error, undefined as never),
    );
    return undefined as never;
  };
  return agent;
}

/** argv that passes its stdin and stdout on to an engine's socket. `before`: whose rights it gets. */
export const dialStdio = (before: readonly string[], socket: string): readonly string[] => [
  ...[...before, "docker", "-H", `unix://${socket}`, "system", "dial-stdio"],
];

/** Runs such a command here; one that ends before it said anything is a shut door. */
export async function dialledHere(argv: readonly string[]): Promise<Duplex> {
  const [command = "", ...words] = argv;
  const child = spawn(command, words, { stdio: ["pipe", "pipe", "ignore"] });
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  stream.on("error", nothing);
  const end = (why: string) => stream.destroy(shutDoor(why));
  child.once("error", ({ message }) => end(message));
  child.once("exit", (status) => {
    if (status !== 0) end(`${command} ended with status ${status}`);
  });
  return stream;
}
