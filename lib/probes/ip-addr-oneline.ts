import type { Reading } from "./define";
import type { IpAddress } from "./ip-link";
import { readLines } from "./lines";

/** A line of `ip -o addr`, which has neither flags nor the number of the other end. */
export type OnelineAddress = {
  readonly ifindex: number;
  readonly name: string;
  readonly address: IpAddress;
  readonly at: number;
};

/** Reads `ip -o addr`: one address in each line. */
export const readOnelineAddresses = (text: string): Reading<OnelineAddress> =>
  readLines(text, (line, at) => {
    const found = /^\s*(\d+): (\S+) +(inet6?) ([0-9a-fA-F.:]+)(?:\/(\d+))?(?:\s(.*))?$/.exec(line);
    if (found === null) return null;
    const [, index, name = "", kind, address = "", prefix, rest = ""] = found;
    const family = kind === "inet6" ? "inet6" : "inet";
    const length = prefix ?? /peer \S+\/(\d+)/.exec(rest)?.[1] ?? (family === "inet6" ? 128 : 32);
    const scope = /\bscope (\S+)/.exec(rest)?.[1] ?? "";
    return {
      ifindex: Number(index),
      name,
      address: { family, address, prefix: Number(length), scope },
      at,
    };
  });
