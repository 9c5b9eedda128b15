import type { EndpointDetail } from "@/lib/details/model";
import type { Container, Network } from "@/lib/topology/model";

/**
 * Under which names other containers of one network find this one.
 * none: nobody resolves names there. names: `told` by the engine, else `derived` from its rule.
 */
export type DnsNames =
  | { readonly status: "none" }
  | {
      readonly status: "names";
      readonly by: "told" | "derived";
      readonly names: readonly string[];
    };

/** The embedded resolver serves all networks but the default bridge (moby libnetwork, sandbox_dns). */
const resolves = ({ name, driver }: Network): boolean =>
  !(name === "bridge" && driver === "bridge") && driver !== "host" && driver !== "null";

/**
 * The engine's list of containers leaves aliases out (API 1.24 to 1.52: null), and inspect, which tells
 * them, holds environments. What is certain without it: the name, the first 12 digits of the id, and
 * the service, which Compose gives as an alias on all its networks.
 */
export function dnsNames(
  container: Container,
  network: Network | null,
  endpoint: EndpointDetail | undefined,
): DnsNames | null {
  const told = [...(endpoint?.dnsNames ?? []), ...(endpoint?.aliases ?? [])];
  if (told.length > 0) return { status: "names", by: "told", names: [...new Set(told)] };
  if (network === null || container.named !== "engine") return null;
  if (!resolves(network)) return { status: "none" };
  const derived = [container.name, container.engineId, container.service].filter(
    (name) => name !== null,
  );
  return { status: "names", by: "derived", names: [...new Set(derived)] };
}
