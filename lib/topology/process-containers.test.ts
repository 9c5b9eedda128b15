import { expect, test } from "vitest";
import { answerId } from "@/lib/net/ids";
import { listeningOn, portsOf, understand } from "@/lib/pipeline";
import { writtenFacts } from "./written-host";

const id = (digits: string): string => digits.repeat(32);
const port = (number: number): string => number.toString(16).toUpperCase().padStart(4, "0");

/** Two processes of one container in the host's namespace; the second one, which the first has started, listens. */
function hostWith(cgroup: string) {
  const facts = writtenFacts({
    namespaces: [
      {
        inode: 10,
        processes: [
          { pid: 1, comm: "systemd", cgroup: "0::/init.scope" },
          { pid: 500, comm: "tini", cgroup },
          { pid: 501, comm: "exporter", cgroup },
          { pid: 700, comm: "sshd", cgroup: "0::/system.slice/ssh.service" },
        ],
        links: [{ ifindex: 1, ifname: "lo", link_type: "loopback" }],
      },
    ],
  });
  const stdout = [
    "/proc/1/net/tcp",
    `/proc/1/net/tcp 00000000:${port(9100)} 0A 0 9001`,
    `/proc/1/net/tcp 00000000:${port(22)} 0A 0 9002`,
    "/proc/501/fd socket:[9001]",
    "/proc/700/fd socket:[9002]",
    "",
  ].join("\n");
  const [sample] = facts.answers;
  if (sample === undefined) throw new Error("no answer");
  const probe = "listening-sockets";
  return {
    ...facts,
    answers: [
      ...facts.answers,
      { ...sample, id: answerId(probe, null), probe, netns: null, stdout },
    ],
  };
}

test.each([
  ["Docker, with --init", `0::/system.slice/docker-${id("a1")}.scope`],
  ["Docker, cgroup v1", `12:memory:/docker/${id("a1")}`],
  ["podman", `0::/machine.slice/libpod-${id("a1")}.scope/container`],
  ["containerd for a kubelet", `0::/kubepods.slice/cri-containerd-${id("a1")}.scope`],
  ["LXC", "0::/lxc.payload.web/system.slice/exporter.service"],
  ["systemd-nspawn", "0::/machine.slice/systemd-nspawn@web.service/payload"],
])("a program that a container's first process started is the container's: %s", (_, cgroup) => {
  const facts = hostWith(cgroup);
  const topology = understand(facts);
  const { sockets } = listeningOn(facts);
  const [container] = topology.containers;
  expect(container).toBeDefined();
  const held = sockets.status === "read" ? sockets.sockets : [];
  expect(held.map(({ port: at, holder }) => [at, holder])).toEqual([
    [
      9100,
      { by: "processes", processes: [{ pid: 501, name: "exporter", container: container?.id }] },
    ],
    [22, { by: "processes", processes: [{ pid: 700, name: "sshd", container: null }] }],
  ]);
  const { rows } = portsOf(facts, topology);
  expect(rows.map(({ kind, host, containers }) => [kind, host?.port, containers])).toEqual([
    ["host", 9100, [container?.id]],
    ["host", 22, []],
  ]);
});
