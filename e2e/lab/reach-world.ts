import { ipBatch, must } from "./run-command";
import { plugIn } from "./underlay";

/** A machine of the internet, as far as a host can tell: its addresses are on no subnet near it. */
export const worldAddresses = { v4: "8.8.8.8", v6: "2001:4860:4860::8888" } as const;

export type FarWorld = {
  /** The namespace of that machine. */
  readonly netns: string;
  /** It has this address too. */
  readonly lend: (address: string) => Promise<void>;
  readonly end: () => Promise<void>;
};

const names = { router: "router", world: "world" } as const;
const router = { v4: "10.99.1.8", v6: "fd00:99::8" } as const;
const cable = { v4: ["8.8.8.1", "8.8.8.8"], v6: ["2001:4860:4860::1", worldAddresses.v6] } as const;

/**
 * A router on the underlay and a machine with public addresses behind it; the host `netns` takes it for its way to
 * the world. Neither leads any further: no packet leaves the sandbox.
 *
 * @param routes what the router hands to the host, by family.
 */
export async function openWorld(
  host: { readonly netns: string; readonly v4: string; readonly v6: string },
  routes: readonly string[],
): Promise<FarWorld> {
  for (const name of Object.values(names)) await must(["ip", "netns", "add", name]);
  await plugIn(names.router, router.v4);
  await must([
    ...["nsenter", `--net=/run/netns/${names.router}`, "--", "sh", "-c"],
    "echo 1 >/proc/sys/net/ipv4/ip_forward; echo 1 >/proc/sys/net/ipv6/conf/all/forwarding",
  ]);
  await ipBatch(
    [
      `addr add ${router.v6}/64 dev eth0 nodad`,
      `link add far type veth peer name eth0 netns ${names.world}`,
      "link set far up",
      `addr add ${cable.v4[0]}/24 dev far`,
      `addr add ${cable.v6[0]}/64 dev far nodad`,
      ...routes.map((each) => `route add ${each} via ${each.includes(":") ? host.v6 : host.v4}`),
    ],
    names.router,
  );
  await ipBatch(
    [
      "link set lo up",
      "link set eth0 up",
      `addr add ${cable.v4[1]}/24 dev eth0`,
      `addr add ${cable.v6[1]}/64 dev eth0 nodad`,
      `route add default via ${cable.v4[0]}`,
      `route add default via ${cable.v6[0]}`,
    ],
    names.world,
  );
  await ipBatch(
    [`route replace default via ${router.v4}`, `route replace default via ${router.v6}`],
    host.netns,
  );
  return {
    netns: names.world,
    lend: async (address) => {
      const v6 = address.includes(":");
      const whole = `${address}/${v6 ? 128 : 32}`;
      await ipBatch([`addr replace ${whole} dev eth0${v6 ? " nodad" : ""}`], names.world);
      await ipBatch([`route replace ${whole} dev far`], names.router);
    },
    end: async () => {
      for (const name of Object.values(names)) await must(["ip", "netns", "del", name]);
    },
  };
}
