import { afterAll, beforeAll, expect, test } from "vitest";
import { understand } from "@/lib/pipeline";
import type { Topology } from "@/lib/topology/model";
import { gather } from "@/server/gather/gather";
import { type KeptSsh, keepSsh } from "@/server/transport/ssh/kept";
import { engineOf } from "./engine";
import { type ExtraHost, startExtraHost } from "./extra-host";
import { sh } from "./hard-set";
import { plainImage } from "./image";
import { sshTarget, sshWorld } from "./ssh-users";

const world = sshWorld();
const name = "reborn";
let extra: ExtraHost;
let kept: KeptSsh;

beforeAll(async () => {
  extra = await startExtraHost(name, "10.99.1.61");
  for (const container of ["web", "db"]) {
    const made = await engineOf(extra.host).createContainer({
      name: container,
      Image: plainImage,
      Cmd: ["/bin/busybox", "sleep", "99999"],
    });
    await made.start();
  }
  const { host } = extra;
  const target = sshTarget({ name, host: host.address, identityFiles: [host.sshKeyFile] });
  kept = keepSsh(target, world.deps({ knownHosts: [host.knownHostsFile] }));
}, 120_000);

afterAll(async () => {
  kept?.close();
  await world.end();
  await extra?.end();
});

async function reading(): Promise<Topology> {
  const open = await kept.connection();
  if (open.status !== "ready") throw new Error(JSON.stringify(open));
  return understand(await gather(open.transport, { host: name }));
}

/**
 * What is seen of a reboot: connections are gone, there is another boot_id, and every container has
 * another namespace, another process and other names of veths. They come back in another order.
 */
async function reboot(): Promise<void> {
  await sh(extra.host, "docker stop -t 0 web db; docker start db; docker start web");
  await sh(extra.host, "cat /proc/sys/kernel/random/uuid >/proc/sys/kernel/random/boot_id");
  await sh(extra.host, 'kill -KILL $(ps -o pid= --ppid "$(cat /run/sshd.pid)")');
}

const keysOf = ({ containers, namespaces, links, networks }: Topology): readonly string[] =>
  [...containers, ...namespaces, ...links, ...networks].map(({ key }) => key).toSorted();

test("a host that was rebooted is reached again, has its new boot id, and every key leads to the same thing", async () => {
  const first = await kept.connection();
  const before = await reading();
  await reboot();
  if (first.status === "ready") await first.closed;
  const after = await reading();

  expect(before.host.bootId).toMatch(/^[0-9a-f-]{36}$/);
  expect(after.host.bootId).toMatch(/^[0-9a-f-]{36}$/);
  expect(after.host.bootId).not.toBe(before.host.bootId);
  expect(after.gaps).toEqual([]);

  expect(keysOf(after)).toEqual(keysOf(before));
  expect(keysOf(after)).toEqual(expect.arrayContaining(["ctr:web", "peer:ctr:web/eth0"]));
  const web = ({ containers }: Topology) => containers.find(({ key }) => key === "ctr:web");
  expect(web(after)?.engineId).toBe(web(before)?.engineId);

  const port = ({ links }: Topology) => links.find(({ key }) => key === "peer:ctr:web/eth0");
  expect(port(after)?.name).not.toBe(port(before)?.name);
  expect(port(after)).toMatchObject({ kind: "veth", peer: { status: "found", proof: "exact" } });
});
