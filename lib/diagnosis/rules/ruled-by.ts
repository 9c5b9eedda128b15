import type { RuleDiagnosis } from "@/lib/diagnosis/model";
import { type NetworkId, netnsId, netnsLabel } from "@/lib/net/ids";
import type { Topology } from "@/lib/topology/model";
import type { NetworkOption, Ruling } from "@/lib/topology/ruling";
import { diagnoseRules } from "./diagnose-rules";

type Options = ReadonlyMap<NetworkId, Readonly<Record<string, string>>>;

const byNetwork = (options: readonly NetworkOption[]): Options =>
  new Map(
    [...Map.groupBy(options, ({ network }) => network)].map(([network, own]) => [
      network,
      Object.fromEntries(own.map(({ name, value }) => [name, value])),
    ]),
  );

const notAsked = { firewall: { status: "not-asked" }, settings: { status: "not-asked" } } as const;

/** What goes with a topology shows of its faults; the same whether it was read now or lies in a file. Never throws. */
export function ruledBy(topology: Topology, ruling: Ruling): RuleDiagnosis {
  const { id, netns } = topology.host;
  const home = netns ?? netnsId(id, netnsLabel(""));
  return diagnoseRules({
    topology,
    rules: ruling.rules.find((rules) => rules.netns === home) ?? { netns: home, ...notAsked },
    listening: ruling.listening,
    options: byNetwork(ruling.options),
  });
}
