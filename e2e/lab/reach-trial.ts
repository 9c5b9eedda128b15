import { afterAll, describe, expect, test } from "vitest";
import { linkId, netnsId, netnsLabel } from "@/lib/net/ids";
import { understand, worldOn } from "@/lib/pipeline";
import type { Origin, PortRow, Reach, Target } from "@/lib/ports/model";
import { ports } from "@/lib/ports/ports";
import { reach } from "@/lib/ports/reach";
import type { World } from "@/lib/ports/world";
import { gather } from "@/server/gather/gather";
import { local } from "@/server/transport/local";
import type { Circumstance } from "./circumstance";
import type { Got } from "./nonces/nonces";
import { type RowAttempt, rowAttempts, rowFault, scopeFaults, unsaidFaults } from "./reach-rows";
import { openReachWard, type ReachPlan, type ReachWard, secondAddress } from "./reach-ward";
import { worldAddresses } from "./reach-world";

const outsideAddresses: Readonly<Record<string, { readonly v4: string; readonly v6: string }>> = {
  outside: { v4: "10.99.1.2", v6: "fd00:99::2" },
  world: worldAddresses,
};

/** One connection that was worked out, and then tried with a nonce of its own. */
type Attempt = {
  readonly nonce: string;
  readonly from: string;
  readonly target: Target;
  readonly said: Reach;
};

const targetOf = (protocol: string, address: string, port: number): Target => ({
  protocol: protocol === "udp" ? "udp" : "tcp",
  address,
  port,
});

const published = /^(?:.+:)?(\d+):\d+\/(\w+)$/;

/** At which addresses a spot knows the host, beside that of its NIC. */
function nearAddresses({ address, gateway6 }: ReachPlan, from: string): readonly string[] {
  const v6 = secondAddress(address);
  if (from in outsideAddresses) return [v6];
  const own = from === "host" ? "127.0.0.1" : "172.17.0.1";
  if (gateway6 === undefined) return [own];
  return [own, v6, from === "host" ? "::1" : gateway6];
}

/** What each spot tries: ports of the host at its addresses, and those of containers at theirs. */
function targets(plan: ReachPlan, ward: ReachWard, from: string): readonly Target[] {
  const ofHost = [
    ...plan.guests.flatMap(({ ports = [] }) =>
      ports
        .map((each) => published.exec(each) ?? [])
        .map(([, port, protocol]) => ({ port, protocol })),
    ),
    ...plan.hostListens.map((each) => {
      const [protocol, , port] = each.split(" ");
      return { port, protocol };
    }),
    { port: "7777", protocol: "tcp" },
  ];
  const atHost = [plan.address, ...nearAddresses(plan, from)].flatMap((address) =>
    ofHost.map(({ port, protocol = "" }) => targetOf(protocol, address, Number(port))),
  );
  const atContainers = plan.guests.flatMap(({ name, listens = [] }) =>
    listens.map((each) => {
      const [protocol = "", , port] = each.split(" ");
      return ward.addressesOf(name).map((address) => targetOf(protocol, address, Number(port)));
    }),
  );
  return [...atHost, ...atContainers.flat()];
}

/** Of a machine outside, by family: it may have been lent others, which the kernel might take. */
const outsideAddress = (from: string, { address }: Target): string | undefined =>
  outsideAddresses[from]?.[address.includes(":") ? "v6" : "v4"];

function originOf(world: World, ward: ReachWard, from: string, target: Target): Origin {
  const inode = ward.inodes.get(from);
  if (inode !== undefined) return { at: "namespace", netns: netnsId("reach", netnsLabel(inode)) };
  const netns = netnsId("reach", netnsLabel(ward.inodes.get("host") ?? 0));
  const link = world.linkNamed(netns, "eth0")?.id ?? linkId(netns, 0);
  return {
    at: "outside",
    link,
    address: outsideAddress(from, target) ?? "",
  };
}

let nonces = 0;

