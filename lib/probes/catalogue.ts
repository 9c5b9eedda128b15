import { bridgeFdb } from "./bridge-fdb";
import { cgroups } from "./cgroups";
import type { Probe } from "./define";
import { engineContainers } from "./engine-containers";
import { engineInfo } from "./engine-info";
import { engineNetworks } from "./engine-networks";
import { engineVersion } from "./engine-version";
import { identity } from "./identity";
import { ipAddr } from "./ip-addr";
import { ipNetnsIds } from "./ip-netns-ids";
import { ipRoute } from "./ip-route";
import { lsns, lsnsObserver } from "./lsns";
import { lsnsHeld } from "./lsns-held";
import { mountinfo } from "./mountinfo";
import { netnsPaths } from "./netns-paths";
import { procNet } from "./proc-net";
import { processNames } from "./process-names";
import { tunnelFdb } from "./tunnel-fdb";

/** Every question that Vethscope asks of a host, in the order in which they are asked; nothing else runs there. */
export const catalogue: readonly Probe<unknown>[] = [
  netnsPaths,
  mountinfo,
  cgroups,
  processNames,
  identity,
  lsns,
  procNet,
  // Before the routes: a huge table would reach the cap and take the map that proves pairs with it.
  ipAddr,
  ipNetnsIds,
  ipRoute,
  bridgeFdb,
  lsnsObserver,
  lsnsHeld,
  tunnelFdb,
  engineVersion,
  engineInfo,
  engineNetworks,
  engineContainers,
];
