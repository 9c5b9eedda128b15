import Docker from "dockerode";
import type { LabHost } from "./truth";

/** The host's engine: its socket is reached through the files of the host's PID 1. */
export const engineOf = (host: Pick<LabHost, "pid" | "dockerSocket">): Docker =>
  new Docker({ socketPath: `/proc/${host.pid}/root${host.dockerSocket}` });
