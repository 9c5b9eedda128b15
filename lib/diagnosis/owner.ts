import type { Link } from "@/lib/topology/model";
import type { Ground } from "./ground";

/** Whose interface it is: the container that the engine attached by it, else the namespace that it is in. */
export const ownerOf = (ground: Ground, link: Link): string => {
  const endpoint = ground.endpointAt(link.id);
  if (endpoint !== null) return endpoint.container.name;
  const namespace = ground.namespace(link.netns);
  if (namespace === null) return "";
  return link.netns === ground.topology.host.netns
    ? ground.topology.host.name
    : namespace.name.text;
};
