import { z } from "zod";
import { defineProbe, type Reading } from "./define";
import { isJson, readJsonArray } from "./json-rows";
import { readLines } from "./lines";

/** VLANs of one port, or of a bridge itself: what a frame needs to get in or out there. */
export type PortVlan = {
  readonly port: string;
  readonly from: number;
  /** The same as `from` where it is no range. */
  readonly to: number;
  /** Frames without a tag belong to this VLAN. */
  readonly pvid: boolean;
  readonly at: number;
  /** The line that says so, where the answer is text and not JSON. */
  readonly line?: number;
};

const element = z.object({
  ifname: z.string().min(1),
  vlans: z.array(
    z.object({
      vlan: z.number().int(),
      vlanEnd: z.number().int().optional(),
      flags: z.array(z.string()).default([]),
    }),
  ),
});

function readJson(text: string): Reading<PortVlan> {
  const { rows, unread } = readJsonArray(text, element, ({ ifname: port, vlans }, at) =>
    vlans.map(({ vlan: from, vlanEnd: to = from, flags }) => ({
      port,
      from,
      to,
      pvid: flags.includes("PVID"),
      at,
    })),
  );
  return { rows: rows.flat(), unread };
}

/** `docker0  1 PVID Egress Untagged`, and below it lines that begin with the next VLAN of the same port. */
function readText(text: string): Reading<PortVlan> {
  let port = "";
  return readLines(text, (line, at) => {
    if (/^port\s+vlan/.test(line) || /^\S+\s*(?:None)?$/.test(line)) return undefined;
    const found = /^(\S*)\s+(\d+)(?:-(\d+))?((?: [A-Z]\w+)*)\s*$/.exec(line);
    if (found === null) return null;
    const [, name = "", from = "", to = from, flags = ""] = found;
    if (name !== "") port = name;
    return { port, from: Number(from), to: Number(to), pvid: / PVID\b/.test(flags), at, line: at };
  });
}

export const bridgeVlan = defineProbe<PortVlan>({
  name: "bridge-vlan",
  scope: "filtering",
  ask: { kind: "command", argv: ["bridge", "-j", "vlan", "show"] },
  otherwise: [
    {
      unless: "bridge -j -V",
      ask: { kind: "command", argv: ["bridge", "vlan", "show"] },
    },
  ],
  right: "root",
  why: "which ports of a bridge share a VLAN",
  parse: ({ stdout }) => (isJson(stdout) ? readJson(stdout) : readText(stdout)),
});
