/** Who runs a container, as far as its cgroup tells. cri: containerd or CRI-O on behalf of a kubelet. */
type CgroupRuntime = "docker" | "podman" | "containerd" | "cri" | "lxc" | "nspawn" | "unknown";

/** A process that a cgroup places in a container. */
export type CgroupPlace = {
  readonly kind: "container";
  readonly pid: number;
  /** 64 hex digits; of the innermost container, since the last match in the path wins. LXC, nspawn: `lxc:web`. */
  readonly containerId: string;
  readonly runtime: CgroupRuntime;
  /** LXC's and nspawn's containers have a name in place of an id. null: all others. */
  readonly name: string | null;
  /** Kubernetes' pod uid, or podman's pod id; null: none. */
  readonly pod: string | null;
  readonly at: number;
};

/** A process that a cgroup places in a unit of systemd and in no container. */
export type UnitPlace = {
  readonly kind: "unit";
  readonly pid: number;
  /** `private.service` */
  readonly unit: string;
  readonly at: number;
};

type OfContainer = Omit<CgroupPlace, "pid" | "at">;
type Owner = OfContainer | Omit<UnitPlace, "pid" | "at">;

/** Last folder that ends in an id: what stands before the id, and the id. */
const lastId = /^(?:(.*)\/)?([^/]*?)([0-9a-f]{64})(?:\.scope)?(?:\/(?!.*[0-9a-f]{64}).*)?$/;

/** conmon watches over a container from the host's namespaces. */
const monitors = new Set(["libpod-conmon-", "crio-conmon-"]);

/** What stands before the id, in systemd's scopes and in podman's cgroupfs. */
const runtimeOfPrefix: Readonly<Record<string, CgroupRuntime>> = {
  "docker-": "docker",
  "libpod-": "podman",
  "nerdctl-": "containerd",
  "cri-containerd-": "cri",
  "crio-": "cri",
};

/** containerd's cgroupfs names the folder by its own namespace; others give any parent that they were told. */
const runtimeOfFolder: Readonly<Record<string, CgroupRuntime>> = {
  docker: "docker",
  libpod_parent: "podman",
  default: "containerd",
  "k8s.io": "cri",
};

const podUid =
  /pod([0-9a-f]{8}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{4}[-_][0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-f])/g;
const podmanPod = /(?:libpod_pod_|libpod_parent\/(?:libpod_pod_)?)([0-9a-f]{64})/g;

const lastOf = (text: string, pattern: RegExp): string | null =>
  [...text.matchAll(pattern)].at(-1)?.[1] ?? null;

/** systemd writes the dashes of a uid as `_`, since its own dash is a folder. */
const podOf = (before: string): string | null =>
  lastOf(before, podUid)?.replaceAll("_", "-") ?? lastOf(before, podmanPod);

/** `kubepods-besteffort-pod….slice:cri-containerd:` where kubelet and containerd disagree about the driver. */
function runtimeOf(before: string, prefix: string): CgroupRuntime {
  const known = runtimeOfPrefix[prefix];
  if (known !== undefined) return known;
  if (/kubepods/.test(`${before}/${prefix}`)) return "cri";
  if (prefix !== "") return "unknown";
  const folder = before.slice(before.lastIndexOf("/") + 1);
  if (/(^|\/)libpod_parent(\/|$)/.test(before)) return "podman";
  return Object.hasOwn(runtimeOfFolder, folder)
    ? (runtimeOfFolder[folder] ?? "unknown")
    : "unknown";
}

function byId(path: string): OfContainer | "monitor" | null {
  const found = lastId.exec(path);
  if (found === null) return null;
  const [, before = "", prefix = "", containerId = ""] = found;
  if (monitors.has(prefix)) return "monitor";
  // A pod's own slice, without a container in it.
  if (prefix.endsWith("libpod_pod_")) return null;
  return {
    kind: "container",
    containerId,
    runtime: runtimeOf(before, prefix),
    name: null,
    pod: podOf(`${before}/${prefix}`),
  };
}

/** systemd escapes every byte that has a meaning in unit names: `my\x2dbox`. */
const unescaped = (unit: string): string =>
  unit.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

const named = (runtime: "lxc" | "nspawn", text: string): OfContainer => {
  const name = unescaped(text);
  return { kind: "container", containerId: `${runtime}:${name}`, runtime, name, pod: null };
};

/** lxc.monitor.NAME and nspawn's `supervisor` live on the host, as libvirt's QEMU does. */
function byMachine(path: string): OfContainer | null {
  const [, payload] = /\/lxc\.payload[./]([^/]+)/.exec(path) ?? [];
  if (payload !== undefined) return named("lxc", payload);
  const [, lxc] = /\/lxc\/([^/]+)/.exec(path) ?? [];
  if (lxc !== undefined) return named("lxc", lxc);
  const [, machine, inside] =
    /\/(?:machine-|systemd-nspawn@)([^/]+)\.(?:scope|service)(\/.*)?$/.exec(path) ?? [];
  if (machine === undefined || inside === "/supervisor" || machine.startsWith("qemu\\x2d"))
    return null;
  const [, libvirt] = /^lxc\\x2d\d+\\x2d(.+)$/.exec(machine) ?? [];
  return libvirt === undefined ? named("nspawn", machine) : named("lxc", libvirt);
}

/** The folder of a unit; those of a user's own systemd lie in `user@1000.service`. */
const lastUnit = /^.*\/([^/]+\.service)(?:\/|$)/;

/**
 * Whose process this is, by one line of /proc/PID/cgroup (`0::/system.slice/docker-….scope`). null:
 * no container's and no unit's.
 */
export function cgroupOwner(line: string): Owner | null {
  const path = line.replace(/^\d+:[^:]*:/, "");
  const container = byId(path);
  if (container === "monitor") return null;
  const machine = container ?? byMachine(path);
  if (machine !== null) return machine;
  const [, unit] = lastUnit.exec(path) ?? [];
  return unit === undefined || unit.startsWith("user@")
    ? null
    : { kind: "unit", unit: unescaped(unit) };
}
