import type { NetnsId } from "@/lib/net/ids";
import type { Ground } from "./ground";

type Argv = readonly string[];

/** argv as it is run for a namespace from the host's own; null: no way in is known. */
const argvIn = (ground: Ground, netns: NetnsId, argv: Argv): Argv | null => {
  if (netns === ground.topology.host.netns) return argv;
  const namespace = ground.namespace(netns);
  if (namespace === null) return null;
  if (namespace.pid !== null) return ["nsenter", "-t", `${namespace.pid}`, "-n", ...argv];
  const [path] = namespace.paths;
  return path === undefined ? null : ["nsenter", `--net=${path}`, ...argv];
};

/** Several commands for one namespace; none where no way in is known. */
export const commandsIn = (
  ground: Ground,
  netns: NetnsId,
  ...commands: readonly Argv[]
): readonly Argv[] =>
  commands.flatMap((argv) => {
    const whole = argvIn(ground, netns, argv);
    return whole === null ? [] : [whole];
  });
