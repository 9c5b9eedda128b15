import type { Namespace } from "@/lib/topology/model";
import type { Ground } from "./ground";
import { engineListed } from "./known";
import type { FaultCheck, Finding } from "./model";

/**
 * Docker's files of container namespaces: twelve hex digits in the folder `netns` of its exec-root
 * (moby libnetwork, sandbox). `default`, `1-…`, `lb_…` and `ingress_sbox` are named otherwise.
 */
const sandbox = /\/netns\/[0-9a-f]{12}$/;
const ofPeople = /^\/(?:var\/)?run\/netns\//;

const fileOf = ({ paths }: Namespace): string | undefined =>
  paths.find((path) => sandbox.test(path) && !ofPeople.test(path));

function find(ground: Ground): readonly Finding[] {
  const { topology } = ground;
  if (!topology.host.complete || !engineListed(topology)) return [];
  return topology.namespaces.flatMap((namespace): readonly Finding[] => {
    const file = fileOf(namespace);
    const isEmpty = namespace.pid === null && namespace.containers.length === 0;
    if (file === undefined || !isEmpty || namespace.id === topology.host.netns) return [];
    const links = ground.linksIn(namespace.id);
    return [
      {
        id: "D20",
        severity: "low",
        about: [namespace.key],
        values: { file, netns: namespace.label, links: links.length },
        evidence: links.slice(0, 4).map(({ evidence }) => evidence),
        remedy: [
          ["umount", file],
          ["rm", file],
        ],
      },
    ];
  });
}

/** A namespace that Docker's folder holds although nothing runs in it. */
export const staleNamespace: FaultCheck = { id: "D20", needs: ["namespaces", "engine"], find };
