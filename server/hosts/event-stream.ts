import type { Hosts } from "./hosts";
import type { Streams } from "./streams";

/** Shorter than the minute after which what lies between gives up on a silent connection. */
const heartbeatMs = 20_000;

/** Messages that may wait for a reader who does not read. */
const patience = 500;

/**
 * A host's events in the framing of server-sent events, with a comment as heartbeat. Ends when the
 * reader leaves (`gone`), does not read any more, or the server stops. null: no such host.
 */
export const eventStream = (
  host: string,
  hosts: Hosts,
  streams: Streams,
  gone: AbortSignal,
): ReadableStream<Uint8Array> | null => {
  if (!hosts.list().some(({ id }) => id === host)) return null;
  const encoder = new TextEncoder();
  const undo: (() => void)[] = [];
  const release = (): void => {
    for (const each of undo.splice(0)) each();
  };

  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      const end = (): void => {
        if (undo.length === 0) return;
        release();
        controller.close();
      };
      const write = (text: string): void => {
        if ((controller.desiredSize ?? 0) < -patience) end();
        else controller.enqueue(encoder.encode(text));
      };
      // The headers of an answer wait for its first bytes.
      write(": open\n\n");
      const beating = setInterval(() => write(": still here\n\n"), heartbeatMs);
      undo.push(() => clearInterval(beating));
      undo.push(hosts.subscribe(host, (event) => write(message(event))) ?? (() => undefined));
      undo.push(streams.add(end));
      gone.addEventListener("abort", end, { once: true });
    },
    cancel: release,
  });
};

const message = (event: unknown): string => `data: ${JSON.stringify(event)}\n\n`;
