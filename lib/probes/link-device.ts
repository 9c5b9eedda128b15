import { defineProbe, type Probe } from "./define";
import { readLines } from "./lines";

/** What sysfs says of the hardware behind a link: `speed` in Mbit/s, `duplex`, `driver`. */
export type DeviceLine = {
  readonly name: "speed" | "duplex" | "driver" | "bus";
  readonly value: string;
};

const script =
  'cd "/sys/class/net/$1" || exit; grep -sH "" speed duplex; for each in driver subsystem; do to=$(readlink "device/$each") && echo "$each:${to##*/}"; done; true';

const names = { speed: "speed", duplex: "duplex", driver: "driver", subsystem: "bus" } as const;

/** Of a link of the host's own namespace: sysfs shows the one in which it was mounted. */
export const linkDevice = (link: string): Probe<DeviceLine> =>
  defineProbe({
    name: "link-device",
    scope: "opened",
    ask: { kind: "command", argv: ["sh", "-c", script, "sh", link] },
    right: "anyone",
    why: "speed and driver of a NIC",
    parse: ({ stdout }) =>
      readLines(stdout, (line) => {
        const found = /^(speed|duplex|driver|subsystem):(.*)$/.exec(line);
        if (found === null) return null;
        const [, name, value = ""] = found;
        return { name: names[name as keyof typeof names], value };
      }),
  });
