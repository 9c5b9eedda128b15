import { netnsId } from "@/lib/net/ids";
import type { RuleReadings } from "@/lib/probes/read-rules";
import type { Settings } from "@/lib/topology/listening";
import { buildFirewall } from "./build-firewall";
import type { NetnsRules } from "./model";

function settingsOf({ sysctls }: RuleReadings): Settings {
  const { answer, rows, lost } = sysctls;
  const [why] = lost;
  if (answer !== null && (rows.length > 0 || why === undefined))
    return {
      status: "read",
      settings: rows.map(({ name, value, at }) => ({
        name,
        value,
        evidence: { answer, at: { line: at } },
      })),
    };
  return why === undefined ? { status: "not-asked" } : { status: "unreadable", why };
}

/** All that decides about packets in one namespace, but for its routes. */
export const buildNetnsRules = (host: string, readings: RuleReadings): NetnsRules => ({
  netns: netnsId(host, readings.netns),
  firewall: buildFirewall(readings),
  settings: settingsOf(readings),
});
