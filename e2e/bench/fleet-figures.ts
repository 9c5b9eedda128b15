import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineOf } from "@/e2e/lab/engine";
import { type ExtraHost, startExtraHost } from "@/e2e/lab/extra-host";
import { plainImage } from "@/e2e/lab/image";
import { openHosts } from "@/server/hosts/hosts";
import { sshHost } from "@/server/hosts/ssh-host";
import type { Figure } from "./figure";

const size = 20;
const containersEach = 3;

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** A host of its own: dockerd, sshd, a few containers on docker0. */
async function startMember(place: number): Promise<ExtraHost> {
  const member = await startExtraHost(`fleet-${place}`, `10.99.1.${100 + place}`);
  const engine = engineOf(member.host);
  for (const name of numbers(containersEach).map((each) => `app-${each}`)) {
    const made = await engine.createContainer({ name, Image: plainImage, Cmd: ["sleep", "9999"] });
    await made.start();
  }
  return member;
}

/** Two at a time: two cores. */
async function startFleet(): Promise<readonly ExtraHost[]> {
  const members: ExtraHost[] = [];
  for (let place = 0; place < size; place += 2) {
    members.push(...(await Promise.all([startMember(place), startMember(place + 1)])));
  }
  return members;
}

function hostsOf(members: readonly ExtraHost[], data: string) {
  const bugs: unknown[] = [];
  const sources = members.map(({ host }) => {
    const { name, user, address, sshPort, sshKeyFile, knownHostsFile } = host;
    const place = { name, user, host: address, port: sshPort };
    const target = { ...place, identityFiles: [sshKeyFile], via: [] };
    return sshHost(
      { id: name, name, namedBy: "page", target, remarks: [] },
      { data, agent: undefined, knownHosts: [knownHostsFile] },
    );
  });
  return { hosts: openHosts(sources, (error) => bugs.push(error)), bugs };
}

const megabytes = (): number => process.memoryUsage().rss / 1e6;

/** Twenty hosts, none of them read before: from the first question to the last picture's topology. */
export async function fleetFigures(): Promise<readonly Figure[]> {
  const members = await startFleet();
  const data = mkdtempSync(join(tmpdir(), "vethscope-fleet-"));
  const { hosts, bugs } = hostsOf(members, data);
  try {
    const start = performance.now();
    const done: number[] = [];
    const looks = await Promise.all(
      hosts.list().map(async ({ id }) => {
        const look = await hosts.snapshot(id);
        done.push(performance.now() - start);
        return look;
      }),
    );
    const proven = looks.filter(
      (look) =>
        look.status === "ready" &&
        look.snapshot.topology.links.filter(
          (link) => link.kind === "veth" && link.peer.status === "found",
        ).length ===
          2 * containersEach,
    ).length;
    if (proven !== size) throw new Error(`only ${proven} of ${size} hosts were read (${bugs[0]})`);
    const all = `${size} hosts at once over SSH`;
    return [
      { name: `${all}: the first one read`, value: Math.min(...done), unit: "ms" },
      {
        name: `${all}: all read`,
        value: Math.max(...done),
        unit: "ms",
        note: "their sshd and dockerd on the same two cores",
      },
      {
        name: `${all}: resident memory of the process that reads them`,
        value: megabytes(),
        unit: "MB",
      },
    ];
  } finally {
    await hosts.close();
    for (const { end } of members) await end();
    rmSync(data, { recursive: true, force: true });
  }
}
