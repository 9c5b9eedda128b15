import { netnsId, netnsLabel } from "@/lib/net/ids";
import type { Asked, PortRow, Scope } from "@/lib/ports/model";
import { ports } from "@/lib/ports/ports";
import type { World } from "@/lib/ports/world";
import type { Got } from "./nonces/nonces";
import type { ReachWard } from "./reach-ward";

/** What the Ports view says of one asker of one row, tried with a nonce of its own. */
export type RowAttempt = {
  readonly nonce: string;
  readonly from: string;
  readonly source?: string;
  readonly row: PortRow;
  /** Names of the containers whose it is; none: the host's. */
  readonly owners: readonly string[];
  readonly asked: Asked;
};

/** Who sends in an asker's stead; null: nobody in the ward can. */
function spotOf(ward: ReachWard, { from, origin }: Asked): string | null {
  if (origin.at === "outside") return from === "world" ? "world" : "neighbour";
  const found = [...ward.inodes].find(
    ([, inode]) => netnsId("reach", netnsLabel(inode)) === origin.netns,
  );
  return found?.[0] ?? null;
}

/** From the address of an asker outside, which whoever sends is lent. */
async function sourceOf(ward: ReachWard, from: string, { origin }: Asked): Promise<string | null> {
  if (origin.at !== "outside") return null;
  if (from === "world" || from === "neighbour") await ward.lend(from, origin.address);
  return origin.address;
}

/** Each answer of each row. */
export async function rowAttempts(
  world: World,
  ward: ReachWard,
  isOurs: (row: PortRow) => boolean,
  nonce: () => string,
): Promise<readonly RowAttempt[]> {
  const names = new Map(world.topology.containers.map(({ id, name }) => [id, name]));
  const all = ports(world)
    .rows.filter(isOurs)
    .flatMap((row) => row.asked.map((asked) => ({ row, asked })));
  const found: RowAttempt[] = [];
  for (const { row, asked } of all) {
    const from = spotOf(ward, asked);
    if (from === null) continue;
    const source = await sourceOf(ward, from, asked);
    const owners = row.containers.flatMap((id) => names.get(id) ?? []);
    const attempt = { nonce: nonce(), from, row, owners, asked };
    found.push(source === null ? attempt : { ...attempt, source });
  }
  return found;
}

/** Of a program of the host its name tells whose it is; containers that share a network are one place. */
const isOwner = ({ row, owners }: RowAttempt, spot: string): boolean =>
  row.kind !== "host" || (owners.length === 0 ? spot === "host" : owners.includes(spot));

/** Whether a nonce came out where it was said to, at the port that the row tells of. */
function isAtRow(ward: ReachWard, attempt: RowAttempt, got: Got): boolean {
  const { row, asked } = attempt;
  const inode = ward.inodes.get(got.spot);
  const [end] = asked.reach.ends;
  return (
    inode !== undefined &&
    end?.netns === netnsId("reach", netnsLabel(inode)) &&
    got.port === (row.target?.port ?? row.host?.port) &&
    isOwner(attempt, got.spot)
  );
}

const gotOf = (ward: ReachWard, { nonce }: RowAttempt): Got | undefined =>
  ward.receivers.got.get(nonce);

/** yes: it has to come out at the row; no: nowhere, or at another program. null: nothing can be said of it. */
function expected({ asked: { arrives, reach } }: RowAttempt): "row" | "not-row" | null {
  if (arrives === "cannot-tell" || reach.answer === "cannot-tell") return null;
  return arrives === "yes" && reach.answer === "yes" ? "row" : "not-row";
}

function isWrong(ward: ReachWard, attempt: RowAttempt, got: Got | undefined): boolean {
  const { asked } = attempt;
  switch (expected(attempt)) {
    case null:
      return false;
    case "row":
      return got === undefined || !isAtRow(ward, attempt, got);
    case "not-row":
      return got !== undefined && !(asked.reach.answer === "yes" && asked.arrives === "no");
  }
}

/** What the row said and the connection did otherwise; null: nothing. */
export function rowFault(ward: ReachWard, attempt: RowAttempt): string | null {
  const got = gotOf(ward, attempt);
  if (!isWrong(ward, attempt, got)) return null;
  const where = got === undefined ? "nowhere" : `at ${got.spot}:${got.port}`;
  const { row, asked, source = "" } = attempt;
  const { from, whom, to, arrives, reach } = asked;
  return `${row.key} ${from} ${JSON.stringify(whom)} ${source} → ${to.address}:${to.port}: said ${arrives}/${reach.answer}, came out ${where} ${JSON.stringify([reach.stop, reach.doubts, reach.ends])}`;
}

/** As a person would say it of connections that came out: who is outside, then the host, then containers. */
const circles: readonly (readonly [Scope, (asked: Asked) => boolean])[] = [
  ["world", ({ from, whom }) => from === "world" && whom.of === "any"],
  ["lan", ({ from, whom }) => from === "lan" && whom.of === "any"],
  ["some", ({ from, whom }) => from === "neighbour" || whom.of === "named"],
  ["host", ({ from }) => from === "host" || from === "loopback"],
  ["containers", ({ from }) => from === "same-network" || from === "other-network"],
];

const insideFirst: readonly Scope[] = ["world", "lan", "some", "containers", "host"];

/** The widest circle from which a nonce came out at it. */
function scopeThatWas(ward: ReachWard, row: PortRow, attempts: readonly RowAttempt[]): Scope {
  const came = attempts
    .filter((attempt) => {
      const got = gotOf(ward, attempt);
      return got !== undefined && expected(attempt) === "row" && isAtRow(ward, attempt, got);
    })
    .map(({ asked }) => asked);
  const order = row.host === null ? insideFirst : circles.map(([scope]) => scope);
  const holds = new Map(circles);
  return order.find((scope) => came.some((asked) => holds.get(scope)?.(asked))) ?? "nobody";
}

/** Rows with a program that answers and whose scope was another than was said. */
export function scopeFaults(ward: ReachWard, all: readonly RowAttempt[]): readonly string[] {
  const byRow = Map.groupBy(all, ({ row }) => row);
  return [...byRow].flatMap(([row, attempts]) => {
    if (row.scope === "unknown" || row.listener.status !== "listening") return [];
    // Somebody who is asked for and is not in the ward may be the one who decides.
    if (attempts.length < row.asked.length) return [];
    const was = scopeThatWas(ward, row, attempts);
    return was === row.scope ? [] : [`${row.key}: said ${row.scope}, was ${was}`];
  });
}

const outside = new Set<Scope>(["world", "lan", "some", "unknown"]);

/**
 * Of programs that somebody outside got to: those of which no row says so. `got`: where nonces came out that were sent
 * from outside, whoever sent them.
 */
export function unsaidFaults(
  world: World,
  ward: ReachWard,
  rows: readonly PortRow[],
  got: readonly Got[],
): readonly string[] {
  const names = new Map(world.topology.containers.map(({ id, netns }) => [id, netns]));
  const placeOf = (row: PortRow) =>
    row.containers.map((id) => names.get(id) ?? null).find((netns) => netns !== null) ?? world.host;
  return got.flatMap(({ spot, port }) => {
    const netns = netnsId("reach", netnsLabel(ward.inodes.get(spot) ?? 0));
    const own = rows.filter(
      (row) => placeOf(row) === netns && (row.target?.port ?? row.host?.port) === port,
    );
    if (own.length === 0 || own.some(({ scope }) => outside.has(scope))) return [];
    return [
      `${spot}:${port} was reached from outside: ${own.map(({ key, scope }) => `${key} ${scope}`)}`,
    ];
  });
}
