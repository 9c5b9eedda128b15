import { expect, test } from "vitest";
import type { Answer } from "@/lib/facts/model";
import { answerId } from "@/lib/net/ids";
import { cgroups } from "./cgroups";

// Written by hand from the forms that each engine uses (moby, podman, containerd, CRI-O, lxc, systemd);
// not recorded from hosts.
const id = "3f".repeat(32);
const outer = "0a".repeat(32);
const uid = "6b2f2b0e-8b1d-4c52-9d2e-0c3c8e1f7a55";
const under = uid.replaceAll("-", "_");

const read = (...lines: readonly string[]) => {
  const stdout = lines.map((line, nth) => `/proc/${nth + 1}/cgroup:${line}\n`).join("");
  const answer: Answer = {
    id: answerId("cgroups", null),
    probe: "cgroups",
    netns: null,
    entered: null,
    asked: { kind: "command", argv: ["cgroups"] },
    at: "2026-01-01T00:00:00.000Z",
    ms: 1,
    stdout,
    stderr: "",
    exit: 0,
    cut: false,
  };
  return cgroups.parse(answer);
};

const containers: readonly (readonly [string, string, string | null])[] = [
  // Docker
  [`12:pids:/docker/${id}`, "docker", null],
  [`1:name=systemd:/system.slice/docker-${id}.scope`, "docker", null],
  [`0::/system.slice/docker-${id}.scope`, "docker", null],
  [
    `0::/user.slice/user-1000.slice/user@1000.service/user.slice/docker-${id}.scope`,
    "docker",
    null,
  ],
  [`0::/system.slice/docker-${id}.scope/init`, "docker", null],
  [`0::/docker/${outer}/docker/${id}`, "docker", null],
  [`0::/system.slice/docker-${outer}.scope/docker/${id}`, "docker", null],
  // A parent that somebody chose says nothing of the engine.
  [`0::/my-parent/${id}`, "unknown", null],
  // Podman
  [`0::/machine.slice/libpod-${id}.scope`, "podman", null],
  [`0::/machine.slice/libpod-${id}.scope/container`, "podman", null],
  [`0::/libpod_parent/libpod-${id}`, "podman", null],
  [`0::/machine.slice/machine-libpod_pod_${outer}.slice/libpod-${id}.scope`, "podman", outer],
  [`0::/libpod_parent/${outer}/libpod-${id}`, "podman", outer],
  [
    `0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-${id}.scope`,
    "podman",
    null,
  ],
  [
    `0::/user.slice/user-1000.slice/user@1000.service/user.slice/user-libpod_pod_${outer}.slice/libpod-${id}.scope/container`,
    "podman",
    outer,
  ],
  // containerd
  [`0::/default/${id}`, "containerd", null],
  [`0::/system.slice/nerdctl-${id}.scope`, "containerd", null],
  [`9:memory:/k8s.io/${id}`, "cri", null],
  // Kubernetes
  [`0::/kubepods/burstable/pod${uid}/${id}`, "cri", uid],
  [`11:cpu,cpuacct:/kubepods/pod${uid}/${id}`, "cri", uid],
  [
    `0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod${under}.slice/cri-containerd-${id}.scope`,
    "cri",
    uid,
  ],
  [`0::/kubepods.slice/kubepods-pod${under}.slice/crio-${id}.scope`, "cri", uid],
  [`0::/kubepods.slice/kubepods-pod${under}.slice/crio-${id}.scope/container`, "cri", uid],
  [
    `0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${under}.slice/docker-${id}.scope`,
    "docker",
    uid,
  ],
  [
    `0::/system.slice/containerd.service/kubepods-besteffort-pod${under}.slice:cri-containerd:${id}`,
    "cri",
    uid,
  ],
  // A static pod's uid is a hash of its file.
  [`0::/kubepods/besteffort/pod${"9c".repeat(16)}/${id}`, "cri", "9c".repeat(16)],
  // kind: a node that is itself a container of Docker
  [
    `0::/docker/${outer}/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-pod${under}.slice/cri-containerd-${id}.scope`,
    "cri",
    uid,
  ],
];

test.each(containers)("%s is a container of %s", (line, runtime, pod) => {
  const { rows, unread } = read(line);
  expect(unread).toEqual([]);
  expect(rows).toEqual([
    { kind: "container", pid: 1, containerId: id, runtime, name: null, pod, at: 0 },
  ]);
});

test.each([
  ["0::/lxc.payload.web/init.scope", "lxc", "web"],
  ["4:devices:/lxc.payload/web", "lxc", "web"],
  ["4:devices:/lxc/web", "lxc", "web"],
  ["0::/lxc.payload.my-box.2", "lxc", "my-box.2"],
  ["0::/machine.slice/machine-web.scope/payload", "nspawn", "web"],
  ["0::/machine.slice/machine-my\\x2dbox.scope/payload/init.scope", "nspawn", "my-box"],
  ["0::/machine.slice/systemd-nspawn@web.service/payload", "nspawn", "web"],
  ["0::/machine.slice/machine-lxc\\x2d4021\\x2dweb.scope", "lxc", "web"],
])("%s is a container of %s with a name: %s", (line, runtime, name) => {
  expect(read(line).rows).toMatchObject([
    { kind: "container", containerId: `${runtime}:${name}`, runtime, name, pod: null },
  ]);
});

test.each([
  [`0::/machine.slice/libpod-conmon-${id}.scope`],
  [`0::/kubepods.slice/kubepods-pod${under}.slice/crio-conmon-${id}.scope`],
  ["0::/lxc.monitor.web"],
  ["0::/machine.slice/machine-web.scope/supervisor"],
  ["0::/machine.slice/systemd-nspawn@web.service/supervisor"],
  ["0::/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt/emulator"],
  ["0::/user.slice/user-1000.slice/session-4.scope"],
  ["0::/"],
])("%s watches over a container from the host, or is none", (line) => {
  const owners = read(line).rows.filter(({ kind }) => kind === "container");
  expect(owners).toEqual([]);
});

test.each([
  ["0::/system.slice/private.service", "private.service"],
  ["1:name=systemd:/system.slice/private.service", "private.service"],
  ["0::/system.slice/private.service/payload", "private.service"],
  ["0::/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service"],
  ["0::/user.slice/user-1000.slice/user@1000.service/app.slice/vpn.service", "vpn.service"],
  ["0::/system.slice/my\\x2dvpn.service", "my-vpn.service"],
])("%s is the unit %s", (line, unit) => {
  expect(read(line).rows).toEqual([{ kind: "unit", pid: 1, unit, at: 0 }]);
});
