import { engineOf } from "./engine";
import type { ExtraHost } from "./extra-host";
import { sh } from "./hard-set";
import { plainImage } from "./image";
import { eventually } from "./run-command";
import type { LabHost } from "./truth";

export type Member = { readonly name: string; readonly mac: string };

/** Two hosts in one swarm, with one overlay network and containers of it on both. */
export async function makeSwarm(one: ExtraHost, two: ExtraHost): Promise<void> {
  const manager = engineOf(one.host);
  await manager.swarmInit({
    AdvertiseAddr: one.host.address,
    ListenAddr: `${one.host.address}:2377`,
  });
  const { JoinTokens } = (await manager.swarmInspect()) as {
    readonly JoinTokens: { readonly Worker: string };
  };
  await engineOf(two.host).swarmJoin({
    AdvertiseAddr: two.host.address,
    ListenAddr: `${two.host.address}:2377`,
    RemoteAddrs: [`${one.host.address}:2377`],
    JoinToken: JoinTokens.Worker,
  });
  await manager.createNetwork({
    Name: "mesh",
    Driver: "overlay",
    Attachable: true,
    IPAM: { Driver: "default", Config: [{ Subnet: "10.66.0.0/24" }] },
  });
}

/** A worker learns of an attachable network a little after its manager. */
export async function joinMesh({ host }: ExtraHost, name: string): Promise<Member> {
  const engine = engineOf(host);
  const started = async () => {
    const container = await engine.createContainer({
      name,
      Image: plainImage,
      Cmd: ["/bin/busybox", "sleep", "99999"],
      HostConfig: { NetworkMode: "mesh" },
    });
    await container.start();
    return container;
  };
  const container = await eventually("the overlay network", () => started().catch(() => null), 30);
  const { NetworkSettings } = await container.inspect();
  return { name, mac: NetworkSettings.Networks["mesh"]?.MacAddress ?? "" };
}

/** Where an end is: the inode of its namespace, and its number there. */
export type Place = `${number}/${number}`;

/**
 * Which end leads to which, in the kernel's words: every namespace gets a name in a mount namespace of
 * this command only, so that `ip link` prints the name of the one that holds the other end.
 */
export async function kernelsPairs(host: LabHost): Promise<ReadonlyMap<Place, Place>> {
  const printed = await sh(
    host,
    `unshare --mount sh -c '
      mkdir /run/of; mount -t tmpfs t /run/of
      for path in /proc/[0-9]*/ns/net $(grep " - nsfs " /proc/self/mountinfo | cut -d" " -f5); do
        inode=$(stat -L -c %i "$path"); test -e /run/of/$inode && continue
        : >/run/of/$inode; mount --bind "$path" /run/of/$inode
      done
      mount --rbind /run/of /run/netns
      for inode in $(ls /run/of); do echo "@ $inode"; ip -n $inode -d -o link show type veth; done'`,
  );
  const pairs = new Map<Place, Place>();
  let here = "";
  for (const line of printed.split("\n")) {
    const [, inode] = /^@ (\d+)$/.exec(line) ?? [];
    if (inode !== undefined) here = inode;
    const [, ifindex, iflink, there] =
      /^(\d+): [^@]+@if(\d+):.* link-netns (\d+) /.exec(line) ?? [];
    if (ifindex !== undefined)
      pairs.set(`${here}/${ifindex}` as Place, `${there}/${iflink}` as Place);
  }
  return pairs;
}