function attemptsOf(world: World, plan: ReachPlan, ward: ReachWard, from: string): Attempt[] {
  return targets(plan, ward, from).map((target) => {
    nonces += 1;
    const said = reach(world, originOf(world, ward, from, target), target);
    return { nonce: `nonce-${nonces}`, from, target, said };
  });
}

function trying(attempt: Attempt | RowAttempt) {
  const { nonce } = attempt;
  const to = "target" in attempt ? attempt.target : attempt.asked.to;
  const source = "target" in attempt ? outsideAddress(attempt.from, to) : attempt.source;
  return source === undefined ? { ...to, nonce } : { ...to, nonce, source };
}

async function sendAll(
  ward: ReachWard,
  attempts: readonly (Attempt | RowAttempt)[],
  patience: number,
) {
  const bySpot = Map.groupBy(attempts, ({ from }) => from);
  await Promise.all(
    [...bySpot].map(([from, own]) => ward.sender(from).send(own.map(trying), patience)),
  );
  await ward.collect();
}

/** Where it came out is the namespace that was said. */
const isThere = (ward: ReachWard, got: Got, { said }: Attempt): boolean => {
  const [end] = said.ends;
  const inode = ward.inodes.get(got.spot);
  return (
    inode !== undefined &&
    said.ends.length === 1 &&
    end?.port === got.port &&
    end.netns === netnsId("reach", netnsLabel(inode))
  );
};

function isWrong(ward: ReachWard, attempt: Attempt): boolean {
  const got = ward.receivers.got.get(attempt.nonce);
  if (attempt.said.answer === "cannot-tell") return false;
  if (attempt.said.answer === "no") return got !== undefined;
  return got === undefined || !isThere(ward, got, attempt);
}

const inWords = (ward: ReachWard, { nonce, from, target, said }: Attempt): string => {
  const got = ward.receivers.got.get(nonce);
  const where = got === undefined ? "nowhere" : `at ${got.spot}:${got.port}`;
  const { answer, stop, doubts, ends } = said;
  return `${from} → ${target.protocol} ${target.address}:${target.port}: said ${answer}, came out ${where} ${JSON.stringify({ stop, doubts, ends })}`;
};

/** What was said of all that was tried in one test file. */
const counts = { attempts: 0, yes: 0, no: 0, "cannot-tell": 0 };
/** The same of what rows of the Ports view said. */
const rowCounts = { ...counts };

/** What a reading of the ward's host says now. */
export async function look({ host }: ReachWard): Promise<World> {
  const facts = await gather(await local({ through: host.pid }), { host: "reach" });
  return worldOn(facts, understand(facts));
}

/** Without what the lab's own daemons open. */
export const isOurs = ({ host }: PortRow): boolean => host?.port !== 22 && host?.port !== 2375;

/** Sent once; what seems lost is tried once more, with patience: it may only have been slow. */
async function tried<One extends Attempt | RowAttempt>(
  ward: ReachWard,
  attempts: readonly One[],
  isLost: (attempt: One) => boolean,
): Promise<readonly One[]> {
  await sendAll(ward, attempts, 700);
  const late = attempts
    .filter(isLost)
    .map((attempt) => ({ ...attempt, nonce: `${attempt.nonce}-again` }));
  await sendAll(ward, late, 4000);
  const again = new Map(late.map((attempt) => [attempt.nonce.replace(/-again$/, ""), attempt]));
  return attempts.map((attempt) => again.get(attempt.nonce) ?? attempt);
}

/** Works out who reaches whom, and what the Ports view says of it, then tries both. */
async function tryAll(plan: ReachPlan, ward: ReachWard, from: readonly string[]) {
  const world = await look(ward);
  const attempts = from.flatMap((spot) => attemptsOf(world, plan, ward, spot));
  const ofRows = await rowAttempts(world, ward, isOurs, () => {
    nonces += 1;
    return `nonce-${nonces}`;
  });
  const isLost = (attempt: RowAttempt): boolean =>
    attempt.asked.reach.answer === "yes" && rowFault(ward, attempt) !== null;
  const done = await tried(
    ward,
    attempts,
    (attempt) => attempt.said.answer === "yes" && isWrong(ward, attempt),
  );
  return { world, attempts: done, rows: await tried(ward, ofRows, isLost) };
}

