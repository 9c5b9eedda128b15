import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Where a program of a test runs, as the command that enters there. */
export type Spot = { readonly name: string; readonly enter: readonly string[] };

export type Listens = {
  readonly protocol: "tcp" | "udp";
  readonly address: string;
  readonly port: number;
};

/** `source`: the address to send from; without one the kernel chooses. */
type Try = Listens & { readonly nonce: string; readonly source?: string };

/** Where a nonce came out. */
export type Got = { readonly spot: string; readonly port: number };

export type Receivers = {
  /** All nonces so far. */
  readonly got: ReadonlyMap<string, Got>;
  /** One that a program of its own received there. */
  readonly note: (nonce: string, where: Got) => void;
  readonly end: () => void;
};

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Comes true with its first line, and reports each that follows. */
function started(child: ChildProcess, onLine: (line: string) => void): Promise<void> {
  let open = "";
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (open + text).split("\n");
      open = lines.pop() ?? "";
      for (const line of lines) line === "ready" ? resolve() : onLine(line);
    });
    child.on("exit", (code) => reject(new Error(`a receiver ended: ${code}`)));
  });
}

/** One process at each spot that listens there. */
export async function receive(
  spots: readonly (Spot & { readonly listens: readonly Listens[] })[],
): Promise<Receivers> {
  const got = new Map<string, Got>();
  const children: ChildProcess[] = [];
  await Promise.all(
    spots.map(({ name, enter, listens }) => {
      const specs = listens.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`);
      const [command = "", ...args] = [...enter, process.execPath, script("receive.ts"), ...specs];
      const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
      children.push(child);
      return started(child, (line) => {
        const [nonce = "", port] = line.split(" ");
        got.set(nonce, { spot: name, port: Number(port) });
      });
    }),
  );
  return {
    got,
    note: (nonce, where) => got.set(nonce, where),
    end: () => {
      for (const child of children) child.stdin?.end();
    },
  };
}

export type Sender = {
  /** All of them at once; each is waited for at most `patience` ms. */
  readonly send: (tries: readonly Try[], patience: number) => Promise<void>;
  readonly end: () => void;
};

/** A process at a spot that sends, one job after the other. */
export function sender({ enter, name }: Spot): Sender {
  const [command = "", ...args] = [...enter, process.execPath, script("send.ts")];
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  let done = Promise.withResolvers<void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    if (text.includes("done")) done.resolve();
  });
  child.on("exit", (code) => done.reject(new Error(`the sender at ${name} ended: ${code}`)));
  return {
    send: (tries, patience) => {
      done = Promise.withResolvers();
      child.stdin.write(`${JSON.stringify({ patience, tries })}\n`);
      return done.promise;
    },
    end: () => {
      done.promise.catch(() => undefined);
      child.stdin.end();
    },
  };
}
