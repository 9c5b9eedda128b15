import type { EngineNetwork } from "@/lib/probes/engine-networks";
import type { NamespaceName } from "./model";

/**
 * Docker names the files of its hidden namespaces by the first twelve characters of `EPOCH-NETWORK`,
 * `lb_NETWORK` and `ingress_sbox` (moby libnetwork: drivers/overlay, sandbox). They lie in the
 * `netns` folder of its exec-root, which a daemon may keep anywhere; those of /run/netns are people's.
 */
const sandbox = /\/netns\/(?:(ingress_sbox)|lb_([0-9a-z]{9})|\d+-([0-9a-z]{8,10}))$/;
const peoples = /^\/(?:var\/)?run\/netns\//;

type Networks = readonly EngineNetwork[];

const nameOf = (networks: Networks, digits: string): string =>
  networks.find(({ id }) => id.startsWith(digits))?.name ?? digits;

/** Which of swarm's hidden namespaces these paths lead to; null: none. */
export function swarmName(paths: readonly string[], networks: Networks): NamespaceName | null {
  for (const path of paths) {
    const found = peoples.test(path) ? null : sandbox.exec(path);
    if (found === null) continue;
    const [, ingress, balanced, overlay] = found;
    if (ingress !== undefined) return { by: "ingress", text: ingress };
    if (balanced !== undefined) return { by: "load-balancer", text: nameOf(networks, balanced) };
    if (overlay !== undefined) return { by: "overlay", text: nameOf(networks, overlay) };
  }
  return null;
}
