import { expect, test } from "vitest";
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
import { describeHost, look, testCounts } from "./reach-trial";
import type { ReachWard } from "./reach-ward";

/** IPv4 alone, and without what the lab's own daemons open. */
const isOurs = ({ family, host }: PortRow): boolean =>
  family === "ip" && host?.port !== 22 && host?.port !== 2375;

const inShort = ({ kind, protocol, host, target, proxy, listener, scope }: PortRow): string => {
  const left = host === null ? "" : `${host.address}:${host.port} `;
  const right = target === null ? "" : `→ ${target.address ?? ""}:${target.port} `;
  return `${kind} ${protocol} ${left}${right}${proxy === null ? "" : "by docker-proxy "}${listener.status} ${scope}`;
};

/** That the Ports view tells all of them, and no other. */
const portsAre = (portRows: readonly string[]) => (ward: () => ReachWard) =>
  test("each of its ports is told with who listens and from where it is reached", async () => {
    const open = ward();
    const told = async () => {
      const { rows, lacks } = ports(await look(open));
      return { lacks, rows: rows.filter(isOurs).map(inShort).toSorted() };
    };
    // A process by whose files a namespace was to be read may end just then: it is looked at again.
    const wanted = { lacks: [], rows: [...portRows].toSorted() };
    await expect.poll(told, { timeout: 15_000, interval: 500 }).toEqual(wanted);
  });

describeHost(
  ordinaryPlan,
  ordinary,
  ["outside", "host", "web", "web2", "db", "q2", "six2", "secret"],
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
