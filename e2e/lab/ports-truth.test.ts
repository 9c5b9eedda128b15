import { afterAll, describe, expect, test } from "vitest";
import type { PortRow } from "@/lib/ports/model";
import { ports } from "@/lib/ports/ports";
import type { Circumstance } from "./circumstance";
import {
  docker29,
  docker29Plan,
  ordinary,
  ordinaryPlan,
  proxyless,
  proxylessPlan,
} from "./reach-faults";
import { docker29Ports, ordinaryPorts, proxylessPorts } from "./reach-ports";
import { counts, look, testCircumstances } from "./reach-trial";
import { openReachWard, type ReachPlan, type ReachWard } from "./reach-ward";

/** IPv4 alone, and without what the lab's own daemons open. */
const isOurs = ({ family, host }: PortRow): boolean =>
  family === "ip" && host?.port !== 22 && host?.port !== 2375;

const inShort = ({ kind, protocol, host, target, proxy, listener, scope }: PortRow): string => {
  const left = host === null ? "" : `${host.address}:${host.port} `;
  const right = target === null ? "" : `→ ${target.address ?? ""}:${target.port} `;
  return `${kind} ${protocol} ${left}${right}${proxy === null ? "" : "by docker-proxy "}${listener.status} ${scope}`;
};

function under(
  plan: ReachPlan,
  circumstances: readonly Circumstance[],
  from: readonly string[],
  portRows: readonly string[],
): void {
  describe(`on the host ${plan.name}`, () => {
    let ward: ReachWard | null = null;

    test("the ward opens", async () => {
      ward = await openReachWard(plan);
    }, 120_000);

    testCircumstances(plan, circumstances, from, () => {
      if (ward === null) throw new Error("the ward is shut");
      return ward;
    });

    test("each of its ports is told with who listens and from where it is reached", async () => {
      if (ward === null) throw new Error("the ward is shut");
      const open = ward;
      const told = async () => {
        const { rows, lacks } = ports(await look(open));
        return { lacks, rows: rows.filter(isOurs).map(inShort).toSorted() };
      };
      // A process by whose files a namespace was to be read may end just then: it is looked at again.
      const wanted = { lacks: [], rows: [...portRows].toSorted() };
      await expect.poll(told, { timeout: 15_000, interval: 500 }).toEqual(wanted);
    });

    afterAll(() => ward?.end());
  });
}

under(
  ordinaryPlan,
  ordinary,
  ["outside", "host", "web", "web2", "db", "q2", "six2", "secret"],
  ordinaryPorts,
);
under(proxylessPlan, proxyless, ["outside", "host", "web", "web2", "api", "q2"], proxylessPorts);
under(docker29Plan, docker29, ["outside", "host", "web2", "api", "in2", "no2"], docker29Ports);

test("enough was tried, and little could not be told", () => {
  console.log(
    `tried ${counts.attempts}: said yes ${counts.yes}, no ${counts.no}, cannot tell ${counts["cannot-tell"]}`,
  );
  expect(counts.attempts).toBeGreaterThanOrEqual(600);
  expect(counts.yes).toBeGreaterThan(100);
  expect(counts.no).toBeGreaterThan(100);
  expect(counts["cannot-tell"] / counts.attempts).toBeLessThanOrEqual(0.05);
});
