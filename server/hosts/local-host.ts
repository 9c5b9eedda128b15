import type { HostSource } from "./source";

/** The machine that Vethscope runs on. What reads it is loaded when it is first read: a start takes less. */
export const localHost: HostSource = {
  id: "local",
  source: "live",
  gather: async (reading) => {
    const { gather } = await import("@/server/gather/gather");
    const { local } = await import("@/server/transport/local");
    return gather(await local(), { host: "local", source: "live", ...reading });
  },
  way: async () => {
    const { local } = await import("@/server/transport/local");
    return { transport: await local(), leave: () => undefined };
  },
};
