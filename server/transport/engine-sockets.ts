import { join } from "node:path";

/** Where to look for an engine; `refused` is an address that we do not speak to. */
export type EngineSockets =
  | { readonly kind: "sockets"; readonly paths: readonly string[] }
  | { readonly kind: "refused"; readonly address: string };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The sockets to try, in order: DOCKER_HOST alone where it is set, else Docker's, a rootless one's,
 * Docker Desktop's, podman's. `root` is put before paths of a host that is seen through one of its
 * processes (`/proc/1/root`); there the socket may also be mounted into our own container.
 */
export function engineSockets(
  env: Environment,
  platform: NodeJS.Platform,
  root = "",
): EngineSockets {
  const { DOCKER_HOST: chosen, XDG_RUNTIME_DIR: runtime, HOME: home } = env;
  if (chosen !== undefined && chosen !== "") {
    const path = /^(?:unix|npipe):\/\/(.+)$/.exec(chosen)?.[1];
    return path === undefined
      ? // It may hold a name and a password.
        { kind: "refused", address: chosen.replace(/\/\/.*@/, "//…@") }
      : { kind: "sockets", paths: [path] };
  }
  if (platform === "win32") return { kind: "sockets", paths: ["//./pipe/docker_engine"] };
  const own = (folder: string | undefined, ...rest: readonly string[]): readonly string[] =>
    folder === undefined || folder === "" ? [] : [join(folder, ...rest)];
  return {
    kind: "sockets",
    paths: [
      // /var/run is a link to /run, and through /proc/PID/root an absolute link leads out again.
      `${root}/run/docker.sock`,
      `${root}/var/run/docker.sock`,
      ...own(runtime, "docker.sock"),
      ...own(home, ".docker", "run", "docker.sock"),
      `${root}/run/podman/podman.sock`,
      ...(root === "" ? [] : ["/var/run/docker.sock"]),
      ...own(runtime, "podman", "podman.sock"),
    ],
  };
}
