"use client";

import { HueBar } from "@/components/ui/hue-bar";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { useWords } from "@/components/ui/words";
import { useWorkbench } from "@/components/workbench/context";
import { ThingLink } from "@/components/workbench/thing-link";
import { visible } from "@/lib/graph/names";
import type { Network } from "@/lib/topology/model";

/** IPv4 where there is one: that is how people know a network. */
const firstSubnet = ({ subnets }: Network): string | undefined =>
  (subnets.find(({ subnet }) => !subnet.includes(":")) ?? subnets[0])?.subnet;

/** The networks with the hues that they have in the picture. */
export function NetworkList() {
  const words = useWords();
  const { index, hueOf } = useWorkbench();
  const networks = index.topology.networks.filter(
    ({ subnets, bridge }) => subnets.length > 0 || bridge !== null,
  );
  if (networks.length === 0) return null;
  return (
    <Section title={words("summary.networks")} count={networks.length} open={networks.length <= 30}>
      <ul className="flex flex-col gap-1 text-[13px]">
        {networks.map((network) => {
          const bridge = index.link(network.bridge);
          return (
            <li key={network.id} className="flex items-center gap-2">
              <HueBar hue={hueOf(bridge?.key ?? network.key)} />
              <div className="min-w-0">
                <ThingLink to={network.key}>
                  <span translate="no">{visible(network.name)}</span>
                </ThingLink>
              </div>
              <Mono className="ml-auto max-w-3/5 shrink-0 truncate pl-2 text-right text-muted">
                {visible(firstSubnet(network) ?? network.driver)}
              </Mono>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
