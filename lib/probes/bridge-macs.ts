import { z } from "zod";
import { defineProbe, type Probe, type Reading } from "./define";
import { isJson, readJsonArray } from "./json-rows";
import { readLines } from "./lines";

/** A MAC address of the forwarding table of one bridge. */
export type BridgeMac = {
  readonly mac: string;
  /** null: the port's name was not printed, only its number. */
  readonly port: string | null;
  /** learned: from a frame, and forgotten after the ageing time. own: of the port or bridge itself. */
  readonly kind: "learned" | "permanent" | "static" | "own";
  readonly vlan: number | null;
  readonly at: number;
};

const element = z.object({
  mac: z.string(),
  ifname: z.string(),
  master: z.string().optional(),
  state: z.string().optional(),
  vlan: z.number().optional(),
  flags: z.array(z.string()).default([]),
});

const kindOf = (state: string | undefined, own: boolean): BridgeMac["kind"] => {
  if (own) return "own";
  return state === "permanent" || state === "static" ? state : "learned";
};

const readJson = (text: string): Reading<BridgeMac> =>
  readJsonArray(text, element, ({ mac, ifname, master, state, vlan, flags }, at) => ({
    mac,
    port: ifname,
    kind: kindOf(state, master === undefined || flags.includes("self")),
    vlan: vlan ?? null,
    at,
  }));

/** `02:42:ac:11:00:02 dev veth2a351df vlan 1 master docker0 permanent`; nothing at the end: learned. */
const readText = (text: string): Reading<BridgeMac> =>
  readLines(text, (line, at) => {
    const found = /^([0-9a-f]{2}(?::[0-9a-f]{2}){5}) dev (\S+)((?: \S+)*)\s*$/.exec(line);
    if (found === null) return null;
    const [, mac = "", port = "", rest = ""] = found;
    const words = rest.trim().split(" ");
    const state = words.find((word) => word === "permanent" || word === "static");
    const vlan = /(?: |^)vlan (\d+)/.exec(rest)?.[1];
    const own = words.includes("self") || !words.includes("master");
    return { mac, port, kind: kindOf(state, own), vlan: vlan ? Number(vlan) : null, at };
  });

/** `veth57e9f9 (1)` of `brctl showstp`, and `…/brif/veth57e9f9/port_no:0x1` of sysfs. */
const portNumbers = (text: string): ReadonlyMap<number, string> =>
  new Map([
    ...[...text.matchAll(/^(\S+) \((\d+)\)\s*$/gm)].map(
      ([, name = "", number]) => [Number(number), name] as const,
    ),
    ...[...text.matchAll(/^.*\/brif\/([^/\s]+)\/port_no:(0x[0-9a-f]+)\s*$/gm)].map(
      ([, name = "", number]) => [Number(number), name] as const,
    ),
  ]);

/** The lines of `brctl showstp`, and of sysfs, that only name ports and settings. */
const settings =
  /^(?:\S+ \(\d+\)| (?:gc timer|[a-z]{3,})\b.*|.*\/port_no:0x[0-9a-f]+|port no\s+mac addr.*|[^\s/:]+)\s*$/;
const row = /^\s*(\d+)\s+([0-9a-f]{2}(?::[0-9a-f]{2}){5})\s+(yes|no)\s+[\d.]+\s*$/;
/** struct __fdb_entry (linux/if_bridge.h): mac, port, is_local, age, high byte of the port, padding. */
const entry = /^((?: [0-9a-f]{2}){6}) ([0-9a-f]{2}) ([0-9a-f]{2})(?: [0-9a-f]{2}){4} ([0-9a-f]{2})/;

/** What the older tools know: ports by number, and no VLANs. */
function readNumbered(text: string): Reading<BridgeMac> {
  const ports = portNumbers(text);
  return readLines(text, (line, at) => {
    const told = row.exec(line);
    if (told !== null) {
      const [, number, mac = "", own] = told;
      const port = ports.get(Number(number)) ?? null;
      return { mac, port, kind: kindOf(undefined, own === "yes"), vlan: null, at };
    }
    const dumped = entry.exec(line);
    if (dumped === null) return settings.test(line) ? undefined : null;
    const [, bytes = "", low = "0", own, high = "0"] = dumped;
    const number = Number.parseInt(high + low, 16);
    return {
      mac: bytes.trim().replaceAll(" ", ":"),
      port: ports.get(number) ?? null,
      kind: kindOf(undefined, own !== "00"),
      vlan: null,
      at,
    };
  });
}

const isText = (text: string): boolean => / dev \S+/.test(text.split("\n", 1)[0] ?? "");

/** The forwarding table of one bridge, as it is now. */
export const bridgeMacs = (bridge: string): Probe<BridgeMac> =>
  defineProbe({
    name: "bridge-macs",
    scope: "opened",
    ask: { kind: "command", argv: ["bridge", "-j", "fdb", "show", "br", bridge] },
    otherwise: [
      {
        unless: "bridge -j -V",
        ask: { kind: "command", argv: ["bridge", "fdb", "show", "br", bridge] },
      },
      {
        unless: "bridge -V",
        ask: {
          kind: "command",
          argv: ["sh", "-c", 'brctl showmacs "$1" && brctl showstp "$1"', "sh", bridge],
        },
      },
      {
        unless: "command -v brctl",
        ask: {
          kind: "command",
          // od: sixteen bytes in a line, which is one entry.
          argv: [
            "sh",
            "-c",
            'cd "/sys/class/net/$1" && grep -sH "" "$PWD"/brif/*/port_no; od -An -v -tx1 brforward',
            "sh",
            bridge,
          ],
        },
      },
    ],
    right: "root",
    why: "which MAC addresses a bridge knows behind which port, at this moment",
    parse: ({ stdout }) => {
      if (isJson(stdout)) return readJson(stdout);
      return isText(stdout) ? readText(stdout) : readNumbered(stdout);
    },
  });
