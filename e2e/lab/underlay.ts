import { ipBatch, must } from "./run-command";

export const around = { underlay: "underlay", outside: "outside" } as const;
const outsideAddress = "10.99.1.2";
const gateway = "10.99.1.1";

/**
 * The cable between the hosts: a namespace with one bridge. It forwards nothing and has no way
 * out, so that no packet of a test leaves the machine.
 */
export async function layUnderlay(): Promise<void> {
  for (const name of Object.values(around)) await must(["ip", "netns", "add", name]);
  // A new namespace inherits the forwarding of the machine's own.
  await must([
    ...["nsenter", `--net=/run/netns/${around.underlay}`, "--", "sh", "-c"],
    "echo 0 >/proc/sys/net/ipv4/ip_forward; echo 0 >/proc/sys/net/ipv6/conf/all/forwarding",
  ]);
  await ipBatch(
    [
      "link set lo up",
      "link add br0 type bridge",
      `addr add ${gateway}/24 dev br0`,
      "link set br0 up",
    ],
    around.underlay,
  );
  await plugIn(around.outside, outsideAddress);
  await plugInSandbox();
}

/** Gives the namespace `netns` an eth0 on the underlay. */
export async function plugIn(netns: string, address: string): Promise<void> {
  await ipBatch(
    [
      `link add eth0 netns ${netns} type veth peer name ${netns}`,
      `link set ${netns} master br0`,
      `link set ${netns} up`,
    ],
    around.underlay,
  );
  await ipBatch(["link set lo up", "link set eth0 up", `addr add ${address}/24 dev eth0`], netns);
}

/** Tests run in the sandbox's own namespace: this is how they reach a host's sshd. */
async function plugInSandbox(): Promise<void> {
  await ipBatch(
    [
      `link add eth0 netns ${process.pid} type veth peer name sandbox`,
      "link set sandbox master br0",
      "link set sandbox up",
    ],
    around.underlay,
  );
  await ipBatch(["link set eth0 up", "addr add 10.99.1.3/24 dev eth0"]);
}

/** A default route as any host has one. Behind its gateway nothing forwards: it leads nowhere. */
export const routeToNowhere = (netns: string): Promise<string> =>
  must(["ip", "-n", netns, "route", "add", "default", "via", gateway]);
