import { type ContainerId, key, type NetnsId } from "@/lib/net/ids";
import { familyOf } from "@/lib/netfilter/packet";
import { type Draft, type HostPort, listenerAt, runs } from "./draft";
import { isLoopback, type World } from "./world";

const insideRow = (
  world: World,
  kind: "exposed" | "unpublished",
  netns: NetnsId | null,
  { protocol, port, address }: HostPort,
  owner: string,
  containers: readonly ContainerId[],
): Draft => {
  const own = address === "" ? null : address;
  return {
    key: key(`port:${kind}/${owner}/${protocol}/${address}/${port}`),
    kind,
    protocol,
    family: familyOf(address),
    host: null,
    containers,
    target: { address: null, port },
    rules: [],
    proxy: null,
    heldBy: [],
    listener: listenerAt(world, netns, { protocol, port }, own),
    netns,
  };
};

/** Ports that an image names and nobody published. */
export const exposed = (world: World): readonly Draft[] =>
  world.topology.containers.filter(runs).flatMap((container) => {
    const published = new Set(
      container.ports.flatMap(({ hostPort, containerPort, protocol }) =>
        hostPort === null ? [] : [`${protocol} ${containerPort}`],
      ),
    );
    return container.ports.flatMap(({ hostPort, containerPort: port, protocol }) =>
      hostPort !== null || published.has(`${protocol} ${port}`)
        ? []
        : [
            insideRow(
              world,
              "exposed",
              container.netns,
              { protocol, port, address: "" },
              container.key,
              [container.id],
            ),
          ],
    );
  });

/** Programs of containers that listen on a port which nobody published, and not for themselves alone. */
export function unpublished(world: World, drafts: readonly Draft[]): readonly Draft[] {
  const known = new Set(
    drafts.map(({ netns, protocol, target }) => `${netns} ${protocol} ${target?.port}`),
  );
  return world.topology.namespaces.flatMap(({ id, key: owner, containers }) => {
    if (id === world.host || containers.length === 0) return [];
    return (world.sockets(id) ?? [])
      .filter(
        ({ protocol, port, address }) =>
          !known.has(`${id} ${protocol} ${port}`) && !isLoopback(address) && address !== "::1",
      )
      .map((socket) => insideRow(world, "unpublished", id, socket, owner, containers));
  });
}
