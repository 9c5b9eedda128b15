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

/** What `ip netns add` and dockerd leave when they are killed between making a file and mounting on it. */
const leftFiles = ({ topology: { host, leftovers } }: Ground): readonly Finding[] =>
  leftovers.map(({ path, evidence }) => ({
    id: "D20",
    severity: "low",
    about: [host.key],
    values: { how: "file", file: path, netns: "", links: 0 },
    evidence: [evidence],
    remedy: [["rm", path]],
  }));

function emptyNamespaces(ground: Ground): readonly Finding[] {
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
        values: { how: "namespace", file, netns: namespace.label, links: links.length },
        evidence: links.slice(0, 4).map(({ evidence }) => evidence),
        remedy: [
          ["umount", file],
          ["rm", file],
        ],
      },
    ];
  });
}

/** A namespace that Docker's folder holds although nothing runs in it, or a file there that holds none. */
export const staleNamespace: FaultCheck = {
  id: "D20",
  needs: ["namespaces", "engine"],
  find: (ground) => [...emptyNamespaces(ground), ...leftFiles(ground)],
};
