import type { Client, ClientChannel } from "ssh2";

/**
 * Commands of one connection that run at the same time. sshd refuses more than MaxSessions (10 unless
 * it is told otherwise, 1 on some hosts) with "open failed": then those that were refused wait for
 * those that run.
 */
export type Sessions = {
  /** Never rejects. */
  readonly run: (command: string) => Promise<ClientChannel | { readonly refused: string }>;
};

const most = 8;
/** A session that ended is counted for a moment more by sshd, which waits for its processes. */
const retries = 6;
const retryMs = 40;

type Refusal = { readonly words: string; readonly noRoom: boolean };

const open = (client: Client, command: string): Promise<ClientChannel | Refusal> =>
  new Promise((resolve) => {
    try {
      client.exec(command, (error, channel) => {
        if (error === undefined) resolve(channel);
        // A refused channel has a reason; a refused command has none.
        else resolve({ words: error.message, noRoom: "reason" in error });
      });
    } catch (error) {
      resolve({ words: error instanceof Error ? error.message : String(error), noRoom: false });
    }
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function sessions(client: Client): Sessions {
  let room = most;
  let taken = 0;
  const waiting: (() => void)[] = [];

  const enter = async (): Promise<void> => {
    while (taken >= room) await new Promise<void>((resolve) => waiting.push(resolve));
    taken += 1;
  };
  const leave = (): void => {
    taken -= 1;
    waiting.shift()?.();
  };

  /** Whether the refused command is to be tried again, as soon as there is room. */
  const refused = async ({ noRoom }: Refusal, attempt: number): Promise<boolean> => {
    if (noRoom && taken > 1) room = Math.min(room, taken - 1);
    leave();
    if (!noRoom) return false;
    if (taken > 0) return true;
    await pause(retryMs * (attempt + 1));
    return attempt < retries;
  };

  const run: Sessions["run"] = async (command) => {
    for (let attempt = 0; ; attempt += 1) {
      await enter();
      const opened = await open(client, command);
      if (!("words" in opened)) {
        opened.once("close", leave);
        return opened;
      }
      if (!(await refused(opened, attempt))) return { refused: opened.words };
    }
  };
  return { run };
}
