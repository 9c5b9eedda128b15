/** One measured thing. `goal` is what the issue or the design asks for; the table says whether it was met. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "kB" | "MB" | "processes" | "round trips" | "×" | "bytes";
  readonly goal?: { readonly atMost: number } | { readonly atLeast: number };
  readonly note?: string;
};

/** The smallest of several runs: what the machine can do when nothing else wants it. */
export async function fastest(runs: number, work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** The one in the middle; NaN of none. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const met = ({ value, goal }: Figure): string => {
  if (goal === undefined) return "";
  const reached = "atMost" in goal ? value <= goal.atMost : value >= goal.atLeast;
  const asked = "atMost" in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  return `${reached ? "met" : "MISSED"} (${asked})`;
};

/** The figures as a table for a terminal. */
export function table(figures: readonly Figure[]): string {
  const cells = figures.map((figure) => [
    figure.name,
    `${figure.value.toFixed(figure.value < 100 ? 1 : 0)} ${figure.unit}`,
    met(figure),
    figure.note ?? "",
  ]);
  const width = (column: number) => Math.max(...cells.map((row) => row[column]?.length ?? 0));
  return cells
    .map(([name = "", value = "", goal = "", note = ""]) =>
      `${name.padEnd(width(0))}  ${value.padStart(width(1))}  ${goal.padEnd(width(2))}  ${note}`.trimEnd(),
    )
    .join("\n");
}
