import type { HostFacts } from "@/lib/facts/model";
import type { HostSource } from "./source";

/**
 * A Debian host with Docker 28.5: what Vethscope shows where there is nothing to read. The recording
 * is its facts as they are: asked once more, its answers would bear today's date.
 */
export const sampleHost: HostSource = {
  id: "sample",
  source: "recorded",
  gather: async () => {
    const { default: facts } = await import("@/lib/recorded-hosts/docker-28.5-debian-sid.json", {
      with: { type: "json" },
    });
    return facts as unknown as HostFacts;
  },
};
