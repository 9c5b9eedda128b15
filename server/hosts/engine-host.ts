import { sayEngineTrouble } from "@/server/transport/engine-trouble";
import type { ConfiguredEngine } from "./config/configured-engines";
import type { HostSource } from "./source";

/** A host of which only the engine's API is reached, over TCP. Connected for each reading. */
export const engineHost = (configured: ConfiguredEngine): HostSource => ({
  id: configured.id,
  source: "live",
  engineOnly: configured,
  way: async (signal) => {
    const { connectEngine } = await import("@/server/transport/engine-only");
    const outcome = await connectEngine(configured.target, signal);
    return outcome.status === "failed"
      ? null
      : { transport: outcome.transport, leave: outcome.close };
  },
  gather: async ({ signal, onProgress }) => {
    const { target, id } = configured;
    const { connectEngine } = await import("@/server/transport/engine-only");
    const outcome = await connectEngine(target, signal);
    if (outcome.status === "failed") {
      const said = sayEngineTrouble(target.address, outcome.why);
      return { barred: { kind: "unreachable", ...said, retryAt: null } };
    }
    try {
      const { gather } = await import("@/server/gather/gather");
      return await gather(outcome.transport, { host: id, source: "live", signal, onProgress });
    } finally {
      outcome.close();
    }
  },
});
