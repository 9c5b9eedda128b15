import type { Reading } from "./define";
import { readLines } from "./lines";

/** One attribute of one link, out of /sys/class/net. */
export type SysfsValue = {
  readonly link: string;
  readonly attribute: "ifindex" | "iflink";
  readonly value: number;
  readonly at: number;
};

/**
 * Reads `grep -H "" /sys/class/net/*\/iflink` and its like: `…/net/eth0/iflink:5`. The folder may lie under
 * /proc/PID/root: whoever mounted that sysfs decides which namespace it shows (netfacts §1.6).
 */
export const readSysfsNet = (text: string): Reading<SysfsValue> =>
  readLines(text, (line, at) => {
    const found = /^.*\/(?:class\/)?net\/([^/\s]+)\/(ifindex|iflink):\s*(\d+)\s*$/.exec(line);
    if (found === null) return null;
    const [, link = "", attribute, value] = found;
    return {
      link,
      attribute: attribute === "ifindex" ? "ifindex" : "iflink",
      value: Number(value),
      at,
    };
  });
