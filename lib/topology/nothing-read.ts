import type { Topology } from "./model";

/**
 * Neither the kernel nor an engine said anything (a login shell that runs nothing, and no engine): that nothing is in the
 * topology says nothing of the host.
 */
export const nothingRead = ({ host, namespaces }: Topology): boolean =>
  host.netns === null && namespaces.length === 0 && host.engine.status !== "read";
