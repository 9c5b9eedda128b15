import type { Reading } from "./define";
import { readLines } from "./lines";

/** A bridge and one of its ports; null: it has none. */
export type BrctlRow = {
  readonly bridge: string;
  readonly port: string | null;
  readonly at: number;
};

/**
 * Reads `brctl show`. Ports after the first stand alone in lines of their own. It shows the bridges of the
 * sysfs that is mounted, not of the namespace that it was run in (netfacts §1.6).
 */
export function readBrctl(text: string): Reading<BrctlRow> {
  let bridge: string | null = null;
  return readLines(text, (line, at) => {
    if (/^bridge name\s+bridge id/.test(line)) return undefined;
    const whole = /^(\S+)\s+[0-9a-f]{4}\.[0-9a-f]{12}\s+(?:yes|no)(?:\s+(\S+))?\s*$/.exec(line);
    if (whole !== null) {
      bridge = whole[1] ?? "";
      return { bridge, port: whole[2] ?? null, at };
    }
    const port = /^\s+(\S+)\s*$/.exec(line)?.[1];
    return port === undefined || bridge === null ? null : { bridge, port, at };
  });
}
