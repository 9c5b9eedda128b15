import { z } from "zod";
import { defineProbe } from "./define";
import { readJsonArray } from "./json-rows";

/** A MAC address that a bridge knows behind one of its ports. */
export type FdbEntry = {
  readonly mac: string;
  readonly port: string;
  readonly bridge: string | null;
  /** Learned from a frame, not configured: a sign that this address really is behind the port. */
  readonly learned: boolean;
  /** The host behind a tunnel to which frames for this address go; absent: no tunnel. */
  readonly remote?: string;
  readonly at: number;
};

const element = z.object({
  mac: z.string(),
  ifname: z.string(),
  master: z.string().optional(),
  dst: z.string().optional(),
  state: z.string().optional(),
  flags: z.array(z.string()).default([]),
});

export const bridgeFdb = defineProbe<FdbEntry>({
  name: "bridge-fdb",
  scope: "host-netns",
  ask: { kind: "command", argv: ["bridge", "-j", "fdb", "show"] },
  right: "anyone",
  why: "which MAC addresses the bridges learned on which port: supports a pair, never decides it",
  parse: ({ stdout }) =>
    readJsonArray(stdout, element, (each, at) => ({
      mac: each.mac,
      port: each.ifname,
      bridge: each.master ?? null,
      learned:
        each.master !== undefined &&
        each.state !== "permanent" &&
        each.state !== "static" &&
        !each.flags.includes("self"),
      ...(each.dst === undefined ? {} : { remote: each.dst }),
      at,
    })),
});
