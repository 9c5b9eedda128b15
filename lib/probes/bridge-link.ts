import type { Reading } from "./define";
import { readLines } from "./lines";

/** A port of a bridge, as `bridge link` prints it. `iflink`: the number behind its @; of no meaning by itself. */
export type BridgePort = {
  readonly ifindex: number;
  readonly name: string;
  readonly iflink: number | null;
  readonly bridge: string;
  readonly state: string | null;
  readonly at: number;
};

/** Reads `bridge link`: ports only. `-d` adds indented lines. */
export const readBridgeLink = (text: string): Reading<BridgePort> =>
  readLines(text, (line, at) => {
    if (/^\s/.test(line)) return undefined;
    const found =
      /^(\d+): ([^\s:]+?)(?:@(?:if(\d+)|[^\s:@]+))?:? (?:state \S+ *:? ?)?<[^>]*>(.*)$/.exec(line);
    if (found === null) return null;
    const [, index = "", name = "", iflink, rest = ""] = found;
    const bridge = / master (\S+)/.exec(rest)?.[1];
    if (bridge === undefined) return undefined;
    return {
      ifindex: Number(index),
      name,
      iflink: iflink === undefined ? null : Number(iflink),
      bridge,
      state: / state (\S+)/.exec(rest)?.[1] ?? null,
      at,
    };
  });
