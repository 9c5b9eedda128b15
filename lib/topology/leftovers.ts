import type { Evidence } from "@/lib/facts/model";
import type { NetnsPath } from "@/lib/probes/netns-paths";
import type { Readings } from "@/lib/probes/read";
import type { Leftover } from "./model";

type Row = NetnsPath & { readonly evidence: Evidence };

const rowsOf = (readings: Readings, after: boolean): readonly Row[] =>
  readings.paths
    .filter(({ answer }) => answer.endsWith("-after") === after)
    .flatMap(({ answer, rows }) =>
      rows.map((row) => ({ ...row, evidence: { answer, at: { line: row.at } } })),
    );

/** Only the folders of `ip netns` and of engines: whoever makes a namespace there makes a plain file first. */
const isKept = ({ path }: Row): boolean => path.includes("/netns/");

/**
 * Files in those folders that are not of nsfs: the mount that made one a namespace is gone. A namespace
 * that is just being made looks the same for a moment, so only what was so at both looks counts.
 */
export function findLeftovers(readings: Readings): readonly Leftover[] {
  const [before, after] = [rowsOf(readings, false), rowsOf(readings, true)];
  const nsfs = before.find(({ path }) => path === "/proc/self/ns/net")?.dev;
  if (nsfs === undefined) return [];
  const isPlain = (row: Row): boolean => isKept(row) && row.dev !== nsfs;
  const still = new Set(after.filter(isPlain).map(({ path }) => path));
  return before
    .filter((row) => isPlain(row) && still.has(row.path))
    .map(({ path, evidence }) => ({ path, evidence }));
}
