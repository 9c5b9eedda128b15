import { expect, test } from "vitest";
import type { ContainerId } from "@/lib/net/ids";
import type { PortRow } from "@/lib/ports/model";
import { ports } from "@/lib/ports/ports";
import {
  docker29,
  docker29Plan,
  ordinary,
  ordinaryPlan,
  proxyless,
  proxylessPlan,
} from "./reach-faults";
import { docker29Ports, ordinaryPorts, proxylessPorts } from "./reach-ports";
import { describeHost, isOurs, look, testCounts } from "./reach-trial";
import type { ReachWard } from "./reach-ward";

const inShort = (
  { kind, protocol, host, target, proxy, listener, scope, containers }: PortRow,
  names: ReadonlyMap<ContainerId, string>,
): string => {
  const left = host === null ? "" : `${host.address}:${host.port} `;
  const right = target === null ? "" : `→ ${target.address ?? ""}:${target.port} `;
  const whose = containers.length === 0 ? "" : `of ${containers.map((id) => names.get(id))} `;
  return `${kind} ${protocol} ${left}${right}${whose}${proxy === null ? "" : "by docker-proxy "}${listener.status} ${scope}`;
};

/** That the Ports view tells all of them, and no other. */
const portsAre = (portRows: readonly string[]) => (ward: () => ReachWard) =>
  test("each of its ports is told with who listens and from where it is reached", async () => {
    const open = ward();
    const told = async () => {
      const world = await look(open);
      const names = new Map(world.topology.containers.map(({ id, name }) => [id, name]));
      const { rows, lacks } = ports(world);
      const ours = rows.filter(isOurs).map((row) => inShort(row, names));
      return { lacks, rows: ours.toSorted() };
    };
    // A process by whose files a namespace was to be read may end just then: it is looked at again.
    const wanted = { lacks: [], rows: [...portRows].toSorted() };
    await expect.poll(told, { timeout: 15_000, interval: 500 }).toEqual(wanted);
  });

describeHost(
  ordinaryPlan,
  ordinary,
  ["outside", "world", "host", "web", "web2", "db", "q2", "six2", "secret"],
  portsAre(ordinaryPorts),
);
describeHost(
  proxylessPlan,
  proxyless,
  ["outside", "host", "web", "web2", "api", "q2"],
  portsAre(proxylessPorts),
);
describeHost(
  docker29Plan,
  docker29,
  ["outside", "host", "web2", "api", "in2", "no2"],
  portsAre(docker29Ports),
);
testCounts();
