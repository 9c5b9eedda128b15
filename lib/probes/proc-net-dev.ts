import type { Reading } from "./define";
import type { IpLink } from "./ip-link";
import { readLines } from "./lines";

export type NetDevRow = {
  readonly name: string;
  readonly counters: NonNullable<IpLink["counters"]>;
  readonly at: number;
};

/** One line of /proc/net/dev; null: another line. Sixteen columns, receive first; the name may touch its colon. */
export function netDevLine(line: string): Omit<NetDevRow, "at"> | null {
  const found = /^\s*([^\s:]+):\s*((?:\d+\s+){15}\d+)\s*$/.exec(line);
  if (found === null) return null;
  const [, name = "", columns = ""] = found;
  const numbers = columns.trim().split(/\s+/).map(Number);
  const [rxBytes = 0, rxPackets = 0] = numbers;
  const [txBytes = 0, txPackets = 0] = numbers.slice(8);
  return { name, counters: { rxBytes, rxPackets, txBytes, txPackets } };
}

/** Reads /proc/net/dev: names and counters of every link, for anyone and without any tool. */
export const readNetDev = (text: string): Reading<NetDevRow> =>
  readLines(text, (line, at) => {
    if (/^\s*(Inter-\||face \|)/.test(line)) return undefined;
    const row = netDevLine(line);
    return row && { ...row, at };
  });
