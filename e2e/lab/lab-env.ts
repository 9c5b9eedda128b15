import { readFileSync } from "node:fs";
import { type Ran, run } from "./run-command";
import type { Lab, LabHost } from "./truth";

/** The lab that this process runs beside; it throws where there is none. */
export function lab(): Lab {
  const { VETHSCOPE_LAB: file } = process.env;
  if (file === undefined) {
    throw new Error("No lab here: VETHSCOPE_LAB names no file. `npm test` brings a lab up.");
  }
  return JSON.parse(readFileSync(file, "utf8")) as Lab;
}

/** The lab's (first) host. */
export function labHost(): LabHost {
  const [host] = lab().hosts;
  if (host === undefined) throw new Error("The lab has no host.");
  return host;
}

/** argv as a process of the host: its files, pids, name and links. */
export const insideHost = (
  host: Pick<LabHost, "pid">,
  argv: readonly string[],
): readonly string[] => [
  ...["nsenter", "-t", String(host.pid), "--mount", "--uts", "--ipc", "--net", "--pid"],
  ...["--", ...argv],
];

export const onHost = (
  host: Pick<LabHost, "pid">,
  argv: readonly string[],
  stdin = "",
): Promise<Ran> => run(insideHost(host, argv), stdin);
