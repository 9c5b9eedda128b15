import type { Hosts } from "./hosts/hosts";
import { openStreams, type Streams } from "./hosts/streams";

/** Parts of this process that are loaded apart: the http server by Node, the others by Next, each alone. */
type Place = "door" | "instrumentation" | "route";

/** The one owner of everything that outlives a request. */
export type Runtime = {
  readonly id: string;
  readonly hosts: Hosts;
  readonly streams: Streams;
  /** Which parts of the process have reached this very runtime. */
  readonly reachedFrom: Set<Place>;
  /** Streams first, then hosts. Nothing can be read afterwards. */
  readonly close: () => Promise<void>;
};

/**
 * Next bundles instrumentation, pages and route handlers apart, so a module variable would exist
 * three times in one process; a property of globalThis exists once.
 */
const slot = Symbol.for("vethscope");
const here = globalThis as { [slot]?: Runtime };

/** Called once, by server/cli/serve.ts, before Next is loaded. */
export const openRuntime = (hosts: Hosts): Runtime => {
  if (here[slot] !== undefined) throw new Error("the runtime is open already");
  const streams = openStreams();
  here[slot] = {
    id: crypto.randomUUID(),
    hosts,
    streams,
    reachedFrom: new Set(),
    close: async () => {
      streams.close();
      await hosts.close();
    },
  };
  return here[slot];
};

/** The runtime of this process. Next started by itself has none: nothing would stand at its door. */
export const runtime = (): Runtime => {
  const open = here[slot];
  if (open === undefined) throw new Error("no runtime: Vethscope is started by `npm start`");
  return open;
};
