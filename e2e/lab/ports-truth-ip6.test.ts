import { afterAll, describe, expect, test } from "vitest";
import type { Circumstance } from "./circumstance";
import { ipv6, ipv6Plan, ipv6Proxyless, ipv6ProxylessPlan } from "./reach-faults-ip6";
import { counts, testCircumstances } from "./reach-trial";
import { openReachWard, type ReachPlan, type ReachWard } from "./reach-ward";

function under(
  plan: ReachPlan,
  circumstances: readonly Circumstance[],
  from: readonly string[],
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

    afterAll(() => ward?.end());
  });
}

const from = ["world", "outside", "host", "web", "web2", "db", "secret"];

under(ipv6Plan, ipv6, from);
under(ipv6ProxylessPlan, ipv6Proxyless, from);

test("enough was tried, and little could not be told", () => {
  console.log(
    `tried ${counts.attempts}: said yes ${counts.yes}, no ${counts.no}, cannot tell ${counts["cannot-tell"]}`,
  );
  expect(counts.attempts).toBeGreaterThanOrEqual(600);
  expect(counts.yes).toBeGreaterThan(100);
  expect(counts.no).toBeGreaterThan(100);
  expect(counts["cannot-tell"] / counts.attempts).toBeLessThanOrEqual(0.05);
});
