import { commandsIn } from "./commands";
import type { Endpoint, Ground } from "./ground";
import { hasRoutes, isOff, isWhole } from "./known";
import type { FaultCheck, Finding } from "./model";
import { attachmentEvidence } from "./proof";

/** VPN clients cover the default route by its two halves, so that it need not be there itself. */
const ways = new Set(["default", "0.0.0.0/0", "0.0.0.0/1"]);

const isIpv4 = (address: string | null): address is string => address?.includes(".") === true;

/** The engine names a gateway where it wants a default route: not for internal networks. */
const wantsRoute = ({ attachment, network, far }: Endpoint): boolean =>
  isIpv4(attachment.gateway) && !network.internal && !isOff(far);

function find(ground: Ground): readonly Finding[] {
  const wanting = Map.groupBy(ground.endpoints.filter(wantsRoute), ({ far }) => far.netns);
  return [...wanting].flatMap(([netns, [endpoint]]): readonly Finding[] => {
    if (endpoint === undefined || !isWhole(ground, netns) || !hasRoutes(ground, netns)) return [];
    const routes = ground.routesIn(netns);
    if (routes.some(({ family, to }) => family === "inet" && ways.has(to))) return [];
    const { container, attachment, far } = endpoint;
    const gateway = attachment.gateway ?? "";
    return [
      {
        id: "D05",
        severity: "high",
        about: [container.key],
        values: { container: container.name, gateway, routes: routes.length },
        evidence: [far.evidence, ...attachmentEvidence(container, attachment)],
        remedy: commandsIn(ground, netns, [
          ...["ip", "route", "add", "default", "via", gateway, "dev", far.name],
        ]),
      },
    ];
  });
}

/** Without a default route everything beyond the container's own subnets is "Network is unreachable" at once. */
export const noDefaultRoute: FaultCheck = {
  id: "D05",
  needs: ["namespaces", "routes", "engine"],
  find,
};
