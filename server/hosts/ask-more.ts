import type { Opened } from "@/lib/details/model";
import { type Opening, openedBy } from "./opened";
import type { HostSource } from "./source";

/** Puts one more question to a host, when those before it are answered. `once`: its answer holds for all who say the same. */
export type AskMore = (opening: Opening, once: string | null) => Promise<Opened>;

const unreached = (opening: Opening): Opened => ({
  status: "missing",
  gap: { probe: opening.probe.name, netns: null, reason: "no-shell", words: "" },
});

/** Of one host. One question at a time: sshd allows ten sessions, and a reading takes half of them. */
export function askingMore(source: HostSource, closing: AbortSignal): AskMore {
  let known: { readonly once: string; readonly opened: Promise<Opened> } | null = null;
  let last: Promise<unknown> = Promise.resolve();

  const ask = async (opening: Opening): Promise<Opened> => {
    if (source.way === undefined) return opening.recorded();
    closing.throwIfAborted();
    const way = await source.way(closing);
    if (way === null) return unreached(opening);
    try {
      const { askOne } = await import("@/server/gather/ask-one");
      return openedBy(opening, await askOne(way.transport, opening.probe, opening.where, closing));
    } finally {
      way.leave();
    }
  };

  return (opening, once) => {
    if (once !== null && known?.once === once) return known.opened;
    const asked = last.then(() => ask(opening));
    last = asked.catch(() => undefined);
    if (once !== null) known = { once, opened: asked };
    return asked;
  };
}
