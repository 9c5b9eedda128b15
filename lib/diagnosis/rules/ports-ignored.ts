import type { Finding } from "@/lib/diagnosis/model";
import type { Container } from "@/lib/topology/model";
import type { RuleCheck } from "./check";
import { listed } from "./told";

/** Docker leaves such ports out of its list; Podman keeps them there. */
const ignored = ({ mode, ports }: Container): readonly string[] =>
  mode.kind === "own" || mode.kind === "unknown"
    ? []
    : ports.flatMap(({ hostPort, containerPort, protocol }) =>
        hostPort === null ? [] : [`${hostPort}:${containerPort}/${protocol}`],
      );

/** A container without a network of its own has nothing to publish from. */
export const portsIgnored: RuleCheck = {
  ids: ["D80"],
  find: ({ topology }): readonly Finding[] =>
    topology.containers.flatMap((container): readonly Finding[] => {
      const ports = ignored(container);
      if (container.state !== "running" || ports.length === 0) return [];
      return [
        {
          id: "D80",
          severity: "low",
          about: [container.key],
          values: {
            container: container.name,
            mode: container.mode.kind,
            ports: listed(ports),
            n: ports.length,
          },
          evidence: container.evidence === null ? [] : [container.evidence],
          remedy: [],
        },
      ];
    }),
};