type Tried = Awaited<ReturnType<typeof tryAll>>;

/** Counts what was said; fails where a connection did otherwise. */
function judge(ward: ReachWard, attempts: readonly Attempt[], claim: string): void {
  for (const { said } of attempts) {
    counts.attempts += 1;
    counts[said.answer] += 1;
  }
  const unsure = attempts.filter(({ said }) => said.answer === "cannot-tell");
  for (const attempt of unsure) console.log(`${claim}: ${inWords(ward, attempt)}`);
  const wrong = attempts.filter((attempt) => isWrong(ward, attempt));
  expect(wrong.map((attempt) => inWords(ward, attempt))).toEqual([]);
}

/** The same of what the Ports view says: each answer, each scope, and nobody outside who got where no row says so. */
function judgeRows(ward: ReachWard, { world, attempts, rows }: Tried): void {
  for (const { asked } of rows) {
    rowCounts.attempts += 1;
    rowCounts[asked.reach.answer] += 1;
  }
  const came = [...attempts, ...rows]
    .filter(({ from }) => from in outsideAddresses || from === "neighbour")
    .flatMap(({ nonce }) => ward.receivers.got.get(nonce) ?? []);
  expect([
    ...rows.flatMap((attempt) => rowFault(ward, attempt) ?? []),
    ...scopeFaults(ward, rows),
    ...unsaidFaults(world, ward, ports(world).rows.filter(isOurs), came),
  ]).toEqual([]);
}

/** That each circumstance decides as said, from all of these spots. */
function testCircumstances(
  plan: ReachPlan,
  circumstances: readonly Circumstance[],
  from: readonly string[],
  ward: () => ReachWard,
): void {
  test.each(circumstances)(
    "$name: who reaches whom is as said",
    async ({ name, make, restore }) => {
      const open = ward();
      await make(open);
      try {
        const tried = await tryAll(plan, open, from);
        judge(open, tried.attempts, name);
        judgeRows(open, tried);
      } finally {
        await restore(open);
      }
    },
    90_000,
  );
}

/** The ward of a plan, opened by the first test; then its circumstances, and what else is tested there (`more`). */
export function describeHost(
  plan: ReachPlan,
  circumstances: readonly Circumstance[],
  from: readonly string[],
  more: (ward: () => ReachWard) => void = () => undefined,
): void {
  describe(`on the host ${plan.name}`, () => {
    let ward: ReachWard | null = null;
    const open = (): ReachWard => {
      if (ward === null) throw new Error("the ward is shut");
      return ward;
    };

    test("the ward opens", async () => {
      ward = await openReachWard(plan);
    }, 120_000);

    testCircumstances(plan, circumstances, from, open);
    more(open);

    afterAll(() => ward?.end());
  });
}

/** Of all the hosts of a test file, so behind them. */
export const testCounts = (): void =>
  test("enough was tried, and little could not be told", () => {
    console.log(
      `tried ${counts.attempts}: said yes ${counts.yes}, no ${counts.no}, cannot tell ${counts["cannot-tell"]}`,
    );
    console.log(
      `of rows ${rowCounts.attempts}: said yes ${rowCounts.yes}, no ${rowCounts.no}, cannot tell ${rowCounts["cannot-tell"]}`,
    );
    expect(rowCounts.attempts).toBeGreaterThanOrEqual(600);
    expect(rowCounts["cannot-tell"] / rowCounts.attempts).toBeLessThanOrEqual(0.05);
    expect(counts.attempts).toBeGreaterThanOrEqual(600);
    expect(counts.yes).toBeGreaterThan(100);
    expect(counts.no).toBeGreaterThan(100);
    expect(counts["cannot-tell"] / counts.attempts).toBeLessThanOrEqual(0.05);
  });
