import type { Finding } from "@/lib/diagnosis/model";
import { sameAddress } from "@/lib/net/ip-address";
import type { RuleCheck } from "./check";
import { meet, packetOf } from "./flow";
import { type Binding, bytesOf, isAnyAddress, type RuleGround } from "./ground";
import { listed } from "./told";

const loopback = "127.0.0.1";

const isOf = (endpoints: Binding["endpoints"], address: string): boolean => {
  const bytes = bytesOf(address);
  return endpoints.some(({ far }) =>
    far.addresses.some((own) => {
      const held = bytesOf(own.address);
      return held !== null && bytes !== null && sameAddress(held, bytes);
    }),
  );
};

/** By the rules of output it leaves the host for the container, so that it carries 127.0.0.1 through the bridge. */
function isSentOut(ground: RuleGround, { endpoints, protocol, hostPort }: Binding): boolean {
  if (protocol !== "tcp" && protocol !== "udp") return false;
  const met = meet(
    ground,
    "output",
    packetOf({
      family: "ip",
      protocol,
      in: null,
      out: "lo",
      source: loopback,
      destination: loopback,
      port: hostPort,
    }),
  );
  return (
    met.length > 0 &&
    met.every(
      ({ verdict, traveller }) =>
        verdict === "accept" && isOf(endpoints, traveller.packet.destination),
    )
  );
}

const asks = ({ family, hostAddress }: Binding): boolean =>
  family === "ip" && (isAnyAddress(hostAddress) || hostAddress === loopback);

function find(ground: RuleGround): readonly Finding[] {
  if (ground.setting("net/ipv4/conf/all/route_localnet")?.value !== "0") return [];
  return ground.bridged.flatMap(({ bridge, network }): readonly Finding[] => {
    const setting = ground.setting(`net/ipv4/conf/${bridge.name}/route_localnet`);
    if (setting?.value !== "0") return [];
    const mine = ground.bindings.filter(
      (binding) => asks(binding) && binding.endpoints[0].network.id === network.id,
    );
    const [first] = mine;
    // Docker makes them all alike: one tells of the rest.
    if (first === undefined || !isSentOut(ground, first)) return [];
    return [
      {
        id: "D46",
        severity: "medium",
        about: [bridge.key, ...mine.map(({ container }) => container.key)],
        values: {
          bridge: bridge.name,
          network: network.name,
          ports: listed(mine.map(({ hostPort }) => `${hostPort}`)),
        },
        evidence: [
          setting.evidence,
          ...mine.flatMap(({ container }) => container.evidence ?? []).slice(0, 3),
        ],
        remedy: [["sysctl", "-w", `${setting.name}=1`]],
      },
    ];
  });
}

/** The kernel takes packets with 127.0.0.1 for forged where they cross a bridge, unless it is told otherwise. */
export const routeLocalnet: RuleCheck = { ids: ["D46"], find };
